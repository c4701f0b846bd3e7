package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
)

type user struct {
	name string
	age  int
	tags []string
}

type rule func(user) error

type predicate[T any] func(T) bool

func (p predicate[T]) and(q predicate[T]) predicate[T] {
	return func(v T) bool { return p(v) && q(v) }
}

func filter[T any](s []T, keep predicate[T]) (out []T) {
	for _, v := range s {
		if keep(v) {
			out = append(out, v)
		}
	}
	return out
}

func compose(fs ...func(int) int) func(int) int {
	return func(n int) int {
		for _, f := range fs {
			n = f(n)
		}
		return n
	}
}

func counter() (next func() int, reset func()) {
	n := 0
	return func() int { n++; return n }, func() { n = 0 }
}

func curry(a int) func(int) func(int) (int, error) {
	return func(b int) func(int) (int, error) {
		return func(c int) (int, error) {
			if c == 0 {
				return a + b, errors.New("no c")
			}
			return a + b + c, nil
		}
	}
}

func pick(by string) func(a, b user) int {
	switch by {
	case "name":
		return func(a, b user) int { return strings.Compare(a.name, b.name) }
	case "age":
		return func(a, b user) int { return a.age - b.age }
	}
	return nil
}

func attempt(f func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case error:
			err = fmt.Errorf("attempt: %w", r)
		default:
			err = fmt.Errorf("attempt: %v", r)
		}
	}()
	f()
	return nil
}

type node struct {
	value       int
	left, right *node
}

func (n *node) each(visit func(int) bool) bool {
	return n == nil || n.left.each(visit) && visit(n.value) && n.right.each(visit)
}

type machine struct {
	states map[string]func(rune) string
	hooks  []func(from, to string)
	ok     func() bool
}

func triple() (int, string, error) { return 1, "one", nil }

