package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"

	"gateway/symbols/internal/allow"
	"gateway/symbols/internal/pack"
)

// maxDoc bounds the text about one name, in bytes: it is for a person who is writing
// code and wants to know what a function does, not for reading a whole manual.
const maxDoc = 1200

// packDocs makes the pack of doc comments: a member for each package, in it a file for
// each exported name, method ("Type.Method") and field, and one without a name for the
// package.
func packDocs(u *universe, list *allow.List, paths []string) ([]byte, error) {
	var members []pack.Member
	for _, path := range paths {
		texts, err := docsOf(u.list[path], list.Packages[path])
		if err != nil {
			return nil, fmt.Errorf("doc comments of %s: %w", path, err)
		}
		var archive txtar.Archive
		for _, name := range slices.Sorted(maps.Keys(texts)) {
			archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(texts[name])})
		}
		members = append(members, pack.Member{Name: path, Data: txtar.Format(&archive)})
	}
	return pack.Encode(members)
}

// packageEntry is what the text about the package itself is filed under; txtar has no
// empty names.
const packageEntry = "package"

func docsOf(p *listed, rules *allow.Package) (map[string]string, error) {
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range p.GoFiles {
		f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	pkg, err := doc.NewFromFiles(fset, files, p.ImportPath)
	if err != nil {
		return nil, err
	}
	texts := map[string]string{}
	add := func(name, text string) {
		if word, _ := rules.Rule(name); word != allow.Never {
			if text = plain(pkg, text); text != "" {
				texts[name] = text
			}
		}
	}
	add(packageEntry, pkg.Doc)
	funcs := slices.Clone(pkg.Funcs)
	values := slices.Concat(pkg.Consts, pkg.Vars)
	for _, t := range pkg.Types {
		add(t.Name, t.Doc)
		for _, spec := range t.Decl.Specs {
			addMembers(spec.(*ast.TypeSpec), add)
		}
		for _, m := range t.Methods {
			add(t.Name+"."+m.Name, m.Doc)
		}
		funcs = append(funcs, t.Funcs...)
		values = append(values, slices.Concat(t.Consts, t.Vars)...)
	}
	for _, f := range funcs {
		add(f.Name, f.Doc)
	}
	for _, v := range values {
		for _, spec := range v.Decl.Specs {
			spec := spec.(*ast.ValueSpec)
			text := commentOf(spec.Doc, spec.Comment)
			if text == "" {
				text = v.Doc
			}
			for _, name := range spec.Names {
				if name.IsExported() {
					add(name.Name, text)
				}
			}
		}
	}
	return texts, nil
}

// addMembers adds the fields of a struct and the methods of an interface.
func addMembers(spec *ast.TypeSpec, add func(name, text string)) {
	var list *ast.FieldList
	switch t := spec.Type.(type) {
	case *ast.StructType:
		list = t.Fields
	case *ast.InterfaceType:
		list = t.Methods
	default:
		return
	}
	for _, f := range list.List {
		for _, name := range f.Names {
			if name.IsExported() {
				add(spec.Name.Name+"."+name.Name, commentOf(f.Doc, f.Comment))
			}
		}
	}
}

// commentOf is the comment above a declaration, or else the one behind it.
func commentOf(above, behind *ast.CommentGroup) string {
	if above != nil {
		return above.Text()
	}
	return behind.Text()
}

// plain turns a doc comment into plain text with one line for each paragraph, cut after
// the paragraph that exceeds maxDoc.
func plain(pkg *doc.Package, text string) string {
	printer := pkg.Printer()
	printer.TextWidth = -1
	out := string(bytes.TrimSpace(printer.Text(pkg.Parser().Parse(text))))
	if len(out) <= maxDoc {
		return out
	}
	if end := strings.LastIndex(out[:maxDoc], "\n"); end > 0 {
		return strings.TrimSpace(out[:end]) + "\n\n…"
	}
	return strings.ToValidUTF8(out[:maxDoc], "") + "…"
}
