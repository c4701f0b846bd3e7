package check_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gateway/interp/check"
)

// accept makes the edits of an item, as an editor does.
func accept(t *testing.T, code string, c check.Completion, label, path string) string {
	t.Helper()
	i := slices.IndexFunc(c.Items, func(i check.Item) bool { return i.Label == label && i.Import == path })
	if i < 0 {
		t.Fatalf("no %s of %q", label, path)
	}
	edits := append([]check.Edit{{Range: c.Range, Text: c.Items[i].Insert}}, c.Items[i].Edits...)
	slices.SortFunc(edits, func(a, b check.Edit) int { return b.Range.Start.Offset - a.Range.Start.Offset })
	for _, e := range edits {
		code = code[:e.Range.Start.Offset] + e.Text + code[e.Range.End.Offset:]
	}
	return code
}

// TestAccept makes what is proposed, and checks the result as a save does.
func TestAccept(t *testing.T) {
	const head, tail = "func Handle(ctx *gateway.Context, req *gateway.Request) *gateway.Response {\n\t", "\n\treturn gateway.OK(nil)\n}\n"
	tests := []struct{ name, code, label, path, want string }{
		{"package, after one import", "package handler\n\nimport \"gateway\"\n\n" + head + "_ = str‸.ToUpper(\"x\")" + tail, "strings", "strings",
			"package handler\n\nimport \"gateway\"\nimport \"strings\"\n\n" + head + "_ = strings.ToUpper(\"x\")" + tail},
		{"member, into a group", "package handler\n\nimport (\n\t\"fmt\"\n\t\"gateway\"\n\t\"time\"\n)\n\nvar now = time.Now\n\n" + head + "fmt.Println(strings.ToU‸(\"x\"))" + tail, "ToUpper", "strings",
			"package handler\n\nimport (\n\t\"fmt\"\n\t\"gateway\"\n\t\"strings\"\n\t\"time\"\n)\n\nvar now = time.Now\n\n" + head + "fmt.Println(strings.ToUpper(\"x\"))" + tail},
		{"member, first of a group", "package handler\n\nimport (\n\t\"gateway\"\n)\n\n" + head + "_ = bytes.ToU‸(nil)" + tail, "ToUpper", "bytes",
			"package handler\n\nimport (\n\t\"bytes\"\n\t\"gateway\"\n)\n\n" + head + "_ = bytes.ToUpper(nil)" + tail},
		{"library", "package handler\n\nimport \"gateway\"\n\n" + head + "_ = mon‸.Round(1)" + tail, "money", "lib/money",
			"package handler\n\nimport \"gateway\"\nimport \"lib/money\"\n\n" + head + "_ = money.Round(1)" + tail},
		{"one of several packages", "package handler\n\nimport \"gateway\"\n\n" + head + "_ = rand.Int‸(3)" + tail, "IntN", "math/rand/v2",
			"package handler\n\nimport \"gateway\"\nimport \"math/rand/v2\"\n\n" + head + "_ = rand.IntN(3)" + tail},
		{"a handler", "package handler\n‸", "Handle", "gateway",
			"package handler\n\nimport \"gateway\"\n" + "func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {\n\treturn gateway.Text(200, \"\"), nil\n}\n"},
		{"a handler in one line", "package handler;import \"gateway\"\nfunc ‸", "Handle", "",
			"package handler;import \"gateway\"\nfunc Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {\n\treturn gateway.Text(200, \"\"), nil\n}\n"},
		{"a key", "package handler\n\nimport \"gateway\"\n\n" + head + "_ = gateway.Response{Sta‸ 200}" + tail, "Status", "",
			"package handler\n\nimport \"gateway\"\n\n" + head + "_ = gateway.Response{Status:  200}" + tail},
		{"an import path", "package handler\n\nimport \"gat‸\n\n" + head + tail, "gateway", "",
			"package handler\n\nimport \"gateway\n\n" + head + tail},
	}
	c := check.New(check.Options{})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := query(t, test.code)
			completion, err := c.Complete(q)
			if err != nil {
				t.Fatal(err)
			}
			got := accept(t, q.Source.Files[0].Code, completion, test.label, test.path)
			if got != test.want {
				t.Fatalf("got\n%s\nwant\n%s", got, test.want)
			}
			q.Source.Files[0].Code = got
			if _, diags := c.Check(q.Source); len(diags) > 0 && test.name != "an import path" {
				t.Errorf("after that: %v", diags)
			}
		})
	}
}

