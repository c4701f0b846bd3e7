package rtype_test

import (
	"errors"
	"fmt"
	"go/types"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"gateway/interp/rtype"
)

func TestBoxKeepsTheMemory(t *testing.T) {
	s := check(t, `package handler
		type N int
		type T struct { n N; next *T }
	`).add("T", "*T", "[]N", "map[N]*T", "chan N", "func(N) N", "[2]N", "N").instantiate()
	p := s.new("T")
	q := s.box("*T", p)
	p.Elem().Field(0).SetInt(3)
	if reflect.ValueOf(q).Pointer() != p.Pointer() || fmt.Sprint(reflect.ValueOf(q).Elem().Field(0)) != "3" {
		t.Error("a boxed pointer points elsewhere")
	}

	slice := []int{1, 2, 3}
	boxed := s.Box(s.at("[]N"), slice)
	same(t, "slice type", fmt.Sprintf("%T", boxed), "[]handler.N")
	reflect.ValueOf(boxed).Index(0).SetInt(9)
	if slice[0] != 9 || &s.Unbox(s.at("[]N"), boxed).([]int)[0] != &slice[0] {
		t.Error("a boxed slice has other memory")
	}

	m := reflect.MakeMap(s.inner("map[N]*T"))
	bm := reflect.ValueOf(s.box("map[N]*T", m))
	for i := range 100 {
		bm.SetMapIndex(reflect.ValueOf(i).Convert(s.outer("N")), reflect.ValueOf(q))
	}
	for i := range 100 {
		if !m.MapIndex(reflect.ValueOf(i)).IsValid() {
			t.Fatalf("key %d was put into the boxed map, but is not in the map", i)
		}
	}

	ch := make(chan int, 1)
	reflect.ValueOf(s.Box(s.at("chan N"), ch)).Send(reflect.ValueOf(4).Convert(s.outer("N")))
	if got := <-ch; got != 4 {
		t.Errorf("received %d", got)
	}
	f := s.Box(s.at("func(N) N"), func(n int) int { return n + 1 })
	same(t, "func", fmt.Sprint(reflect.ValueOf(f).Call([]reflect.Value{reflect.ValueOf(1).Convert(s.outer("N"))})[0]), "2")
	same(t, "array", fmt.Sprintf("%T", s.Box(s.at("[2]N"), [2]int{})), "[2]handler.N")
}

func TestBoxPassesInterfacesAndRefusesStrangers(t *testing.T) {
	s := check(t, `package handler
		type T struct { n int }
		type I interface { M() }
		type E error
	`).add("T", "I", "E", "any", "error").instantiate()
	x := s.box("T", s.new("T").Elem())
	for _, typ := range []string{"I", "E", "any", "error"} {
		for _, v := range []any{nil, 5, x} {
			if s.Box(s.at(typ), v) != v || s.Unbox(s.at(typ), v) != v {
				t.Errorf("Box as %s changes %v", typ, v)
			}
		}
	}
	if s.Box(s.at("T"), x) != x {
		t.Error("Box changes what is boxed")
	}
	same(t, "box of a stranger", panicText(func() { s.Box(s.at("T"), 5) }), "rtype: int where struct { X_n int } is expected")
	same(t, "box of nil", panicText(func() { s.Box(s.at("T"), nil) }), "rtype: nil interface where struct { X_n int } is expected")
	same(t, "unbox of a stranger", panicText(func() { s.Unbox(s.at("T"), "x") }), "rtype: string where handler.T is expected")
}

func TestIndexAndIs(t *testing.T) {
	s := check(t, `package handler
		type T struct { n int }
		func (t *T) M() {}
		type U struct { n int }
		type N int
		type I interface { M() }
	`).add("T", "*T", "U", "N", "I", "[]N", "int", "any").instantiate()
	for _, typ := range []string{"T", "*T", "U", "N", "[]N", "int"} {
		x := reflect.Zero(s.outer(typ)).Interface()
		for other, i := range s.p.index {
			want := typ == other || other == "any" || other == "I" && typ == "*T"
			if got := s.Is(i, x); got != want {
				t.Errorf("value of %s is %s: %v", typ, other, got)
			}
		}
		if s.Index(x) != s.at(typ) || s.IndexOf(s.outer(typ)) != s.at(typ) {
			t.Errorf("index of %s is %d, want %d", typ, s.Index(x), s.at(typ))
		}
	}
	for _, x := range []any{nil, "s", 1.5, t} {
		if i := s.Index(x); i != -1 {
			t.Errorf("index of %T is %d", x, i)
		}
	}
	if s.Is(s.at("any"), nil) || s.Is(s.at("I"), nil) {
		t.Error("nil is of a type")
	}
}

