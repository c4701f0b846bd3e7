package check

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"strings"
)

// typeCheck checks the units in their order. A unit that is broken, or that imports
// one, is left out: what it would report has its cause elsewhere.
func (r *run) typeCheck(order []*unit) {
	r.fset.AddExistingFiles(r.loaded.files...)
	for _, u := range order {
		for _, path := range u.pkg.Native {
			if dep := r.loaded.source[path]; dep != nil {
				u.pkg.addImports(dep)
			}
		}
		for _, dep := range u.imports {
			u.broken = u.broken || dep.broken
			u.pkg.addImports(dep.pkg)
		}
		if !u.broken {
			r.typeCheckUnit(u)
		}
	}
}

func (r *run) typeCheckUnit(u *unit) {
	errs := typeErrors{run: r, files: u.pkg.Files, names: map[string]int{}}
	version := r.src.Versions[u.path]
	if version == "" {
		version = language
	}
	conf := types.Config{Context: r.watch.context, Importer: unitImporter{r, u}, Sizes: r.watch, GoVersion: version, Error: errs.add}
	// The error is the first of those that errs has been given.
	u.pkg.Types, _ = conf.Check(u.path, r.fset, u.pkg.Files, u.pkg.Info)
	if errs.count > 0 {
		u.broken = true
	}
	r.checkUses(u)
	r.checkDeclarations(u)
}

// unitImporter gives a unit the packages that it imports; all are there already.
type unitImporter struct {
	run  *run
	unit *unit
}

func (im unitImporter) Import(path string) (*types.Package, error) {
	for _, dep := range im.unit.imports {
		if dep.path == path && dep.pkg.Types != nil {
			return dep.pkg.Types, nil
		}
	}
	if pkg := im.run.loaded.types[path]; pkg != nil {
		return pkg, nil
	}
	return nil, fmt.Errorf("package %q is missing", path) // checkImport has reported it
}

// typeErrors turns the type checker's errors into diagnostics.
type typeErrors struct {
	run   *run
	files []*ast.File
	count int
	names map[string]int       // index of the diagnostic of an undeclared name
	uses  map[token.Pos]string // see selected
	last  int                  // index of the last diagnostic, for what continues it
	skip  bool                 // the last error was left out, and so is what continues it
}

func (t *typeErrors) add(err error) {
	var e types.Error
	switch err := err.(type) {
	case types.Error:
		e = err
	default: // such as *types.ArgumentError
		t.run.report(Diagnostic{Code: "type", Message: err.Error()})
		return
	}
	t.count++
	pos, end, code := errorDetails(e)
	if text, ok := strings.CutPrefix(e.Msg, "\t"); ok { // continues the last one
		if !t.skip && t.last < len(t.run.diags) {
			t.run.addRelated(t.last, pos, text)
		}
		return
	}
	r := t.run
	t.skip = code == "broken-import" || (code == "unused-import" || code == "duplicate-decl") && r.refused[pos]
	if t.skip {
		return // checkImport has said more about it
	}
	if name, ok := strings.CutPrefix(e.Msg, "undefined: "); ok && code == "undeclared-name" && r.missingImport(t.files, name) {
		t.skip = true
		return
	}
	message := strings.TrimPrefix(e.Msg, "invalid syntax tree: ")
	if code == "undeclared-name" {
		if i, ok := t.names[message]; ok {
			r.addRelated(i, pos, "also here")
			t.last = i
			return
		}
		t.names[message] = len(r.diags)
	}
	t.last = len(r.diags)
	r.reportAt(pos, end, Diagnostic{Code: code, Message: message, Hint: t.hint(pos, code, message)})
}

// missingImport tells whether files import a package that cannot be had and is likely to
// have the name: go/types takes the last element of the path for it.
func (r *run) missingImport(files []*ast.File, name string) bool {
	for _, spec := range importSpecs(files) {
		if !r.refused[spec.Pos()] || spec.Name != nil {
			continue
		}
		elements := strings.Split(importPath(spec), "/")
		last := elements[len(elements)-1]
		if major, ok := strings.CutPrefix(last, "v"); ok && len(elements) > 1 && strings.Trim(major, "0123456789") == "" {
			last = elements[len(elements)-2]
		}
		last, _, _ = strings.Cut(last, ".")
		if last == name || strings.TrimPrefix(last, "go-") == name || strings.TrimSuffix(last, "-go") == name {
			return true
		}
	}
	return false
}

// errorDetails returns the position, the end (or NoPos) and the stable code of a type
// error. go/types keeps these in unexported fields, which its documentation names for
// tools; where they are missing the code is "type".
func errorDetails(e types.Error) (pos, end token.Pos, code string) {
	v := reflect.ValueOf(e)
	if f := v.FieldByName("go116end"); f.IsValid() && f.CanInt() {
		end = token.Pos(f.Int())
	}
	code = "type"
	if f := v.FieldByName("go116code"); f.IsValid() && f.CanInt() {
		if n := int(f.Int()); n > 0 && n < len(errorCodes) && errorCodes[n] != "" {
			code = errorCodes[n]
		}
	}
	return e.Pos, end, code
}

// unsupportedDirectives change what compiled code does and would be ignored here.
var unsupportedDirectives = map[string]string{
	"//go:embed":    "put the text into a constant, or keep the file in a storage service, ctx.Storage(name)",
	"//go:linkname": "use what the packages export",
}

// checkDeclarations reports what the compiler refuses and go/types accepts, and
// directives that would silently do nothing.
func (r *run) checkDeclarations(u *unit) {
	for _, f := range u.pkg.Files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Body == nil {
				before := len(r.diags)
				r.reportAt(fn.Pos(), fn.End(), Diagnostic{
					Code:    "missing-body",
					Message: fmt.Sprintf("function %s has no body", fn.Name.Name),
					Hint:    "functions in assembly or of other packages cannot be used in scripts",
				})
				if u.isModule() {
					r.withhold(u, fn, before)
				}
			}
		}
		for _, group := range f.Comments {
			for _, c := range group.List {
				word, _, _ := strings.Cut(c.Text, " ")
				if hint, ok := unsupportedDirectives[word]; ok {
					r.reportAt(c.Pos(), c.End(), Diagnostic{
						Code:    "unsupported-directive",
						Message: strings.TrimPrefix(word, "//") + " does not work in scripts",
						Hint:    hint,
					})
				}
			}
		}
	}
}
