package program

import (
	"go/types"
)

// genericPrelude are generic types and functions that the others use with types of
// the program.
const genericPrelude = `
type list[T any] struct {
	head *node[T]
	size int
}

type node[T any] struct {
	value T
	next  *node[T]
}

func listOf[T any](xs ...T) *list[T] {
	l := new(list[T])
	for _, x := range xs {
		l.push(x)
	}
	return l
}

func (l *list[T]) push(x T) *list[T] {
	l.head = &node[T]{x, l.head}
	l.size++
	return l
}

func (l *list[T]) all() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		i := 0
		for n := l.head; n != nil && yield(i, n.value); n = n.next {
			i++
		}
	}
}

func (l list[T]) String() string { return fmt.Sprintf("list of %d %T", l.size, *new(T)) }

type set[K comparable] map[K]struct{}

func (s set[K]) add(ks ...K) set[K] {
	for _, k := range ks {
		s[k] = struct{}{}
	}
	return s
}

func (s set[K]) has(k K) bool { _, ok := s[k]; return ok }

type either[A, B any] struct {
	left  *A
	right *B
}

func (e either[A, B]) swap() either[B, A] { return either[B, A]{e.right, e.left} }

func (e either[A, B]) kind() string {
	switch any(e).(type) {
	case either[A, A]:
		return "both"
	case either[int, string], either[string, int]:
		return "known"
	case interface{ Size() int }:
		return "sized"
	}
	return fmt.Sprintf("%T", e)
}

type sized interface{ Size() int }

type measured[T any] struct {
	T    T
	list []T
}

func (m measured[T]) Size() int {
	if s, ok := any(m.T).(sized); ok && s != nil {
		return 100
	}
	return len(m.list)
}

type holder[T any, P interface {
	*T
	set(string)
}] struct{ items []T }

func (h *holder[T, P]) add(s string) {
	var x T
	P(&x).set(s)
	h.items = append(h.items, x)
}

type named struct{ name string }

func (n *named) set(s string) { n.name = s + "!" }

type number2 interface{ ~int | ~int64 | ~float64 | ~uint8 }

type vector[N number2] []N

func (v vector[N]) fold(f func(a, b N) N) (r N) {
	for _, x := range v {
		r = f(r, x)
	}
	return r
}

type problem[T any] struct{ value T }

func (e problem[T]) Error() string { return fmt.Sprintf("problem %T", e.value) }

func compose[A, B, C any](f func(A) B, g func(B) C) func(A) C { return func(a A) C { return g(f(a)) } }

func curry[A, B, C any](f func(A, B) C) func(A) func(B) C {
	return func(a A) func(B) C { return func(b B) C { return f(a, b) } }
}

func reduce[T, R any](s []T, init R, f func(R, T) R) R {
	for _, x := range s {
		init = f(init, x)
	}
	return init
}

func kindOf[T any](x T) string {
	switch y := any(x).(type) {
	case nil:
		return "nil"
	case T:
		return fmt.Sprintf("%T", y)
	}
	return "never"
}

func zeroOf[T any]() (z T) { return }

type recursive[T any] struct {
	value    T
	children []recursive[T]
	parent   *recursive[T]
	f        func(recursive[T]) []recursive[T]
}
`

// generic uses the generic types of the prelude with types of the program.
func (g *generator) generic() {
	label := g.name("gen")
	g.line("try(%q, func() {", label)
	g.function0(func() {
		g.results = nil
		for range 1 + g.n(4) {
			t, u := g.printable(), g.printable()
			v := g.name("v")
			T, U := g.text(t), g.text(u)
			a, b := g.typed(t, g.expr(t, 2)), g.typed(u, g.expr(u, 2))
			key := g.comparableType(g.pool)
			switch g.n(12) {
			case 0:
				g.line("%s := listOf(%s, %s)", v, a, g.typed(t, g.expr(t, 1)))
				g.line("for i, x := range %s.push(%s).all() {\np(%q, i, x)\nif i == %d {\nbreak\n}\n}", v, a, label, g.n(3))
				g.line("p(%q, %s, *%s, fmt.Sprintf(\"%%T\", %s), *listOf[%s]())", label, v, v, v, U)
			case 1:
				g.line("%s := set[%s]{}.add(%s, %s)", v, g.text(key), g.typed(key, g.expr(key, 2)), g.typed(key, g.expr(key, 1)))
				g.line("p(%q, len(%s), %s.has(%s), fmt.Sprintf(\"%%T\", %s))", label, v, v, g.typed(key, g.expr(key, 1)), v)
			case 2:
				g.line("%s := either[%s, %s]{left: new(%s)}", v, T, U, a)
				g.line("p(%q, %s.kind(), %s.swap().kind(), *%s.swap().right, %s.swap().left == nil)", label, v, v, v, v)
			case 3:
				g.line("%s := measured[%s]{T: %s, list: []%s{%s}}", v, T, a, T, a)
				g.line("var %ss sized = &%s\np(%q, %ss.Size(), %s, fmt.Sprintf(\"%%+v\", %s.list))", v, v, label, v, v, v)
			case 4:
				g.line("var %s holder[named, *named]\n%s.add(%q)\np(%q, %s, fmt.Sprintf(\"%%T\", %s))", v, v, label, label, v, v)
			case 5:
				n := pick(g, []string{"int", "int64", "float64", "uint8"})
				nt := types.Universe.Lookup(n).Type()
				g.line("%s := vector[%s]{%s, %s}", v, n, g.expr(nt, 2), g.expr(nt, 2))
				g.line("p(%q, %s.fold(func(a, b %s) %s { return a %s b }), %s)", label, v, n, n, pick(g, []string{"+", "*", "-"}), v)
			case 6:
				g.line("var %s error = fmt.Errorf(\"w: %%w\", problem[%s]{%s})", v, T, a)
				g.line("var %sA problem[%s]\nvar %sB problem[%s]\np(%q, errors.As(%s, &%sA), errors.As(%s, &%sB), %s)", v, T, v, U, label, v, v, v, v, v)
			case 7:
				g.line("%s := compose(func(a %s) %s { return %s }, func(b %s) string { return fmt.Sprintf(\"%%v\", b) })", v, T, U, b, U)
				g.line("p(%q, %s(%s), fmt.Sprintf(\"%%T\", %s))", label, v, a, v)
			case 8:
				g.line("%s := curry(func(a %s, b %s) []any { return []any{a, b} })(%s)", v, T, U, a)
				g.line("p(%q, %s(%s), fmt.Sprintf(\"%%T\", %s))", label, v, b, v)
			case 9:
				g.line("p(%q, reduce([]%s{%s, %s}, %s, func(r %s, x %s) %s { return r }))", label, T, a, a, b, U, T, U)
			case 10:
				g.line("p(%q, kindOf(%s), kindOf[any](%s), kindOf([]%s{}), kindOf(zeroOf[%s]()), fmt.Sprint(zeroOf[%s]()))", label, a, b, U, T, U)
			case 11:
				g.line("%s := recursive[%s]{value: %s, children: []recursive[%s]{{value: %s}}}", v, T, a, T, a)
				g.line("%s.children[0].parent = &%s\n%s.value = %s", v, v, v, g.typed(t, g.expr(t, 1)))
				g.line("p(%q, %s.children[0].parent.value, fmt.Sprintf(\"%%T %%T\", %s, %s.f))", label, v, v, v)
			}
		}
	})
	g.line("})")
}
