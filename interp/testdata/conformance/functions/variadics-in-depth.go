package main

import (
	"fmt"
	"strings"
)

type Option func(*settings)

type settings struct {
	name  string
	limit int
	tags  []string
}

func WithLimit(n int) Option { return func(s *settings) { s.limit = n } }

func WithTags(tags ...string) Option {
	return func(s *settings) { s.tags = append(s.tags, tags...) }
}

func New(name string, opts ...Option) *settings {
	s := &settings{name: name, limit: 10}
	for _, o := range opts {
		o(s)
	}
	return s
}

func zero(ns ...int) {
	for i := range ns {
		ns[i] = 0
	}
}

func info(vs ...any) string { return fmt.Sprintf("%d %v %t", len(vs), vs, vs == nil) }

func total[T int | float64](first T, rest ...T) T {
	for _, r := range rest {
		first += r
	}
	return first
}

type printer struct{ b strings.Builder }

func (p *printer) printf(format string, args ...any) *printer {
	fmt.Fprintf(&p.b, format, args...)
	return p
}

func nested(groups ...[]string) (n int) {
	for _, g := range groups {
		n += len(g)
	}
	return
}

func stringers(ss ...fmt.Stringer) (out []string) {
	for _, s := range ss {
		out = append(out, s.String())
	}
	return
}

type word string

func (w word) String() string { return "w:" + string(w) }

func main() {
	fmt.Printf("%+v\n", *New("a"))
	fmt.Printf("%+v\n", *New("b", WithLimit(3), WithTags("x", "y"), WithTags()))
	opts := []Option{WithTags([]string{"from", "slice"}...), WithLimit(1)}
	fmt.Printf("%+v\n", *New("c", append(opts, WithLimit(2))...))
	ns := []int{1, 2, 3, 4}
	zero(ns[1:3]...)
	zero(ns[0], ns[3])
	fmt.Println(ns)
	var none []any
	fmt.Println(info(), "|", info(nil), "|", info(nil, nil), "|", info(none...), "|", info([]any{1, "a"}...), "|", info([]any{1}, 2), "|", info([]int{1, 2}))
	fmt.Println(total(1), total(1.5, 2), total(1, []int{2, 3}...))
	p := &printer{}
	p.printf("%s=%d;", "n", 1).printf("plain;").printf("%v %v", []any{1, 2}...)
	fmt.Println(p.b.String())
	fmt.Println(nested(), nested(nil, []string{"a"}, strings.Fields("b c")))
	fmt.Println(stringers(word("a"), word("b")), stringers([]fmt.Stringer{word("c")}...))
	f := func(prefix string, rest ...word) string { return fmt.Sprint(prefix, len(rest), rest) }
	fmt.Println(f("p"), f("p", "x", "y"), f("p", []word{"z"}...))
	var g func(...int) int = func(a ...int) int { return cap(a) }
	fmt.Println(g(), g(1, 2), g(make([]int, 1, 8)...))
	h := fmt.Sprint
	fmt.Println(h(1, 2, "a", "b", 3, word("w")), append([]byte("ab"), "cd"...))
	defer info(1, 2)
	func(args ...func() int) {
		for _, a := range args {
			fmt.Print(a(), " ")
		}
		fmt.Println()
	}(func() int { return 1 }, func() int { return len(ns) })
}

// Output:
// {name:a limit:10 tags:[]}
// {name:b limit:3 tags:[x y]}
// {name:c limit:2 tags:[from slice]}
// [1 0 0 4]
// 0 [] true | 1 [<nil>] false | 2 [<nil> <nil>] false | 0 [] true | 2 [1 a] false | 2 [[1] 2] false | 1 [[1 2]] false
// 1 3.5 6
// n=1;plain;1 2
// 0 3
// [w:a w:b] [w:c]
// p0 [] p2 [w:x w:y] p1 [w:z]
// 0 2 8
// 1 2ab3w:w [97 98 99 100]
// 1 4
