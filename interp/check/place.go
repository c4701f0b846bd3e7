package check

import (
	"go/scanner"
	"go/token"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A place is what the tokens around an offset say about it, whether they make sense
// together or not.
type place struct {
	offset   int
	from, to int         // the identifier that the offset is in or at the end of; both the offset where there is none
	in       token.Token // COMMENT, STRING or CHAR where the offset is inside of one
	literal  lexeme      // that one
	before   []lexeme    // the last tokens before from, the nearest last; at most keptTokens
	open     []byte      // brackets that are open at from, the innermost last
	imports  bool        // the literal is where an import path is expected
	first    lexeme      // the first token of from's line, where it is before from
}

// A lexeme is a token of a file.
type lexeme struct {
	tok    token.Token
	offset int
	text   string
}

const keptTokens = 32

// prefix is what has been written of the identifier.
func (p *place) prefix(code string) string { return code[p.from:p.offset] }

// previous returns the n-th token before the identifier, from 1.
func (p *place) previous(n int) lexeme {
	if n > len(p.before) {
		return lexeme{tok: token.EOF}
	}
	return p.before[len(p.before)-n]
}

// findPlace reads the tokens of a file up to the offset.
func findPlace(code string, offset int) *place {
	p := &place{offset: offset, from: offset, to: offset}
	for p.from > 0 {
		c, size := utf8.DecodeLastRuneInString(code[:p.from])
		if !isNameRune(c) {
			break
		}
		p.from -= size
	}
	for p.to < len(code) {
		c, size := utf8.DecodeRuneInString(code[p.to:])
		if !isNameRune(c) {
			break
		}
		p.to += size
	}
	var s scanner.Scanner
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(code))
	s.Init(file, []byte(code), func(token.Position, string) {}, scanner.ScanComments)
	lineStart := strings.LastIndexByte(code[:p.from], '\n') + 1
	group, inGroup := 0, false // inside of import ( … ), opened at that depth
	for {
		pos, tok, text := s.Scan()
		at := file.Offset(pos)
		if tok == token.EOF || at > offset || at >= p.from && !isLiteral(tok) {
			return p
		}
		if isLiteral(tok) && at < offset && offset <= at+len(text) && (offset < at+len(text) || !isClosed(tok, text)) {
			p.in, p.literal = tok, lexeme{tok, at, text}
			last, beforeLast := p.previous(1).tok, p.previous(2).tok
			p.imports = tok == token.STRING && (inGroup || last == token.IMPORT ||
				beforeLast == token.IMPORT && (last == token.IDENT || last == token.PERIOD))
			return p
		}
		if at >= p.from {
			return p
		}
		switch tok {
		case token.COMMENT:
			continue
		case token.LPAREN, token.LBRACK, token.LBRACE:
			if tok == token.LPAREN && p.previous(1).tok == token.IMPORT {
				inGroup, group = true, len(p.open)
			}
			p.open = append(p.open, closing[tok])
		case token.RPAREN, token.RBRACK, token.RBRACE:
			if n := len(p.open); n > 0 {
				p.open = p.open[:n-1]
			}
			inGroup = inGroup && len(p.open) > group
		}
		l := lexeme{tok, at, text}
		if at >= lineStart && p.first.text == "" && tok != token.SEMICOLON {
			p.first = l
			if p.first.text == "" {
				p.first.text = tok.String()
			}
		}
		if len(p.before) == 2*keptTokens {
			p.before = append(p.before[:0], p.before[keptTokens:]...)
		}
		p.before = append(p.before, l)
	}
}

var closing = map[token.Token]byte{token.LPAREN: ')', token.LBRACK: ']', token.LBRACE: '}'}

func isNameRune(c rune) bool { return c == '_' || unicode.IsLetter(c) || unicode.IsDigit(c) }

func isLiteral(tok token.Token) bool {
	return tok == token.COMMENT || tok == token.STRING || tok == token.CHAR
}

// isClosed tells whether a literal ends where its text ends, so that behind it is
// outside. A line comment goes on for as long as its line does.
func isClosed(tok token.Token, text string) bool {
	if tok == token.COMMENT {
		return strings.HasPrefix(text, "/*") && len(text) >= 4 && strings.HasSuffix(text, "*/")
	}
	return len(text) >= 2 && text[len(text)-1] == text[0]
}
