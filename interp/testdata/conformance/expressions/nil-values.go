package main

import (
	"errors"
	"fmt"
)

type tree struct {
	left, right *tree
	value       int
}

func (t *tree) sum() int {
	if t == nil {
		return 0
	}
	return t.left.sum() + t.value + t.right.sum()
}

func (t *tree) String() string {
	if t == nil {
		return "()"
	}
	return fmt.Sprintf("(%v %d %v)", t.left, t.value, t.right)
}

type set map[string]bool

func (s set) has(k string) bool { return s[k] }

type stack []int

func (s *stack) push(v int) { *s = append(*s, v) }

func (s stack) len() int { return len(s) }

type hook func(string) string

func (h hook) call(s string) string {
	if h == nil {
		return s
	}
	return h(s)
}

type problem struct{}

func (*problem) Error() string { return "problem" }

func mayFail(fail bool) error {
	var p *problem
	if fail {
		p = &problem{}
	}
	return p
}

func fine() error { return nil }

func main() {
	var t *tree
	fmt.Println(t.sum(), t, (&tree{right: &tree{value: 2}, value: 1}).sum())
	fmt.Println((&tree{left: &tree{value: 5}}).String())
	var s set
	fmt.Println(s.has("x"), len(s), s == nil)
	delete(s, "x")
	for range s {
		fmt.Println("never")
	}
	var st stack
	fmt.Println(st.len(), st == nil)
	st.push(1)
	fmt.Println(st, st == nil, append(stack(nil), st...), append([]int{}, []int(nil)...) == nil)
	var h hook
	fmt.Println(h.call("as is"), hook(func(s string) string { return s + s }).call("ab"))
	fmt.Println(mayFail(false) == nil, mayFail(true) == nil, fine() == nil)
	var p *problem
	fmt.Println(errors.As(mayFail(false), &p), p == nil, p.Error())
	var ch chan int
	fmt.Println(len(ch), cap(ch), ch == nil)
	select {
	case v := <-ch:
		fmt.Println(v)
	default:
		fmt.Println("nil channels never proceed")
	}
	var e error
	var i any = e
	fmt.Println(i == nil, e == i)
	i = (*tree)(nil)
	fmt.Println(i == nil, i == (*tree)(nil), i.(*tree).sum())
	fmt.Printf("%v %+v %q %s %T %T\n", s, []int(nil), []string(nil), []byte(nil), nil, i)
	copied := copy([]int(nil), []int{1})
	fmt.Println(copied, len(string([]byte(nil))), nil == map[int]int(nil))
	for i := range []*tree{nil, {value: 1}} {
		fmt.Print(i, " ")
	}
	fmt.Println(max(len([]int(nil)), cap(st[:0:0])))
}

// Output:
// 0 () 3
// ((() 5 ()) 0 ())
// false 0 true
// 0 true
// [1] false [1] false
// as is abab
// false false true
// true true problem
// 0 0 true
// nil channels never proceed
// true true
// false true 0
// map[] [] []  <nil> *main.tree
// 0 0 true
// 0 1 0
