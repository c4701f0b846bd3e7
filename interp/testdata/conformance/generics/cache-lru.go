package main

import "fmt"

type entry[K comparable, V any] struct {
	key        K
	value      V
	prev, next *entry[K, V]
}

// LRU keeps the most recently used entries.
type LRU[K comparable, V any] struct {
	capacity int
	items    map[K]*entry[K, V]
	head     entry[K, V] // sentinel
}

func New[K comparable, V any](capacity int) *LRU[K, V] {
	l := &LRU[K, V]{capacity: capacity, items: make(map[K]*entry[K, V])}
	l.head.prev, l.head.next = &l.head, &l.head
	return l
}

func (l *LRU[K, V]) unlink(e *entry[K, V]) { e.prev.next, e.next.prev = e.next, e.prev }

func (l *LRU[K, V]) front(e *entry[K, V]) {
	e.prev, e.next = &l.head, l.head.next
	e.prev.next, e.next.prev = e, e
}

func (l *LRU[K, V]) Get(k K) (v V, ok bool) {
	e, ok := l.items[k]
	if !ok {
		return v, false
	}
	l.unlink(e)
	l.front(e)
	return e.value, true
}

func (l *LRU[K, V]) Put(k K, v V) {
	if e, ok := l.items[k]; ok {
		e.value = v
		l.unlink(e)
		l.front(e)
		return
	}
	if len(l.items) == l.capacity {
		last := l.head.prev
		l.unlink(last)
		delete(l.items, last.key)
	}
	e := &entry[K, V]{key: k, value: v}
	l.items[k] = e
	l.front(e)
}

func (l *LRU[K, V]) Keys() (keys []K) {
	for e := l.head.next; e != &l.head; e = e.next {
		keys = append(keys, e.key)
	}
	return keys
}

func main() {
	c := New[string, int](2)
	c.Put("a", 1)
	c.Put("b", 2)
	fmt.Println(c.Get("a"))
	c.Put("c", 3)
	_, ok := c.Get("b")
	fmt.Println(ok, c.Keys())
	c.Put("a", 10)
	fmt.Println(c.Get("a"))
	fmt.Printf("%T %T\n", c, c.head)
}

// Output:
// 1 true
// false [c a]
// 10 true
// *main.LRU[string,int] main.entry[string,int]
