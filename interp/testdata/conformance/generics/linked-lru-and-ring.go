package main

import (
	"fmt"
	"iter"
	"slices"
)

type node[K comparable, V any] struct {
	key        K
	value      V
	prev, next *node[K, V]
}

type LRU[K comparable, V any] struct {
	root    node[K, V]
	index   map[K]*node[K, V]
	limit   int
	OnEvict func(K, V)
}

func NewLRU[K comparable, V any](limit int) *LRU[K, V] {
	c := &LRU[K, V]{index: make(map[K]*node[K, V]), limit: limit}
	c.root.prev, c.root.next = &c.root, &c.root
	return c
}

func (c *LRU[K, V]) unlink(n *node[K, V]) { n.prev.next, n.next.prev = n.next, n.prev }

func (c *LRU[K, V]) front(n *node[K, V]) {
	n.prev, n.next = &c.root, c.root.next
	n.prev.next, n.next.prev = n, n
}

func (c *LRU[K, V]) Get(k K) (v V, ok bool) {
	n, ok := c.index[k]
	if !ok {
		return
	}
	c.unlink(n)
	c.front(n)
	return n.value, true
}

func (c *LRU[K, V]) Put(k K, v V) {
	if n, ok := c.index[k]; ok {
		n.value = v
		c.unlink(n)
		c.front(n)
		return
	}
	if len(c.index) >= c.limit {
		last := c.root.prev
		c.unlink(last)
		delete(c.index, last.key)
		if c.OnEvict != nil {
			c.OnEvict(last.key, last.value)
		}
	}
	n := &node[K, V]{key: k, value: v}
	c.index[k] = n
	c.front(n)
}

func (c *LRU[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for n := c.root.next; n != &c.root && yield(n.key, n.value); n = n.next {
		}
	}
}

type Ring[T any] struct {
	buf         []T
	start, size int
}

func NewRing[T any](n int) *Ring[T] { return &Ring[T]{buf: make([]T, n)} }

func (r *Ring[T]) Push(v T) (dropped T, full bool) {
	i := (r.start + r.size) % len(r.buf)
	if full = r.size == len(r.buf); full {
		dropped = r.buf[i]
		r.start = (r.start + 1) % len(r.buf)
	} else {
		r.size++
	}
	r.buf[i] = v
	return
}

func (r *Ring[T]) Values(yield func(T) bool) {
	for i := range r.size {
		if !yield(r.buf[(r.start+i)%len(r.buf)]) {
			return
		}
	}
}

type Deque[T any] struct{ left, right []T }

func (d *Deque[T]) PushLeft(v T) { d.left = append(d.left, v) }

func (d *Deque[T]) PushRight(v T) { d.right = append(d.right, v) }

func (d *Deque[T]) PopLeft() (v T, ok bool) {
	if len(d.left) == 0 {
		d.left, d.right = d.right, nil
		slices.Reverse(d.left)
	}
	if n := len(d.left); n > 0 {
		v, ok = d.left[n-1], true
		d.left = d.left[:n-1]
	}
	return
}

type point struct{ x, y int }

func main() {
	c := NewLRU[string, int](2)
	c.OnEvict = func(k string, v int) { fmt.Println("evict", k, v) }
	c.Put("a", 1)
	c.Put("b", 2)
	c.Get("a")
	c.Put("c", 3)
	c.Put("a", 10)
	_, ok := c.Get("b")
	fmt.Println(ok, len(c.index))
	for k, v := range c.All() {
		fmt.Print(k, v, " ")
	}
	fmt.Println()
	points := NewLRU[point, []string](1)
	points.Put(point{1, 2}, []string{"x"})
	points.Put(point{1, 2}, []string{"y"})
	fmt.Println(points.Get(point{1, 2}))
	fmt.Println(points.Get(point{}))
	r := NewRing[point](3)
	for i := range 5 {
		if old, full := r.Push(point{i, i * i}); full {
			fmt.Print("dropped ", old, " ")
		}
	}
	fmt.Println(slices.Collect(r.Values))
	var d Deque[rune]
	for _, ch := range "bcd" {
		d.PushRight(ch)
	}
	d.PushLeft('a')
	for v, ok := d.PopLeft(); ok; v, ok = d.PopLeft() {
		fmt.Print(string(v))
		if v == 'b' {
			d.PushRight('!')
		}
	}
	fmt.Println()
}

// Output:
// evict b 2
// false 2
// a10 c3
// [y] true
// [] false
// dropped {0 0} dropped {1 1} [{2 4} {3 9} {4 16}]
// abcd!
