package check

import (
	"fmt"
	"go/ast"
	"strings"

	"gateway/symbols"
)

// hints are what to do, by code, where the message alone does not say it.
var hints = map[string]string{
	"unused-variable":        "use it, or remove it; `_ = x` marks it as used",
	"unused-import":          "remove the import",
	"missing-return":         "end the function with a return statement or a panic",
	"unused-label":           "remove the label",
	"misplaced-break":        "break is for loops, switch and select",
	"misplaced-continue":     "continue is for loops",
	"no-new-var":             "write = instead of :=",
	"duplicate-decl":         "rename one of the two",
	"mismatched-types":       "convert one side, such as float64(n)",
	"div-by-zero":            "check the divisor before dividing",
	"invalid-init-cycle":     "set one of the variables in func init",
	"invalid-type-cycle":     "let the type contain a pointer to itself",
	"unused-results":         "assign the result, or to _",
	"cannot-infer-type-args": "name the type arguments, as in f[int](…)",
	"invalid-instance-cycle": "a generic function or type must not use itself with ever larger types",
	"jump-over-decl":         "declare the variable before the goto",
	"numeric-overflow":       "use a larger type, such as int64 or float64",
}

// hint returns what to do about a type error, or nothing.
func (r *run) hint(code, message string) string {
	if code == "undeclared-name" {
		return r.undeclaredHint(strings.TrimPrefix(message, "undefined: "))
	}
	if code == "wrong-result-count" && strings.Contains(message, "not enough return values") {
		return "return a value for every result; nil for no error"
	}
	return hints[code]
}

// undeclaredHint finds the import that is missing, or a name spelt otherwise.
func (r *run) undeclaredHint(name string) string {
	var refused string
	for _, path := range append(r.sourcePaths(""), symbols.Paths()...) {
		base := path[strings.LastIndex(path, "/")+1:]
		if known, ok := symbols.PackageName(path); ok {
			base = known
		}
		if base != name {
			continue
		}
		if r.src.Packages[path] != nil || r.rules.Import(path) == nil {
			return fmt.Sprintf("add import %q", path)
		}
		refused = path
	}
	if refused != "" {
		return fmt.Sprintf("package %q is outside the sandbox", refused)
	}
	for _, f := range r.main.pkg.Files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name != name && strings.EqualFold(fn.Name.Name, name) {
				return fmt.Sprintf("did you mean %s?", fn.Name.Name)
			}
		}
	}
	return ""
}
