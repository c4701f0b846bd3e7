package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"
)

// --- event bus with generics and interfaces with type sets
type Event interface{ EventName() string }
type UserCreated struct{ ID int }
type OrderPaid struct {
	UserCreated
	Amount float64
}

func (UserCreated) EventName() string { return "user.created" }
func (o OrderPaid) EventName() string { return "order.paid+" + o.UserCreated.EventName() }

type Bus struct {
	mu   sync.Mutex
	subs map[string][]func(Event)
	seq  int
}

func Subscribe[E Event](b *Bus, f func(E)) (cancel func()) {
	var zero E
	name := zero.EventName()
	b.mu.Lock()
	defer b.mu.Unlock()
	idx := len(b.subs[name])
	b.subs[name] = append(b.subs[name], func(e Event) {
		if v, ok := e.(E); ok {
			f(v)
		}
	})
	return func() { b.mu.Lock(); defer b.mu.Unlock(); b.subs[name][idx] = nil }
}
func (b *Bus) Publish(e Event) int {
	b.mu.Lock()
	subs := slices.Clone(b.subs[e.EventName()])
	b.mu.Unlock()
	n := 0
	for _, s := range subs {
		if s != nil {
			s(e)
			n++
		}
	}
	return n
}

// --- builder, fluent, state machine
type Query struct {
	table  string
	wheres []string
	args   []any
	order  string
	limit  *int
}

func From(t string) *Query { return &Query{table: t} }
func (q *Query) Where(c string, args ...any) *Query {
	q.wheres = append(q.wheres, c)
	q.args = append(q.args, args...)
	return q
}
func (q *Query) OrderBy(o string) *Query { q.order = o; return q }
func (q *Query) Limit(n int) *Query      { q.limit = &n; return q }
func (q Query) Build() (sql string, args []any) {
	var b strings.Builder
	fmt.Fprintf(&b, "SELECT * FROM %s", q.table)
	for i, w := range q.wheres {
		b.WriteString(map[bool]string{true: " WHERE ", false: " AND "}[i == 0] + w)
	}
	if q.order != "" {
		b.WriteString(" ORDER BY " + q.order)
	}
	if q.limit != nil {
		fmt.Fprint(&b, " LIMIT ", *q.limit)
	}
	return b.String(), q.args
}

type State int

const (
	Idle State = iota
	Running
	Done
	Failed
	numStates
)

//go:generate stringer
func (s State) String() string { return [numStates]string{"idle", "running", "done", "failed"}[s] }

type transition struct {
	from State
	ev   string
}
type FSM struct {
	State
	table map[transition]State
	on    map[State][]func(from, to State) error
}
type BadTransition struct{ transition }

func (b BadTransition) Error() string { return fmt.Sprintf("no %q from %v", b.ev, b.from) }

func (f *FSM) Fire(ev string) (err error) {
	to, ok := f.table[transition{f.State, ev}]
	if !ok {
		return BadTransition{transition{f.State, ev}}
	}
	from := f.State
	defer func() {
		if err != nil {
			f.State = from
		}
	}()
	f.State = to
	for _, h := range f.on[to] {
		if err := h(from, to); err != nil {
			return fmt.Errorf("%v -> %v: %w", from, to, err)
		}
	}
	return nil
}

// --- iterator pipeline
func Filter[T any](s iter.Seq[T], f func(T) bool) iter.Seq[T] {
	return func(y func(T) bool) {
		for v := range s {
			if f(v) && !y(v) {
				return
			}
		}
	}
}
func MapSeq[T, U any](s iter.Seq[T], f func(T) U) iter.Seq[U] {
	return func(y func(U) bool) {
		s(func(v T) bool { return y(f(v)) })
	}
}
func Take[T any](s iter.Seq[T], n int) iter.Seq[T] {
	return func(y func(T) bool) {
		if n <= 0 {
			return
		}
		i := 0
		for v := range s {
			if !y(v) {
				return
			}
			if i++; i == n {
				return
			}
		}
	}
}
func Naturals() iter.Seq[int] {
	return func(y func(int) bool) {
		for i := 0; y(i); i++ {
		}
	}
}
func Zip[A, B any](a iter.Seq[A], b iter.Seq[B]) iter.Seq2[A, B] {
	return func(y func(A, B) bool) {
		next, stop := iter.Pull(b)
		defer stop()
		for x := range a {
			z, ok := next()
			if !ok || !y(x, z) {
				return
			}
		}
	}
}
func GroupBy[K comparable, V any](s iter.Seq[V], key func(V) K) map[K][]V {
	m := map[K][]V{}
	for v := range s {
		k := key(v)
		m[k] = append(m[k], v)
	}
	return m
}
func Window[T any](n int) func(iter.Seq[T]) iter.Seq[[]T] {
	return func(s iter.Seq[T]) iter.Seq[[]T] {
		return func(y func([]T) bool) {
			var w []T
			for v := range s {
				if w = append(w, v); len(w) == n {
					if !y(w) {
						return
					}
					w = append([]T(nil), w[1:]...)
				}
			}
		}
	}
}

