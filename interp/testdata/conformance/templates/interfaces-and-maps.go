package main

import (
	"fmt"
	"os"
	"sort"
	"strings"
	"text/template"
)

type Widget interface {
	Render() string
	Children() []Widget
}

type Label string

func (l Label) Render() string { return string(l) }

func (Label) Children() []Widget { return nil }

type Box struct {
	Title string
	kids  []Widget
}

func (b *Box) Render() string { return "[" + b.Title + "]" }

func (b *Box) Children() []Widget { return b.kids }

func (b *Box) Get(i int) Widget { return b.kids[i] }

type Row map[string]any

func (r Row) Keys() []string {
	var out []string
	for k := range r {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

func (r Row) At(k string) any { return r[k] }

type Generic[T any] struct {
	Value T
	Prev  *Generic[T]
}

func (g Generic[T]) Show() string { return fmt.Sprintf("<%v>", g.Value) }

func (g *Generic[T]) Back() *Generic[T] { return g.Prev }

type Base struct{ ID int }

func (b Base) Ident() string { return fmt.Sprint("#", b.ID) }

type Derived struct {
	*Base
	Widget
	Seq func(func(int) bool)
}

type Temp float64

type Grid [2][]Temp

func main() {
	run := func(text string, data any) {
		t, err := template.New("t").Parse(text)
		if err == nil {
			var b strings.Builder
			err = t.Execute(&b, data)
			fmt.Fprintf(os.Stdout, "%s", b.String())
		}
		fmt.Println(" |", err)
	}
	tree := &Box{"root", []Widget{Label("a"), &Box{Title: "in", kids: []Widget{Label("b")}}, Label("")}}
	run(`{{define "w"}}{{.Render}}{{range .Children}}({{template "w" .}}){{end}}{{end}}{{template "w" .}}`, tree)
	run(`{{.Title}} {{(.Get 1).Title}} {{(.Get 0).Render}} {{with .Get 2}}{{.}}{{else}}empty label{{end}}`, tree)
	run(`{{.Title}}`, Widget(Label("x")))
	rows := []Row{{"b": 2, "a": Label("one")}, {"z": nil}}
	run(`{{range .}}{{$r := .}}{{range .Keys}}{{.}}:{{$r.At .}} {{end}}{{.a}};{{end}}`, rows)
	run(`{{.a.Render}} {{.missing}} {{.b}} {{len .}}`, rows[0])
	g := &Generic[[]int]{[]int{1}, &Generic[[]int]{Value: []int{2, 3}}}
	run(`{{.Show}} {{.Back.Show}} {{.Prev.Value}} {{.Back.Back}} {{index .Back.Value 1}}`, g)
	run(`{{.Back.Back.Show}}`, g)
	d := Derived{Base: &Base{7}, Widget: Label("emb"), Seq: func(yield func(int) bool) {
		for i := range 5 {
			if !yield(i * i) {
				return
			}
		}
	}}
	run(`{{.ID}} {{.Ident}} {{.Render}} {{.Base.ID}} {{range .Seq}}{{.}},{{end}} {{.Widget}}`, d)
	run(`{{.ID}}`, Derived{})
	run(`{{range $i, $r := .}}{{range $j, $t := $r}}{{$i}}{{$j}}={{printf "%.1f" $t}} {{end}}{{end}}{{index . 1 0}}`, Grid{{1.5, 2}, {3}})
	run(`{{range .}}{{.}}{{end}}{{range $k, $v := .}}{{$k}}{{end}}`, map[Temp]Label{1: "x", 0.5: "y"})
	ch := make(chan Widget, 2)
	ch <- Label("sent")
	ch <- tree
	close(ch)
	run(`{{range .}}{{.Render}} {{end}}`, ch)
	run(`{{.A}} {{.B.C}} {{.F 3}} {{len .S}} {{if .E}}has{{else}}no{{end}} error`, struct {
		A Temp
		B struct{ C *int }
		F any
		S []struct{}
		E error
	}{A: 1})
	run(`{{call .f 2 "x"}} {{call .g}}`, map[string]any{"f": func(n int, s string) string { return strings.Repeat(s, n) }, "g": func() (Temp, error) { return 9, nil }})
}

// Output:
// [root](a)([in](b))() | <nil>
// root in a empty label | <nil>
//  | template: t:1:2: executing "t" at <.Title>: can't evaluate field Title in type main.Label
// a:one b:2 one;z:<no value> <no value>; | <nil>
// one <no value> 2 2 | <nil>
// <[1]> <[2 3]> [2 3] <nil> 3 | <nil>
//  | template: t:1:7: executing "t" at <.Back.Back.Show>: error calling Show: value method main.Generic[...].Show called using nil *Generic[...] pointer
// 7 #7 emb 7 0,1,4,9,16, emb | <nil>
//  | template: t:1:2: executing "t" at <.ID>: reflect: indirection through nil pointer to embedded struct field Base
// 00=1.5 01=2.0 10=3.0 3 | <nil>
// yx0.51 | <nil>
// sent [root]  | <nil>
// 1 <nil>  | template: t:1:18: executing "t" at <.F>: F has arguments but cannot be invoked as function
// xx 9 | <nil>
