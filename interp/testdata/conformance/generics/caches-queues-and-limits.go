package main

import (
	"cmp"
	"container/heap"
	"container/list"
	"container/ring"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// LRU cache with container/list and generics.
type entry[K comparable, V any] struct {
	key     K
	value   V
	expires time.Time
}

type LRU[K comparable, V any] struct {
	mu       sync.RWMutex
	capacity int
	ll       *list.List
	items    map[K]*list.Element
	onEvict  func(K, V)
	now      func() time.Time
	stats    struct{ hits, misses, evictions atomic.Int64 }
}

type Option[K comparable, V any] func(*LRU[K, V])

func WithEvict[K comparable, V any](f func(K, V)) Option[K, V] {
	return func(c *LRU[K, V]) { c.onEvict = f }
}
func WithClock[K comparable, V any](now func() time.Time) Option[K, V] {
	return func(c *LRU[K, V]) { c.now = now }
}

func NewLRU[K comparable, V any](capacity int, opts ...Option[K, V]) *LRU[K, V] {
	c := &LRU[K, V]{capacity: capacity, ll: list.New(), items: make(map[K]*list.Element, capacity), now: time.Now}
	for _, opt := range opts {
		opt(c)
	}
	return c
}

func (c *LRU[K, V]) Put(k K, v V, ttl time.Duration) (evicted bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if el, ok := c.items[k]; ok {
		c.ll.MoveToFront(el)
		e := el.Value.(*entry[K, V])
		e.value, e.expires = v, c.now().Add(ttl)
		return false
	}
	c.items[k] = c.ll.PushFront(&entry[K, V]{k, v, c.now().Add(ttl)})
	if c.ll.Len() > c.capacity {
		c.removeElement(c.ll.Back())
		return true
	}
	return
}

func (c *LRU[K, V]) removeElement(el *list.Element) {
	e := c.ll.Remove(el).(*entry[K, V])
	delete(c.items, e.key)
	c.stats.evictions.Add(1)
	if c.onEvict != nil {
		c.onEvict(e.key, e.value)
	}
}

func (c *LRU[K, V]) Get(k K) (v V, ok bool) {
	c.mu.RLock()
	el, ok := c.items[k]
	c.mu.RUnlock()
	if !ok {
		c.stats.misses.Add(1)
		return v, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	e := el.Value.(*entry[K, V])
	if c.now().After(e.expires) {
		c.removeElement(el)
		c.stats.misses.Add(1)
		var zero V
		return zero, false
	}
	c.ll.MoveToFront(el)
	c.stats.hits.Add(1)
	return e.value, true
}

func (c *LRU[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		c.mu.RLock()
		defer c.mu.RUnlock()
		for el := c.ll.Front(); el != nil; el = el.Next() {
			if e := el.Value.(*entry[K, V]); !yield(e.key, e.value) {
				return
			}
		}
	}
}

// priority queue over heap.Interface, embedded
type Item struct {
	name string
	prio int
	idx  int
}
type PQ []*Item

func (p PQ) Len() int           { return len(p) }
func (p PQ) Less(i, j int) bool { return p[i].prio > p[j].prio }
func (p PQ) Swap(i, j int)      { p[i], p[j] = p[j], p[i]; p[i].idx, p[j].idx = i, j }
func (p *PQ) Push(x any)        { it := x.(*Item); it.idx = len(*p); *p = append(*p, it) }
func (p *PQ) Pop() any {
	old := *p
	n := len(old)
	it := old[n-1]
	old[n-1] = nil
	it.idx = -1
	*p = old[:n-1]
	return it
}

// generic heap
type Heap[T any] struct {
	less func(a, b T) bool
	data []T
}

func (h *Heap[T]) Push(v T) {
	h.data = append(h.data, v)
	for i := len(h.data) - 1; i > 0; {
		p := (i - 1) / 2
		if !h.less(h.data[i], h.data[p]) {
			break
		}
		h.data[i], h.data[p] = h.data[p], h.data[i]
		i = p
	}
}
func (h *Heap[T]) Pop() (v T, ok bool) {
	if len(h.data) == 0 {
		return
	}
	v = h.data[0]
	last := len(h.data) - 1
	h.data[0] = h.data[last]
	h.data = h.data[:last]
	for i := 0; ; {
		l, r, m := 2*i+1, 2*i+2, i
		if l < last && h.less(h.data[l], h.data[m]) {
			m = l
		}
		if r < last && h.less(h.data[r], h.data[m]) {
			m = r
		}
		if m == i {
			return v, true
		}
		h.data[i], h.data[m] = h.data[m], h.data[i]
		i = m
	}
}

// BST
type Tree[K cmp.Ordered, V any] struct {
	root *node[K, V]
	size int
}
type node[K cmp.Ordered, V any] struct {
	k           K
	v           V
	left, right *node[K, V]
}

func (t *Tree[K, V]) Insert(k K, v V) {
	p := &t.root
	for *p != nil {
		switch c := cmp.Compare(k, (*p).k); {
		case c < 0:
			p = &(*p).left
		case c > 0:
			p = &(*p).right
		default:
			(*p).v = v
			return
		}
	}
	*p = &node[K, V]{k: k, v: v}
	t.size++
}
func (n *node[K, V]) walk(yield func(K, V) bool) bool {
	return n == nil || n.left.walk(yield) && yield(n.k, n.v) && n.right.walk(yield)
}
func (t *Tree[K, V]) All() iter.Seq2[K, V] { return func(y func(K, V) bool) { t.root.walk(y) } }
func (n *node[K, V]) depth() int {
	if n == nil {
		return 0
	}
	return 1 + max(n.left.depth(), n.right.depth())
}

// ring buffer
type RingBuffer[T any] struct {
	buf        []T
	head, size int
}

func (r *RingBuffer[T]) Push(v T) {
	if r.size < len(r.buf) {
		r.buf[(r.head+r.size)%len(r.buf)] = v
		r.size++
		return
	}
	r.buf[r.head] = v
	r.head = (r.head + 1) % len(r.buf)
}
func (r *RingBuffer[T]) Slice() []T {
	out := make([]T, 0, r.size)
	for i := range r.size {
		out = append(out, r.buf[(r.head+i)%len(r.buf)])
	}
	return out
}

// token bucket
type Limiter struct {
	rate, burst, tokens float64
	last                time.Time
}

func (l *Limiter) Allow(now time.Time) bool {
	l.tokens = min(l.burst, l.tokens+now.Sub(l.last).Seconds()*l.rate)
	l.last = now
	if l.tokens < 1 {
		return false
	}
	l.tokens--
	return true
}

// errgroup-like
type Group struct {
	wg   sync.WaitGroup
	once sync.Once
	err  error
	ctx  context.Context
	stop context.CancelCauseFunc
	sem  chan struct{}
}

func NewGroup(ctx context.Context, n int) *Group {
	g := &Group{sem: make(chan struct{}, n)}
	g.ctx, g.stop = context.WithCancelCause(ctx)
	return g
}
func (g *Group) Go(f func(context.Context) error) {
	g.sem <- struct{}{}
	g.wg.Add(1)
	go func() {
		defer func() { <-g.sem; g.wg.Done() }()
		if err := f(g.ctx); err != nil {
			g.once.Do(func() { g.err = err; g.stop(err) })
		}
	}()
}
func (g *Group) Wait() error { g.wg.Wait(); g.stop(nil); return g.err }

func main() {
	clock := time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)
	var evicted []string
	c := NewLRU(2, WithEvict(func(k string, v int) { evicted = append(evicted, fmt.Sprintf("%s=%d", k, v)) }),
		WithClock[string, int](func() time.Time { return clock }))
	fmt.Println(c.Put("a", 1, time.Minute), c.Put("b", 2, time.Second), c.Put("c", 3, time.Hour))
	fmt.Println(c.Get("a"))
	fmt.Println(c.Get("b"))
	clock = clock.Add(2 * time.Second)
	fmt.Println(c.Get("b"))
	c.Put("d", 4, time.Hour)
	for k, v := range c.All() {
		fmt.Print(k, "=", v, " ")
		if k == "d" {
			continue
		}
	}
	fmt.Println(evicted, c.stats.hits.Load(), c.stats.misses.Load(), c.stats.evictions.Load(), len(c.items))

	pq := &PQ{}
	heap.Init(pq)
	items := map[string]*Item{}
	for i, n := range []string{"low", "mid", "high"} {
		it := &Item{name: n, prio: i * 10}
		items[n] = it
		heap.Push(pq, it)
	}
	items["low"].prio = 15
	heap.Fix(pq, items["low"].idx)
	heap.Remove(pq, items["mid"].idx)
	for pq.Len() > 0 {
		it := heap.Pop(pq).(*Item)
		fmt.Printf("%s:%d:%d ", it.name, it.prio, it.idx)
	}
	fmt.Println()

	h := &Heap[string]{less: func(a, b string) bool { return len(a) < len(b) || len(a) == len(b) && a < b }}
	for _, w := range strings.Fields("the quick brown fox jumps over a lazy dog") {
		h.Push(w)
	}
	for {
		w, ok := h.Pop()
		if !ok {
			break
		}
		fmt.Print(w, " ")
	}
	fmt.Println()

	var t Tree[string, []int]
	for i, w := range strings.Fields("m f t b h p w a c g") {
		t.Insert(w, append([]int(nil), i, i*i))
	}
	t.Insert("m", nil)
	for k, v := range t.All() {
		if k > "p" {
			break
		}
		fmt.Print(k, v, " ")
	}
	fmt.Println(t.size, t.root.depth())
	keys := slices.Collect(maps.Keys(maps.Collect(t.All())))
	slices.Sort(keys)
	fmt.Println(keys)

	rb := RingBuffer[int]{buf: make([]int, 3)}
	for i := range 7 {
		rb.Push(i * i)
	}
	fmt.Println(rb.Slice(), rb)
	r := ring.New(4)
	for i := 0; i < r.Len(); i++ {
		r.Value = i
		r = r.Next()
	}
	sum := 0
	r.Do(func(x any) { sum += x.(int) })
	fmt.Println(sum, r.Move(2).Value)

	l := &Limiter{rate: 2, burst: 3, tokens: 3, last: clock}
	for i := range 8 {
		fmt.Print(l.Allow(clock.Add(time.Duration(i)*250*time.Millisecond)), " ")
	}
	fmt.Println()

	g := NewGroup(context.WithValue(context.Background(), "k", "v"), 2)
	var done atomic.Int32
	errBoom := errors.New("boom")
	for i := range 6 {
		g.Go(func(ctx context.Context) error {
			if i == 3 {
				return fmt.Errorf("task %d: %w", i, errBoom)
			}
			done.Add(int32(i))
			return nil
		})
	}
	err := g.Wait()
	fmt.Println(err, errors.Is(err, errBoom), done.Load(), context.Cause(g.ctx), g.ctx.Value("k"))

	type person struct {
		name string
		age  int
	}
	people := []person{{"A", 30}, {"B", 25}, {"C", 30}, {"D", 25}}
	sort.SliceStable(people, func(i, j int) bool { return people[i].age < people[j].age })
	fmt.Println(people)
	slices.SortFunc(people, func(a, b person) int {
		return cmp.Or(-cmp.Compare(a.age, b.age), strings.Compare(b.name, a.name))
	})
	fmt.Printf("%v %+v\n", people, people[0])
	i, found := slices.BinarySearchFunc(people, 25, func(p person, age int) int { return -cmp.Compare(p.age, age) })
	fmt.Println(i, found, slices.IndexFunc(people, func(p person) bool { return p.name == "C" }))
	groups := map[int][]string{}
	for p := range slices.Values(people) {
		groups[p.age] = append(groups[p.age], p.name)
	}
	fmt.Println(groups)
	for chunk := range slices.Chunk(people, 3) {
		fmt.Println(len(chunk), cap(chunk))
	}
}

// Output:
// false false true
// 0 false
// 2 true
// 0 false
// d=4 c=3 [a=1 b=2] 1 2 2 2
// high:20:-1 low:15:-1
// a dog fox the lazy over brown jumps quick
// a[7 49] b[3 9] c[8 64] f[1 1] g[9 81] h[4 16] m[] p[5 25] 10 4
// [a b c f g h m p t w]
// [16 25 36] {[36 16 25] 1 3}
// 6 2
// true true true true true false true false
// task 3: boom true 12 task 3: boom v
// [{B 25} {D 25} {A 30} {C 30}]
// [{C 30} {A 30} {D 25} {B 25}] {name:C age:30}
// 2 true 0
// map[25:[D B] 30:[C A]]
// 3 3
// 1 1
