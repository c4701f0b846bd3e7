package check

import (
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"slices"
	"strings"

	"gateway/symbols"
)

// firstPos is where the positions of a run begin: after those of every package of the
// universe that is checked from source, so that one file set can hold both.
const firstPos = 1 << 26

// parseAll parses the package and the source packages that it imports, directly or
// not, and loads the others. It returns false when there is nothing to type-check.
func (r *run) parseAll() bool {
	r.fset.RemoveFile(r.fset.AddFile("", firstPos, 0))
	if len(r.src.Files) == 0 {
		r.report(Diagnostic{Code: "syntax", Message: "there is no source file", Hint: "write `package handler` and a function Handle"})
		return false
	}
	r.units, r.refused = map[string]*unit{}, map[token.Pos]bool{}
	r.main = r.parseUnit(r.src.Path, r.src.Files)
	if len(r.main.pkg.Files) == 0 {
		return false
	}
	if r.main.path == "" {
		r.main.path = r.main.pkg.Name
	}
	r.main.pkg.Path = r.main.path
	r.checkPackageName()
	native := map[string]bool{}
	r.resolve(r.main, native)
	var err error
	if r.loaded, err = r.universe.load(maps.Keys(native)); err != nil {
		r.report(Diagnostic{Code: "internal", Message: err.Error()})
		return false
	}
	return true
}

func (r *run) parseUnit(path string, files []File) *unit {
	u := &unit{path: path, pkg: &Package{Path: path, Fset: r.fset, Info: newInfo(sizeOf(files))}, refused: map[string]Diagnostic{}}
	if len(files) > maxFiles {
		r.report(Diagnostic{
			File: files[0].Name, Line: 1, Column: 1, Code: "too-large",
			Message: fmt.Sprintf("the package has %d files; the limit is %d", len(files), maxFiles),
		})
		u.broken = true
		return u
	}
	for _, src := range files {
		before := len(r.diags)
		f, survey := r.parseFile(src)
		if len(r.diags) > before {
			u.broken = true
		}
		if f == nil {
			continue
		}
		if u.pkg.Name == "" {
			u.pkg.Name = f.Name.Name
		} else if f.Name.Name != u.pkg.Name {
			u.broken = true
			r.reportAt(f.Name.Pos(), f.Name.End(), Diagnostic{
				Code:    "mismatched-package-name",
				Message: fmt.Sprintf("this file is of package %s, %s of package %s", f.Name.Name, r.fset.Position(u.pkg.Files[0].Package).Filename, u.pkg.Name),
				Hint:    "all files of a folder are of one package: write `package " + u.pkg.Name + "`",
			})
			continue
		}
		u.pkg.Files = append(u.pkg.Files, f)
		u.surveys = append(u.surveys, survey)
	}
	return u
}

// resolve finds the packages that the unit imports, reports those that it may not
// have, and goes on with its source packages. Paths of the universe go into native.
func (r *run) resolve(u *unit, native map[string]bool) {
	for _, spec := range importSpecs(u.pkg.Files) {
		path := importPath(spec)
		if path == r.main.path && r.src.Kind == Library { // not what is saved under the name
			u.imports = append(u.imports, r.main)
			continue
		}
		if files, ok := r.src.Packages[path]; ok {
			dep := r.units[path]
			if dep == nil {
				dep = r.parseUnit(path, BuildFiles(files))
				r.units[path] = dep
				if len(dep.pkg.Files) == 0 && !dep.broken {
					r.reportAt(spec.Path.Pos(), spec.Path.End(), Diagnostic{
						Code: "import-missing", Message: fmt.Sprintf("package %q has no Go files for this platform", path),
					})
					dep.broken = true
				}
				r.resolve(dep, native)
			}
			if !slices.Contains(u.imports, dep) {
				u.imports = append(u.imports, dep)
			}
			continue
		}
		if path == "" {
			continue
		}
		if r.universe.has(path) {
			native[path] = true
			u.pkg.addNative(path)
		}
		r.checkImport(u, spec, path)
	}
	slices.Sort(u.pkg.Native)
}

// checkImport reports an import that the rules do not allow, or remembers it in the
// unit of a module.
func (r *run) checkImport(u *unit, spec *ast.ImportSpec, path string) {
	refusal := r.rules.Import(path)
	if refusal == nil {
		return
	}
	d := Diagnostic{Code: "import-refused", Message: refusal.Reason, Hint: refusal.Hint}
	if refusal.Setting != "" {
		r.nameSetting(&d, refusal.Setting)
	} else if refusal.Unknown && !r.universe.has(path) {
		r.explainMissing(&d, path)
	}
	if u.isModule() && r.universe.has(path) && (spec.Name == nil || spec.Name.Name != "_" && spec.Name.Name != ".") {
		u.refused[path] = d
		return
	}
	r.refused[spec.Pos()] = true
	r.reportAt(spec.Path.Pos(), spec.Path.End(), d)
}