// failed is the error of a type assertion in compiled code.
func failed(f func()) (err error) {
	defer func() { err = recover().(error) }()
	f()
	return nil
}

func TestAssertionErrorsAreThoseOfCompiledCode(t *testing.T) {
	s := check(t, string("package rtype_test; import \"io\"\n"+`
		type aColor int
		func (c aColor) String() string { return "" }
		type aPrivate interface { Zed(); private(); another() }
		type aStringer interface { String() string }
		type aEmpty struct{}
		type aReadStringer interface { io.Reader; aStringer }
	`)).add("aColor", "*aColor", "aPrivate", "aStringer", "aEmpty", "any", "error", "int", "aReadStringer").instantiate()
	type aReadStringer interface {
		Read([]byte) (int, error)
		aStringer
	}
	var none any
	var noError error
	for _, test := range []struct {
		from, to string
		value    any // compiled, for the outer type of
		of       string
		compiled func(x any)
	}{
		{"any", "aColor", "s", "", func(x any) { _ = x.(aColor) }},
		{"any", "int", aColor(1), "aColor", func(x any) { _ = x.(int) }},
		{"any", "*aColor", aColor(1), "aColor", func(x any) { _ = x.(*aColor) }},
		{"any", "aColor", nil, "", func(any) { _ = none.(aColor) }},
		{"error", "aColor", nil, "", func(any) { _ = noError.(aColor2) }},
		{"any", "aStringer", aEmpty{}, "aEmpty", func(x any) { _ = x.(aStringer) }},
		{"any", "aStringer", 5, "", func(x any) { _ = x.(aStringer) }},
		{"any", "aStringer", nil, "", func(any) { _ = none.(aStringer) }},
		{"any", "aReadStringer", aColor(1), "aColor", func(x any) { _ = x.(aReadStringer) }},
	} {
		v := test.value
		if test.of != "" {
			v = s.of(test.of, v)
		}
		got := s.AssertionError(s.at(test.from), s.at(test.to), v)
		want := failed(func() { test.compiled(test.value) })
		same(t, test.from+" to "+test.to, got.Error(), strings.ReplaceAll(want.Error(), "aColor2", "aColor"))
		if re := *new(runtime.Error); !errors.As(got, &re) || reflect.TypeOf(got) != reflect.TypeOf(want) {
			t.Errorf("%T is not the run time's error", got)
		}
	}
}

type aColor2 int

func (aColor2) Error() string { return "" }

func TestIdenticalTypesHaveOneIndex(t *testing.T) {
	p := check(t, `package handler
		type T struct { n int }
		type A = T
		type L[X any] struct { x X }
		type S = []T
		func f() { type T int; var _ T }
		func g() { type T int; var _ T }
	`)
	for _, pair := range [][2]string{{"T", "A"}, {"[]T", "S"}, {"L[T]", "L[A]"}, {"struct{ a T; b int }", "struct{ a A; b int }"},
		{"func(x T) (y int)", "func(A) int"}, {"interface{ M(T); N() }", "interface{ N(); M(t A) }"}, {"[]byte", "[]uint8"}, {"any", "interface{}"}} {
		p.add(pair[0], pair[1])
		if p.index[pair[0]] != p.index[pair[1]] {
			t.Errorf("%s and %s have indices %d and %d", pair[0], pair[1], p.index[pair[0]], p.index[pair[1]])
		}
	}
	var local []int
	for _, name := range []string{"f", "g"} {
		obj := p.pkg.Scope().Lookup(name).(*types.Func).Scope().Lookup("T")
		local = append(local, p.table.Add(obj.Type()))
		if p.table.Index(obj.Type()) != local[len(local)-1] {
			t.Error("Index does not find what Add added")
		}
	}
	s := p.instantiate()
	if a, b := s.Outer(local[0]), s.Outer(local[1]); a == b || a.String() != "handler.T" || b.String() != "handler.T" || a.Kind() != reflect.Int {
		t.Errorf("types T of two functions are %v and %v", a, b)
	}
	if s.outer("L[T]") == s.outer("T") || s.outer("L[T]").Name() != "L[gateway/interp/handler.T]" {
		t.Errorf("generic type is %v", s.outer("L[T]"))
	}
}

