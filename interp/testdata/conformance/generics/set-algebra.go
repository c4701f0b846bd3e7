package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

type Set[T cmp.Ordered] map[T]struct{}

func SetOf[T cmp.Ordered](vs ...T) Set[T] {
	s := make(Set[T], len(vs))
	s.Add(vs...)
	return s
}

func (s Set[T]) Add(vs ...T) {
	for _, v := range vs {
		s[v] = struct{}{}
	}
}

func (s Set[T]) Has(v T) bool { _, ok := s[v]; return ok }

func (s Set[T]) All() iter.Seq[T] { return maps.Keys(s) }

func (s Set[T]) Sorted() []T { return slices.Sorted(s.All()) }

func (s Set[T]) Union(o Set[T]) Set[T] {
	out := maps.Clone(s)
	maps.Copy(out, o)
	return out
}

func (s Set[T]) Intersect(o Set[T]) Set[T] {
	out := Set[T]{}
	for v := range s {
		if o.Has(v) {
			out.Add(v)
		}
	}
	return out
}

func (s Set[T]) Minus(o Set[T]) Set[T] {
	out := maps.Clone(s)
	maps.DeleteFunc(out, func(v T, _ struct{}) bool { return o.Has(v) })
	return out
}

func (s Set[T]) Equal(o Set[T]) bool { return maps.Equal(s, o) }

func (s Set[T]) String() string {
	parts := make([]string, 0, len(s))
	for _, v := range s.Sorted() {
		parts = append(parts, fmt.Sprint(v))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func (s Set[T]) MarshalJSON() ([]byte, error) { return json.Marshal(s.Sorted()) }

func (s *Set[T]) UnmarshalJSON(b []byte) error {
	var vs []T
	if err := json.Unmarshal(b, &vs); err != nil {
		return fmt.Errorf("set: %w", err)
	}
	*s = SetOf(vs...)
	return nil
}

func PowerSet[T cmp.Ordered](s Set[T]) []Set[T] {
	items := s.Sorted()
	out := make([]Set[T], 0, 1<<len(items))
	for mask := range 1 << len(items) {
		sub := Set[T]{}
		for i, v := range items {
			if mask&(1<<i) != 0 {
				sub.Add(v)
			}
		}
		out = append(out, sub)
	}
	return out
}

type Tag string

type Article struct {
	Title string   `json:"title"`
	Tags  Set[Tag] `json:"tags"`
}

func main() {
	a, b := SetOf(1, 2, 3, 4), SetOf(3, 4, 5)
	fmt.Println(a.Union(b), a.Intersect(b), a.Minus(b), b.Minus(a), a)
	fmt.Println(a.Has(2), b.Has(2), len(a), a.Equal(SetOf(4, 3, 2, 1, 1)))
	fmt.Println(PowerSet(SetOf("x", "y")))
	fmt.Printf("%v %d %T\n", SetOf(Tag("go"), "api"), len(SetOf[float64]()), SetOf(Tag("t")))
	art := Article{"T", SetOf[Tag]("b", "a")}
	out, err := json.Marshal(art)
	fmt.Println(string(out), err)
	var back Article
	fmt.Println(json.Unmarshal([]byte(`{"title":"U","tags":["q","p","q"]}`), &back), back)
	fmt.Println(json.Unmarshal([]byte(`{"tags":[1]}`), &back))
	n := 0
	for v := range a.All() {
		n += v
		delete(a, v)
	}
	fmt.Println(n, len(a), a)
}

// Output:
// {1, 2, 3, 4, 5} {3, 4} {1, 2} {5} {1, 2, 3, 4}
// true false 4 true
// [{} {x} {y} {x, y}]
// {api, go} 0 main.Set[main.Tag]
// {"title":"T","tags":["a","b"]} <nil>
// <nil> {U {p, q}}
// set: json: cannot unmarshal number into Go value of type main.Tag
// 10 0 {}
