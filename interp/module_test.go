package interp_test

import (
	"slices"
	"strings"
	"testing"

	"gateway/interp"
	"gateway/interp/check"
)

// module is a package that does many things that a script may not.
const module = `package m

import (
	"fmt"
	"net/http"
	"os"
	"unsafe"
)

var clients []http.Client // a type that is refused, and nothing made of it

var Root Tree

type Tree struct{ nodes []node }

type node struct{ file *os.File }

type header struct {
	data unsafe.Pointer
	len  int
}

func Add(a, b int) int { return a + b }

func Home() string { return os.Getenv("HOME") }

func Fetch(url string) error {
	for _, c := range clients {
		if _, err := c.Get(url); err != nil {
			return err
		}
	}
	return nil
}

func Address(s string) uintptr {
	return uintptr((*header)(unsafe.Pointer(&s)).data)
}

func Fast(x int) int

func (t Tree) Len() int { return len(t.nodes) }

type Shape interface{ Area() int }

type Square int

func (s Square) Area() int     { return int(s * s) }
func (s Square) Print()        { fmt.Fprintln(os.Stdout, s.Area()) }
func (s Square) String() string { return "square" }

type Printer interface{ Print() }

func Visit(visit func()) { visit() }
`

// TestModuleRefusals is about modules that do what a script may not: only what a
// program can get to is refused, with its place.
func TestModuleRefusals(t *testing.T) {
	const path = "example.com/m"
	tests := []struct {
		name string
		body string   // of main
		more string   // in the module
		want []string // FILE:LINE of the refusals
	}{
		{name: "harmless", body: `println(m.Add(1, 2))`},
		{name: "function", body: `println(m.Home())`, want: []string{"m.go:25"}},
		{name: "function as a value", body: `f := m.Home; println(f())`, want: []string{"m.go:25"}},
		{name: "variable of a refused type", body: `println(m.Fetch(""))`, want: []string{"m.go:28"}},
		{name: "type of unsafe memory", body: `println(m.Address(""))`, want: []string{"m.go:37"}},
		{name: "function without a body", body: `println(m.Fast(1))`, want: []string{"m.go:40"}},
		{name: "own use of a refused type", body: `var t m.Tree; println(t.Len())`, want: []string{"main.go:4"}},
		{name: "own use of a refused variable", body: `println(m.Root.Len())`, want: []string{"main.go:4"}},
		{name: "interface of a type with a refused method", body: `var s m.Shape = m.Square(2); println(s.Area())`, want: []string{"m.go:49"}},
		{name: "interface with the refused method", body: `var p m.Printer = m.Square(2); p.Print()`, want: []string{"m.go:49"}},
		{name: "function in a function", body: `m.Visit(func() { println(m.Home()) })`, want: []string{"m.go:25"}},
		{name: "init", body: `println(m.Add(1, 2))`, more: `func init() { println(os.Getenv("A")) }`, want: []string{"m.go:55"}},
		{name: "value of a variable", body: `println(m.Add(1, 2))`, more: `var out = os.Stdout`, want: []string{"m.go:55"}},
		{name: "method of a type that goes into an interface", body: `print(any(m.Square(1)) != nil)`, want: []string{"m.go:49"}},
	}
	engine := newEngine(t, interp.Options{})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			code := "package main\nimport \"example.com/m\"\nfunc main() {\n" + test.body + "\n}\n"
			var got []string
			for _, d := range engine.Check(check.Source{
				Name: "main.go", Kind: check.Program, Files: []check.File{{Name: "main.go", Code: code}},
				Packages: map[string][]check.File{path: {{Name: "m.go", Code: module + test.more}}},
			}) {
				if d.Severity == check.Error {
					place, _, _ := strings.Cut(d.String()[strings.Index(d.String(), ":")+1:], ":")
					if place = d.File + ":" + place; !slices.Contains(got, place) {
						got = append(got, place)
					}
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("refused at %v, want %v", got, test.want)
			}
		})
	}
}
