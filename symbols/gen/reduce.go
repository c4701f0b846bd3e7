package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"

	"gateway/symbols/internal/allow"
)

// reduced is the source of a package of the standard library without what is native.
type reduced struct {
	imports []string // import paths, sorted
	archive txtar.Archive
}

// reduceAll reduces every package that exports something generic.
func reduceAll(u *universe, list *allow.List, paths []string, overlays string) (map[string]*reduced, error) {
	sources := map[string]*reduced{}
	for _, path := range paths {
		if !slices.ContainsFunc(u.exports(list.Packages[path]), isGeneric) {
			continue
		}
		r := &reducer{path: path, u: u, decls: map[types.Object]*decl{}}
		if err := r.parse(overlays); err != nil {
			return nil, fmt.Errorf("source of %s: %w", path, err)
		}
		if err := r.check(); err != nil {
			return nil, fmt.Errorf("source of %s: %w", path, err)
		}
		r.collect()
		r.markRoots()
		src, err := r.emit()
		if err != nil {
			return nil, fmt.Errorf("source of %s: %w", path, err)
		}
		sources[path] = src
	}
	return sources, nil
}

func isGeneric(obj types.Object) bool {
	switch obj := obj.(type) {
	case *types.Func:
		return obj.Signature().TypeParams().Len() > 0
	case *types.TypeName:
		named, ok := obj.Type().(*types.Named)
		return ok && named.TypeParams().Len() > 0
	}
	return false
}

// A reducer keeps, of one package, its exported declarations and what these refer to.
// Bodies are kept for what is generic and for the unexported functions that kept
// bodies use; every other function is native.
type reducer struct {
	path  string
	u     *universe
	fset  *token.FileSet
	files []*file
	pkg   *types.Package
	info  *types.Info
	decls map[types.Object]*decl // package-level objects and methods
}

type file struct {
	name string // such as "slices/sort.go"
	src  []byte
	ast  *ast.File
	keep []span // offsets in src
}

type span struct{ start, end int }

// decl is where an object is declared, and what of it is kept.
type decl struct {
	file *file
	fn   *ast.FuncDecl // of a function or method
	gen  *ast.GenDecl  // of anything else
	spec ast.Spec

	kept, body bool
}

// parse parses the toolchain's files and the overlay, whose declarations replace
// those of the same name.
func (r *reducer) parse(overlays string) error {
	r.fset = token.NewFileSet()
	listed := r.u.list[r.path]
	replaced := map[string]bool{}
	overlay := filepath.Join(overlays, strings.ReplaceAll(r.path, "/", "_")+".go")
	if src, err := os.ReadFile(overlay); err == nil {
		f, err := r.parseFile("overlay.go", src)
		if err != nil {
			return err
		}
		for _, d := range f.ast.Decls {
			for _, name := range declNames(d) {
				replaced[name] = true
			}
		}
	} else if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	for _, name := range listed.GoFiles {
		src, err := os.ReadFile(filepath.Join(listed.Dir, name))
		if err != nil {
			return err
		}
		f, err := r.parseFile(name, src)
		if err != nil {
			return err
		}
		f.ast.Decls = slices.DeleteFunc(f.ast.Decls, func(d ast.Decl) bool {
			names := declNames(d)
			return len(names) > 0 && !slices.ContainsFunc(names, func(n string) bool { return !replaced[n] })
		})
	}
	return nil
}

func (r *reducer) parseFile(name string, src []byte) (*file, error) {
	f := &file{name: r.path + "/" + name, src: src}
	parsed, err := parser.ParseFile(r.fset, f.name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	f.ast = parsed
	r.files = append(r.files, f)
	return f, nil
}

// declNames are the names that a declaration declares; a method is "Type.Method".
func declNames(d ast.Decl) []string {
	var names []string
	switch d := d.(type) {
	case *ast.FuncDecl:
		name := d.Name.Name
		if d.Recv != nil {
			name = receiverName(d.Recv.List[0].Type) + "." + name
		}
		names = append(names, name)
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, spec.Name.Name)
			case *ast.ValueSpec:
				for _, id := range spec.Names {
					names = append(names, id.Name)
				}
			}
		}
	}
	return names
}

