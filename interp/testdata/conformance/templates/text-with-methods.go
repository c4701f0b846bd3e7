package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"text/template"
	"time"
)

type Item struct {
	Name  string
	Price Money
	Tags  []string
	meta  string
}

type Money int64

func (m Money) String() string { return fmt.Sprintf("$%d.%02d", int64(m)/100, int64(m)%100) }

func (m Money) Times(n int) Money { return m * Money(n) }

func (i Item) HasTag(tag string) bool {
	for _, t := range i.Tags {
		if t == tag {
			return true
		}
	}
	return false
}

func (i *Item) Shout() string { return strings.ToUpper(i.Name) + "!" }

func (i Item) Fail(ok bool) (string, error) {
	if !ok {
		return "", errors.New("item failed")
	}
	return "fine", nil
}

func (i Item) Join(sep string, more ...string) string {
	return strings.Join(append(i.Tags, more...), sep)
}

type Order struct {
	ID    int
	Items []*Item
	Notes map[string]any
	Buyer struct{ First, Last string }
	When  time.Time
	Total func(int) Money
	Err   error
	Any   any
}

const text = `{{- /* a comment */ -}}
Order {{.ID | printf "%05d"}} for {{with .Buyer}}{{.Last}}, {{.First}}{{end}} on {{.When.Format "2006-01-02"}}
{{range $i, $it := .Items -}}
{{$i}}. {{.Name}} {{.Price}} {{.Price.Times 3}} {{$it.Shout}}{{if .HasTag "new"}} NEW{{else if .Tags}} {{len .Tags}} tags{{else}} plain{{end}} {{.Join "+" "x" "y"}}
{{else}}nothing
{{end -}}
{{$total := call .Total 2}}{{$total}} {{$total = .Total | printf "%T"}}{{$total}}
{{range $k, $v := .Notes}}{{$k}}={{$v}};{{end}}
{{index .Items 1 | printf "%v" | len | lt 3}} {{(index .Items 0).Name}} {{index .Notes "b"}} {{slice "abcdef" 1 3}}
{{and 1 0 "x"}} {{or 0 "" "z"}} {{not true}} {{eq .ID 7 8 42}} {{ne "a" "b"}} {{ge 2 1}} {{eq .Any nil}} {{html "<a>"}} {{js "it's"}} {{urlquery "a b"}} {{print 1 2 "c"}}
{{define "row"}}[{{.}}]{{end}}{{template "row" .ID}}{{template "row"}}{{block "extra" .Items}}{{len .}} items{{end}}
{{range 3}}{{.}}{{if eq . 1}}{{continue}}{{end}},{{end}} {{range $x := .Items}}{{break}}{{end}}{{"quoted\n" | printf "%q"}} {{printf "%v" 'x'}} {{1.5e3}} {{nil | printf "%v"}}
`

func main() {
	o := Order{ID: 42, Items: []*Item{{"cup", 1250, []string{"new"}, ""}, {"pen", 99, []string{"a", "b"}, ""}, {Name: "box"}}, Notes: map[string]any{"b": 2, "a": Money(5)}, When: time.Date(2024, 5, 6, 0, 0, 0, 0, time.UTC)}
	o.Buyer.First, o.Buyer.Last = "Ann", "Lee"
	o.Total = func(n int) Money { return Money(n * 100) }
	t, err := template.New("order").Parse(strings.Replace(text, " {{nil | printf \"%v\"}}", "", 1))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(t.Execute(os.Stdout, o))
	for _, bad := range []string{"{{.Nope}}", "{{.ID.X}}", "{{(index .Items 0).Fail false}}", "{{(index .Items 0).Fail true}}", "{{index .Items 9}}", "{{(index .Items 0).meta}}", "{{.Buyer.First.Foo}}", "{{call .ID}}", "{{template \"none\"}}", "{{.Err.Error}}", "{{lt 1 \"a\"}}", "{{(index .Items 0).HasTag 5}}", "{{(index .Items 0).HasTag}}", "{{nil | printf \"%v\"}}", "{{if}}", "{{range .}}", "{{nofunc}}", "{{end}}"} {
		t, err := template.New("bad").Parse(bad)
		if err != nil {
			fmt.Println("parse:", err)
			continue
		}
		fmt.Println(" ", t.Execute(os.Stdout, &o))
	}
}

// Output:
// Order 00042 for Lee, Ann on 2024-05-06
// 0. cup $12.50 $37.50 CUP! NEW new+x+y
// 1. pen $0.99 $2.97 PEN! 2 tags a+b+x+y
// 2. box $0.00 $0.00 BOX! plain x+y
// $2.00 func(int) main.Money
// a=$0.05;b=2;
// true cup 2 bc
// 0 z false true true true true &lt;a&gt; it\'s a+b 1 2c
// [42][<no value>]3 items
// 0,12, "quoted\n" 120 1500
// <nil>
//   template: bad:1:2: executing "bad" at <.Nope>: can't evaluate field Nope in type *main.Order
//   template: bad:1:5: executing "bad" at <.ID.X>: can't evaluate field X in type int
//   template: bad:1:18: executing "bad" at <(index .Items 0).Fail>: error calling Fail: item failed
// fine  <nil>
//   template: bad:1:2: executing "bad" at <index .Items 9>: error calling index: index out of range: 9
//   template: bad:1:16: executing "bad" at <0>: meta is an unexported field of struct type *main.Item
//   template: bad:1:8: executing "bad" at <.Buyer.First.Foo>: can't evaluate field Foo in type string
//   template: bad:1:2: executing "bad" at <call .ID>: error calling call: non-function .ID of type int
//   template: bad:1:11: executing "bad" at <{{template "none"}}>: template "none" not defined
//   template: bad:1:6: executing "bad" at <.Err.Error>: nil pointer evaluating error.Error
//   template: bad:1:2: executing "bad" at <lt 1 "a">: error calling lt: incompatible types for comparison: int and string
//   template: bad:1:26: executing "bad" at <5>: expected string; found 5
//   template: bad:1:16: executing "bad" at <0>: wrong number of args for HasTag: want 1 got 0
//   template: bad:1:2: executing "bad" at <nil>: nil is not a command
// parse: template: bad:1: missing value for if
// parse: template: bad:1: unexpected EOF
// parse: template: bad:1: function "nofunc" not defined
// parse: template: bad:1: unexpected {{end}}