// --- constraint with method, self-referential generic
type Comparable[T any] interface{ Compare(T) int }
type Ver struct{ Major, Minor int }

func (a Ver) Compare(b Ver) int {
	return cmp.Or(cmp.Compare(a.Major, b.Major), cmp.Compare(a.Minor, b.Minor))
}
func MaxOf[T Comparable[T]](xs ...T) (m T) {
	for i, x := range xs {
		if i == 0 || x.Compare(m) > 0 {
			m = x
		}
	}
	return
}

type Number interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~float32 | ~float64
}

func SumMap[K comparable, V Number](m map[K]V) (s V) {
	for _, v := range m {
		s += v
	}
	return
}

type Matrix[T Number] [][]T

func (m Matrix[T]) Mul(n Matrix[T]) (r Matrix[T]) {
	r = make(Matrix[T], len(m))
	for i := range m {
		r[i] = make([]T, len(n[0]))
		for j := range n[0] {
			for k := range n {
				r[i][j] += m[i][k] * n[k][j]
			}
		}
	}
	return
}

type Cache[K comparable, V any] interface {
	Get(K) (V, bool)
	Set(K, V)
}
type mapCache[K comparable, V any] map[K]V

func (m mapCache[K, V]) Get(k K) (V, bool) { v, ok := m[k]; return v, ok }
func (m mapCache[K, V]) Set(k K, v V)      { m[k] = v }

type loggingCache[K comparable, V any] struct {
	Cache[K, V]
	log *[]string
}

func (l loggingCache[K, V]) Get(k K) (v V, ok bool) {
	defer func() { *l.log = append(*l.log, fmt.Sprintf("get %v=%v,%t", k, v, ok)) }()
	return l.Cache.Get(k)
}
func Memo[K comparable, V any](c Cache[K, V], f func(K) V) func(K) V {
	return func(k K) V {
		if v, ok := c.Get(k); ok {
			return v
		}
		v := f(k)
		c.Set(k, v)
		return v
	}
}

// --- pipeline with contexts
func stage[T, U any](ctx context.Context, in <-chan T, f func(T) (U, error)) (<-chan U, <-chan error) {
	out, errc := make(chan U), make(chan error, 1)
	go func() {
		defer close(out)
		defer close(errc)
		for v := range in {
			u, err := f(v)
			if err != nil {
				errc <- err
				return
			}
			select {
			case out <- u:
			case <-ctx.Done():
				errc <- ctx.Err()
				return
			}
		}
	}()
	return out, errc
}

type semaphore chan struct{}

