package check_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gateway/interp/check"
)

// chain writes a line for every i from 0 to n-1, with %[1]d for i and %[2]d for i+1.
func chain(n int, line string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, line+"\n", i, i+1)
	}
	return b.String()
}

// pairs has a function that doubles a type.
const pairs = "package x\ntype pair[A, B any] struct { a A; b B }\nfunc f[T any](x T) (r pair[T, T]) { return }\n"

// dense writes functions that call each other so that taking one out connects many.
func dense(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "func f%d() int { return f%d() + f%d() + f%d() + v%d }\nvar v%d = f%d()\n", i, (i*7+1)%n, (i*13+5)%n, (i*31+2)%n, (i+1)%n, i, i)
	}
	return b.String()
}

// TestHostileSources checks sources that would overflow the stack, fill the memory or
// take for ever; that they come back at all is the test.
func TestHostileSources(t *testing.T) {
	deep := func(prefix, left, mid, right string, n int) string {
		return "package x\n" + prefix + strings.Repeat(left, n) + mid + strings.Repeat(right, n)
	}
	tests := []struct{ name, code, want string }{
		{"parentheses", deep("var x = ", "(", "1", ")", 100_000), "too-deep"},
		{"sums", deep("var x = 1", "+1", "", "", 500_000), "too-deep"},
		{"negations", deep("var x = ", "!", "true", "", 900_000), "too-deep"},
		{"pointers", deep("var x ", "*", "int", "", 900_000), "too-deep"},
		{"slices", deep("var x ", "[]", "int", "", 400_000), "too-deep"},
		{"channels", deep("var x ", "chan ", "int", "", 100_000), "too-deep"},
		{"functions", deep("var x ", "func() ", "int", "", 100_000), "too-deep"},
		{"literals", deep("var x = ", "[]int{", "", "}", 100_000), "too-deep"},
		{"blocks", deep("func f() {", "{", "", "}", 400_000), "too-deep"},
		{"labels", deep("func f() {", "a:", "", "", 100_000), "too-deep"},
		{"calls", deep("var x = f", "()", "", "", 400_000), "too-deep"},
		{"selectors", deep("var x = f", ".a", "", "", 400_000), "too-deep"},
		{"else if", deep("func f() { if true {", "} else if true {", "}}", "", 50_000), "too-deep"},
		{"unions", deep("type x interface{ ", "int|", "int }", "", 50_000), "too-deep"},

		{"a megabyte", "package x\n" + strings.Repeat("// comment\n", 100_000), "too-large"},
		{"constant strings", "package x\nconst s0 = \"0123456789abcdef\"\n" + chain(60, "const s%[2]d = s%[1]d + s%[1]d") + "var n = len(s60)", "too-large"},
		{"structs in structs", "package x\ntype t0 struct{ a int }\n" + chain(60, "type t%[2]d struct{ a, b t%[1]d }") + "var x t60", "too-large"},
		{"embedded diamonds", "package x\ntype e0 struct{ x int }\n" + chain(40, "type a%[2]d struct{ e%[1]d }\ntype b%[2]d struct{ e%[1]d }\ntype e%[2]d struct { a%[2]d; b%[2]d }") + "var y = e40{}.x", "too-large"},
		{"aliases", "package x\ntype t0 = int\n" + chain(60, "type t%[2]d = func(t%[1]d, t%[1]d)") + "var x t60 = 1", "too-large"},
		{"generic aliases", "package x\ntype p[A, B any] struct { a A; b B }\ntype t0 = p[int, int]\n" + chain(60, "type t%[2]d = p[t%[1]d, t%[1]d]") + "var x t60", "too-large"},

		{"growing instances", "package x\nfunc f[T any]() { f[*T]() }\nfunc g() { f[int]() }", "invalid-instance-cycle"},
		{"growing types", "package x\ntype T[P any] struct { f *T[[]P] }\nvar x T[int]", "invalid-instance-cycle"},
		{"huge shifts", "package x\nconst a = 1 << 100000000", "invalid-shift-count"},
		{"huge exponents", "package x\nconst a = 1e1000000000 * 1e1000000000", "invalid-const-val"},
		{"embedded pointers", "package x\ntype e0 struct{ x int }\n" + chain(40, "type a%[2]d struct{ *e%[1]d }\ntype b%[2]d struct{ *e%[1]d }\ntype e%[2]d struct { *a%[2]d; *b%[2]d }") + "var v e40\nvar y = v.x", "ambiguous-selector"},

		{"calls in calls", pairs + "var v = " + strings.Repeat("f(", 60) + "1" + strings.Repeat(")", 60), "too-large"},
		{"calls after calls", pairs + "func g() {\nx0 := 1\n" + chain(60, "x%[2]d := f(x%[1]d)") + "_ = x60 }", "too-large"},
		{"methods of growing types", pairs + chain(60, "type t%[1]d[T any] struct { v T }\nfunc (t t%[1]d[T]) M() (r t%[2]d[pair[T, T]]) { return }") + "type t60[T any] struct { v T }\nvar v = t0[int]{}" + strings.Repeat(".M()", 60), "too-large"},
		{"fields of growing types", pairs + chain(60, "type t%[1]d[T any] struct { v *t%[2]d[pair[T, T]] }") + "type t60[T any] struct { v T }\nfunc g(x t0[int]) { _ = x" + strings.Repeat(".v", 60) + " }", "too-large"},
		{"growing functions", pairs + "func h[T any](x func(T) T) func(func(T) T) func(T) T { return nil }\nvar v = " + strings.Repeat("h(", 60) + "func(int) int { return 1 }" + strings.Repeat(")", 60), "too-large"},
		{"variables need each other", "package x\n" + chain(12_000, "var a%[1]d = h()\nvar b%[1]d = 1") + "func h() int {\n" + chain(12_000, "b%[1]d = 2") + "return 0 }", "too-large"},
		{"functions need each other", "package x\n" + dense(6_000), "too-large"},
		{"cases", "package x\nfunc f(x any) { switch x.(type) {\n" + chain(40_000, "case *[%[1]d]int:") + "} }", "too-large"},
		{"methods of an interface", "package x\ntype I interface {\n" + chain(9_000, "m%[1]d()") + "}\ntype J interface { I; z() }\nfunc f(j J) {\n" + strings.Repeat("_ = I(j)\n", 50_000) + "}", "too-large"},
		{"interfaces in interfaces", "package x\ntype i0 interface{ m() }\n" + chain(9_000, "type i%[2]d interface{ i%[1]d; n%[2]d() }"), "too-large"},
		{"fields of a struct", "package x\ntype T struct {\n" + chain(40_000, "a%[1]d int") + "}\nvar a, b T\nfunc f() {\n" + strings.Repeat("_ = a == b\n", 30_000) + "}", "too-large"},
		{"embedded structs", "package x\n" + chain(9_000, "type s%[1]d struct { x%[1]d int }") + "type T struct {\n" + chain(9_000, "s%[1]d") + "}\nfunc f(t T) {\n" + chain(9_000, "_ = t.x%[1]d") + "}", "too-large"},

		{"NUL", "package x\n\x00", "syntax"},
		{"braces", strings.Repeat("}{", 500_000), "syntax"},
		{"not Go", "package x\n" + strings.Repeat("x\n", 100_000), "syntax"},
		{"not text", "package x\n" + strings.Repeat("\xff\xfe", 1000), "syntax"},
		{"undefined names", "package x\nfunc f() {\n" + chain(20_000, "a%[1]d(a%[2]d)") + "}", "undeclared-name"},
		{"redeclarations", "package x\n" + strings.Repeat("var x int\n", 20_000), "duplicate-decl"},
	}
	c := check.New(check.Options{Timeout: time.Hour})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pkg, diags := c.Check(check.Source{Kind: check.Library, Path: "lib/x", Files: []check.File{{Name: "x.go", Code: test.code}}})
			if pkg != nil || len(diags) == 0 {
				t.Fatalf("want %s, got no error", test.want)
			}
			if !slices.ContainsFunc(diags, func(d check.Diagnostic) bool { return d.Code == test.want }) {
				t.Errorf("want %s, got %s: %.200s", test.want, diags[0].Code, diags[0])
			}
			if len(diags) > 501 {
				t.Errorf("got %d diagnostics", len(diags))
			}
			for _, d := range diags {
				if len(d.Message) > 1100 || len(d.Related) > 50 {
					t.Fatalf("a diagnostic with %d bytes and %d related places", len(d.Message), len(d.Related))
				}
			}
		})
	}
}

