package openapi

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

const (
	maxFields     = 200 // of the struct of a body, with those of structs in it
	maxTypeDepth  = 8   // of structs in structs
	maxExample    = 16 << 10
	maxSchemaWork = 2000 // schemas looked at for one type or one example
)

// body is what an operation expects of a request's body.
type body struct {
	media    string   // "json", "form", "multipart" or, for everything else, ""
	others   []string // content types that are not read apart
	required bool
	name     string // of the type of a JSON body; empty where it is not declared
	typ      string // Go source of the type
}

// requestBody says how a request's body is read.
func (r *reader) requestBody(n *node) *body {
	if n == nil {
		return nil
	}
	n, ok := r.resolve(n)
	if !ok {
		return nil
	}
	content := n.get("content")
	if content == nil || len(content.keys) == 0 {
		return nil
	}
	b := &body{required: n.get("required").isTrue()}
	read := -1 // the content that is read
	for i, media := range content.keys {
		if kind := mediaOf(media); kind == "json" && b.media != "json" || kind != "" && b.media == "" {
			b.media, read = kind, i
		}
	}
	for i, media := range content.keys {
		if i != read && len(b.others) < 5 {
			b.others = append(b.others, media)
		}
	}
	if b.media != "json" {
		return b
	}
	schema := content.items[read].get("schema")
	types := typeWriter{reader: r, work: maxSchemaWork}
	b.typ = types.write(schema, 0)
	if strings.HasPrefix(b.typ, "struct") {
		b.name = bodyName(schema)
	}
	return b
}

// mediaOf says how a content is read.
func mediaOf(media string) string {
	kind, _, _ := strings.Cut(strings.ToLower(media), ";")
	switch kind = strings.TrimSpace(kind); {
	case isJSON(kind):
		return "json"
	case kind == "application/x-www-form-urlencoded":
		return "form"
	case kind == "multipart/form-data":
		return "multipart"
	}
	return ""
}

func isJSON(media string) bool {
	return media == "application/json" || media == "*/*" || strings.HasSuffix(media, "+json")
}

// bodyName names the type of a body after the schema it refers to.
func bodyName(schema *node) string {
	ref := schema.get("$ref").text()
	name := goName(ref[strings.LastIndex(ref, "/")+1:])
	if ref == "" || name == "" || name == "Handle" {
		return "Body"
	}
	return name
}

// typeOf gives the type of a schema, and whether it may be null.
func typeOf(schema *node) (typ string, nullable bool) {
	nullable = schema.get("nullable").isTrue()
	t := schema.get("type")
	typ = t.text()
	for _, one := range t.list() {
		switch {
		case one.text() == "null" || one.kind == null:
			nullable = true
		case typ == "":
			typ = one.text()
		default:
			return "", nullable // one of several
		}
	}
	if typ == "" && t == nil {
		switch {
		case schema.get("properties") != nil:
			typ = "object"
		case schema.get("items") != nil:
			typ = "array"
		}
	}
	return typ, nullable
}

// typeWriter writes the Go types of schemas. What is not simple is any.
type typeWriter struct {
	*reader
	open   []*node // schemas that are being written, so that one in itself is found
	fields int
	work   int // schemas that may still be looked at
}

func (w *typeWriter) write(schema *node, depth int) string {
	if w.work--; w.work < 0 || depth > maxTypeDepth || schema == nil {
		return "any"
	}
	schema, ok := w.resolve(schema)
	if !ok || schema.kind != mapping {
		return "any"
	}
	if slices.Contains(w.open, schema) {
		return "any"
	}
	w.open = append(w.open, schema)
	defer func() { w.open = w.open[:len(w.open)-1] }()
	for _, choice := range []string{"oneOf", "anyOf", "not"} {
		if schema.get(choice) != nil {
			return "any"
		}
	}
	typ, nullable := typeOf(schema)
	if all := schema.get("allOf").list(); len(all) > 0 {
		if len(all) == 1 && schema.get("properties") == nil {
			return w.write(all[0], depth+1) // what only adds a description
		}
		typ = "object"
	}
	written := "any"
	switch typ {
	case "string":
		written = "string"
	case "boolean":
		written = "bool"
	case "number":
		written = "float64"
	case "integer":
		written = "int"
		if format := schema.get("format").text(); format == "int64" || format == "int32" {
			written = format
		}
	case "array":
		return "[]" + w.write(schema.get("items"), depth+1)
	case "object":
		return w.object(schema, depth)
	}
	if nullable && written != "any" {
		return "*" + written
	}
	return written
}

// object writes a struct for an object whose properties are known, and a map for others.
func (w *typeWriter) object(schema *node, depth int) string {
	properties, ok := w.properties(schema, nil, 0)
	if !ok && schema.get("allOf") != nil {
		return "any" // it need not be an object
	}
	if !ok {
		return "map[string]any"
	}
	if len(properties) == 0 {
		if more := schema.get("additionalProperties"); more != nil && more.kind == mapping && len(more.keys) > 0 {
			return "map[string]" + w.write(more, depth+1)
		}
		return "map[string]any"
	}
	if w.fields += len(properties); w.fields > maxFields {
		return "map[string]any"
	}
	var b strings.Builder
	b.WriteString("struct {\n")
	taken := make(map[string]bool)
	for _, p := range properties {
		name := goName(p.name)
		if name == "" {
			name = "Field"
		}
		for i, base := 2, name; taken[name]; i++ {
			name = base + strconv.Itoa(i)
		}
		taken[name] = true
		fmt.Fprintf(&b, "%s %s `json:\"%s\"`\n", name, w.write(p.schema, depth+1), p.name)
	}
	b.WriteString("}")
	return b.String()
}