func main() {
	users := []user{{"cy", 30, nil}, {"al", 41, []string{"x"}}, {"bo", 25, nil}, {"di", 41, nil}}

	// Called by compiled code, with variables around them.
	calls := 0
	sort.Slice(users, func(i, j int) bool { calls++; return users[i].name < users[j].name })
	fmt.Println(users, calls > 2)
	for _, by := range []string{"age", "name"} {
		slices.SortStableFunc(users, pick(by))
		fmt.Println(by, users[0].name, users[3].name)
	}
	fmt.Println(sort.Search(100, func(i int) bool { return i*i >= 50 }), pick("x") == nil)
	fmt.Println(strings.Map(func(r rune) rune {
		if r == 'l' {
			return -1
		}
		return r + 1
	}, "hello"), strings.IndexFunc("abc1", func(r rune) bool { return r < 'a' }))
	fmt.Println(slices.IndexFunc([]string{"a", "bb"}, func(s string) bool { return len(s) == 2 }))
	var once sync.Once
	for range 3 {
		once.Do(func() { fmt.Println("once", calls > 2) })
	}

	// Called by the script.
	adult, short := predicate[user](func(u user) bool { return u.age > 29 }), func(u user) bool { return u.tags == nil }
	fmt.Println(len(filter(users, adult)), len(filter(users, adult.and(short))))
	fmt.Println(compose(func(n int) int { return n + 1 }, func(n int) int { return n * 10 }, compose())(4))
	next, reset := counter()
	next()
	a, b := next(), next()
	reset()
	fmt.Println(a, b, next())
	v, err := curry(1)(2)(0)
	w, _ := curry(1)(2)(3)
	fmt.Println(v, err, w)
	var fib func(int) int
	fib = func(n int) int {
		if n < 2 {
			return n
		}
		return fib(n-1) + fib(n-2)
	}
	fmt.Println(fib(15))
	var even, odd func(uint) bool
	even = func(n uint) bool { return n == 0 || odd(n-1) }
	odd = func(n uint) bool { return n != 0 && even(n-1) }
	if even(10) && !odd(10) {
		fmt.Println("even")
	}
	three := func() (int, string, error) { return triple() }
	x, y, z := three()
	fmt.Println(x, y, z)
	_, y, _ = three()
	fmt.Println(three())

	// Stored in fields, maps and slices, replaced while they are called.
	m := machine{states: map[string]func(rune) string{}}
	m.states["start"] = func(r rune) string {
		if r == 'a' {
			m.states["start"] = func(rune) string { return "changed" }
			return "seen"
		}
		return "start"
	}
	for i := range 2 {
		m.hooks = append(m.hooks, func(from, to string) { fmt.Print(i, from, ">", to, " ") })
	}
	m.ok = func() bool { return len(m.hooks) == 2 }
	for _, r := range "ba" {
		to := m.states["start"](r)
		for _, h := range m.hooks {
			h("start", to)
		}
	}
	fmt.Println(m.states["start"]('x'), m.ok())

	// Each iteration and each call has variables of its own.
	var fs []func() int
	for i := 0; i < 3; i++ {
		square := i * i
		fs = append(fs, func() int { square++; return square + i })
	}
	for range 2 {
		for _, f := range fs {
			fmt.Print(f(), " ")
		}
	}
	fmt.Println()
	var kept []*int
	keep := func(n int) { kept = append(kept, &n) }
	keep(1)
	keep(2)
	fmt.Println(*kept[0], *kept[1])
	slice := func(n int) []int { a := [3]int{n, n, n}; return a[:] }
	s, t := slice(1), slice(2)
	fmt.Println(s, t)

	// Interfaces, nil and conversions among the parameters.
	describe := func(v any, err error, r io.Reader) string { return fmt.Sprint(v, err, r == nil) }
	fmt.Println(describe(1, nil, nil), describe(nil, io.EOF, strings.NewReader("")), describe(users[0], errors.New("e"), nil))
	apply := func(f func(string) (int, error), s string) string {
		n, err := f(s)
		return fmt.Sprint(n, err)
	}
	fmt.Println(apply(strconv.Atoi, "12"), apply(func(s string) (int, error) { return len(s), nil }, "abc"))
	check := func(u user, rules ...rule) (errs []error) {
		for _, r := range rules {
			if err := r(u); err != nil {
				errs = append(errs, err)
			}
		}
		return
	}
	old := rule(func(u user) error {
		if u.age > 40 {
			return fmt.Errorf("%s is %d", u.name, u.age)
		}
		return nil
	})
	fmt.Println(check(users[0], old, old), check(users[2], old))

	// Panics pass through them, and through compiled code between.
	var none func(int) int
	fmt.Println(attempt(func() { none(1) }))
	fmt.Println(attempt(func() { fib(users[9].age) }))
	fmt.Println(attempt(func() {
		sort.Slice(users, func(i, j int) bool { panic(fmt.Sprint("less of ", len(users))) })
	}))
	fmt.Println(attempt(func() {
		inner := func(n int) int {
			defer func() { recover() }()
			return 1 / n
		}
		fmt.Println(inner(0), inner(1))
		strings.Map(func(r rune) rune { return rune(10 / (r - 'b')) }, "abc")
	}))
	fmt.Println(fib(10), filter(users, adult)[0].name) // as before

	// A tree, stopped early.
	tree := &node{4, &node{2, &node{1, nil, nil}, &node{3, nil, nil}}, &node{5, nil, nil}}
	sum := 0
	done := tree.each(func(v int) bool { sum += v; return v < 3 })
	fmt.Println(sum, done)

	// Goroutines call the same one.
	var wg sync.WaitGroup
	var mu sync.Mutex
	total := 0
	add := func(n int) int {
		local := n * 2
		mu.Lock()
		defer mu.Unlock()
		total += local
		return local
	}
	double := func(n int) int { local := n; local += n; return local }
	for i := range 20 {
		wg.Go(func() {
			for range 20 {
				if add(i) != double(i) {
					panic("mixed up")
				}
			}
		})
	}
	wg.Wait()
	fmt.Println(total)
}

// Output:
// [{al 41 [x]} {bo 25 []} {cy 30 []} {di 41 []}] true
// age bo di
// name al di
// 8 true
// ifp 3
// 1
// once true
// 3 2
// 50
// 2 3 1
// 3 no c 6
// 610
// even
// 1 one <nil>
// 1 one <nil>
// 0start>start 1start>start 0start>seen 1start>seen changed true
// 1 3 7 2 4 8
// 1 2
// [1 1 1] [2 2 2]
// 1 <nil> true <nil> EOF false {al 41 [x]} e true
// 12 <nil> 3 <nil>
// [al is 41 al is 41] []
// attempt: runtime error: invalid memory address or nil pointer dereference
// attempt: runtime error: index out of range [9] with length 4
// attempt: less of 4
// 0 1
// attempt: runtime error: integer divide by zero
// 55 al
// 6 false
// 7600
