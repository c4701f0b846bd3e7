package check_test

import (
	"slices"
	"strings"
	"testing"

	"gateway/interp/check"
)

const cursor = "‸" // where the place is, in the code of a test

// around writes a handler around the lines of a body.
func around(body string, imports ...string) string {
	text := "package handler\n\nimport \"gateway\"\n"
	for _, path := range imports {
		text += "import \"" + path + "\"\n"
	}
	return text + `
// A pet is kept.
type pet struct {
	Name string // what it listens to
	age  int
	owner
}

type owner struct{ Address string }

// Greet greets the owner.
func (o *owner) Greet(loud bool) string { return "" }

const limit = 42

// pets are all of them.
var pets map[string]*pet

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	` + body + `
	return gateway.OK(nil), nil
}

// after is declared below.
func after(p pet, names ...string) (pet, error) { return p, nil }
`
}

func query(t *testing.T, code string) check.Query {
	t.Helper()
	before, behind, ok := strings.Cut(code, cursor)
	if !ok {
		t.Fatal("no cursor")
	}
	return check.Query{
		Source: check.Source{Kind: check.Handler, Files: []check.File{{Name: "handler.go", Code: before + behind}}, Packages: map[string][]check.File{
			"lib/money": {{Name: "money.go", Code: "// Package money counts.\npackage money\n\n// Round rounds.\nfunc Round(cents int) int { return cents }\n\nfunc hidden() {}\n\ntype Coin struct { Value int }\n"}},
		}},
		Offset: len(before),
	}
}

