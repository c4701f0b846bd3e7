package rtype_test

import (
	"fmt"
	"reflect"
	"testing"
)

const benchSource = `package handler
	type T struct { a, b int; s string }
	func (t T) Value(n int) string { return "" }
	func (t *T) Pointer(n int) string { return "" }
	type C int
	type D struct { n int; T }
	type R struct { next *R }
	type S interface { Value(n int) string }
`

func benchSet(b *testing.B) *set {
	return check(b, benchSource).add("T", "*T", "C", "[]C", "map[string]T", "D", "R", "S").instantiate()
}

var (
	sinkAny    any
	sinkInt    int
	sinkBool   bool
	sinkString string
)

func BenchmarkBox(b *testing.B) {
	s := benchSet(b)
	v, i := s.new("T").Elem().Interface(), s.at("T")
	for b.Loop() {
		sinkAny = s.Box(i, v)
	}
}

func BenchmarkUnbox(b *testing.B) {
	s := benchSet(b)
	v, i := reflect.New(s.outer("T")).Elem().Interface(), s.at("T")
	for b.Loop() {
		sinkAny = s.Unbox(i, v)
	}
}

func BenchmarkIndex(b *testing.B) {
	s := benchSet(b)
	v := reflect.New(s.outer("T")).Elem().Interface()
	for b.Loop() {
		sinkInt = s.Index(v)
	}
}

func BenchmarkIsInterface(b *testing.B) {
	s := benchSet(b)
	v, i := reflect.New(s.outer("T")).Elem().Interface(), s.at("S")
	for b.Loop() {
		sinkBool = s.Is(i, v)
	}
}

// The bodies of the methods are functions made by reflect.MakeFunc, as the
// interpreter makes them.
func BenchmarkMethod(b *testing.B) {
	s := benchSet(b)
	body := func([]reflect.Value) []reflect.Value { return values("x") }
	s.bind("T", "Value", func(int) string { return "" }, body)
	s.bind("T", "*Pointer", func(int) string { return "" }, body)
	v := reflect.New(s.outer("T"))
	b.Run("body", func(b *testing.B) {
		f := reflect.MakeFunc(reflect.TypeFor[func(int) string](), body).Interface().(func(int) string)
		for b.Loop() {
			sinkString = f(1)
		}
	})
	b.Run("pointer", func(b *testing.B) {
		x := v.Interface().(interface{ Pointer(int) string })
		for b.Loop() {
			sinkString = x.Pointer(1)
		}
	})
	b.Run("value", func(b *testing.B) {
		x := v.Elem().Interface().(interface{ Value(int) string })
		for b.Loop() {
			sinkString = x.Value(1)
		}
	})
	b.Run("promoted", func(b *testing.B) {
		x := reflect.New(s.outer("D")).Interface().(interface{ Pointer(int) string })
		for b.Loop() {
			sinkString = x.Pointer(1)
		}
	})
}

func BenchmarkInstantiate(b *testing.B) {
	b.Run("reuse", func(b *testing.B) {
		p := check(b, benchSource).addAll()
		p.table.Freeze()
		for b.Loop() {
			ts, err := p.table.Instantiate()
			if err != nil {
				b.Fatal(err)
			}
			ts.Release()
		}
	})
	b.Run("new", func(b *testing.B) {
		p := check(b, benchSource).addAll()
		p.table.Freeze()
		for b.Loop() {
			if _, err := p.table.Instantiate(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkTable(b *testing.B) {
	p := check(b, benchSource)
	for b.Loop() {
		p.addAll()
		p.table.Freeze()
		p.table, p.index = newTable(), make(map[string]int)
	}
}

func BenchmarkSprint(b *testing.B) {
	s := benchSet(b)
	x := reflect.New(s.outer("T")).Elem().Interface()
	for b.Loop() {
		sinkString = fmt.Sprint(x)
	}
}
