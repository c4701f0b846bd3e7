package openapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"gateway/internal/catalog"
)

// The bounds of a document.
const (
	// MaxBytes is how long the text of a specification may be.
	MaxBytes = 8 << 20

	maxNodes = 500_000 // values, with those of aliases wherever these are used
	maxDepth = 100     // of values in values
)

// kind is the kind of a node.
type kind int

const (
	null kind = iota
	boolean
	number
	text
	sequence
	mapping
)

func (k kind) String() string {
	return [...]string{"nothing", "true or false", "a number", "text", "a list", "an object"}[k]
}

// node is a value of a document with its place in the text.
type node struct {
	kind   kind
	value  string         // of a scalar; a number is written as in JSON
	keys   []string       // of a mapping, in their order
	places []*node        // of the keys
	items  []*node        // of a mapping, beside the keys, or of a sequence
	index  map[string]int // where a key of a mapping is
	line   int            // from 1
	column int            // from 1
}

// get gives the value of a key; nil where there is none, or n is no mapping.
func (n *node) get(key string) *node {
	if n == nil || n.kind != mapping {
		return nil
	}
	if i, ok := n.index[key]; ok {
		return n.items[i]
	}
	return nil
}

// put adds a value to a mapping, and reports whether the key is new.
func (n *node) put(key string, place, value *node) bool {
	if _, there := n.index[key]; there {
		return false
	}
	n.index[key] = len(n.keys)
	n.keys, n.places, n.items = append(n.keys, key), append(n.places, place), append(n.items, value)
	return true
}

// text gives the text of a scalar, or "".
func (n *node) text() string {
	if n == nil || n.kind == null || n.kind > text {
		return ""
	}
	return n.value
}

// isTrue reports whether n is the value true.
func (n *node) isTrue() bool { return n != nil && n.kind == boolean && n.value == "true" }

// list gives the values of a sequence.
func (n *node) list() []*node {
	if n == nil || n.kind != sequence {
		return nil
	}
	return n.items
}

// parse reads a document of JSON or YAML.
func parse(source []byte) (*node, error) {
	if len(source) > MaxBytes {
		return nil, &Error{Problems: []Problem{{Message: fmt.Sprintf("it is longer than %d bytes", MaxBytes)}}}
	}
	if !utf8.Valid(source) {
		return nil, &Error{Problems: []Problem{{Message: "it is not UTF-8"}}}
	}
	source = bytes.TrimPrefix(source, []byte("\ufeff"))
	if json.Valid(source) {
		return parseJSON(source)
	}
	return parseYAML(source)
}

func parseYAML(source []byte) (*node, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(source))
	var document yaml.Node
	err := decoder.Decode(&document)
	if errors.Is(err, io.EOF) || err == nil && len(document.Content) == 0 {
		return nil, &Error{Problems: []Problem{{Message: "it is empty"}}}
	}
	if err == nil {
		var more yaml.Node
		if err = decoder.Decode(&more); err == nil {
			return nil, problemAt(more.Line, more.Column, "a second document begins here: there must be one only")
		}
	}
	if broken, ok := errors.AsType[*yaml.LoadError](err); ok {
		return nil, problemAt(broken.Mark.Line, broken.Mark.Column, "it is not YAML: "+broken.Message)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, &Error{Problems: []Problem{{Message: "it is not YAML: " + err.Error()}}}
	}
	c := converter{budget{maxNodes}}
	return c.convert(document.Content[0], 0)
}

func problemAt(line, column int, message string) *Error {
	return &Error{Problems: []Problem{{Line: line, Column: column, Message: message}}}
}

// budget bounds what a document is made of.
type budget struct{ left int } // nodes

// spend takes nodes that a place of the document makes from the budget.
func (b *budget) spend(nodes, line, column, depth int) error {
	if b.left -= nodes; b.left < 0 {
		return problemAt(line, column, fmt.Sprintf("it has more than %d values", maxNodes))
	}
	if depth > maxDepth {
		return problemAt(line, column, fmt.Sprintf("values are nested more than %d deep", maxDepth))
	}
	return nil
}

// converter makes nodes of those of the YAML library.
type converter struct{ budget }

func (c *converter) convert(from *yaml.Node, depth int) (*node, error) {
	if err := c.spend(1, from.Line, from.Column, depth); err != nil {
		return nil, err
	}
	n := &node{line: from.Line, column: from.Column}
	switch from.Kind {
	case yaml.AliasNode:
		return c.convert(from.Alias, depth+1)
	case yaml.ScalarNode:
		n.scalar(from)
	case yaml.SequenceNode:
		n.kind = sequence
		for _, item := range from.Content {
			value, err := c.convert(item, depth+1)
			if err != nil {
				return nil, err
			}
			n.items = append(n.items, value)
		}
	case yaml.MappingNode:
		return n, c.mapping(n, from, depth)
	default:
		return nil, problemAt(from.Line, from.Column, "this is not understood")
	}
	return n, nil
}

// scalar takes over a scalar. What YAML knows and JSON does not is text.
func (n *node) scalar(from *yaml.Node) {
	n.kind, n.value = text, from.Value
	switch from.ShortTag() {
	case "!!null":
		n.kind, n.value = null, ""
	case "!!bool":
		n.kind, n.value = boolean, strings.ToLower(from.Value)
	case "!!int":
		if i, err := strconv.ParseInt(from.Value, 0, 64); err == nil {
			n.kind, n.value = number, strconv.FormatInt(i, 10)
		}
	case "!!float":
		if f, err := strconv.ParseFloat(from.Value, 64); err == nil {
			if written, err := json.Marshal(f); err == nil { // infinity is none
				n.kind, n.value = number, string(written)
			}
		}
	}
	if n.kind == number && json.Valid([]byte(from.Value)) {
		n.value = from.Value // "3.10" stays what it is
	}
}

