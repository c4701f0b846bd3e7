// Package pgarray reads arrays as PostgreSQL writes them: {1,NULL,"a \"b\""}, of any
// number of dimensions.
package pgarray

import (
	"bytes"
	"errors"
)

var errMalformed = errors.New("malformed array")

// maxDepth is how many dimensions PostgreSQL allows.
const maxDepth = 6

// Parse gives the elements as a slice, of slices where there are several
// dimensions. element makes the value of each element that is not NULL, which is
// nil; the text it is given is its own to keep.
func Parse(text []byte, element func(text []byte) (any, error)) ([]any, error) {
	if len(text) > 0 && text[0] == '[' { // bounds that do not begin at 1: [2:3]={…}
		_, after, ok := bytes.Cut(text, []byte("="))
		if !ok {
			return nil, errMalformed
		}
		text = after
	}
	p := parser{text: text, element: element}
	list, err := p.list(1)
	if err != nil {
		return nil, err
	}
	if p.pos != len(text) {
		return nil, errMalformed
	}
	return list, nil
}

type parser struct {
	text    []byte
	pos     int
	element func([]byte) (any, error)
}

// peek gives the byte at the position, 0 at the end.
func (p *parser) peek() byte {
	if p.pos < len(p.text) {
		return p.text[p.pos]
	}
	return 0
}

// list reads from { to }.
func (p *parser) list(depth int) ([]any, error) {
	if p.peek() != '{' || depth > maxDepth {
		return nil, errMalformed
	}
	p.pos++
	list := []any{}
	if p.peek() == '}' {
		p.pos++
		return list, nil
	}
	for {
		var v any
		var err error
		switch p.peek() {
		case '{':
			v, err = p.list(depth + 1)
		case '"':
			v, err = p.quoted()
		default:
			v, err = p.plain()
		}
		if err != nil {
			return nil, err
		}
		list = append(list, v)
		switch p.peek() {
		case ',':
			p.pos++
		case '}':
			p.pos++
			return list, nil
		default:
			return nil, errMalformed
		}
	}
}

// quoted reads an element in quotes, in which a backslash goes before any byte.
func (p *parser) quoted() (any, error) {
	var text []byte
	for p.pos++; p.pos < len(p.text); p.pos++ {
		switch p.text[p.pos] {
		case '"':
			p.pos++
			return p.element(text)
		case '\\':
			p.pos++
			if p.pos == len(p.text) {
				return nil, errMalformed
			}
		}
		text = append(text, p.text[p.pos])
	}
	return nil, errMalformed
}

// plain reads an element without quotes.
func (p *parser) plain() (any, error) {
	n := bytes.IndexAny(p.text[p.pos:], `,{}"\`)
	if n <= 0 {
		return nil, errMalformed
	}
	text := p.text[p.pos : p.pos+n]
	p.pos += n
	if string(text) == "NULL" {
		return nil, nil
	}
	return p.element(bytes.Clone(text))
}
