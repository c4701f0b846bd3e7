package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// reduce makes a program that behaves differently as small as it finds it, and says
// how that one behaves.
func (f *fuzzer) reduce(ctx context.Context, source string) (string, result, error) {
	results, err := f.compare(ctx, []string{source})
	if err != nil {
		return "", result{}, err
	}
	first := results[0]
	if first.kind == same || first.kind == invalid {
		return "", first, errors.New("by itself the program behaves as compiled")
	}
	for {
		smaller, r, err := f.smaller(ctx, source, first.kind)
		if err != nil || smaller == "" {
			return source, first, err
		}
		source, first = smaller, r
		fmt.Printf("%d bytes\n", len(source))
	}
}

// smaller is a program with less in it that still behaves differently in the same
// way, or nothing.
func (f *fuzzer) smaller(ctx context.Context, source string, want kind) (string, result, error) {
	all := edits(source)
	for len(all) > 0 {
		some := all[:min(len(all), f.batch)]
		all = all[len(some):]
		var good []edit
		candidates := make([]string, len(some))
		for i, e := range some {
			candidates[i] = apply(source, e)
		}
		results, err := f.compare(ctx, candidates)
		if err != nil {
			return "", result{}, err
		}
		for i, r := range results {
			if r.kind == want && len(candidates[i]) < len(source) {
				good = append(good, some[i])
			}
		}
		// Together, or at least the first of them.
		for ; len(good) > 0; good = good[:len(good)/2] {
			candidate := apply(source, good...)
			results, err := f.compare(ctx, []string{candidate})
			if err != nil {
				return "", result{}, err
			}
			if results[0].kind == want && len(candidate) < len(source) {
				return candidate, results[0], nil
			}
		}
	}
	return "", result{}, nil
}

// edit replaces a part of a source.
type edit struct {
	start, end int
	text       string
}

// apply makes edits, of those that overlap the first, and leaves out the imports
// that nothing needs any more. An edit that leaves no Go gives what the checker
// refuses.
func apply(source string, all ...edit) string {
	var apart []edit
	for _, e := range all {
		if !slices.ContainsFunc(apart, func(o edit) bool { return e.start < o.end && o.start < e.end }) {
			apart = append(apart, e)
		}
	}
	slices.SortFunc(apart, func(a, b edit) int { return b.start - a.start })
	for _, e := range apart {
		source = source[:e.start] + e.text + source[e.end:]
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", source, parser.SkipObjectResolution)
	if err != nil {
		return source
	}
	used := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok {
				used[id.Name] = true
			}
		}
		return true
	})
	for _, spec := range slices.Backward(file.Imports) {
		path, _ := strconv.Unquote(spec.Path.Value)
		if !used[path[strings.LastIndex(path, "/")+1:]] {
			source = source[:spec.Pos()-1] + source[spec.End()-1:]
		}
	}
	text, err := format.Source([]byte(source))
	if err != nil {
		return source
	}
	return string(text)
}

// edits are the ways to make a program smaller, those that take most away first.
func edits(source string) []edit {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", source, parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	e := editor{source: source}
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); !ok || g.Tok != token.IMPORT {
			e.remove(d, d)
		}
	}
	ast.Inspect(file, e.visit)
	slices.SortStableFunc(e.all, func(a, b edit) int {
		return cmp.Compare(b.end-b.start-len(b.text), a.end-a.start-len(a.text))
	})
	return slices.Compact(e.all)
}

type editor struct {
	source string
	all    []edit
}

func (e *editor) text(n ast.Node) string { return e.source[n.Pos()-1 : n.End()-1] }

func (e *editor) remove(from, to ast.Node) { e.replace(from, to, "") }

func (e *editor) replace(from, to ast.Node, text string) {
	if end := int(to.End()) - 1; end-int(from.Pos())+1 > len(text) {
		e.all = append(e.all, edit{int(from.Pos()) - 1, end, text})
	}
}

func (e *editor) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BlockStmt:
		e.list(n.List)
		e.replace(n, n, "{}")
	case *ast.CaseClause:
		e.list(n.Body)
	case *ast.CommClause:
		e.list(n.Body)
	case *ast.IfStmt:
		e.unwrap(n, n.Body)
		if n.Else != nil {
			e.replace(n.Body, n.Else, e.text(n.Body))
		}
		if n.Init != nil {
			e.replace(n, n, e.text(n.Init))
		}
		e.replace(n.Cond, n.Cond, "true")
		e.replace(n.Cond, n.Cond, "false")
	case *ast.ForStmt:
		e.unwrap(n, n.Body)
	case *ast.RangeStmt:
		e.unwrap(n, n.Body)
	case *ast.LabeledStmt:
		e.replace(n, n, e.text(n.Stmt))
	case *ast.FieldList:
		fields(e, n.List)
	case *ast.CompositeLit:
		fields(e, n.Elts)
	case *ast.CallExpr:
		fields(e, n.Args)
		for _, a := range n.Args {
			e.replace(n, n, e.text(a))
		}
		if lit, ok := n.Fun.(*ast.FuncLit); ok {
			e.unwrap(n, lit.Body)
		}
		e.literals(n)
	case *ast.BinaryExpr:
		e.replace(n, n, e.text(n.X))
		e.replace(n, n, e.text(n.Y))
	case *ast.ParenExpr:
		e.replace(n, n, e.text(n.X))
	case *ast.UnaryExpr:
		e.replace(n, n, e.text(n.X))
	case *ast.TypeAssertExpr:
		e.literals(n)
	case *ast.IndexExpr:
		e.literals(n)
	case *ast.SelectorExpr:
		e.literals(n)
	case *ast.FuncLit:
		if body := n.Body.List; len(body) > 1 {
			e.replace(body[0], body[len(body)-1], "panic(0)")
		}
	}
	return true
}

// literals replaces an expression by something simple; the checker knows what fits.
func (e *editor) literals(n ast.Node) {
	for _, text := range []string{"0", "nil", `""`, "true"} {
		e.replace(n, n, text)
	}
}

// list removes statements, one by one and many at once.
func (e *editor) list(list []ast.Stmt) {
	for size := 1; size <= len(list); size *= 2 {
		for i := 0; i+size <= len(list); i += max(1, size/2) {
			e.remove(list[i], list[i+size-1])
		}
	}
}

// unwrap replaces a statement by its body.
func (e *editor) unwrap(n ast.Node, body *ast.BlockStmt) {
	e.replace(n, n, e.text(body))
	if len(body.List) > 0 {
		e.replace(n, n, e.source[body.Lbrace:body.Rbrace-1])
	}
}

// fields removes the elements of a list with commas.
func fields[N ast.Node](e *editor, list []N) {
	for i := range list {
		switch {
		case i+1 < len(list):
			e.all = append(e.all, edit{int(list[i].Pos()) - 1, int(list[i+1].Pos()) - 1, ""})
		case i > 0:
			e.all = append(e.all, edit{int(list[i-1].End()) - 1, int(list[i].End()) - 1, ""})
		default:
			e.remove(list[i], list[i])
		}
	}
}