func receiverName(e ast.Expr) string {
	for {
		switch x := e.(type) {
		case *ast.StarExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.IndexListExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

// check type-checks the whole package. Left-over imports and the like do not matter.
func (r *reducer) check() error {
	r.info = &types.Info{
		Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, Implicits: map[ast.Node]types.Object{},
	}
	var errs []error
	conf := types.Config{Importer: r.u, Sizes: types.SizesFor("gc", "amd64"), Error: func(err error) {
		if te, ok := err.(types.Error); !ok || !te.Soft {
			errs = append(errs, err)
		}
	}}
	var files []*ast.File
	for _, f := range r.files {
		files = append(files, f.ast)
	}
	r.pkg, _ = conf.Check(r.path, r.fset, files, r.info)
	return errors.Join(errs...)
}

// collect finds the declaration of every object.
func (r *reducer) collect() {
	for _, f := range r.files {
		for _, d := range f.ast.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if obj := r.info.Defs[d.Name]; obj != nil && d.Name.Name != "init" {
					r.decls[obj] = &decl{file: f, fn: d}
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					dec := &decl{file: f, gen: d, spec: spec}
					switch spec := spec.(type) {
					case *ast.TypeSpec:
						r.decls[r.info.Defs[spec.Name]] = dec
					case *ast.ValueSpec:
						for _, id := range spec.Names {
							if obj := r.info.Defs[id]; obj != nil {
								r.decls[obj] = dec
							}
						}
					}
				}
			}
		}
	}
}

func (r *reducer) markRoots() {
	scope := r.pkg.Scope()
	for _, name := range scope.Names() {
		if token.IsExported(name) {
			r.need(scope.Lookup(name))
		}
	}
}

// need keeps the object and everything that its kept part refers to.
func (r *reducer) need(obj types.Object) {
	if fn, ok := obj.(*types.Func); ok {
		obj = fn.Origin()
	}
	d := r.decls[obj]
	if d == nil {
		return
	}
	if d.fn != nil {
		r.needFunc(d, obj.(*types.Func))
		return
	}
	if d.kept {
		return
	}
	d.kept = true
	if d.gen.Tok == token.CONST { // iota and repetition: the group is one thing
		r.refs(d.gen)
		for _, spec := range d.gen.Specs {
			for _, id := range spec.(*ast.ValueSpec).Names {
				if other := r.decls[r.info.Defs[id]]; other != nil {
					other.kept = true
				}
			}
		}
		return
	}
	r.refs(d.spec)
	tn, ok := obj.(*types.TypeName)
	if !ok || tn.IsAlias() {
		return
	}
	named := tn.Type().(*types.Named)
	for m := range named.Methods() {
		if m.Exported() {
			r.need(m)
		}
	}
}

func (r *reducer) needFunc(d *decl, fn *types.Func) {
	body := d.fn.Body != nil && !isNative(fn)
	if d.kept && (d.body || !body) {
		return
	}
	d.kept = true
	if d.fn.Recv != nil {
		r.refs(d.fn.Recv)
	}
	r.refs(d.fn.Type)
	if body {
		d.body = true
		r.refs(d.fn.Body)
	}
}

// refs needs all objects of this package that the node refers to.
func (r *reducer) refs(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if obj := r.info.Uses[id]; obj != nil && obj.Pkg() == r.pkg {
				r.need(obj)
			}
		}
		return true
	})
}

// isNative tells whether scripts call the compiled function: it is exported and
// neither generic nor a method of something unexported or generic.
func isNative(fn *types.Func) bool {
	sig := fn.Signature()
	if sig.TypeParams().Len() > 0 || sig.RecvTypeParams().Len() > 0 || !fn.Exported() {
		return false
	}
	recv := sig.Recv()
	if recv == nil {
		return true
	}
	t := recv.Type()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := t.(*types.Named)
	return !ok || named.Obj().Exported()
}

// emit prints what is kept at its old lines and columns.
func (r *reducer) emit() (*reduced, error) {
	out := &reduced{}
	imports := map[string]bool{}
	for _, f := range r.files {
		r.keepDecls(f)
		if len(f.keep) == 0 {
			continue
		}
		r.keepImports(f, imports)
		f.keep = append(f.keep, r.span(f.ast.Package, f.ast.Name.End()))
		out.archive.Files = append(out.archive.Files, txtar.File{Name: f.name, Data: f.blank(r.fset)})
	}
	slices.SortFunc(out.archive.Files, func(a, b txtar.File) int { return strings.Compare(a.Name, b.Name) })
	out.imports = slices.Sorted(maps.Keys(imports))
	return out, r.verify(out)
}

