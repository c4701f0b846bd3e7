package check

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// Limits of a source. They keep the recursive parser and type checker, and the
// interpreter after them, far from the stack's end.
const (
	maxFileSize = 1 << 20 // bytes
	maxProgram  = 8 << 20 // bytes of a file of a program that is run like a command
	maxFiles    = 2000
	maxDepth    = 1000 // nested syntax nodes
)

// parseFile parses one file of the package. The file is nil when it cannot be looked
// at any further; otherwise it may be partial, and then there are diagnostics.
func (r *run) parseFile(src File) (*ast.File, *survey) {
	limit := maxFileSize
	if r.src.Kind == Program {
		limit = maxProgram
	}
	if len(src.Code) > limit {
		r.report(Diagnostic{
			File: src.Name, Line: 1, Column: 1, Code: "too-large",
			Message: fmt.Sprintf("the file has %d bytes; the limit is %d", len(src.Code), limit),
			Hint:    "split it into several files, or keep data in a storage service",
		})
		return nil, nil
	}
	f, err := parser.ParseFile(r.fset, src.Name, src.Code, parser.ParseComments|parser.SkipObjectResolution|parser.AllErrors)
	var list scanner.ErrorList
	if errors.As(err, &list) {
		r.reportSyntaxErrors(src, list)
	} else if err != nil {
		r.report(Diagnostic{File: src.Name, Line: 1, Column: 1, Code: "syntax", Message: err.Error()})
	}
	if f == nil || !f.Package.IsValid() || f.Name == nil {
		return nil, nil
	}
	s := surveyOf(f)
	if s.deep.IsValid() {
		r.reportAt(s.deep, token.NoPos, Diagnostic{
			Code:    "too-deep",
			Message: fmt.Sprintf("code is nested more than %d levels deep", maxDepth),
			Hint:    "split the expression or the function into parts",
		})
		return nil, nil
	}
	return f, s
}

// reportSyntaxErrors reports the first error of each line, which is the cause of the
// others in it.
func (r *run) reportSyntaxErrors(src File, list scanner.ErrorList) {
	// Positions of the list heed //line comments, only offsets are those of the file.
	starts := []int{0}
	for i := range len(src.Code) {
		if src.Code[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	slices.SortStableFunc(list, func(a, b *scanner.Error) int { return a.Pos.Offset - b.Pos.Offset })
	last := 0
	for _, e := range list {
		line, found := slices.BinarySearch(starts, e.Pos.Offset)
		if found {
			line++
		}
		atEnd := e.Pos.Offset >= len(strings.TrimRight(src.Code, "\n"))
		if line == last || last > 0 && atEnd { // what is open after an error stays open
			continue
		}
		last = line
		r.report(syntaxDiagnostic(src, line, e.Pos.Offset-starts[line-1]+1, e.Msg))
		if strings.HasPrefix(e.Msg, "expected 'package'") {
			return // the parser gives up here
		}
	}
}

func syntaxDiagnostic(src File, line, column int, message string) Diagnostic {
	d := Diagnostic{File: src.Name, Line: line, Column: column, Code: "syntax", Message: message}
	text := strings.TrimSpace(src.Code)
	switch {
	case strings.HasPrefix(text, "```"):
		d.Hint = "leave out the ``` lines around the code"
	case text == "":
		d.Message, d.Hint = "the file is empty", "write `package handler` and a function Handle"
	case strings.HasPrefix(message, "expected 'package'"), onlyComments(text):
		d.Message, d.Hint = "the package clause is missing", "begin the file with `package handler`"
	case strings.HasSuffix(message, "found 'EOF'"):
		d.Hint = "a bracket or brace that is opened is not closed before the end of the file"
	case strings.Contains(message, "imports must appear before other declarations"):
		d.Hint = "move the import up, below the package clause"
	case strings.Contains(message, "exceeded max nesting depth"):
		d.Code, d.Hint = "too-deep", "split the expression or the function into parts"
	case strings.Contains(message, "non-declaration statement outside function body"):
		d.Hint = "statements belong into a function; at the top level use var, const, type or func"
	case strings.Contains(message, "string literal not terminated"), strings.Contains(message, "raw string literal not terminated"):
		d.Hint = "close the string with the quote that opened it"
	case strings.Contains(message, "illegal character U+201C"), strings.Contains(message, "illegal character U+201D"),
		strings.Contains(message, "curly quotation mark"):
		d.Hint = `replace the typographic quotes by "`
	}
	return d
}

// onlyComments tells whether a file has nothing else.
func onlyComments(text string) bool {
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(text)), []byte(text), func(token.Position, string) {}, 0)
	_, tok, _ := s.Scan()
	return tok == token.EOF
}

// importSpecs returns the imports of the files, in order.
func importSpecs(files []*ast.File) []*ast.ImportSpec {
	var specs []*ast.ImportSpec
	for _, f := range files {
		specs = append(specs, f.Imports...)
	}
	return specs
}

func importPath(spec *ast.ImportSpec) string {
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return "" // the parser has reported it
	}
	return path
}
