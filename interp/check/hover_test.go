package check_test

import (
	"strings"
	"testing"

	"gateway/interp/check"
)

func TestHover(t *testing.T) {
	tests := []struct {
		name string
		code string
		want check.Hover // but for the range; Documentation is how it begins
		over string      // text of the range
	}{
		{"SDK method", around("req.Head‸er(\"x\")"), check.Hover{Kind: "method", Signature: "func (r *gateway.Request) Header(name string) string", Documentation: "Header", Package: "gateway"}, "Header"},
		{"SDK field", around("req.‸Query"), check.Hover{Kind: "field", Signature: "field Query url.Values", Documentation: "", Package: "gateway"}, "Query"},
		{"SDK function", around("gateway.NotFound‸(\"x\")"), check.Hover{Kind: "function", Signature: "func NotFound(message string) *gateway.Response", Documentation: "NotFound", Package: "gateway"}, "NotFound"},
		{"package", around("gate‸way.OK()"), check.Hover{Kind: "package", Signature: `package gateway ("gateway")`, Documentation: "Package gateway", Package: "gateway"}, "gateway"},
		{"import", around("", "lib/mo‸ney"), check.Hover{Kind: "package", Signature: "package money", Documentation: "Package money counts.", Package: "lib/money"}, `"lib/money"`},
		{"import that is refused", around("", "os/ex‸ec"), check.Hover{Kind: "package", Signature: "package os/exec", Documentation: `package "os/exec" is`, Package: "os/exec"}, `"os/exec"`},
		{"library", around("money.Ro‸und(1)", "lib/money"), check.Hover{Kind: "function", Signature: "func Round(cents int) int", Documentation: "Round rounds.", Package: "lib/money"}, "Round"},
		{"library's field", around("_ = money.Coin{Val‸ue: 1}", "lib/money"), check.Hover{Kind: "field", Signature: "field Value int", Package: "lib/money"}, "Value"},
		{"standard library", around("strings.ToUpp‸er(\"x\")", "strings"), check.Hover{Kind: "function", Signature: "func ToUpper(s string) string", Documentation: "ToUpper returns s with all", Package: "strings"}, "ToUpper"},
		{"method of the standard library", around("var b strings.Builder\n\tb.WriteStr‸ing(\"x\")", "strings"), check.Hover{Kind: "method", Signature: "func (b *strings.Builder) WriteString(s string) (int, error)", Documentation: "WriteString appends", Package: "strings"}, "WriteString"},
		{"generic function", around("slices.Conta‸ins([]string{}, \"x\")", "slices"), check.Hover{Kind: "function", Signature: "func Contains(s []string, v string) bool", Documentation: "Contains reports", Package: "slices"}, "Contains"},
		{"constant of the standard library", around("_ = http.StatusTea‸pot", "net/http"), check.Hover{Kind: "constant", Signature: "const StatusTeapot untyped int = 418", Documentation: "", Package: "net/http", Value: "418"}, "StatusTeapot"},
		{"own function", around("aft‸er(pet{})"), check.Hover{Kind: "function", Signature: "func after(p pet, names ...string) (pet, error)", Documentation: "after is declared below."}, "after"},
		{"own type", around("var p p‸et"), check.Hover{Kind: "struct", Signature: "type pet struct {\n\tName string\n\tage int\n\towner\n}", Documentation: "A pet is kept."}, "pet"},
		{"own field", around("var p pet\n\tp.Na‸me = \"\""), check.Hover{Kind: "field", Signature: "field Name string", Documentation: "what it listens to"}, "Name"},
		{"own method", around("var p pet\n\tp.Gr‸eet(true)"), check.Hover{Kind: "method", Signature: "func (o *owner) Greet(loud bool) string", Documentation: "Greet greets the owner."}, "Greet"},
		{"own constant", around("_ = li‸mit"), check.Hover{Kind: "constant", Signature: "const limit untyped int = 42", Value: "42"}, "limit"},
		{"own variable", around("_ = pe‸ts"), check.Hover{Kind: "variable", Signature: "var pets map[string]*pet", Documentation: "pets are all of them."}, "pets"},
		{"where it is declared", strings.Replace(around(""), "func after", "func aft‸er", 1), check.Hover{Kind: "function", Signature: "func after(p pet, names ...string) (pet, error)", Documentation: "after is declared below."}, "after"},
		{"local variable", around("text, n := \"a\", 1\n\tprintln(te‸xt, n)"), check.Hover{Kind: "variable", Signature: "var text string"}, "text"},
		{"variable of a type switch", around("var x any\n\tswitch y := x.(type) {\n\tcase *pet:\n\t\t_ = ‸y\n\t}"), check.Hover{Kind: "variable", Signature: "var y *pet"}, "y"},
		{"builtin", around("_ = le‸n(\"a\")"), check.Hover{Kind: "builtin", Signature: "func len(v Type) int"}, "len"},
		{"basic type", around("var x str‸ing"), check.Hover{Kind: "type", Signature: "type string"}, "string"},
		{"label", around("out‸er:\n\tfor { break outer }"), check.Hover{Kind: "label", Signature: "label outer"}, "outer"},
		{"behind letters of several bytes", around("größe := \"ä\"\n\t_ = grö‸ße"), check.Hover{Kind: "variable", Signature: "var größe string"}, "größe"},
		{"in broken code", around("x := req.Head‸er(\n\tif {"), check.Hover{Kind: "method", Signature: "func (r *gateway.Request) Header(name string) string", Documentation: "Header", Package: "gateway"}, "Header"},
	}
	c := check.New(check.Options{})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := query(t, test.code)
			got, err := c.Hover(q)
			if err != nil || got == nil {
				t.Fatalf("got %v, %v", got, err)
			}
			code := q.Source.Files[0].Code
			at := got.Range
			if over := code[at.Start.Offset:at.End.Offset]; over != test.over {
				t.Errorf("is over %q", over)
			}
			if line := strings.Split(code, "\n")[at.Start.Line-1]; line[at.Start.Column-1:at.End.Column-1] != test.over || at.End.Line != at.Start.Line {
				t.Errorf("lines and columns are %+v", at)
			}
			if !strings.HasPrefix(got.Documentation, test.want.Documentation) || test.want.Documentation == "" && got.Documentation != "" && got.Package == "" {
				t.Errorf("documentation %q", got.Documentation)
			}
			got.Range, got.Documentation, test.want.Documentation = check.Range{}, "", ""
			if *got != test.want {
				t.Errorf("got  %+v\nwant %+v", *got, test.want)
			}
		})
	}
	for _, code := range []string{"‸", around("x := \"req.Head‸er\""), around("// req.Head‸er"), around("_ = unkno‸wn"), around("retu‸rn nil, nil"), around("\n‸\n"), "package hand‸ler", "not Go a‸t all"} {
		if got, err := c.Hover(query(t, code)); got != nil || err != nil {
			t.Errorf("got %+v, %v over %.40q", got, err, code)
		}
	}
}