// The inner types of types that differ by name only are the same, so that
// conversions between them cost nothing; a name comes in only where a type
// contains itself.
func TestInnerTypes(t *testing.T) {
	s := check(t, `package handler
		import "time"
		type N int
		type T struct { A N; b string; X_c int; _ int }
		type U struct { A int; b string; X_c N; _ int }
		type R struct { next *R; f F }
		type Q R
		type F func(*R) N
		type G func(G) G
		type M map[N][]time.Duration
		type Any any
		type I interface { M() }
		type Time time.Time
	`).addAll().add("struct{ A N }", "struct { A int }").instantiate()
	for typ, want := range map[string]string{
		"N": "int", "T": "struct { A int; X_b string; X_X_c int; _ int }", "U": "struct { A int; X_b string; X_X_c int; _ int }",
		"M": "map[int][]time.Duration", "Any": "interface {}", "I": "handler.I", "Time": "time.Time", "struct{ A N }": "struct { A int }",
	} {
		same(t, typ, s.inner(typ).String(), want)
	}
	if s.inner("T") != s.inner("U") || s.inner("struct{ A N }") != s.inner("struct { A int }") {
		t.Error("inner types of the same structure differ")
	}
	if r := s.inner("R"); r.Field(0).Type != reflect.PointerTo(r) || s.inner("F") != r.Field(1).Type || !r.ConvertibleTo(s.inner("Q")) {
		t.Errorf("inner type of a struct that contains itself is %v with %v", r, r.Field(0).Type)
	}
	if g := s.inner("G"); g.In(0) != g || g.Out(0) != g {
		t.Errorf("inner type of a func type that contains itself is %v of %v", g, g.In(0))
	}
	v := reflect.New(s.inner("T")).Elem()
	for i := range v.NumField() {
		if !v.Field(i).CanSet() {
			t.Errorf("field %s cannot be set", v.Type().Field(i).Name)
		}
	}
	for name, want := range map[string]string{"n": "X_n", "N": "N", "_": "_", "X_n": "X_X_n", "日本": "X_日本", "X": "X", "Ünder": "Ünder"} {
		same(t, "field "+name, rtype.FieldName(name), want)
	}
}

func TestEquality(t *testing.T) {
	s := mirror(t)
	x, y := aMixed{i: aColor(1)}, aMixed{i: aColor(1)}
	for _, change := range []func(){
		func() {}, func() { y.a = 1 }, func() { y = x; y.s = "s" }, func() { y = x; y.d = 1 }, func() { y = x; y.i = 1 },
		func() { y = x; y.e = errors.New("") }, func() { y = x; y.arr[1].c = true }, func() { y = x; y.i = []int{} },
	} {
		change()
		same(t, "aMixed", equality(s.of("aMixed", x), s.of("aMixed", y)), equality(x, y))
	}
	x.i, y.i = []int{}, []int{}
	same(t, "uncomparable inside", equality(s.of("aMixed", x), s.of("aMixed", y)), equality(x, y))
	for _, typ := range []string{"aSlice", "aMap", "aFunc", "aTree", "aErrors"} {
		v, w := reflect.Zero(s.outer(typ)).Interface(), reflect.Zero(oracleOf(typ).compiled).Interface()
		same(t, typ+" ==", panicText(func() { _ = v == v }), panicText(func() { _ = w == w }))
		same(t, typ+" as key", equality(v, v), equality(w, w))
	}
	// Blank fields and padding do not count.
	var a, b struct {
		a, blank int32
		b        string
	}
	a.blank = 7
	for _, t1 := range []reflect.Type{s.outer("aBlank"), s.inner("aBlank")} {
		v, w := retype(reflect.ValueOf(a), t1).Interface(), retype(reflect.ValueOf(b), t1).Interface()
		same(t, t1.String(), equality(v, w), "true true")
	}
	nan := aFloats{f: nan()}
	same(t, "NaN", equality(s.of("aFloats", nan), s.of("aFloats", nan)), "false false")
}

func nan() float64 { zero := 0.0; return zero / zero }