func TestComplete(t *testing.T) {
	tests := []struct {
		name  string
		code  string
		first string   // label of the first item
		has   []string // "label", "label kind" or "label kind detail"
		lacks []string // labels
	}{
		{"method of a request", around("req.‸"), "", []string{"Query field url.Values", "Header method (name string) string", "JSON method (v any) error"}, []string{"if", "pets", "limit"}},
		{"begin of a method", around("x := req.Qu‸"), "", []string{"Query field", "QueryParam method"}, []string{"Method", "Header"}},
		{"middle of a method", around("x := req.Qu‸eryParam(\"x\", \"\")"), "", []string{"QueryInt method"}, []string{"Header"}},
		{"dot before a line", around("req.‸\n\tx := 1\n\t_ = x"), "", []string{"Header method"}, nil},
		{"dot at the end of the file", "package handler\nimport \"gateway\"\nfunc Handle(ctx *gateway.Context, req *gateway.Request) *gateway.Response {\n\treq.‸", "", []string{"Header method"}, nil},
		{"in a call that is not closed", around("x := gateway.JSON(200, req.‸"), "", []string{"Header method"}, nil},
		{"in nested calls that are not closed", around("x := after(after(pet{Name: req.‸"), "", []string{"Header method"}, nil},
		{"in a condition without a block", around("if req.‸"), "", []string{"IsMethod method"}, nil},
		{"in a loop without a block", around("for _, p := range pe‸"), "", []string{"pets variable map[string]*pet"}, nil},
		{"with another function that is broken", around("req.‸") + "\nfunc broken( {\n\tif x {\n}\n", "", []string{"Header method"}, nil},
		{"with a function before that is broken", strings.Replace(around("after‸"), "const limit", "func broken() {\n\tfor {{\n}\nconst limit", 1), "after", []string{"after function (p pet, names ...string) (pet, error)"}, nil},
		{"with a type error before", around("var n int = \"text\"\n\tm := n.foo + undefined\n\treq.‸\n\t_ = m"), "", []string{"Header method"}, nil},
		{"in an assignment to what is new", around("x, err := req.‸"), "", []string{"RequireQuery method"}, nil},
		{"in a function literal", around("f := func(r *gateway.Request) { r.‸ }\n\t_ = f"), "", []string{"Header method"}, nil},
		{"in a goroutine that is not closed", around("go func() {\n\t\treq.‸\n\t"), "", []string{"Header method"}, nil},

		{"names", around("‸"), "", []string{
			"req variable *gateway.Request", "ctx variable", "pets variable", "limit constant untyped int = 42", "pet struct", "after function",
			"gateway package gateway", "len builtin (v Type) int", "string type", "if keyword", "return keyword", "nil",
		}, []string{"strings", "case", "else", "break", "package"}},
		{"own names before others", around("lim‸"), "limit", nil, nil},
		{"letters in order", around("x := gateway.NFd‸"), "", []string{"NotFound function"}, nil},
		{"another case", around("x := gateway.notf‸"), "NotFound", nil, nil},
		{"a name that is declared below", around("la‸\n\tlater := 1\n\t_ = later"), "", nil, []string{"later"}},
		{"an inner name hides an outer one", around("limit := \"a\"\n\t{\n\t\tlimit := true\n\t\tlim‸\n\t}"), "limit", []string{"limit variable bool"}, nil},
		{"in its own declaration the outer name", around("limit := lim‸"), "", []string{"limit constant"}, nil},
		{"a block's names end with it", around("{\n\t\tinner := 1\n\t}\n\tinn‸"), "", nil, []string{"inner"}},
		{"parameters and results", "package handler\nfunc f(first int) (second string) {\n\tx := ‸\n}", "", []string{"first variable int", "second variable string"}, nil},
		{"variables of a loop", around("for index, value := range pets {\n\t\tva‸\n\t}"), "value", []string{"value variable *pet"}, nil},
		{"the variable of a type switch", around("var x any\n\tswitch y := x.(type) {\n\tcase *pet:\n\t\ty.‸\n\t}"), "", []string{"Name field string"}, nil},
		{"break in a loop", around("for {\n\t\tbr‸\n\t}"), "break", []string{"break keyword"}, nil},
		{"no break outside", around("br‸"), "", nil, []string{"break"}},
		{"no break in a function in a loop", around("for {\n\t\tfunc() { br‸ }()\n\t}"), "", nil, []string{"break"}},
		{"else", around("if true {\n\t} e‸"), "else", []string{"else keyword"}, []string{"error"}},
		{"case", around("switch limit {\n\tca‸\n\t}"), "case", []string{"case keyword"}, nil},
		{"range", around("for _, x := ra‸"), "", []string{"range keyword"}, nil},
		{"labels", around("outer:\n\tfor {\n\tinner:\n\t\tswitch {\n\t\tdefault:\n\t\t\tbreak ‸\n\t\t}\n\t}"), "inner", []string{"outer label", "inner label"}, []string{"pets"}},
		{"labels to continue", around("outer:\n\tfor {\n\tinner:\n\t\tswitch {\n\t\tdefault:\n\t\t\tcontinue ‸\n\t\t}\n\t}"), "outer", nil, []string{"inner"}},
		{"top level", around("") + "\nfu‸", "func", []string{"func keyword"}, []string{"after", "pets"}},
		{"an empty file", "‸", "package", []string{"package keyword"}, nil},
		{"package clause", "package ‸", "handler", nil, nil},
		{"a handler", "package handler\n\n‸", "", []string{"Handle snippet", "import keyword"}, nil},
		{"no second handler", around("") + "‸", "", nil, []string{"Handle"}},

		{"a package's names", around("gateway.‸"), "", []string{"OK function", "Request struct", "ErrNotFound"}, []string{"newError"}},
		{"types only", around("var x gateway.‸"), "", []string{"Request struct"}, []string{"OK"}},
		{"types of parameters", "package handler\nimport \"gateway\"\ntype pet struct{}\nfunc f(p *‸) {}", "", []string{"pet struct", "gateway package", "string type", "map keyword"}, []string{"f", "len", "nil"}},
		{"types of results", "package handler\ntype pet struct{}\nfunc f() (pe‸", "pet", nil, nil},
		{"types of fields", "package handler\ntype pet struct{ a st‸ }", "struct", []string{"string type", "struct keyword"}, nil},
		{"types of elements", around("x := map[string]pe‸"), "pet", nil, []string{"pets"}},
		{"types of assertions", around("var x any\n\ty := x.(pe‸"), "pet", nil, []string{"pets"}},
		{"types of cases", around("var x any\n\tswitch x.(type) {\n\tcase pe‸:\n\t}"), "pet", nil, []string{"pets"}},
		{"argument of make", around("x := make(ma‸"), "map", []string{"map keyword"}, []string{"make"}},
		{"name of a declaration", around("") + "\nfunc af‸", "", nil, []string{"after"}},
		{"name of a new variable", around("pe‸ := 1"), "", nil, []string{"pets"}},
		{"a package under another name", "package handler\nimport g \"gateway\"\nvar x = g.‸", "", []string{"OK function (v any) *g.Response"}, nil},
		{"standard library", around("strings.‸", "strings"), "", []string{"ToUpper function (s string) string", "Builder struct"}, nil},
		{"a generic package", around("slices.S‸", "slices"), "Sort", []string{"SortFunc function"}, []string{"insertionSort"}},
		{"what the sandbox refuses", around("http.‸", "net/http"), "", []string{"StatusOK constant"}, []string{"ListenAndServe"}},
		{"a library", around("money.‸", "lib/money"), "", []string{"Round function (cents int) int", "Coin struct"}, []string{"hidden"}},
		{"a library's type", around("var c money.Coin\n\tc.‸", "lib/money"), "Value", []string{"Value field int"}, nil},

		{"fields and methods of the script's own", around("var p pet\n\tp.‸"), "", []string{"Name field string", "age field int", "owner field owner", "Address field string", "Greet method (loud bool) string"}, nil},
		{"pointer methods need a place", around("func() pet { return pet{} }().‸"), "", []string{"Name field"}, []string{"Greet"}},
		{"of a pointer", around("pets[\"x\"].‸"), "", []string{"Greet method", "Name field"}, nil},
		{"of an interface", around("var e error\n\te.‸"), "Error", []string{"Error method () string"}, nil},
		{"of a type", around("f := (*pet).‸"), "Greet", []string{"Greet method"}, []string{"Name"}},
		{"of a type parameter", "package handler\nfunc f[T interface{ Len() int }](x T) { x.‸ }", "Len", nil, nil},
		{"of a generic type", "package handler\ntype list[T any] struct { Items []T }\nfunc (l *list[T]) First() T { return l.Items[0] }\nvar l list[string]\nfunc f() { l.‸ }", "", []string{"Items field []string", "First method () string"}, nil},
		{"of a call's result", around("after(pet{}).‸"), "", nil, nil},
		{"hidden by a field of the same name", "package handler\ntype a struct{ X int }\ntype b struct { a; X string }\nvar v = b{}.‸", "", []string{"X field string", "a field a"}, nil},
		{"ambiguous", "package handler\ntype a struct{ X int }\ntype b struct{ X int }\ntype c struct { a; b }\nvar v = c{}.‸", "", nil, []string{"X"}},
		{"a type that contains itself", "package handler\ntype a struct{ *a; X int }\nvar v = a{}.‸", "", []string{"X field int", "a field *a"}, nil},
		{"of nothing", around("undefined.‸"), "", nil, []string{"pets"}},

		{"keys of a literal", around("p := pet{‸}"), "", []string{"Name field string", "age field int"}, nil},
		{"keys that are left", around("p := pet{Name: \"x\", ‸}"), "", []string{"age field"}, []string{"Name", "pets"}},
		{"keys of a literal that is not closed", around("p := &pet{\n\t\tName: \"x\",\n\t\t‸"), "", []string{"age field"}, []string{"Name"}},
		{"keys of another package", around("r := gateway.Response{‸}"), "", []string{"Status field int"}, nil},
		{"keys of an element", around("p := []pet{{‸}}"), "", []string{"Name field"}, nil},
		{"value of a key", around("text := \"a\"\n\tnumber := 1\n\tp := pet{Name: ‸}"), "text", nil, nil},
		{"value of a map", around("p := map[string]int{\"a\": lim‸}"), "limit", nil, nil},

		{"expected: parameter", around("one := pet{}\n\ttext := \"a\"\n\tafter(‸)"), "one", []string{"text variable"}, nil},
		{"expected: variadic parameter", around("one := pet{}\n\ttext := \"a\"\n\tafter(one, text, ‸)"), "text", nil, nil},
		{"expected: result", around("text := \"a\"\n\tvar response *gateway.Response\n\treturn ‸"), "response", nil, nil},
		{"expected: error", around("var failure error\n\treturn nil, ‸"), "failure", nil, nil},
		{"expected: function that returns it", around("return gateway.‸"), "", []string{"OK function"}, nil},
		{"expected: condition", around("yes := true\n\tall := 1\n\tif ‸ {}"), "yes", nil, nil},
		{"expected: assignment", around("text := \"a\"\n\tvar n int\n\tvar number int\n\tn = nu‸"), "number", nil, nil},
		{"expected: key", around("text := \"a\"\n\tnumber := 1\n\tx := pets[‸]"), "text", nil, nil},
		{"expected: comparison", around("text := \"a\"\n\tnumber := 1\n\tif number == ‸ {}"), "number", nil, nil},

		{"a package that is not imported", around("str‸"), "", []string{"strings package strings", "strconv package strconv"}, nil},
		{"several packages of a name", around("template‸"), "", []string{"template package html/template", "template package text/template"}, nil},
		{"members of a package that is not imported", around("strings.To‸"), "", []string{"ToUpper function"}, nil},
		{"members of a library that is not imported", around("money.‸"), "", []string{"Round function (cents int) int"}, nil},
		{"types of a package that is not imported", around("var b strings.‸"), "", []string{"Builder struct"}, []string{"ToUpper"}},
		{"a variable has the name of a package", around("strings := pet{}\n\tstrings.‸"), "", []string{"Name field"}, []string{"ToUpper"}},
		{"what the sandbox refuses is not offered", around("exec‸"), "", nil, []string{"exec"}},

		{"import paths", "package handler\nimport \"enc‸\"", "encoding", []string{"encoding/json package"}, nil},
		{"import paths in a group", "package handler\nimport (\n\t\"fmt\"\n\t\"js‸\n)\nfunc f() {}", "", []string{"encoding/json package package json"}, []string{"fmt"}},
		{"import path with a name", "package handler\nimport x \"lib/‸", "lib/money", []string{"lib/money package package money"}, nil},
		{"import paths that are there", "package handler\nimport \"strings\"\nimport \"str‸\"", "strconv", nil, []string{"strings"}},

		{"nothing in a string", around("x := \"req.‸\""), "", nil, []string{"Header", "pets"}},
		{"nothing in a raw string", around("x := `req.‸`"), "", nil, []string{"Header", "pets"}},
		{"nothing in a comment", around("// req.‸"), "", nil, []string{"Header", "pets"}},
		{"nothing in a number", around("x := 12‸"), "", nil, []string{"pets"}},
		{"behind a string", around("x := \"a\" + ‸"), "", []string{"pets variable"}, nil},

		{"directive", "package scripts\n\n//gate‸\nfunc f() {}", "//gateway:route", nil, nil},
		{"method of a directive", "package scripts\n\n//gateway:route ‸\nfunc f() {}", "GET", []string{"DELETE setting"}, nil},
		{"second method of a directive", "package scripts\n\n//gateway:route GET,P‸\nfunc f() {}", "POST", nil, []string{"GET"}},
		{"setting of a directive", "package scripts\n\n//gateway:route GET /x tim‸\nfunc f() {}", "timeout", []string{"timeout setting a duration such as 2s"}, nil},
	}
	c := check.New(check.Options{})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := c.Complete(query(t, test.code))
			if err != nil {
				t.Fatal(err)
			}
			var labels []string
			for _, item := range got.Items {
				labels = append(labels, item.Label)
			}
			if test.first != "" && (len(labels) == 0 || labels[0] != test.first) {
				t.Errorf("want %s first in %.20q", test.first, labels)
			}
			for _, want := range test.has {
				if !slices.ContainsFunc(got.Items, func(i check.Item) bool {
					text := i.Label + " " + i.Kind + " " + i.Detail
					return text == want || strings.HasPrefix(text, want+" ")
				}) {
					t.Errorf("%s is missing in %q", want, labels)
					for _, item := range got.Items {
						if strings.HasPrefix(want, item.Label+" ") {
							t.Logf("there is %s %s %s", item.Label, item.Kind, item.Detail)
						}
					}
				}
			}
			for _, label := range test.lacks {
				if slices.Contains(labels, label) {
					t.Errorf("%s is in %.20q", label, labels)
				}
			}
		})
	}
}
