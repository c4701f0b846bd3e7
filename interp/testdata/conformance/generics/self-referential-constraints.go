package main

import (
	"fmt"
	"sort"
	"strings"
)

type Lesser[T any] interface{ Less(T) bool }

type Adder[T Adder[T]] interface{ Add(T) T }

type Cloner[T any] interface{ Clone() T }

type Node[N any] interface {
	comparable
	Children() []N
	Label() string
}

type Version struct{ major, minor int }

func (v Version) Less(w Version) bool {
	if v.major != w.major {
		return v.major < w.major
	}
	return v.minor < w.minor
}

func (v Version) String() string { return fmt.Sprintf("v%d.%d", v.major, v.minor) }

type Money struct {
	cents int
	unit  string
}

func (m Money) Add(n Money) Money { return Money{m.cents + n.cents, m.unit + n.unit} }

type Doc struct {
	lines []string
	kids  []*Doc
}

func (d *Doc) Clone() *Doc {
	return &Doc{lines: append([]string(nil), d.lines...), kids: CloneAll(d.kids)}
}

func (d *Doc) Children() []*Doc { return d.kids }

func (d *Doc) Label() string { return strings.Join(d.lines, "/") }

func SortAll[T Lesser[T]](in []T) []T {
	sort.Slice(in, func(i, j int) bool { return in[i].Less(in[j]) })
	return in
}

func Least[T Lesser[T]](first T, rest ...T) T {
	for _, v := range rest {
		if v.Less(first) {
			first = v
		}
	}
	return first
}

func Total[T Adder[T]](first T, rest ...T) T {
	for _, v := range rest {
		first = first.Add(v)
	}
	return first
}

func CloneAll[T Cloner[T]](in []T) (out []T) {
	for _, v := range in {
		out = append(out, v.Clone())
	}
	return
}

func Walk[N Node[N]](root N, visit func(depth int, n N)) {
	seen := map[N]bool{}
	var rec func(int, N)
	rec = func(depth int, n N) {
		if seen[n] {
			return
		}
		seen[n] = true
		visit(depth, n)
		for _, c := range n.Children() {
			rec(depth+1, c)
		}
	}
	rec(0, root)
}

type Sorted[T Lesser[T]] struct{ items []T }

func (s *Sorted[T]) Insert(v T) *Sorted[T] {
	i := sort.Search(len(s.items), func(i int) bool { return v.Less(s.items[i]) })
	s.items = append(s.items[:i], append([]T{v}, s.items[i:]...)...)
	return s
}

func main() {
	vs := []Version{{2, 0}, {1, 10}, {1, 2}}
	fmt.Println(SortAll(vs), Least(vs[2], vs[0], vs[1]))
	fmt.Println(Total(Money{1, "a"}, Money{2, "b"}, Money{3, "c"}))
	leaf := &Doc{lines: []string{"leaf"}}
	root := &Doc{lines: []string{"root"}, kids: []*Doc{leaf, {lines: []string{"mid", "dle"}, kids: []*Doc{leaf}}}}
	show := func(depth int, d *Doc) { fmt.Print(strings.Repeat(" ", depth), d.Label(), ";") }
	Walk(root, show)
	fmt.Println()
	c := root.Clone()
	leaf.lines[0] = "changed"
	Walk(c, show)
	fmt.Println()
	var s Sorted[Version]
	s.Insert(vs[1]).Insert(vs[0]).Insert(Version{1, 5}).Insert(Version{3, 0})
	fmt.Println(s.items, s)
}

// Output:
// [v1.2 v1.10 v2.0] v1.2
// {6 abc}
// root; leaf; mid/dle;
// root; leaf; mid/dle;  leaf;
// [v1.2 v1.5 v1.10 v3.0] {[{1 2} {1 5} {1 10} {3 0}]}