func (c *converter) mapping(n *node, from *yaml.Node, depth int) error {
	n.kind, n.index = mapping, make(map[string]int, len(from.Content)/2)
	var merged []*node
	for i := 0; i+1 < len(from.Content); i += 2 {
		key := from.Content[i]
		value, err := c.convert(from.Content[i+1], depth+1)
		if err != nil {
			return err
		}
		if key.ShortTag() == "!!merge" {
			if merged, err = merge(merged, value); err != nil {
				return err
			}
			continue
		}
		if key.Kind == yaml.AliasNode {
			key = key.Alias
		}
		if key.Kind != yaml.ScalarNode {
			return problemAt(key.Line, key.Column, "a key must be text")
		}
		if !n.put(key.Value, &node{line: key.Line, column: key.Column}, value) {
			return problemAt(key.Line, key.Column, fmt.Sprintf("key %q is there twice", catalog.Clip(key.Value)))
		}
	}
	for _, m := range merged {
		if err := c.spend(len(m.keys), from.Line, from.Column, depth); err != nil {
			return err
		}
		for i, key := range m.keys {
			n.put(key, m.places[i], m.items[i])
		}
	}
	return nil
}

// merge adds the value of a key << to those before: an object, or a list of them.
func merge(before []*node, value *node) ([]*node, error) {
	all := value.list()
	if value.kind != sequence {
		all = []*node{value}
	}
	for _, one := range all {
		if one.kind != mapping {
			return nil, problemAt(one.line, one.column, "<< wants an object, not "+one.kind.String())
		}
	}
	return append(before, all...), nil
}

// parseJSON reads JSON, which is known to be valid. A YAML library reads it too, except for escapes of UTF-16.
func parseJSON(source []byte) (*node, error) {
	p := jsonParser{budget: budget{maxNodes}, source: source, decoder: json.NewDecoder(bytes.NewReader(source)), line: 1}
	p.decoder.UseNumber()
	return p.value(0)
}

type jsonParser struct {
	budget
	source    []byte
	decoder   *json.Decoder
	line      int // of the offset done
	lineStart int
	done      int
}

// place makes a node for the token that comes next.
func (p *jsonParser) place() *node {
	offset := int(p.decoder.InputOffset())
	for offset < len(p.source) && strings.IndexByte(" \t\r\n,:", p.source[offset]) >= 0 {
		offset++
	}
	for ; p.done < offset; p.done++ {
		if p.source[p.done] == '\n' {
			p.line, p.lineStart = p.line+1, p.done+1
		}
	}
	return &node{line: p.line, column: offset - p.lineStart + 1}
}

func (p *jsonParser) value(depth int) (*node, error) {
	n := p.place()
	if err := p.spend(1, n.line, n.column, depth); err != nil {
		return nil, err
	}
	token, err := p.decoder.Token()
	if err != nil {
		return nil, problemAt(n.line, n.column, err.Error())
	}
	switch v := token.(type) {
	case string:
		n.kind, n.value = text, v
	case json.Number:
		n.kind, n.value = number, v.String()
	case bool:
		n.kind, n.value = boolean, strconv.FormatBool(v)
	case json.Delim:
		if v == '[' {
			return n, p.sequence(n, depth)
		}
		return n, p.mapping(n, depth)
	}
	return n, nil
}

func (p *jsonParser) sequence(n *node, depth int) error {
	n.kind = sequence
	for p.decoder.More() {
		item, err := p.value(depth + 1)
		if err != nil {
			return err
		}
		n.items = append(n.items, item)
	}
	_, err := p.decoder.Token()
	return err
}

func (p *jsonParser) mapping(n *node, depth int) error {
	n.kind, n.index = mapping, make(map[string]int)
	for p.decoder.More() {
		place := p.place()
		token, err := p.decoder.Token()
		if err != nil {
			return problemAt(place.line, place.column, err.Error())
		}
		key, _ := token.(string) // in valid JSON it is one
		item, err := p.value(depth + 1)
		if err != nil {
			return err
		}
		if !n.put(key, place, item) {
			return problemAt(place.line, place.column, fmt.Sprintf("key %q is there twice", catalog.Clip(key)))
		}
	}
	_, err := p.decoder.Token()
	return err
}

// json writes a value as JSON, indented by tabs.
func (n *node) json() string {
	var b bytes.Buffer
	n.writeJSON(&b, "\n")
	return b.String()
}

func (n *node) writeJSON(b *bytes.Buffer, newline string) {
	switch n.kind {
	case null:
		b.WriteString("null")
	case text:
		writeText(b, n.value)
	case boolean, number:
		b.WriteString(n.value)
	default:
		open, end := "{", "}"
		if n.kind == sequence {
			open, end = "[", "]"
		}
		b.WriteString(open)
		for i, item := range n.items {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(newline + "\t")
			if n.kind == mapping {
				writeText(b, n.keys[i])
				b.WriteString(": ")
			}
			item.writeJSON(b, newline+"\t")
		}
		if len(n.items) > 0 {
			b.WriteString(newline)
		}
		b.WriteString(end)
	}
}

func writeText(b *bytes.Buffer, s string) {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s)       // text always encodes
	b.Truncate(b.Len() - 1) // the end of the line
}