// nameSetting names the setting that would allow what is refused.
func (r *run) nameSetting(d *Diagnostic, word string) {
	if r.src.Kind == Program { // and the hints are about handlers
		d.Message += fmt.Sprintf("; `gateway run --allow %s` would allow it", word)
		d.Hint = ""
		return
	}
	d.Message += fmt.Sprintf("; the setting sandbox.allow = [%q] would allow it", word)
}

// explainMissing says why there is no such package.
func (r *run) explainMissing(d *Diagnostic, path string) {
	d.Code = "import-missing"
	if why, ok := r.src.Missing[path]; ok {
		d.Message, d.Hint = why.Message, why.Hint
		return
	}
	first, _, _ := strings.Cut(path, "/")
	switch {
	case strings.HasPrefix(path, "./"), strings.HasPrefix(path, "../"):
		d.Message = fmt.Sprintf("relative import %q", path)
		d.Hint = `put shared code into a library and import "lib/NAME"`
	case first == "lib":
		d.Message = fmt.Sprintf("there is no library %q", strings.TrimPrefix(path, "lib/"))
		if names := r.sourcePaths("lib/"); len(names) > 0 {
			d.Hint = "the libraries are " + strings.Join(names, ", ")
		} else {
			d.Hint = "save the library first"
		}
	case strings.Contains(first, "."):
		d.Message = fmt.Sprintf("module package %q is not loaded", path)
		d.Hint = "add its module with a version to the dependencies"
	default:
		d.Message = fmt.Sprintf("there is no package %q", path)
		if similar := r.similarImport(path); similar != "" {
			d.Hint = fmt.Sprintf("did you mean %q?", similar)
		}
	}
}

// sourcePaths returns the import paths of source packages with the prefix, sorted.
func (r *run) sourcePaths(prefix string) []string {
	var paths []string
	for path := range r.src.Packages {
		if strings.HasPrefix(path, prefix) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// similarImport returns the import path whose last element is that of path.
func (r *run) similarImport(path string) string {
	base := path[strings.LastIndex(path, "/")+1:]
	for _, p := range append(r.rules.Packages(), r.sourcePaths("")...) {
		if p[strings.LastIndex(p, "/")+1:] == base {
			return p
		}
	}
	return ""
}

// checkPackageName reports names of the package itself that do not fit its kind.
func (r *run) checkPackageName() {
	name := r.main.pkg.Files[0].Name
	d := Diagnostic{Code: "package-name", Hint: "write `package handler`"}
	_, isStandard := symbols.PackageName(name.Name)
	switch {
	case r.src.Kind == Program:
		if name.Name == "main" {
			return
		}
		d.Message = fmt.Sprintf("a program is of package main, not of package %s", name.Name)
		d.Hint = "write `package main` and a function main"
	case r.src.Kind == Library:
		if name.Name != "main" {
			return
		}
		d.Message = "a library cannot be of package main"
		d.Hint = "name the package after the library"
	case isStandard:
		d.Message = fmt.Sprintf("package %s has the name of an imported package", name.Name)
	default:
		return
	}
	r.reportAt(name.Pos(), name.End(), d)
}

// order returns the units in dependency order, the package itself last, and reports
// import cycles; then there is no order.
func (r *run) order() []*unit {
	const visiting, done = 1, 2
	state := map[*unit]int{}
	var order, stack []*unit
	ok := true
	var visit func(u *unit)
	visit = func(u *unit) {
		state[u] = visiting
		stack = append(stack, u)
		for _, dep := range u.imports {
			switch state[dep] {
			case 0:
				visit(dep)
			case visiting:
				ok = false
				r.reportCycle(u, dep, stack[slices.Index(stack, dep):])
			}
		}
		stack = stack[:len(stack)-1]
		state[u] = done
		order = append(order, u)
	}
	visit(r.main)
	if !ok {
		return nil
	}
	return order
}

// reportCycle reports the import of to in from that closes the cycle.
func (r *run) reportCycle(from, to *unit, cycle []*unit) {
	var names []string
	for _, u := range cycle {
		names = append(names, u.path)
	}
	names = append(names, to.path)
	for _, spec := range importSpecs(from.pkg.Files) {
		if importPath(spec) == to.path {
			r.reportAt(spec.Path.Pos(), spec.Path.End(), Diagnostic{
				Code:    "import-cycle",
				Message: "import cycle: " + strings.Join(names, " imports "),
				Hint:    "move what both need into a package that imports neither",
			})
			return
		}
	}
}
