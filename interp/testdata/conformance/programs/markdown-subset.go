package main

import (
	"fmt"
	"html"
	"regexp"
	"strings"
)

type Node interface{ Render(*writer) }

type writer struct {
	strings.Builder
	depth int
}

func (w *writer) line(format string, args ...any) {
	w.WriteString(strings.Repeat("  ", w.depth))
	fmt.Fprintf(w, format+"\n", args...)
}

func (w *writer) element(tag string, body func()) {
	w.line("<%s>", tag)
	w.depth++
	body()
	w.depth--
	w.line("</%s>", tag)
}

type (
	Heading struct {
		Level int
		Text  Inline
	}
	Paragraph []Inline
	Code      struct {
		Lang  string
		Lines []string
	}
	Items struct {
		Ordered bool
		Items   []Inline
	}
	Quote  []Node
	Rule   struct{}
	Inline string
	Doc    []Node
)

var spans = []struct {
	re   *regexp.Regexp
	html string
}{
	{regexp.MustCompile("`([^`]+)`"), "<code>$1</code>"},
	{regexp.MustCompile(`\*\*(.+?)\*\*`), "<b>$1</b>"},
	{regexp.MustCompile(`\*(.+?)\*`), "<i>$1</i>"},
	{regexp.MustCompile(`\[([^\]]+)\]\(([^)\s]+)\)`), `<a href="$2">$1</a>`},
}

func (i Inline) String() string {
	s := html.EscapeString(string(i))
	for _, sp := range spans {
		s = sp.re.ReplaceAllString(s, sp.html)
	}
	return s
}

func (h Heading) Render(w *writer) { w.line("<h%d>%v</h%[1]d>", h.Level, h.Text) }

func (p Paragraph) Render(w *writer) {
	texts := make([]string, len(p))
	for i, l := range p {
		texts[i] = l.String()
	}
	w.line("<p>%s</p>", strings.Join(texts, " "))
}

func (c Code) Render(w *writer) {
	class := ""
	if c.Lang != "" {
		class = fmt.Sprintf(" class=%q", c.Lang)
	}
	w.line("<pre%s>%s</pre>", class, html.EscapeString(strings.Join(c.Lines, "\\n")))
}

func (l *Items) Render(w *writer) {
	tag := map[bool]string{true: "ol", false: "ul"}[l.Ordered]
	w.element(tag, func() {
		for _, it := range l.Items {
			w.line("<li>%v</li>", it)
		}
	})
}

func (q Quote) Render(w *writer) {
	w.element("blockquote", func() { Doc(q).Render(w) })
}

func (Rule) Render(w *writer) { w.line("<hr>") }

func (d Doc) Render(w *writer) {
	for _, n := range d {
		n.Render(w)
	}
}

var ordered = regexp.MustCompile(`^\d+\.\s+`)

func Parse(lines []string) (doc Doc) {
	var para Paragraph
	flush := func() {
		if para != nil {
			doc = append(doc, para)
			para = nil
		}
	}
	item := func(isOrdered bool, text string) {
		flush()
		if n := len(doc); n > 0 {
			if l, ok := doc[n-1].(*Items); ok && l.Ordered == isOrdered {
				l.Items = append(l.Items, Inline(text))
				return
			}
		}
		doc = append(doc, &Items{isOrdered, []Inline{Inline(text)}})
	}
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		trimmed := strings.TrimLeft(line, "#")
		switch level := len(line) - len(trimmed); {
		case level > 0 && level <= 6 && strings.HasPrefix(trimmed, " "):
			flush()
			doc = append(doc, Heading{level, Inline(strings.TrimSpace(trimmed))})
		case strings.HasPrefix(line, "```"):
			flush()
			c := Code{Lang: line[3:]}
			for i++; i < len(lines) && lines[i] != "```"; i++ {
				c.Lines = append(c.Lines, lines[i])
			}
			doc = append(doc, c)
		case line == "---":
			flush()
			doc = append(doc, Rule{})
		case strings.HasPrefix(line, "> "):
			flush()
			start := i
			for i+1 < len(lines) && strings.HasPrefix(lines[i+1], "> ") {
				i++
			}
			var inner []string
			for _, l := range lines[start : i+1] {
				inner = append(inner, l[2:])
			}
			doc = append(doc, Quote(Parse(inner)))
		case strings.HasPrefix(line, "- "):
			item(false, line[2:])
		case ordered.MatchString(line):
			item(true, ordered.ReplaceAllString(line, ""))
		case strings.TrimSpace(line) == "":
			flush()
		default:
			para = append(para, Inline(line))
		}
	}
	flush()
	return doc
}

const text = "# Title *one*\n\nA **bold** line with `a<b` and\na [link](http://x?a=1&b=2).\n- one\n- two\n1. first\n2. sec*on*d\n\n> ## Quoted\n> - in\n> > deep\n\n```go\nif a < b {\n}\n```\n---\n#not a heading\nend"

func main() {
	doc := Parse(strings.Split(text, "\n"))
	var w writer
	doc.Render(&w)
	fmt.Print(w.String())
	for _, n := range doc {
		fmt.Printf("%T ", n)
	}
	fmt.Println(len(doc))
}

// Output:
// <h1>Title <i>one</i></h1>
// <p>A <b>bold</b> line with <code>a&lt;b</code> and a <a href="http://x?a=1&amp;b=2">link</a>.</p>
// <ul>
//   <li>one</li>
//   <li>two</li>
// </ul>
// <ol>
//   <li>first</li>
//   <li>sec<i>on</i>d</li>
// </ol>
// <blockquote>
//   <h2>Quoted</h2>
//   <ul>
//     <li>in</li>
//   </ul>
//   <blockquote>
//     <p>deep</p>
//   </blockquote>
// </blockquote>
// <pre class="go">if a &lt; b {\n}</pre>
// <hr>
// <p>#not a heading end</p>
// main.Heading main.Paragraph *main.Items *main.Items main.Quote main.Code main.Rule main.Paragraph 8