func (r *reducer) keepDecls(f *file) {
	groups := map[*ast.GenDecl]bool{}
	specs := map[ast.Spec]bool{}
	for _, d := range r.decls {
		switch {
		case !d.kept || d.file != f:
		case d.fn != nil && d.body:
			f.keep = append(f.keep, r.span(d.fn.Pos(), d.fn.End()))
		case d.fn != nil:
			f.keep = append(f.keep, r.span(d.fn.Pos(), d.fn.Type.End()))
		default:
			groups[d.gen] = true
			specs[d.spec] = true
		}
	}
	for g := range groups {
		if !g.Lparen.IsValid() || g.Tok == token.CONST {
			f.keep = append(f.keep, r.span(g.Pos(), g.End()))
			continue
		}
		f.keep = append(f.keep, r.span(g.Pos(), g.Lparen+1), r.span(g.Rparen, g.Rparen+1))
		for _, spec := range g.Specs {
			if specs[spec] {
				f.keep = append(f.keep, r.span(spec.Pos(), spec.End()))
			}
		}
	}
}

// keepImports keeps the imports that the kept parts of a file use.
func (r *reducer) keepImports(f *file, imports map[string]bool) {
	used := map[types.Object]bool{}
	ast.Inspect(f.ast, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		if pkg, ok := r.info.Uses[id].(*types.PkgName); ok {
			off := r.fset.Position(id.Pos()).Offset
			if slices.ContainsFunc(f.keep, func(s span) bool { return s.start <= off && off < s.end }) {
				used[pkg] = true
			}
		}
		return true
	})
	for _, d := range f.ast.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.IMPORT {
			continue
		}
		kept := 0
		for _, spec := range g.Specs {
			spec := spec.(*ast.ImportSpec)
			obj := r.info.Implicits[spec]
			if spec.Name != nil {
				obj = r.info.Defs[spec.Name]
			}
			if pkg, ok := obj.(*types.PkgName); ok && used[pkg] {
				imports[pkg.Imported().Path()] = true
				f.keep = append(f.keep, r.span(spec.Pos(), spec.End()))
				kept++
			}
		}
		if kept == 0 {
			continue
		}
		if !g.Lparen.IsValid() {
			f.keep = append(f.keep, r.span(g.Pos(), g.TokPos+token.Pos(len("import"))))
			continue
		}
		f.keep = append(f.keep, r.span(g.Pos(), g.Lparen+1), r.span(g.Rparen, g.Rparen+1))
	}
}

func (r *reducer) span(start, end token.Pos) span {
	return span{r.fset.Position(start).Offset, r.fset.Position(end).Offset}
}

// blank returns the source with everything that is not kept, and every comment,
// replaced by white space.
func (f *file) blank(fset *token.FileSet) []byte {
	keep := make([]bool, len(f.src))
	for _, s := range f.keep {
		for i := s.start; i < s.end; i++ {
			keep[i] = true
		}
	}
	for _, group := range f.ast.Comments {
		for i := fset.Position(group.Pos()).Offset; i < fset.Position(group.End()).Offset; i++ {
			keep[i] = false
		}
	}
	var out, line []byte
	for i, c := range f.src {
		switch {
		case c == '\n':
			out = append(append(out, strings.TrimRight(string(line), " \t\r")...), '\n')
			line = line[:0]
		case keep[i] || c == '\t':
			line = append(line, c)
		default:
			line = append(line, ' ')
		}
	}
	return append(out, line...)
}

// verify type-checks what is left.
func (r *reducer) verify(out *reduced) error {
	fset := token.NewFileSet()
	var files []*ast.File
	for _, f := range out.archive.Files {
		parsed, err := parser.ParseFile(fset, f.Name, f.Data, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		files = append(files, parsed)
	}
	var errs []error
	conf := types.Config{Importer: r.u, Sizes: types.SizesFor("gc", "amd64"), Error: func(err error) { errs = append(errs, err) }}
	_, _ = conf.Check(r.path, fset, files, nil) // its error is the first of errs
	return errors.Join(errs...)
}
