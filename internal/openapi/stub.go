package openapi

import (
	"fmt"
	"go/format"
	"go/token"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Stub is the source of a handler for the operation. It reads the parameters and the body, refuses requests that lack
// what is required, and answers with the example that the specification has, or with 501 where it has none.
func (o *Operation) Stub() (string, error) {
	w := &stubWriter{op: o, taken: map[string]bool{"ctx": true, "req": true, "err": true, "gateway": true, "example": true}}
	if o.body != nil && o.body.name != "" {
		w.taken[o.body.name] = true
	}
	w.write()
	source, err := format.Source([]byte(w.String()))
	if err != nil {
		return "", fmt.Errorf("write a handler for %s: %w", o.Name, err)
	}
	return string(source), nil
}

// stubWriter writes one handler.
type stubWriter struct {
	strings.Builder
	op     *Operation
	taken  map[string]bool // names in the handler
	unused []string        // variables that nothing uses yet
}

func (w *stubWriter) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

func (w *stubWriter) write() {
	o := w.op
	w.line("// Package handler answers %s %s.", o.Method, comment(o.Path))
	if what := comment(o.Description); what != "" {
		w.line("// %s", what)
	}
	w.line("package handler\n\nimport \"gateway\"\n")
	if b := o.body; b != nil && b.name != "" {
		w.line("// %s is the body of a request.\ntype %s %s\n", b.name, b.name, b.typ)
	}
	if o.answer != nil {
		w.line("// example is the answer that the specification gives as an example.\nconst example = %s\n", quote(o.answer.json))
	}
	w.line("// Handle is a stub, made from the operation %s of the specification.", comment(o.Name))
	w.line("func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {")
	for _, p := range o.parameters {
		w.parameter(p)
	}
	w.body()
	w.line("")
	if len(w.unused) > 0 {
		w.line("// TODO: use them.\n%s = %s\n", strings.TrimSuffix(strings.Repeat("_, ", len(w.unused)), ", "), strings.Join(w.unused, ", "))
	}
	if o.answer != nil {
		w.line("// TODO: answer with more than an example.")
		w.line("return gateway.Binary(%d, []byte(example), \"application/json\"), nil", o.answer.status)
	} else {
		w.line("return nil, gateway.NewError(501, \"not_implemented\", %s)", strconv.Quote(o.Name+" is not implemented yet"))
	}
	w.line("}")
}

// parameter reads a parameter into a variable.
func (w *stubWriter) parameter(p parameter) {
	if p.remark != "" {
		w.line("// %s", comment(p.name+": "+p.remark))
	}
	if p.typ == "" {
		return
	}
	name := strconv.Quote(p.name)
	v := w.variable(p.name)
	w.unused = append(w.unused, v)
	suffix := map[string]string{"int": "Int", "float64": "Float", "bool": "Bool"}[p.typ]
	switch {
	case p.typ == "[]string":
		w.line("%s := req.Query[%s]", v, name)
		if p.required {
			w.line("if len(%s) == 0 {\nreturn nil, gateway.ErrBadRequest.New(%s)\n}", v, strconv.Quote(fmt.Sprintf("missing query parameter %q", p.name)))
		}
	case p.in == "cookie":
		w.line("%s := req.Cookie(%s)", v, name)
		if p.required {
			w.line("if %s == \"\" {\nreturn nil, gateway.ErrBadRequest.New(%s)\n}", v, strconv.Quote(fmt.Sprintf("missing cookie %q", p.name)))
		}
		w.fallback(v, p)
	case p.required:
		read := map[string]string{"path": "RequirePath", "query": "RequireQuery", "header": "RequireHeader"}[p.in]
		w.line("%s, err := req.%s%s(%s)\nif err != nil {\nreturn nil, err\n}", v, read, suffix, name)
	case p.in == "header":
		w.line("%s := req.Header(%s)", v, name)
		w.fallback(v, p)
	case suffix != "":
		zero := "0"
		if p.typ == "bool" {
			zero = "false"
		}
		if p.fallback != "" {
			zero = p.fallback
		}
		w.line("%s := req.Query%s(%s, %s)", v, suffix, name, zero)
	default:
		w.line("%s := req.QueryParam(%s)", v, name)
		w.fallback(v, p)
	}
}

// fallback gives a text that is not there its default.
func (w *stubWriter) fallback(v string, p parameter) {
	if p.fallback != "" {
		w.line("if %s == \"\" {\n%s = %s\n}", v, v, p.fallback)
	}
}

// body reads the body.
func (w *stubWriter) body() {
	b := w.op.body
	if b == nil {
		return
	}
	if len(b.others) > 0 {
		w.line("// A body of %s is in req.Body.", comment(strings.Join(b.others, " or ")))
	}
	switch b.media {
	case "json":
		v := w.variable("body")
		typ := b.typ
		if b.name != "" {
			typ = b.name
		}
		w.line("var %s %s", v, typ)
		w.whereThereIsABody("if err := req.JSON(&%s); err != nil {\nreturn nil, err\n}", v)
		w.unused = append(w.unused, v)
	case "form", "multipart":
		v := w.variable("form")
		read := map[string]string{"form": "Form", "multipart": "Multipart"}[b.media]
		text := "%s, err := req.%s()\nif err != nil {\nreturn nil, err\n}"
		if b.required {
			w.unused = append(w.unused, v)
		} else {
			text += "\n_ = " + v + " // TODO: use it."
		}
		w.whereThereIsABody(text, v, read)
	default:
		if b.required {
			w.line("if len(req.Body) == 0 {\nreturn nil, gateway.ErrBadRequest.New(\"the request body is empty\")\n}")
		}
	}
}

// whereThereIsABody writes what reads the body, which requests may come without unless it is required.
func (w *stubWriter) whereThereIsABody(format string, args ...any) {
	if !w.op.body.required {
		format = "if len(req.Body) > 0 {\n" + format + "\n}"
	}
	w.line(format, args...)
}

// variable gives a name that nothing else in the handler has.
func (w *stubWriter) variable(from string) string {
	name := goName(from)
	if name == "" {
		name = "Value"
	}
	name = lowerFirst(name)
	if token.IsKeyword(name) || predeclared[name] {
		name += "Param"
	}
	for i, base := 2, name; w.taken[name]; i++ {
		name = base + strconv.Itoa(i)
	}
	w.taken[name] = true
	return name
}

// predeclared are the names of Go that a handler uses.
var predeclared = map[string]bool{
	"nil": true, "len": true, "byte": true, "string": true, "any": true, "error": true, "int": true, "int32": true, "int64": true,
	"float64": true, "bool": true, "true": true, "false": true, "init": true, "main": true,
}

// initialisms are words that Go writes in capitals.
var initialisms = map[string]bool{
	"api": true, "html": true, "http": true, "https": true, "id": true, "ip": true, "json": true, "sql": true, "ui": true, "uri": true,
	"url": true, "uuid": true, "xml": true,
}

// goName makes an exported Go name of any name; "" where it has no letter and no digit.
func goName(name string) string {
	var b strings.Builder
	for _, word := range words(name) {
		if initialisms[strings.ToLower(word)] {
			b.WriteString(strings.ToUpper(word))
			continue
		}
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	s := b.String()
	if s != "" && s[0] >= '0' && s[0] <= '9' {
		s = "N" + s
	}
	if len(s) > 100 {
		s = s[:100]
	}
	return s
}

// words takes a name apart at what is no letter and no digit, and where small letters are followed by a capital.
func words(name string) []string {
	var all []string
	var word []byte
	end := func() {
		if len(word) > 0 {
			all = append(all, string(word))
			word = nil
		}
	}
	for _, c := range name {
		letter := c < utf8.RuneSelf && (unicode.IsLetter(c) || unicode.IsDigit(c))
		if !letter || unicode.IsUpper(c) && len(word) > 0 && !unicode.IsUpper(rune(word[len(word)-1])) {
			end()
		}
		if letter {
			word = append(word, byte(c))
		}
	}
	end()
	return all
}

// lowerFirst makes an exported name one of a variable: PetID is petID, and ID is id.
func lowerFirst(name string) string {
	capitals := 0
	for capitals < len(name) && name[capitals] >= 'A' && name[capitals] <= 'Z' {
		capitals++
	}
	if capitals > 1 && capitals < len(name) {
		capitals-- // the last begins the next word
	}
	return strings.ToLower(name[:capitals]) + name[capitals:]
}

// comment is a text in one line of printable characters.
func comment(s string) string {
	const most = 200
	if text := printable(s, most+1); utf8.RuneCountInString(text) <= most {
		return text
	}
	return printable(s, most) + "…"
}

// quote writes a text as Go source, over several lines where that can be.
func quote(s string) string {
	for _, c := range s {
		if c == '`' || c == utf8.RuneError || c == '\ufeff' || c != '\n' && c != '\t' && !unicode.IsPrint(c) {
			return strconv.Quote(s)
		}
	}
	return "`" + s + "`"
}