func TestAssistErrors(t *testing.T) {
	c := check.New(check.Options{})
	files := []check.File{{Name: "a.go", Code: "package x\n"}, {Name: "b.go", Code: "package x\nvar inB = other\nvar other = inC\n"}, {Name: "c.go", Code: "package x\nvar inC = 1\n"}}
	for _, test := range []struct {
		q    check.Query
		want string
	}{
		{check.Query{}, "there is no file"},
		{check.Query{Source: check.Source{Files: files}, File: "d.go"}, `there is no file "d.go"`},
		{check.Query{Source: check.Source{Files: files}, Offset: 11}, "offset 11 is outside of the file, which has 10 bytes"},
		{check.Query{Source: check.Source{Files: files}, Offset: -1}, "offset -1 is outside"},
		{check.Query{Source: check.Source{Files: []check.File{{Code: strings.Repeat(" ", 2<<20)}}}}, "the limit is"},
	} {
		if _, err := c.Complete(test.q); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("error %v, want %s", err, test.want)
		}
		if _, err := c.Hover(test.q); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("error %v, want %s", err, test.want)
		}
	}
	// Several files are one package.
	h, err := c.Hover(check.Query{Source: check.Source{Kind: check.Library, Path: "lib/x", Files: files}, File: "b.go", Offset: len("package x\nvar inB = oth")})
	if err != nil || h == nil || h.Signature != "var other int" {
		t.Errorf("hover %+v, %v", h, err)
	}
}

// TestAssistTolerates asks at every place of a real handler, cut off there and with a
// piece missing, and bounds nothing but that there is an answer.
func TestAssistTolerates(t *testing.T) {
	c := check.New(check.Options{})
	for at := 0; at <= len(handlerCode); at += 3 {
		for _, code := range []string{handlerCode, handlerCode[:at], handlerCode[:at] + handlerCode[min(at+7, len(handlerCode)):]} {
			q := check.Query{Source: check.Source{Kind: check.Handler, Files: []check.File{{Name: "x.go", Code: code}}}, Offset: at}
			if at%5 != 0 && len(code) != len(handlerCode) {
				continue
			}
			got, err := c.Complete(q)
			if err != nil {
				t.Fatalf("complete at %d: %v", at, err)
			}
			checkCompletion(t, q, got)
			if _, err := c.Hover(q); err != nil {
				t.Fatalf("hover at %d: %v", at, err)
			}
		}
	}
}

// checkCompletion holds a completion against what it promises.
func checkCompletion(t *testing.T, q check.Query, c check.Completion) {
	t.Helper()
	size := len(q.Source.Files[0].Code)
	valid := func(r check.Range) bool {
		return 0 <= r.Start.Offset && r.Start.Offset <= r.End.Offset && r.End.Offset <= size && r.Start.Line >= 1 && r.Start.Column >= 1 && r.End.Line >= r.Start.Line && r.End.Column >= 1
	}
	if !valid(c.Range) || q.Offset < c.Range.Start.Offset || q.Offset > c.Range.End.Offset {
		t.Fatalf("range %+v at %d", c.Range, q.Offset)
	}
	for _, item := range c.Items {
		if item.Label == "" || item.Kind == "" || item.Insert == "" || strings.Contains(item.Label+item.Detail+item.Insert, "ǃ") {
			t.Fatalf("item %+v at %d", item, q.Offset)
		}
		for _, e := range item.Edits {
			if !valid(e.Range) || e.Range.End.Offset > c.Range.Start.Offset {
				t.Fatalf("edit %+v at %d", e, q.Offset)
			}
		}
	}
}

