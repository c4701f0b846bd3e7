package main

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
)

// Type-parameter heavy code: state machines, events with variance via interfaces, builders with self types, ring buffers, tries, graph algorithms.
type State interface{ ~string | ~int }
type Machine[S State, E comparable] struct {
	cur   S
	trans map[struct {
		s S
		e E
	}]S
	enter map[S][]func(from S, ev E)
	hist  []S
}
type key[S State, E comparable] = struct {
	s S
	e E
}

func NewMachine[S State, E comparable](s S) *Machine[S, E] {
	return &Machine[S, E]{cur: s, trans: map[key[S, E]]S{}, enter: map[S][]func(S, E){}}
}
func (m *Machine[S, E]) On(from S, e E, to S) *Machine[S, E] {
	m.trans[key[S, E]{from, e}] = to
	return m
}
func (m *Machine[S, E]) Enter(s S, f func(S, E)) *Machine[S, E] {
	m.enter[s] = append(m.enter[s], f)
	return m
}
func (m *Machine[S, E]) Fire(es ...E) error {
	for i, e := range es {
		to, ok := m.trans[struct {
			s S
			e E
		}{m.cur, e}]
		if !ok {
			return fmt.Errorf("event %d: no transition %v from %v", i, e, m.cur)
		}
		from := m.cur
		m.hist = append(m.hist, from)
		m.cur = to
		for _, f := range m.enter[to] {
			f(from, e)
		}
	}
	return nil
}

type Ring[T any] struct {
	buf        [4]T
	head, size int
}

func (r *Ring[T]) Push(v T) (dropped T, full bool) {
	i := (r.head + r.size) % len(r.buf)
	if full = r.size == len(r.buf); full {
		dropped = r.buf[r.head]
		r.head = (r.head + 1) % len(r.buf)
	} else {
		r.size++
	}
	r.buf[i] = v
	return
}
func (r Ring[T]) All() iter.Seq[T] {
	return func(y func(T) bool) {
		for i := range r.size {
			if !y(r.buf[(r.head+i)%len(r.buf)]) {
				return
			}
		}
	}
}

type Trie[V any] struct {
	kids map[rune]*Trie[V]
	val  *V
}

func (t *Trie[V]) Put(k string, v V) {
	for _, r := range k {
		if t.kids == nil {
			t.kids = make(map[rune]*Trie[V])
		}
		n, ok := t.kids[r]
		if !ok {
			n = new(Trie[V])
			t.kids[r] = n
		}
		t = n
	}
	t.val = &v
}
func (t *Trie[V]) Walk(prefix string) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for _, r := range prefix {
			if t = t.kids[r]; t == nil {
				return
			}
		}
		t.walk([]rune(prefix), yield)
	}
}
func (t *Trie[V]) walk(p []rune, yield func(string, V) bool) bool {
	if t.val != nil && !yield(string(p), *t.val) {
		return false
	}
	ks := make([]rune, 0, len(t.kids))
	for k := range t.kids {
		ks = append(ks, k)
	}
	slices.Sort(ks)
	for _, k := range ks {
		if !t.kids[k].walk(append(p[:len(p):len(p)], k), yield) {
			return false
		}
	}
	return true
}

type Graph[N comparable] map[N][]N

var ErrCycle = errors.New("cycle")

type CycleError[N any] struct{ Path []N }

func (c CycleError[N]) Error() string        { return fmt.Sprint("cycle ", c.Path) }
func (c CycleError[N]) Is(target error) bool { return target == ErrCycle }
func (g Graph[N]) Topo(order func(a, b N) int) (out []N, err error) {
	const (
		white = iota
		grey
		black
	)
	col := map[N]int{}
	var path []N
	var visit func(N) error
	visit = func(n N) error {
		path = append(path, n)
		defer func() { path = path[:len(path)-1] }()
		switch col[n] {
		case grey:
			i := slices.Index(path, n)
			return CycleError[N]{slices.Clone(path[i:])}
		case black:
			return nil
		}
		col[n] = grey
		ds := slices.SortedFunc(slices.Values(g[n]), order)
		for _, d := range ds {
			if err := visit(d); err != nil {
				return err
			}
		}
		col[n] = black
		out = append(out, n)
		return nil
	}
	var ns []N
	for n := range g {
		ns = append(ns, n)
	}
	slices.SortFunc(ns, order)
	for _, n := range ns {
		if err := visit(n); err != nil {
			return nil, err
		}
	}
	return out, nil
}

type Builder[B any, T any] struct {
	self  B
	steps []func(*T) error
}

func (b *Builder[B, T]) With(f func(*T) error) B { b.steps = append(b.steps, f); return b.self }
func (b *Builder[B, T]) Build() (t T, err error) {
	for _, s := range b.steps {
		if err = s(&t); err != nil {
			return *new(T), err
		}
	}
	return t, nil
}

type Pizza struct {
	Size int
	Tops []string
}
type PizzaBuilder struct {
	Builder[*PizzaBuilder, Pizza]
}

func NewPizza() *PizzaBuilder { b := &PizzaBuilder{}; b.self = b; return b }
func (b *PizzaBuilder) Size(n int) *PizzaBuilder {
	return b.With(func(p *Pizza) error {
		if n <= 0 {
			return fmt.Errorf("size %d", n)
		}
		p.Size = n
		return nil
	})
}
func (b *PizzaBuilder) Top(ts ...string) *PizzaBuilder {
	return b.With(func(p *Pizza) error { p.Tops = append(p.Tops, ts...); return nil })
}

