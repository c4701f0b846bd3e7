package check

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"iter"
	"slices"
	"strconv"
	"strings"

	"gateway/symbols"
)

// completeImport proposes import paths, inside of the quotes.
func (r *run) completeImport(code string, q Query, p *place) Completion {
	from := p.literal.offset + 1
	to := p.literal.offset + len(p.literal.text)
	if isClosed(token.STRING, p.literal.text) {
		to--
	}
	b := &proposals{prefix: code[from:q.Offset]}
	imported := map[string]bool{}
	if f, _ := parser.ParseFile(token.NewFileSet(), "", code, parser.ImportsOnly); f != nil { // errors are expected
		for _, spec := range f.Imports {
			imported[importPath(spec)] = importPath(spec) != code[from:to]
		}
	}
	for path, name := range r.importable() {
		if imported[path] {
			continue
		}
		item := Item{Label: path, Kind: "package", Detail: "package " + name, Insert: path}
		before := len(b.items)
		b.add(item, 0)
		if len(b.items) == before && strings.HasPrefix(path[strings.LastIndexByte(path, '/')+1:], b.prefix) {
			item.match = 2 // json for encoding/json
			b.items = append(b.items, item)
		}
	}
	c := b.done(nil, rangeOf(code, from, to))
	for i := range min(len(c.Items), 30) {
		c.Items[i].Documentation = synopsis(symbols.Doc(c.Items[i].Label, ""))
	}
	return c
}

// importable yields the packages that the source may import, with their names.
func (r *run) importable() iter.Seq2[string, string] {
	return func(yield func(path, name string) bool) {
		for _, path := range r.rules.Packages() {
			name, _ := symbols.PackageName(path)
			if !yield(path, name) {
				return
			}
		}
		for _, path := range r.sourcePaths("") {
			if path == r.src.Path && r.src.Kind == Library || slices.Contains(strings.Split(path, "/"), "internal") {
				continue
			}
			if !yield(path, r.sourceName(path)) {
				return
			}
		}
	}
}

// sourceName returns the name of a source package, from the package clause of its first
// file that has one.
func (r *run) sourceName(path string) string {
	for _, f := range r.src.Packages[path] {
		if strings.HasSuffix(f.Name, "_test.go") {
			continue
		}
		if f, _ := parser.ParseFile(token.NewFileSet(), "", f.Code, parser.PackageClauseOnly); f != nil && f.Name != nil { // errors are expected
			return f.Name.Name
		}
	}
	return packageBase(path)
}

// addUnimported adds the names of packages that the file does not import yet, once
// something of the name is written.
func (v *view) addUnimported(b *proposals, visible map[string]bool) {
	if b.prefix == "" {
		return
	}
	for path, name := range v.importable() {
		if visible[name] || b.matches(name) == 0 || v.lookup(name) != nil || v.importSpec(path) != nil {
			continue
		}
		edit, ok := v.importEdit(path)
		if !ok {
			return
		}
		b.add(Item{
			Label: name, Kind: "package", Detail: path, Insert: name,
			Edits: []Edit{edit}, Import: path, Documentation: synopsis(v.packageDoc(path)),
		}, scoreImport)
	}
}

// maxSameName bounds the packages of one name that are looked into.
const maxSameName = 4

// addExportsOfUnimported adds what packages of that name export, with the edit that
// imports the package.
func (v *view) addExportsOfUnimported(b *proposals, q Query, name string, accept func(types.Object) bool) {
	var paths []string
	for path, pkgName := range v.importable() {
		if pkgName == name && len(paths) < maxSameName && v.importSpec(path) == nil {
			paths = append(paths, path)
		}
	}
	if len(paths) == 0 {
		return
	}
	text := repair(v.code, v.place, v.place.from, v.place.to, marker)
	again := v.run.look(q, v.code, text, v.place, paths...)
	if again == nil {
		return
	}
	*v = *again
	b.expected = v.expected()
	for _, path := range paths {
		edit, ok := v.importEdit(path)
		pkg := v.loaded.types[path]
		if u := v.units[path]; u != nil {
			pkg = u.pkg.Types
		}
		if ok && pkg != nil {
			v.addExports(b, pkg, accept, edit)
		}
	}
}

// importSpec returns the file's import of a package, or nil.
func (v *view) importSpec(path string) *ast.ImportSpec {
	for _, spec := range v.file.Imports {
		if importPath(spec) == path {
			return spec
		}
	}
	return nil
}

// importEdit returns the edit that adds an import: into the first group of imports at
// its place in the alphabet, or else below the last import or the package clause. There
// is none where that would be behind the place.
func (v *view) importEdit(path string) (Edit, bool) {
	quoted := strconv.Quote(path)
	at, text := -1, ""
	for _, d := range v.file.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok || decl.Tok != token.IMPORT {
			break
		}
		if !decl.Lparen.IsValid() {
			at, text = v.lineEnd(decl.End()), "import "+quoted+"\n"
			continue
		}
		at, text = v.tok.Offset(decl.Lparen)+1, "\n\t"+quoted
		if len(decl.Specs) == 0 {
			text += "\n"
		}
		for _, spec := range decl.Specs {
			if spec := spec.(*ast.ImportSpec); importPath(spec) < path {
				at, text = v.lineEnd(spec.End()), "\t"+quoted+"\n"
			}
		}
		break
	}
	if at < 0 {
		at, text = v.lineEnd(v.file.Name.End()), "\nimport "+quoted+"\n"
	}
	if at > v.place.from || at > len(v.code) {
		return Edit{}, false
	}
	if at > 0 && v.code[at-1] != '\n' && !strings.HasPrefix(text, "\n") {
		text = "\n" + strings.TrimSuffix(text, "\n") // the last line of the file, or another spec on the line
	}
	return Edit{Range: rangeOf(v.code, at, at), Text: text}, true
}

// lineEnd returns the offset of the begin of the next line.
func (v *view) lineEnd(pos token.Pos) int {
	at := min(v.tok.Offset(pos), len(v.code))
	if i := strings.IndexByte(v.code[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(v.code)
}