// TestLargeButOrdinary has what generated code has: it must stay accepted.
func TestLargeButOrdinary(t *testing.T) {
	code := "package x\n" +
		"type node struct { left, right *node; items map[string][]*node }\n" +
		"type t0 struct{ a, b, c int }\n" + chain(8, "type t%[2]d struct { a, b t%[1]d }") +
		"type pair[A, B any] struct { a A; b B }\nvar p pair[pair[pair[int, string], int], pair[[]node, t8]]\n" +
		"const text = `" + strings.Repeat("a line of text\n", 10_000) + "`\nconst twice = text + text\n" +
		"var sum = 1" + strings.Repeat(" + 1", 500) + "\n" +
		"var table = map[string]int{\n" + chain(5_000, "\"key%[1]d\": %[2]d,") + "}\n" +
		"func f(x int) int {\nswitch x {\n" + chain(3_000, "case %[1]d:\nreturn %[2]d") + "}\nreturn 0\n}\n"
	mustCheck(t, check.New(check.Options{}), check.Library, code)
}

// TestHugeTypeHasPlace holds that a type that doubles is refused where it has become huge.
func TestHugeTypeHasPlace(t *testing.T) {
	_, diags := check.New(check.Options{}).Check(check.Source{Kind: check.Library, Path: "lib/x", Files: []check.File{{Name: "x.go", Code: pairs + "func g() {\nx0 := 1\n" + chain(60, "x%[2]d := f(x%[1]d)") + "_ = x60 }"}}})
	if len(diags) != 1 || diags[0].Code != "too-large" || diags[0].Line < 10 || diags[0].Line > 30 || diags[0].Column != 7 && diags[0].Column != 8 {
		t.Errorf("got %+v", diags)
	}
}

// TestTimeout gives up a check that takes seconds.
func TestTimeout(t *testing.T) {
	code := "package x\ntype i0 interface{ m() }\n" + chain(400, "type i%[2]d interface{ i%[1]d; n%[2]d() }")
	c := check.New(check.Options{Timeout: time.Microsecond})
	pkg, diags := c.Check(check.Source{Kind: check.Library, Path: "lib/x", Files: []check.File{{Name: "x.go", Code: code}}})
	if pkg != nil || len(diags) != 1 || diags[0].Code != "too-large" || !strings.Contains(diags[0].Message, "takes longer than 1µs") {
		t.Errorf("got %v, %v", pkg, diags)
	}
}