// FuzzAssist cuts and changes handlers.
func FuzzAssist(f *testing.F) {
	f.Add(handlerCode, uint(500), uint(520), "req.")
	f.Add(around("req."), uint(600), uint(600), "}")
	f.Add(around("if x := gateway.JSON(200, pet{Name: "), uint(300), uint(310), "func (")
	f.Add("package x\nimport (\"fm", uint(20), uint(20), "")
	f.Add("//gateway:route GET", uint(3), uint(19), " ")
	c := check.New(check.Options{})
	f.Fuzz(func(t *testing.T, code string, from, to uint, insert string) {
		if len(code) > 20_000 {
			return
		}
		at := int(from % uint(len(code)+1))
		end := at + int(to%uint(len(code)-at+1))
		code = code[:at] + insert + code[end:]
		q := check.Query{Source: check.Source{Kind: check.Handler, Files: []check.File{{Name: "x.go", Code: code}}}, Offset: at + len(insert)}
		got, err := c.Complete(q)
		if err != nil {
			t.Fatal(err)
		}
		checkCompletion(t, q, got)
		if _, err := c.Hover(q); err != nil {
			t.Fatal(err)
		}
	})
}

// BenchmarkComplete asks in a handler of 200 lines.
func BenchmarkComplete(b *testing.B) {
	code := longHandler()
	c := check.New(check.Options{})
	for _, place := range []struct{ name, find, insert string }{
		{"selector", "// here", "req."},
		{"names", "// here", "re"},
		{"unimported", "// here", "bytes."},
		{"broken", "// here", "if x := gateway.JSON(200, req."},
		{"import", "\"strings\"", "\"enc"},
	} {
		b.Run(place.name, func(b *testing.B) {
			before, behind, _ := strings.Cut(code, place.find)
			q := check.Query{Source: check.Source{Kind: check.Handler, Files: []check.File{{Name: "handler.go", Code: before + place.insert + behind}}}, Offset: len(before + place.insert)}
			for b.Loop() {
				if got, err := c.Complete(q); err != nil || len(got.Items) == 0 {
					b.Fatalf("%d items, %v", len(got.Items), err)
				}
			}
		})
	}
}

// BenchmarkHover asks in a handler of 200 lines.
func BenchmarkHover(b *testing.B) {
	code := longHandler()
	q := check.Query{Source: check.Source{Kind: check.Handler, Files: []check.File{{Name: "handler.go", Code: code}}}, Offset: strings.Index(code, "QueryInt")}
	c := check.New(check.Options{})
	for b.Loop() {
		if h, err := c.Hover(q); err != nil || h == nil {
			b.Fatalf("%v, %v", h, err)
		}
	}
}

// longHandler is a handler of about 200 lines.
func longHandler() string {
	var b strings.Builder
	b.WriteString("package handler\n\nimport (\n\t\"encoding/json\"\n\t\"errors\"\n\t\"fmt\"\n\t\"gateway\"\n\t\"slices\"\n\t\"strings\"\n\t\"time\"\n)\n\n")
	b.WriteString(chain(12, `// item%[1]d is a thing with methods.
type item%[1]d struct {
	Name string
	Price int
	Made time.Time
}

// Total is the price of n.
func (i *item%[1]d) Total(n int) (int, error) {
	if n < 0 {
		return 0, errors.New("negative: " + strings.TrimSpace(i.Name))
	}
	data, err := json.Marshal(i)
	return n*i.Price + len(data), err
}
`))
	b.WriteString(`func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	n := req.QueryInt("n", 1)
	if n < 0 {
		return gateway.BadRequest("n is negative"), nil
	}
	// here
	items := []item0{{Name: "a", Price: n}}
	slices.SortFunc(items, func(a, b item0) int { return a.Price - b.Price })
	return gateway.Text(200, fmt.Sprint(items)), nil
}
`)
	return b.String()
}

// TestLongHandler holds that what is measured is a program.
func TestLongHandler(t *testing.T) {
	if lines := strings.Count(longHandler(), "\n"); lines < 180 || lines > 260 {
		t.Errorf("%d lines", lines)
	}
	mustCheck(t, check.New(check.Options{Timeout: time.Minute}), check.Handler, longHandler())
}
