package main

import (
	"fmt"
	_ "strings"
)

var _ = register("blank variable is evaluated")

var _, second = pair()

var _ fmt.Stringer = (*label)(nil)

const _ = iota

type _ struct{ unused int }

type label struct {
	_    [2]int
	text string
	_    bool
}

func (*label) String() string { return "label" }

func (_ label) size(_ int, _ string) int { return len("label") }

func _() { panic("never called") }

func _() int { return 1 }

var registered []string

func register(s string) int {
	registered = append(registered, s)
	return 0
}

func pair() (_ int, _ string) { return 3, "second" }

func ignore(int, string, ...bool) string { return "unnamed parameters" }

func named(_, b int) (_, sum int) {
	sum = b * 2
	return 0, sum
}

func init() { register("first init") }

func init() { register("second init") }

func main() {
	fmt.Println(registered, second)
	_ = register("assigned")
	_, _ = pair()
	_, s := pair()
	fmt.Println(s, len(registered))
	for range 2 {
		_ = register
	}
	for _, _ = range []int{1} {
		fmt.Print("once ")
	}
	for _ = range "ab" {
		fmt.Print("twice ")
	}
	fmt.Println()
	l := label{text: "x"}
	fmt.Println(l.size(1, ""), &l, l == label{text: "x"})
	fmt.Printf("%+v\n", l)
	fmt.Println(ignore(1, "", true, false))
	fmt.Println(named(1, 21))
	var a, _, c = 1, register("middle"), 3
	fmt.Println(a, c, registered[len(registered)-1])
	var m map[string]int
	_ = m["nothing"]
	_, ok := any(l).(fmt.Stringer)
	fmt.Println(ok)
	f := func(_ string, _ ...any) { fmt.Println("called") }
	f("a", 1, 2)
	type pairOf[_ any, V any] struct{ v V }
	fmt.Println(pairOf[int, string]{"generic blank"}.v)
}

// Output:
// [blank variable is evaluated first init second init] second
// second 4
// once twice twice
// 5 label true
// {_:[0 0] text:x _:false}
// unnamed parameters
// 0 42
// 1 3 middle
// false
// called
// generic blank
