package main

import "fmt"

type Opt[T any] struct{ v *T }

func Some[T any](v T) Opt[T] { return Opt[T]{&v} }

type Cache[K comparable, V any] struct{ m map[K]Opt[V] }

func NewCache[K comparable, V any]() *Cache[K, V] { return &Cache[K, V]{m: map[K]Opt[V]{}} }
func (c *Cache[K, V]) Put(k K, v V)               { c.m[k] = Some(v) }
func (c *Cache[K, V]) Get(k K) (v V, ok bool) {
	o, ok := c.m[k]
	if !ok {
		return v, false
	}
	return *o.v, true
}
func main() {
	c := NewCache[string, int]()
	c.Put("a", 7)
	fmt.Println(c.Get("a"))
	fmt.Println(c.Get("b"))
}

// Output:
// 7 true
// 0 false
