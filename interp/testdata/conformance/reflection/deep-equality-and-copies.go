package main

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"
)

type Leaf struct {
	Name  string
	Score float64
	tags  []string
}

type Tree struct {
	Leaf
	Kids  []*Tree
	Index map[string]*Leaf
	Any   any
	self  *Tree
	when  time.Time
	Fn    func()
}

func clone(v reflect.Value, seen map[any]reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		if done, ok := seen[v.Interface()]; ok {
			return done
		}
		p := reflect.New(v.Type().Elem())
		seen[v.Interface()] = p
		p.Elem().Set(clone(v.Elem(), seen))
		return p
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			out.Index(i).Set(clone(v.Index(i), seen))
		}
		return out
	case reflect.Map:
		if v.IsNil() {
			return v
		}
		out := reflect.MakeMapWithSize(v.Type(), v.Len())
		for _, k := range v.MapKeys() {
			out.SetMapIndex(k, clone(v.MapIndex(k), seen))
		}
		return out
	case reflect.Interface:
		if v.IsNil() {
			return v
		}
		return clone(v.Elem(), seen)
	case reflect.Struct:
		out := reflect.New(v.Type()).Elem()
		out.Set(v)
		for i := range v.NumField() {
			if out.Field(i).CanSet() {
				out.Field(i).Set(clone(v.Field(i), seen))
			}
		}
		return out
	}
	return v
}

func Clone[T any](v T) T {
	return clone(reflect.ValueOf(&v).Elem(), map[any]reflect.Value{}).Interface().(T)
}

func diff(path string, a, b reflect.Value) (out []string) {
	if a.Type() != b.Type() {
		return []string{fmt.Sprintf("%s: %v is not %v", path, a.Type(), b.Type())}
	}
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			out = append(out, diff(path+"."+a.Type().Field(i).Name, a.Field(i), b.Field(i))...)
		}
	case reflect.Pointer, reflect.Interface:
		if a.IsNil() || b.IsNil() {
			if a.IsNil() != b.IsNil() {
				out = append(out, path+": one is nil")
			}
			return
		}
		return diff(path, a.Elem(), b.Elem())
	case reflect.Slice:
		if a.Len() != b.Len() {
			return []string{fmt.Sprintf("%s: %d elements, not %d", path, a.Len(), b.Len())}
		}
		for i := range a.Len() {
			out = append(out, diff(fmt.Sprintf("%s[%d]", path, i), a.Index(i), b.Index(i))...)
		}
	case reflect.Map:
		for _, k := range a.MapKeys() {
			if other := b.MapIndex(k); other.IsValid() {
				out = append(out, diff(fmt.Sprintf("%s[%v]", path, k), a.MapIndex(k), other)...)
			} else {
				out = append(out, fmt.Sprintf("%s[%v]: missing", path, k))
			}
		}
	case reflect.String, reflect.Float64, reflect.Int:
		if !a.Equal(b) {
			out = append(out, fmt.Sprintf("%s: %v, not %v", path, a, b))
		}
	}
	return
}

func main() {
	a := &Tree{Leaf: Leaf{"root", 1, []string{"x"}}, Kids: []*Tree{{Leaf: Leaf{Name: "kid"}}, nil}, Index: map[string]*Leaf{"k": {Name: "leaf"}}, Any: []any{1, map[string]int{"n": 2}}}
	b := Clone(a)
	fmt.Println(reflect.DeepEqual(a, b), a == b, a.Kids[0] == b.Kids[0])
	b.Kids[0].Name = "changed"
	b.Index["k"].Score = 2.5
	b.Any.([]any)[0] = "one"
	fmt.Println(reflect.DeepEqual(a, b), strings.Join(diff("tree", reflect.ValueOf(a), reflect.ValueOf(b)), "; "))
	fmt.Println(a.Kids[0].Name, a.Index["k"].Score, a.Any)
	a.self, b = a, nil
	c := &Tree{}
	c.self = c
	d := &Tree{}
	d.self = &Tree{self: d}
	fmt.Println(reflect.DeepEqual(a, a), reflect.DeepEqual(c, d), reflect.DeepEqual(a, b))
	type Celsius float64
	pairs := [][2]any{
		{[]int(nil), []int{}}, {map[string]int(nil), map[string]int{}}, {1, int64(1)}, {Celsius(1), 1.0}, {Celsius(1), Celsius(1)},
		{math.NaN(), math.NaN()}, {[]float64{0}, []float64{math.Copysign(0, -1)}}, {Leaf{tags: []string{"a"}}, Leaf{tags: []string{"a"}}},
		{&Leaf{}, &Leaf{}}, {Tree{Fn: func() {}}, Tree{Fn: func() {}}}, {Tree{}, Tree{}}, {nil, (*Leaf)(nil)}, {error(nil), nil},
		{[2][]string{{"a"}}, [2][]string{{"a"}}}, {map[Celsius][]Leaf{1: {{}}}, map[Celsius][]Leaf{1: {{}}}}, {time.Unix(1, 0), time.Unix(1, 0).UTC()},
	}
	for _, p := range pairs {
		fmt.Print(reflect.DeepEqual(p[0], p[1]), " ")
	}
	fmt.Println()
	fmt.Println(slices.EqualFunc([]*Leaf{{Name: "a"}}, []*Leaf{{Name: "a"}}, func(x, y *Leaf) bool { return reflect.DeepEqual(x, y) }))
}

// Output:
// true false false
// false tree.Kids[0].Leaf.Name: kid, not changed; tree.Index[k].Score: 0, not 2.5; tree.Any[0]: int is not string
// kid 0 [1 map[n:2]]
// true true false
// false false false false true false true true true false true false true true true false
// true
