package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
)

type OrderedMap[K comparable, V any] struct {
	index map[K]int
	pairs []Pair[K, V]
}

type Pair[K comparable, V any] struct {
	Key   K
	Value V
}

func New[K comparable, V any](pairs ...Pair[K, V]) *OrderedMap[K, V] {
	m := &OrderedMap[K, V]{index: map[K]int{}}
	for _, p := range pairs {
		m.Set(p.Key, p.Value)
	}
	return m
}

func Collect[K comparable, V any](seq iter.Seq2[K, V]) *OrderedMap[K, V] {
	m := New[K, V]()
	for k, v := range seq {
		m.Set(k, v)
	}
	return m
}

func (m *OrderedMap[K, V]) Set(k K, v V) (replaced bool) {
	if i, ok := m.index[k]; ok {
		m.pairs[i].Value = v
		return true
	}
	m.index[k] = len(m.pairs)
	m.pairs = append(m.pairs, Pair[K, V]{k, v})
	return false
}

func (m *OrderedMap[K, V]) Get(k K) (v V, ok bool) {
	i, ok := m.index[k]
	if !ok {
		return v, false
	}
	return m.pairs[i].Value, true
}

func (m *OrderedMap[K, V]) Delete(k K) {
	i, ok := m.index[k]
	if !ok {
		return
	}
	m.pairs = slices.Delete(m.pairs, i, i+1)
	delete(m.index, k)
	for j := range m.pairs[i:] {
		m.index[m.pairs[i+j].Key] = i + j
	}
}

func (m *OrderedMap[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for _, p := range m.pairs {
			if !yield(p.Key, p.Value) {
				return
			}
		}
	}
}

func (m *OrderedMap[K, V]) Backward() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for _, p := range slices.Backward(m.pairs) {
			if !yield(p.Key, p.Value) {
				return
			}
		}
	}
}

func (m *OrderedMap[K, V]) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, p := range m.pairs {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(fmt.Sprint(p.Key))
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(p.Value)
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func main() {
	m := New(Pair[string, int]{"z", 1}, Pair[string, int]{"a", 2})
	fmt.Println(m.Set("m", 3), m.Set("z", 10))
	m.Set("b", 4)
	m.Delete("a")
	m.Delete("none")
	for k, v := range m.All() {
		fmt.Print(k, "=", v, " ")
	}
	fmt.Println()
	for k := range m.Backward() {
		if k == "m" {
			continue
		}
		fmt.Print(k, " ")
	}
	fmt.Println(m.Get("b"))
	fmt.Println(m.Get("a"))
	b, err := json.Marshal(map[string]any{"map": m, "list": []*OrderedMap[string, int]{m, New[string, int]()}})
	fmt.Println(string(b), err)
	nested := New[int, *OrderedMap[string, int]]()
	nested.Set(2, m)
	nested.Set(1, nil)
	b, err = nested.MarshalJSON()
	fmt.Println(string(b), err)
	fmt.Println(slices.Sorted(maps.Keys(maps.Collect(m.All()))))
	c := Collect(slices.All([]string{"x", "y"}))
	fmt.Println(c.pairs, len(c.index))
	fmt.Printf("%T\n", c)
}

// Output:
// false true
// z=10 m=3 b=4
// b z 4 true
// 0 false
// {"list":[{"z":10,"m":3,"b":4},{}],"map":{"z":10,"m":3,"b":4}} <nil>
// {"2":{"z":10,"m":3,"b":4},"1":null} <nil>
// [b m z]
// [{0 x} {1 y}] 2
// *main.OrderedMap[int,string]
