package lower_test

import (
	"fmt"
	"strings"
	"testing"

	"gateway/interp/check"
	"gateway/interp/lower"
)

// TestHugeTypes lowers programs whose types double with each of sixty steps; that it
// comes back at all is the test.
func TestHugeTypes(t *testing.T) {
	chain := func(line string) string {
		var b strings.Builder
		for i := range 60 {
			fmt.Fprintf(&b, line+"\n", i, i+1)
		}
		return b.String()
	}
	tests := []struct{ name, code string }{
		{"functions", chain("func f%[1]d[T any]() { f%[2]d[pair[T, T]]() }") + "func f60[T any]() {}\nfunc main() { f0[int]() }"},
		{"fields", chain("type t%[1]d[T any] struct { v *t%[2]d[pair[T, T]] }") + "type t60[T any] struct { v T }\nfunc main() { var x t0[int]; println(x.v == nil) }"},
		{"methods", chain("type t%[1]d[T any] struct { v T }\nfunc (t t%[1]d[T]) M() (r t%[2]d[pair[T, T]]) { return }") + "type t60[T any] struct { v T }\nfunc main() { var x any = t0[int]{}; println(x != nil) }"},
		{"results", chain("func f%[1]d[T any](x T) any { return f%[2]d(func() (a, b T) { return x, x }) }") + "func f60[T any](x T) any { return x }\nfunc main() { f0(1); _ = pair[int, int]{} }"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pkg, diags := check.New(check.Options{}).Check(source(check.Program, "package main\n\ntype pair[A, B any] struct { a A; b B }\n\n"+test.code))
			if pkg == nil {
				t.Fatal(diags)
			}
			p, diags := lower.Lower(pkg, lower.Options{})
			if p != nil || len(diags) != 1 || diags[0].Code != "too-large" || diags[0].Line < 4 || diags[0].Hint == "" {
				t.Errorf("got %v, %+v", p != nil, diags)
			}
		})
	}
}
