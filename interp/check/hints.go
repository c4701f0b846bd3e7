package check

import (
	"fmt"
	"go/ast"
	"go/token"
	"strconv"
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
func (t *typeErrors) hint(pos token.Pos, code, message string) string {
	switch {
	case code == "undeclared-name":
		return t.undeclaredHint(pos, strings.TrimPrefix(message, "undefined: "))
	case code == "wrong-result-count" && strings.Contains(message, "not enough return values"):
		return "return a value for every result; nil for no error"
	case code == "invalid-decl-cycle" && strings.Contains(message, "recursive type"):
		return hints["invalid-type-cycle"]
	}
	return hints[code]
}

// undeclaredHint finds the import that is missing, or a name spelt otherwise.
func (t *typeErrors) undeclaredHint(pos token.Pos, name string) string {
	if paths, refused := t.packagesNamed(name, t.selected(pos)); len(paths) > 0 {
		return "add import " + strings.Join(paths, " or ")
	} else if refused != "" {
		return fmt.Sprintf("package %q is outside the sandbox", refused)
	}
	for _, f := range t.files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && strings.EqualFold(fn.Name.Name, name) {
				return fmt.Sprintf("did you mean %s?", fn.Name.Name)
			}
		}
	}
	return ""
}

// packagesNamed returns the quoted import paths of the packages of that name which
// have the symbol, and one that the rules do not allow.
func (t *typeErrors) packagesNamed(name, symbol string) (paths []string, refused string) {
	r := t.run
	for _, path := range r.sourcePaths("") {
		if path[strings.LastIndex(path, "/")+1:] == name {
			paths = append(paths, strconv.Quote(path))
		}
	}
	for _, path := range symbols.Paths() {
		if base, _ := symbols.PackageName(path); base != name {
			continue
		}
		exports, _ := symbols.Package(path)
		if symbol != "" && !exports[symbol].IsValid() && !symbols.HasSource(path) {
			continue
		}
		if r.rules.Import(path) == nil {
			paths = append(paths, strconv.Quote(path))
		} else {
			refused = path
		}
	}
	return paths, refused
}

// selected returns the name that is selected from the identifier at pos, as Foo in
// x.Foo, or nothing.
func (t *typeErrors) selected(pos token.Pos) string {
	if t.uses == nil {
		t.uses = map[token.Pos]string{}
		for _, f := range t.files {
			ast.Inspect(f, func(n ast.Node) bool {
				if sel, ok := n.(*ast.SelectorExpr); ok {
					t.uses[sel.Pos()] = sel.Sel.Name
				}
				return true
			})
		}
	}
	return t.uses[pos]
}