func (s semaphore) acquire(ctx context.Context) error {
	select {
	case s <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
func (s semaphore) release() { <-s }

type Visitor[R any] interface {
	Lit(int) R
	Add(l, r Expr) R
}
type Expr interface{ String() string }
type Lit int
type Add struct{ L, R Expr }

func (l Lit) String() string { return fmt.Sprint(int(l)) }
func (a Add) String() string { return "(" + a.L.String() + "+" + a.R.String() + ")" }
func Visit[R any](e Expr, v Visitor[R]) R {
	switch e := e.(type) {
	case Lit:
		return v.Lit(int(e))
	case *Lit:
		return v.Lit(int(*e) * 10)
	case Add:
		return v.Add(e.L, e.R)
	}
	panic(fmt.Errorf("unknown %T", e))
}

type evalV struct{}

func (evalV) Lit(n int) int       { return n }
func (v evalV) Add(l, r Expr) int { return Visit(l, v) + Visit(r, v) }

type depthV struct{ d *int }

func (depthV) Lit(int) string { return "." }
func (v depthV) Add(l, r Expr) string {
	*v.d++
	return Visit[string](l, v) + Visit[string](r, v)
}

func main() {
	b := &Bus{subs: map[string][]func(Event){}}
	var got []string
	cancel := Subscribe(b, func(u UserCreated) { got = append(got, fmt.Sprint("u", u.ID)) })
	Subscribe(b, func(o OrderPaid) { got = append(got, fmt.Sprintf("%+v", o)) })
	fmt.Println(b.Publish(UserCreated{1}), b.Publish(OrderPaid{UserCreated{2}, 9.5}), b.Publish(&UserCreated{3}))
	cancel()
	fmt.Println(b.Publish(UserCreated{4}), got)
	fmt.Println(From("t").Where("a = ?", 1).Where("b IN (?, ?)", "x", nil).OrderBy("c").Limit(5).Build())
	f := &FSM{table: map[transition]State{{Idle, "go"}: Running, {Running, "ok"}: Done, {Running, "err"}: Failed}}
	boom := errors.New("boom")
	f.on = map[State][]func(from, to State) error{Failed: {func(from, to State) error { return boom }}}
	fmt.Println(f.Fire("go"), f, f.State)
	err := f.Fire("err")
	var bt BadTransition
	fmt.Println(err, errors.Is(err, boom), f.State, errors.As(f.Fire("nope"), &bt), bt.ev, bt)
	fmt.Printf("%v %d %s %+v %x %T\n", f.State, f.State, []State{Done}, map[State]State{Idle: Done}, Running, f.State)
	sq := MapSeq(Filter(Naturals(), func(i int) bool { return i%2 == 1 }), func(i int) string { return fmt.Sprint(i * i) })
	fmt.Println(slices.Collect(Take(sq, 5)))
	for a, s := range Zip(Naturals(), Take(sq, 3)) {
		fmt.Print(a, s, " ")
	}
	g := GroupBy(Take(Naturals(), 10), func(i int) string { return [...]string{"fizz", "", "x"}[i%3] })
	fmt.Println(g, slices.Sorted(maps.Keys(g)))
	for w := range Window[int](3)(Take(Naturals(), 6)) {
		if w[0] == 2 {
			continue
		}
		fmt.Print(w)
	}
	fmt.Println()
	fmt.Println(MaxOf(Ver{1, 2}, Ver{1, 10}, Ver{0, 99}), SumMap(map[string]float32{"a": 1.5, "b": 2}), SumMap(map[State]int8{Idle: 100, Done: 100}))
	fmt.Println(Matrix[int]{{1, 2}, {3, 4}}.Mul(Matrix[int]{{0, 1}, {1, 0}}))
	var log []string
	var calls int
	var fib func(int) int
	fib = Memo[int, int](loggingCache[int, int]{mapCache[int, int]{}, &log}, func(n int) int {
		calls++
		if n < 2 {
			return n
		}
		return fib(n-1) + fib(n-2)
	})
	fmt.Println(fib(20), calls, len(log), log[len(log)-1], log[0])
	ctx, stop := context.WithCancelCause(context.Background())
	src := make(chan int)
	go func() {
		defer close(src)
		for i := range 10 {
			select {
			case src <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	sqc, e1 := stage(ctx, src, func(i int) (string, error) { return strings.Repeat("*", i), nil })
	ln, e2 := stage(ctx, sqc, func(s string) (int, error) {
		if len(s) > 3 {
			return 0, fmt.Errorf("too long: %q", s)
		}
		return len(s), nil
	})
	total := 0
	for n := range ln {
		total += n
	}
	fmt.Println(total, <-e2)
	stop(errors.New("stopped"))
	<-e1
	fmt.Println(context.Cause(ctx))
	sem := make(semaphore, 1)
	fmt.Println(sem.acquire(context.Background()), sem.acquire(ctx))
	sem.release()
	l := Lit(4)
	e := Add{Lit(1), Add{&l, Lit(3)}}
	depth := 0
	fmt.Println(e, Visit[int](e, evalV{}), Visit[string](e, depthV{&depth}), depth)
	func() {
		defer func() { fmt.Println(recover()) }()
		Visit[int](nil, evalV{})
	}()
	func() {
		defer func() { r := recover(); err, ok := r.(error); fmt.Println(ok, err) }()
		Visit[int](&e, evalV{})
	}()
	people := []struct {
		Name string
		Age  int
		Tags map[string]bool
	}{{"Al", 30, nil}, {"Bo", 25, map[string]bool{"x": true}}, {Name: "Cy", Age: 30}}
	sort.Slice(people, func(i, j int) bool {
		a, b := people[i], people[j]
		return a.Age < b.Age || a.Age == b.Age && a.Name > b.Name
	})
	idx := maps.Collect(func(y func(string, int) bool) {
		for i, p := range people {
			if !y(p.Name, i) {
				return
			}
		}
	})
	fmt.Printf("%v %+v %v\n", people, people[0], idx)
	tk := time.NewTicker(time.Millisecond)
	n := 0
	for range tk.C {
		if n++; n == 3 {
			tk.Stop()
			break
		}
	}
	deadline, cancelT := context.WithDeadlineCause(context.Background(), time.Now().Add(time.Millisecond), boom)
	defer cancelT()
	<-deadline.Done()
	fmt.Println(n, deadline.Err(), context.Cause(deadline))
}

// Output:
// 1 1 1
// 0 [u1 {UserCreated:{ID:2} Amount:9.5}]
// SELECT * FROM t WHERE a = ? AND b IN (?, ?) ORDER BY c LIMIT 5 [1 x <nil>]
// <nil> running running
// running -> failed: boom true running true nope no "nope" from running
// running 1 [done] map[idle:done] 72756e6e696e67 main.State
// [1 9 25 49 81]
// 01 19 225 map[:[1 4 7] fizz:[0 3 6 9] x:[2 5 8]] [ fizz x]
// [0 1 2][1 2 3][3 4 5]
// {1 10} 3.5 -56
// [[2 1] [4 3]]
// 6765 21 39 get 18=2584,true get 20=0,false
// 6 too long: "****"
// stopped
// <nil> stopped
// (1+(4+3)) 44 ... 2
// unknown <nil>
// true unknown *main.Add
// [{Bo 25 map[x:true]} {Cy 30 map[]} {Al 30 map[]}] {Name:Bo Age:25 Tags:map[x:true]} map[Al:2 Bo:0 Cy:1]
// 3 context deadline exceeded boom