type property struct {
	name   string
	schema *node
}

// properties gathers the properties of an object with those of what it is all of. ok is false where they do not say
// what the object is, or have names that a struct cannot have.
func (w *typeWriter) properties(schema *node, found []property, depth int) (all []property, ok bool) {
	if w.work--; w.work < 0 || depth > maxTypeDepth {
		return nil, false
	}
	for _, part := range schema.get("allOf").list() {
		part, ok := w.resolve(part)
		if !ok {
			return nil, false
		}
		if typ, _ := typeOf(part); part.kind != mapping || typ != "object" && part.get("allOf") == nil && part.get("required") == nil {
			return nil, false
		}
		if found, ok = w.properties(part, found, depth+1); !ok {
			return nil, false
		}
	}
	own := schema.get("properties")
	if own == nil || own.kind != mapping {
		return found, true
	}
	for i, name := range own.keys {
		if !fitsTag(name) {
			return nil, false
		}
		p := property{name, own.items[i]}
		if at := slices.IndexFunc(found, func(other property) bool { return other.name == name }); at >= 0 {
			found[at] = p
		} else {
			found = append(found, p)
		}
		if len(found) > maxFields {
			return nil, false
		}
	}
	return found, true
}

// fitsTag reports whether encoding/json takes a name from the tag of a field as it is.
func fitsTag(name string) bool {
	if name == "" || name == "-" || len(name) > 200 {
		return false
	}
	for _, c := range name {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", c) {
			return false
		}
	}
	return true
}

// answer is an example of what an operation answers.
type answer struct {
	status int
	json   string
}

// example finds an example of the first success of an operation; nil where the specification has none.
func (r *reader) example(responses *node) *answer {
	responses, ok := r.resolve(responses)
	if !ok || responses == nil || responses.kind != mapping {
		return nil
	}
	status, at := 0, -1
	for i, key := range responses.keys {
		n, err := strconv.Atoi(key)
		if strings.EqualFold(key, "2xx") {
			n, err = 200, nil
		}
		if err == nil && n >= 200 && n <= 299 && (at < 0 || n < status) {
			status, at = n, i
		}
	}
	if at < 0 {
		return nil
	}
	response, ok := r.resolve(responses.items[at])
	if !ok {
		return nil
	}
	content := response.get("content")
	if content == nil {
		return nil
	}
	for i, media := range content.keys {
		if mediaOf(media) != "json" {
			continue
		}
		found := r.mediaExample(content.items[i])
		if found == nil {
			return nil
		}
		written := found.json()
		if len(written) > maxExample {
			r.note(found, "", "the example is longer than %d bytes: the handler answers 501 in its place", maxExample)
			return nil
		}
		return &answer{status: status, json: written}
	}
	return nil
}

// mediaExample finds the example of a content.
func (r *reader) mediaExample(media *node) *node {
	if example := media.get("example"); example != nil {
		return example
	}
	if examples := media.get("examples"); examples != nil {
		for _, item := range examples.items {
			item, ok := r.resolve(item)
			if !ok {
				return nil
			}
			if value := item.get("value"); value != nil {
				return value
			}
			if item.get("externalValue") != nil {
				r.note(item, "", "the example lies outside of the document and is not used")
			}
		}
	}
	e := exampleWriter{reader: r, work: maxSchemaWork}
	return e.write(media.get("schema"))
}

// exampleWriter makes an example of those in a schema.
type exampleWriter struct {
	*reader
	open []*node
	work int
}

// write gives the example of a schema; nil where there is none, or not one of everything that has to be there.
func (w *exampleWriter) write(schema *node) *node {
	if w.work--; w.work < 0 || schema == nil {
		return nil
	}
	schema, ok := w.resolve(schema)
	if !ok || schema.kind != mapping || slices.Contains(w.open, schema) {
		return nil
	}
	w.open = append(w.open, schema)
	defer func() { w.open = w.open[:len(w.open)-1] }()
	if example := schema.get("example"); example != nil {
		return example
	}
	if examples := schema.get("examples").list(); len(examples) > 0 {
		return examples[0]
	}
	for _, name := range []string{"const", "default"} {
		if v := schema.get(name); v != nil {
			return v
		}
	}
	if values := schema.get("enum").list(); len(values) > 0 {
		return values[0]
	}
	switch typ, _ := typeOf(schema); typ {
	case "array":
		if item := w.write(schema.get("items")); item != nil {
			return &node{kind: sequence, items: []*node{item}, line: schema.line, column: schema.column}
		}
	case "object":
		return w.object(schema)
	}
	return nil
}

func (w *exampleWriter) object(schema *node) *node {
	types := typeWriter{reader: w.reader, work: w.work}
	properties, ok := types.properties(schema, nil, 0)
	if w.work = types.work; !ok {
		return nil
	}
	example := &node{kind: mapping, index: make(map[string]int), line: schema.line, column: schema.column}
	for _, p := range properties {
		if v := w.write(p.schema); v != nil {
			example.put(p.name, v, v)
		}
	}
	for _, name := range schema.get("required").list() {
		if example.get(name.text()) == nil {
			return nil
		}
	}
	if len(example.keys) == 0 {
		return nil
	}
	return example
}
