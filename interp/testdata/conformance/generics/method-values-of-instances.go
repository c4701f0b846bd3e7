package main

import (
	"fmt"
	"strings"
)

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(v T) *Stack[T] { s.items = append(s.items, v); return s }

func (s *Stack[T]) Pop() (v T, ok bool) {
	if n := len(s.items); n > 0 {
		v, ok = s.items[n-1], true
		s.items = s.items[:n-1]
	}
	return
}

func (s Stack[T]) Len() int { return len(s.items) }

func (s Stack[T]) Map(f func(T) T) Stack[T] {
	out := Stack[T]{}
	for _, v := range s.items {
		out.Push(f(v))
	}
	return out
}

type Event[T any] struct {
	handlers []func(T)
	once     map[int]bool
}

func (e *Event[T]) On(h func(T)) { e.handlers = append(e.handlers, h) }

func (e *Event[T]) Emit(v T) {
	for _, h := range e.handlers {
		h(v)
	}
}

type Op[T any] func(T, T) T

func (o Op[T]) Fold(init T, vs ...T) T {
	for _, v := range vs {
		init = o(init, v)
	}
	return init
}

type Opt[T any] struct {
	v  T
	ok bool
}

func Some[T any](v T) Opt[T] { return Opt[T]{v, true} }

func (o Opt[T]) OrElse(f func() T) T {
	if o.ok {
		return o.v
	}
	return f()
}

func drain[T any](pop func() (T, bool)) (out []T) {
	for v, ok := pop(); ok; v, ok = pop() {
		out = append(out, v)
	}
	return
}

func main() {
	s := new(Stack[string])
	push := s.Push
	push("a").Push("b")
	push("c")
	length := s.Len
	push("d")
	fmt.Println(s.Len(), length(), drain(s.Pop))
	pushInt := (*Stack[int]).Push
	var n Stack[int]
	for i := range 4 {
		pushInt(&n, i*i)
	}
	mapInt := Stack[int].Map
	doubled := mapInt(n, func(v int) int { return v * 2 })
	fmt.Println(n.items, doubled.items, Stack[int].Len(doubled))
	fmt.Printf("%T %T\n", pushInt, mapInt)
	var e Event[string]
	var log strings.Builder
	e.On(func(s string) { log.WriteString("1:" + s + " ") })
	e.On(func(s string) { fmt.Fprintf(&log, "2:%d ", len(s)) })
	var relay Event[string]
	relay.On(e.Emit)
	relay.Emit("hi")
	emit := e.Emit
	emit("yo")
	fmt.Println(log.String(), len(e.once))
	fmt.Println(Op[int](func(a, b int) int { return a*10 + b }).Fold(0, 1, 2, 3), Op[string](func(a, b string) string { return b + a }).Fold("", "x", "y"))
	fallback := strings.NewReplacer("a", "b").Replace
	fmt.Println(Some(5).OrElse(nil), Opt[string]{}.OrElse(func() string { return fallback("aaa") }), Opt[int]{}.OrElse(n.Len))
	fns := map[string]func() int{"n": n.Len, "d": doubled.Len, "s": s.Len}
	n.Pop()
	fmt.Println(fns["n"](), fns["d"](), fns["s"]())
}

// Output:
// 4 3 [d c b a]
// [0 1 4 9] [0 2 8 18] 4
// func(*main.Stack[int], int) *main.Stack[int] func(main.Stack[int], func(int) int) main.Stack[int]
// 1:hi 2:2 1:yo 2:2  0
// 123 yx
// 5 bbb 4
// 4 4 0
