package main

import (
	"errors"
	"fmt"
)

type Name string

func (n Name) String() string { return "<" + string(n) + ">" }

type Place struct{ x, y int }

var errCycle = errors.New("cycle")

// walker notes where it is, and forgets that however it leaves.
type walker struct {
	seen map[any]struct{}
	out  []string
}

type Node struct {
	Name Name
	Next []*Node
}

func (w *walker) node(n *Node) {
	key := struct {
		at    *Node
		depth any
	}{n, n.Name}
	if _, ok := w.seen[key]; ok {
		panic(errCycle)
	}
	w.seen[key] = struct{}{}
	defer delete(w.seen, key)
	w.out = append(w.out, n.Name.String())
	for _, next := range n.Next {
		w.node(next)
	}
}

func walk(n *Node) (out []string, left int, err error) {
	w := &walker{seen: map[any]struct{}{}}
	defer func() {
		err, _ = recover().(error)
		out, left = w.out, len(w.seen)
	}()
	w.node(n)
	return
}

func forget[K comparable](m map[any]int, keys ...K) int {
	for _, k := range keys {
		defer delete(m, k)
	}
	return len(m)
}

var table = map[any]Name{Name("k"): "v", "k": "w"}

func entry() (map[any]Name, Name) { return table, "k" }

func main() {
	leaf := &Node{Name: "leaf"}
	root := &Node{"root", []*Node{leaf, {"mid", []*Node{leaf}}}}
	fmt.Println(walk(root))
	leaf.Next = []*Node{root}
	fmt.Println(walk(root))

	m := map[any]int{Name("a"): 1, Name("b"): 2, "a": 3, Place{1, 2}: 4, 5: 5, int8(5): 6, [1]any{Name("c")}: 7}
	fmt.Println(forget(m, Name("a"), Name("z")), len(m))
	fmt.Println(forget(m, Place{1, 2}), forget(m, 5), forget(m, [1]any{Name("c")}), len(m))
	fmt.Println(m)

	named := map[fmt.Stringer]int{Name("x"): 1, nil: 2}
	small := map[int8]bool{3: true, 4: true}
	func() {
		k := int8(4)
		defer delete(small, 3)
		defer delete(small, k)
		defer delete(named, nil)
		k = 3
		fmt.Println(len(small), len(named))
	}()
	fmt.Println(small, named)
	func() { defer delete(entry()) }()
	fmt.Println(table)
}

// Output:
// [<root> <leaf> <mid> <leaf>] 0 <nil>
// [<root> <leaf>] 0 cycle
// 7 6
// 6 5 4 3
// map[a:3 5:6 <b>:2]
// 2 2
// map[] map[<x>:1]
// map[k:<w>]