type Lazy[T any] struct {
	get func() T
}

func LazyOf[T any](f func() T) Lazy[T] { return Lazy[T]{sync.OnceValue(f)} }
func Bind[A, B any](l Lazy[A], f func(A) Lazy[B]) Lazy[B] {
	return LazyOf(func() B { return f(l.get()).get() })
}

type Num interface{ ~int | ~float64 }
type Vec[T Num] [3]T

func (v Vec[T]) Map(f func(T) T) (r Vec[T]) {
	for i, x := range v {
		r[i] = f(x)
	}
	return
}
func Dot[T Num, V ~[3]T](a, b V) (s T) {
	for i := range a {
		s += a[i] * b[i]
	}
	return
}
func Zip[A, B any](a iter.Seq[A], b iter.Seq[B]) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		nb, stop := iter.Pull(b)
		defer stop()
		for x := range a {
			y, ok := nb()
			if !ok || !yield(x, y) {
				return
			}
		}
	}
}
func Memo[K comparable, V any](f func(func(K) V, K) V) func(K) V {
	m := map[K]V{}
	var self func(K) V
	self = func(k K) V {
		if v, ok := m[k]; ok {
			return v
		}
		v := f(self, k)
		m[k] = v
		return v
	}
	return self
}
func Switch[T any](x any) (string, T) {
	switch v := x.(type) {
	case T:
		return "T", v
	case *T:
		return "*T", *v
	case []T:
		return "[]T", v[0]
	case func() T:
		return "func", v()
	case map[string]T:
		return "map", v["k"]
	case interface{ Get() T }:
		return "getter", v.Get()
	case nil:
		return "nil", *new(T)
	}
	return "none", *new(T)
}

type getter struct{ n int }

func (g getter) Get() int { return g.n }

type Phase string
type Ev int

func main() {
	var log []string
	m := NewMachine[Phase, Ev]("idle").On("idle", 1, "run").On("run", 2, "idle").Enter("run", func(f Phase, e Ev) { log = append(log, fmt.Sprint(f, e)) })
	fmt.Println(m.Fire(1, 2, 1), m.cur, m.hist, log, m.Fire(2, 2))
	var r Ring[string]
	for _, s := range strings.Split("abcdef", "") {
		if d, full := r.Push(s); full {
			fmt.Print("drop ", d, " ")
		}
	}
	snap := r
	r.Push("z")
	fmt.Println(slices.Collect(snap.All()), slices.Collect(r.All()), r.buf)
	var t Trie[int]
	for i, w := range []string{"car", "cart", "cat", "dog", "ca"} {
		t.Put(w, i)
	}
	for k, v := range t.Walk("ca") {
		fmt.Print(k, v, " ")
		if k == "cart" {
			break
		}
	}
	for range t.Walk("x") {
		fmt.Print("never")
	}
	fmt.Println()
	g := Graph[string]{"app": {"db", "log"}, "db": {"log", "cfg"}, "log": {"cfg"}}
	fmt.Println(g.Topo(strings.Compare))
	g["cfg"] = append(g["cfg"], "app")
	_, err := g.Topo(strings.Compare)
	var ce CycleError[string]
	fmt.Println(err, errors.Is(err, ErrCycle), errors.As(err, &ce), len(ce.Path), errors.As(err, new(CycleError[int])))
	fmt.Println(NewPizza().Size(30).Top("a", "b").Top("c").Build())
	fmt.Println(NewPizza().Top("x").Size(-1).Build())
	n := 0
	l := LazyOf(func() int { n++; return n * 10 })
	s := Bind(l, func(i int) Lazy[string] { return LazyOf(func() string { n++; return fmt.Sprint("v", i) }) })
	fmt.Println(s.get(), s.get(), l.get(), n)
	v := Vec[float64]{1, 2, 3}
	fmt.Println(v.Map(func(f float64) float64 { return f / 2 }), Dot(v, Vec[float64]{1, 1, 1}), Dot([3]int{1, 2, 3}, [3]int{4, 5, 6}), v == Vec[float64]{1, 2, 3})
	for a, b := range Zip(slices.Values([]int{1, 2, 3}), r.All()) {
		fmt.Print(a, b, " ")
	}
	fib := Memo(func(self func(int) int, n int) int {
		if n < 2 {
			return n
		}
		return self(n-1) + self(n-2)
	})
	fmt.Println(fib(80))
	five := 5
	for _, x := range []any{1, &five, []int{7}, func() int { return 8 }, map[string]int{"k": 9}, getter{10}, nil, "s", []string{}} {
		k, v := Switch[int](x)
		fmt.Print(k, v, " ")
	}
	k, sv := Switch[fmt.Stringer](nil)
	k2, e2 := Switch[error](errors.New("x"))
	fmt.Println(k, sv, k2, e2)
	fmt.Printf("%T %T %T %v\n", m, t, NewPizza(), Vec[int]{1})
}

// Output:
// <nil> idle [idle run idle run] [idle1 idle1] event 1: no transition 2 from idle
// drop a drop b [c d e f] [d e f z] [e f z d]
// ca4 car0 cart1
// [cfg log db app] <nil>
// cycle [app db cfg app] true true 4 false
// {30 [a b c]} <nil>
// {0 []} size -1
// v10 v10 10 2
// [0.5 1 1.5] 6 32 true
// 1d 2e 3f 23416728348467685
// T1 *T5 []T7 func8 map9 getter10 nil0 none0 none0 nil <nil> T x
// *main.Machine[main.Phase,main.Ev] main.Trie[int] *main.PizzaBuilder [1 0 0]
