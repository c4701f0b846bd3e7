package check

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strings"
)

// A marker is written where a name is being written, so that there is one.
const marker = "ǃ" // a letter, and in nobody's program

// repair makes of a broken file one that can be parsed as far as possible, with what is
// around the place as it is meant: brackets that are open there are closed, and other
// declarations that cannot be parsed are left out. insert takes the place of what is
// between from and to; everything before keeps its offset.
func repair(code string, p *place, from, to int, insert string) string {
	whole := code[:from] + insert + code[to:]
	if syntaxErrors(whole) == 0 {
		return whole
	}
	var b strings.Builder
	starts := append(append([]int{0}, declarations(code)...), len(code))
	for i, begin := range starts[:len(starts)-1] {
		end := starts[i+1]
		switch here := from >= begin && (from < end || i == len(starts)-2); {
		case here && to > end: // one name cannot be in two declarations
			return whole
		case here:
			clause := "package p\n"
			if i == 0 {
				clause = ""
			}
			b.WriteString(repairPiece(clause, code[begin:from]+insert, code[to:end], p.open))
		case i == 0:
			b.WriteString(code[begin:end]) // the package clause
		default:
			b.WriteString(sound(code[begin:end]))
		}
	}
	return b.String()
}

// repairPiece repairs one declaration that is cut at the place. What is inserted stands
// behind head.
func repairPiece(clause, head, tail string, open []byte) string {
	best, fewest := "", -1
	for _, suffix := range suffixes(open) {
		text := head + suffix + tail
		for _, text := range []string{text, balanced(text)} {
			n := syntaxErrors(clause + text)
			if n == 0 {
				return text
			}
			if fewest < 0 || n < fewest {
				best, fewest = text, n
			}
		}
	}
	return best
}

// suffixes are what could be missing behind the place: the closing brackets of the
// innermost that are open, and a block.
func suffixes(open []byte) []string {
	list := []string{"", " {}"}
	closers := ""
	for i := len(open) - 1; i >= 0 && len(closers) < 6; i-- {
		closers += string(open[i])
		list = append(list, closers, closers+" {}")
	}
	return list
}

// balanced closes what is open at the end of a declaration.
func balanced(text string) string {
	p := findPlace(text, len(text))
	open := slices.Clone(p.open)
	slices.Reverse(open)
	if len(open) == 0 || len(open) > 100 {
		return text
	}
	return strings.TrimRight(text, "\n") + "\n" + string(open) + "\n"
}

// sound returns a declaration if it can be parsed, and otherwise text of the same
// length that can: a function without its body, or nothing.
func sound(text string) string {
	if strings.TrimSpace(text) == "" || strings.HasPrefix(text, "package") || syntaxErrors("package p\n"+text) == 0 {
		return text
	}
	if strings.HasPrefix(text, "func") {
		if at := strings.Index(text, "{\n"); at > 0 {
			if header := text[:at]; syntaxErrors("package p\n"+header) == 0 {
				return header + blank(text[at:])
			}
		}
	}
	return blank(text)
}

// blank replaces everything but the ends of lines by spaces.
func blank(text string) string {
	b := []byte(text)
	for i, c := range b {
		if c != '\n' {
			b[i] = ' '
		}
	}
	return string(b)
}

// declarations returns the offsets of the declarations that begin at the start of a
// line, as those at the top level do.
func declarations(code string) []int {
	var starts []int
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(code))
	s.Init(file, []byte(code), func(token.Position, string) {}, 0)
	for {
		pos, tok, _ := s.Scan()
		switch tok {
		case token.EOF:
			return starts
		case token.FUNC, token.TYPE, token.VAR, token.CONST, token.IMPORT:
			if at := file.Offset(pos); at == 0 || code[at-1] == '\n' {
				starts = append(starts, at)
			}
		}
	}
}

// syntaxErrors counts the syntax errors of a text.
func syntaxErrors(text string) int {
	_, err := parser.ParseFile(token.NewFileSet(), "", text, parser.SkipObjectResolution|parser.AllErrors)
	var list scanner.ErrorList
	if errors.As(err, &list) {
		return len(list)
	}
	return 0
}

// parseLoosely parses what can be parsed. It returns nil where nothing can.
func (r *run) parseLoosely(name, code string) *ast.File {
	if len(code) > maxFileSize+maxFileSize/16 {
		return nil
	}
	f, _ := parser.ParseFile(r.fset, name, code, parser.ParseComments|parser.SkipObjectResolution|parser.AllErrors) // errors are expected
	if f == nil || f.Name == nil || surveyOf(f).deep.IsValid() {
		return nil
	}
	return f
}
