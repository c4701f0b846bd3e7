package check

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
)

// A view is a broken source as far as it can be understood, seen from one place.
type view struct {
	*run
	code  string // of the file, as it was given
	place *place
	file  *ast.File
	tok   *token.File
	pos   token.Pos    // of place.from
	path  []ast.Node   // the nodes around pos, the innermost last
	scope *types.Scope // the innermost at pos; never nil
	pkg   *types.Package
	info  *types.Info
}

// look type-checks a source in which text is the file of the query: the declarations,
// and of the functions only the one with the place. more are the paths of further
// packages to be loaded. It returns nil where there is nothing to be seen.
func (r *run) look(q Query, code, text string, p *place, more ...string) *view {
	name := q.File
	if name == "" {
		name = q.Source.Files[0].Name
	}
	r.fset = token.NewFileSet()
	r.fset.RemoveFile(r.fset.AddFile("", firstPos, 0))
	r.units, r.refused = map[string]*unit{}, map[token.Pos]bool{}
	r.main = &unit{path: r.src.Path, pkg: &Package{Fset: r.fset, Info: newInfo(len(text))}}
	v := &view{run: r, code: code, place: p, info: r.main.pkg.Info}
	for _, f := range r.src.Files {
		if f.Name == name && v.file == nil {
			f.Code = text
			v.file = r.parseLoosely(f.Name, f.Code)
			if v.file == nil {
				return nil
			}
			r.main.pkg.Files = append(r.main.pkg.Files, v.file)
		} else if other := r.parseLoosely(f.Name, f.Code); other != nil {
			r.main.pkg.Files = append(r.main.pkg.Files, other)
		}
	}
	v.tok = r.fset.File(v.file.FileStart)
	v.pos = v.tok.Pos(p.from)
	v.path = pathTo(v.file, v.pos)
	r.main.pkg.Name = v.file.Name.Name
	if r.main.path == "" {
		r.main.path = r.main.pkg.Name
	}
	r.main.pkg.Path = r.main.path
	for _, f := range r.main.pkg.Files {
		dropBodies(f, v.pos)
	}
	if !r.checkLoosely(more) {
		return nil
	}
	v.pkg = r.main.pkg.Types
	if v.scope = v.pkg.Scope().Innermost(v.pos); v.scope == nil {
		v.scope = v.pkg.Scope()
	}
	return v
}

// dropBodies leaves out the functions that pos is not in.
func dropBodies(f *ast.File, pos token.Pos) {
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil && (pos < fn.Pos() || fn.End() < pos) {
			fn.Body = nil
		}
	}
}

// checkLoosely type-checks the main unit and the declarations of what it imports.
// Errors are nobody's business here. It returns false where that would take too long.
func (r *run) checkLoosely(more []string) bool {
	native := map[string]bool{}
	r.resolve(r.main, native)
	extra := &unit{pkg: &Package{Files: []*ast.File{{}}}}
	for _, path := range more {
		spec := &ast.ImportSpec{Path: &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(path)}}
		extra.pkg.Files[0].Imports = append(extra.pkg.Files[0].Imports, spec)
	}
	r.resolve(extra, native)
	var err error
	if r.loaded, err = r.universe.load(maps.Keys(native)); err != nil {
		return false
	}
	var order []*unit
	seen := map[*unit]bool{}
	var visit func(u *unit)
	visit = func(u *unit) {
		if seen[u] {
			return
		}
		seen[u] = true
		for _, dep := range u.imports {
			visit(dep)
		}
		if u != extra && u != r.main {
			order = append(order, u)
		}
	}
	visit(extra)
	visit(r.main)
	order = append(order, r.main)
	if !r.checkCosts(order) {
		return false
	}
	r.fset.AddExistingFiles(r.loaded.files...)
	for _, u := range order {
		conf := types.Config{
			Context: r.watch.context, Importer: unitImporter{r, u}, Sizes: r.watch, GoVersion: language,
			Error: func(error) {}, IgnoreFuncBodies: u != r.main, DisableUnusedImportCheck: true,
		}
		u.pkg.Types, _ = conf.Check(u.path, r.fset, u.pkg.Files, u.pkg.Info)
	}
	return true
}

// pathTo returns the nodes of a file that pos is in or at the end of, down to the
// smallest, which is the last. What pos is in is before what ends there.
func pathTo(f *ast.File, pos token.Pos) []ast.Node {
	var path, best []ast.Node
	worse := func(a, b ast.Node) bool {
		if aEnds, bEnds := a.End() == pos, b.End() == pos; aEnds != bEnds {
			return aEnds
		}
		return a.End()-a.Pos() > b.End()-b.Pos()
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil {
			path = path[:len(path)-1]
			return false
		}
		if pos < n.Pos() || n.End() < pos {
			return false
		}
		path = append(path, n)
		if len(best) == 0 || len(path) > len(best) && path[len(best)-1] == best[len(best)-1] || worse(best[len(best)-1], n) {
			best = slices.Clone(path)
		}
		return true
	})
	return best
}

// node returns the n-th node of the path, from 0 at the innermost; nil beyond.
func (v *view) node(n int) ast.Node {
	if n >= len(v.path) {
		return nil
	}
	return v.path[len(v.path)-1-n]
}

// lookup finds a name as the place sees it.
func (v *view) lookup(name string) types.Object {
	_, obj := v.scope.LookupParent(name, v.pos)
	return obj
}

// typeOf returns the type of an expression that was type-checked, or nil.
func (v *view) typeOf(e ast.Expr) types.Type {
	t := v.info.TypeOf(e)
	if t == nil || t == types.Typ[types.Invalid] {
		return nil
	}
	return t
}

// evaluate type-checks an expression as the place sees it.
func (v *view) evaluate(text string) (types.TypeAndValue, types.Object) {
	e, err := parser.ParseExpr(text)
	if err != nil {
		return types.TypeAndValue{}, nil
	}
	info := newInfo(len(text))
	_ = types.CheckExpr(v.fset, v.pkg, v.pos, e, info) // errors are expected
	var obj types.Object
	if id, ok := e.(*ast.Ident); ok {
		obj = info.Uses[id]
	}
	return info.Types[e], obj
}
