package main

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

type Names []string

func (n Names) Join() string { return strings.Join(n, "+") }

type Index map[string]int

func (x Index) Keys() Names {
	var out Names
	for k := range x {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

type Row struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

type View struct {
	ID   int
	Name string `db:"n"`
}

func (v View) String() string { return fmt.Sprintf("#%d %s", v.ID, v.Name) }

type Op func(int, int) int

func (o Op) Twice(a, b int) int { return o(o(a, b), b) }

type Ref *Row
type Feed chan int
type Source <-chan int
type Grid [2][2]int

func (g Grid) Trace() int { return g[0][0] + g[1][1] }

func add(a, b int) int { return a + b }

func main() {
	raw := []string{"b", "a"}
	fmt.Println(Names(raw).Join(), []string(Names{"x"}))
	fmt.Println(Index(map[string]int{"k": 1, "a": 2}).Keys().Join())
	row := Row{1, "ann"}
	fmt.Println(View(row), Row(View(row)), View(struct {
		ID   int
		Name string
	}{2, "anon"}))
	pv := (*View)(&row)
	pv.Name = "changed"
	fmt.Println(row.Name, pv)
	var ref Ref = &row
	(*Row)(ref).ID = 9
	fmt.Println(ref.ID, *ref)
	fmt.Println(Op(add).Twice(1, 10), Op(func(a, b int) int { return a * b }).Twice(2, 3))
	feed := make(Feed, 2)
	feed <- 4
	src := Source((chan int)(feed))
	var only (<-chan int) = src
	fmt.Println(<-only, len(src), cap(feed))
	fmt.Println(Grid{{1, 2}, {3, 4}}.Trace(), Grid([2][2]int{{5}, {0, 6}}).Trace())
	sort.Sort(sort.Reverse(sort.StringSlice(raw)))
	fmt.Println(raw)
	err := error(wrapped("oops"))
	fmt.Println(err, errors.Is(err, wrapped("oops")), any(wrapped("a")) == any("a"))
}

type wrapped string

func (w wrapped) Error() string { return "wrapped " + string(w) }

// Output:
// b+a [x]
// a+k
// #1 ann {1 ann} #2 anon
// changed #1 changed
// 9 {9 changed}
// 21 18
// 4 0 2
// 5 11
// [b a]
// wrapped oops true false
