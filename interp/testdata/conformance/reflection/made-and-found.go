package main

import (
	"fmt"
	"reflect"
	"sort"
	"strings"
)

type Kind uint8
type Opt[T any] struct {
	val *T
	set bool
}

func (o Opt[T]) Get() (T, bool) {
	if o.set {
		return *o.val, true
	}
	var z T
	return z, false
}
func (o *Opt[T]) Set(v T) { o.val, o.set = &v, true }

type Inner struct {
	A int `json:"a" db:"col_a,pk"`
	b string
}

func (i Inner) Hello(name string) string { return "hello " + name + fmt.Sprint(i.A) }
func (i *Inner) Inc(by ...int) (n int) {
	for _, b := range by {
		i.A += b
	}
	return i.A
}
func (i Inner) hidden() {}

type Named interface{ Hello(string) string }

type Outer struct {
	Inner
	*Opt[string]
	Named `tag:"iface"`
	Fn    func(int, ...string) (bool, error)
	Ch    <-chan []Kind
	M     map[Kind]*Inner
	Arr   [2][3]Kind
	An    struct {
		X, Y int
		z    any
	}
	E error
	I interface{ Foo(Inner) Outer2 }
	_ int
}
type Outer2 struct{ p *Outer2 }
type Fn func(a int) Fn

func (f Fn) Call() string { return "fn" }

type Rec map[string]Rec

func describe(t reflect.Type) string {
	return fmt.Sprintf("%s|%s|%s|%s|cmp=%v", t.String(), t.Name(), t.PkgPath(), t.Kind(), t.Comparable())
}

func methods(t reflect.Type) (s []string) {
	for i := range t.NumMethod() {
		m := t.Method(i)
		s = append(s, m.Name+":"+m.Type.String())
	}
	return
}

func main() {
	type local struct{ Opt[Inner] }
	for _, v := range []any{Kind(1), Opt[int]{}, &Opt[map[string]Inner]{}, Outer{}, &Outer{}, local{}, Fn(nil), Rec{}, Opt[local]{}, [3]Kind{}, []*Opt[Fn]{}, func(Kind, ...Inner) (Rec, error) { return nil, nil }, make(chan<- Kind), struct {
		Kind
		x int `k:"v"`
	}{}} {
		fmt.Println(describe(reflect.TypeOf(v)), methods(reflect.TypeOf(v)))
	}
	t := reflect.TypeFor[Outer]()
	for i := range t.NumField() {
		f := t.Field(i)
		fmt.Println(f.Name, f.Type, f.Tag, f.Anonymous, f.IsExported(), f.PkgPath, f.Index, f.Offset)
	}
	for _, f := range reflect.VisibleFields(t) {
		fmt.Print(f.Name, f.Index, " ")
	}
	fmt.Println()
	f, ok := t.FieldByName("A")
	fmt.Println(f.Tag.Get("db"), f.Index, ok)
	_, ok = t.FieldByName("nope")
	fmt.Println(ok)
	f, ok = t.FieldByNameFunc(func(s string) bool { return strings.ToLower(s) == "arr" })
	fmt.Println(f.Name, ok)

	o := &Outer{Inner: Inner{1, "b"}, Opt: &Opt[string]{}, M: map[Kind]*Inner{1: {A: 5}}}
	v := reflect.ValueOf(o)
	e := v.Elem()
	e.FieldByName("A").SetInt(42)
	e.Field(6).Index(1).Index(2).SetUint(7)
	e.FieldByName("An").Field(0).Set(reflect.ValueOf(9))
	fmt.Println(o.A, o.Arr, o.An.X, e.FieldByName("b").CanSet(), e.FieldByName("An").FieldByName("z").CanInterface())
	out := v.MethodByName("Inc").Call([]reflect.Value{reflect.ValueOf(1), reflect.ValueOf(2)})
	fmt.Println(out[0].Int(), o.A)
	out = v.MethodByName("Inc").CallSlice([]reflect.Value{reflect.ValueOf([]int{10, 20})})
	fmt.Println(out[0], o.A)
	v.MethodByName("Set").Call([]reflect.Value{reflect.ValueOf("opt")})
	fmt.Println(o.Get())
	fmt.Println(e.MethodByName("Hello").IsValid(), v.MethodByName("hidden").IsValid(), reflect.ValueOf(o.Inner).NumMethod(), reflect.ValueOf(&o.Inner).NumMethod())
	m, ok := reflect.TypeOf(&o.Inner).MethodByName("Hello")
	fmt.Println(m.Name, m.Type, m.Index, ok, m.Func.Call([]reflect.Value{reflect.ValueOf(&o.Inner), reflect.ValueOf("x")})[0])
	hello := reflect.ValueOf(o.Inner).Method(0).Interface().(func(string) string)
	fmt.Println(hello("method value"))

	swap := func(in []reflect.Value) []reflect.Value { return []reflect.Value{in[1], in[0]} }
	var intSwap func(Kind, Inner) (Inner, Kind)
	reflect.ValueOf(&intSwap).Elem().Set(reflect.MakeFunc(reflect.TypeOf(intSwap), swap))
	fmt.Println(intSwap(3, Inner{4, "four"}))
	// make things
	sl := reflect.MakeSlice(reflect.TypeOf([]Inner(nil)), 0, 2)
	sl = reflect.Append(sl, reflect.ValueOf(Inner{1, "x"}), reflect.ValueOf(o.Inner))
	fmt.Printf("%v %T\n", sl, sl.Interface())
	mp := reflect.MakeMap(reflect.MapOf(reflect.TypeFor[Kind](), reflect.TypeFor[Inner]()))
	mp.SetMapIndex(reflect.ValueOf(Kind(2)), reflect.ValueOf(Inner{2, "m"}))
	fmt.Println(mp.Interface().(map[Kind]Inner)[2].b, mp.Type())
	st := reflect.StructOf([]reflect.StructField{{Name: "F", Type: reflect.TypeFor[Inner](), Tag: `json:"f"`}, {Name: "K", Type: reflect.TypeFor[Kind]()}})
	sv := reflect.New(st).Elem()
	sv.Field(0).Set(reflect.ValueOf(Inner{8, "s"}))
	fmt.Printf("%v %+v\n", st, sv)
	fn := reflect.FuncOf([]reflect.Type{reflect.TypeFor[Inner]()}, []reflect.Type{reflect.TypeFor[error]()}, false)
	fmt.Println(fn, fn == reflect.TypeOf(func(Inner) error { return nil }))
	ch := reflect.MakeChan(reflect.ChanOf(reflect.BothDir, reflect.TypeFor[Kind]()), 2)
	ch.Send(reflect.ValueOf(Kind(5)))
	i, rv, ok := reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: ch}})
	fmt.Println(i, rv, ok, rv.Type(), ch.Type())
	fmt.Println(reflect.TypeFor[Inner]().Implements(reflect.TypeFor[Named]()), reflect.TypeFor[*Outer]().Implements(reflect.TypeFor[Named]()), reflect.PointerTo(reflect.TypeFor[Outer2]()) == reflect.TypeFor[*Outer2]())
	fmt.Println(reflect.TypeFor[Kind]().ConvertibleTo(reflect.TypeFor[string]()), reflect.ValueOf(Kind(65)).Convert(reflect.TypeFor[int]()).Interface(), reflect.ValueOf(66).Convert(reflect.TypeFor[Kind]()).Interface())
	fmt.Println(reflect.TypeFor[struct{ A int }]().AssignableTo(reflect.TypeFor[struct{ A int }]()), reflect.TypeFor[Rec]().Elem() == reflect.TypeFor[Rec](), reflect.TypeFor[Fn]().Out(0))
	a, b := Outer{Inner: Inner{1, "a"}, M: map[Kind]*Inner{1: {}}}, Outer{Inner: Inner{1, "a"}, M: map[Kind]*Inner{1: {}}}
	fmt.Println(reflect.DeepEqual(a, b), reflect.DeepEqual(Rec{"a": {}}, Rec{"a": nil}), reflect.DeepEqual(Kind(1), uint8(1)), reflect.DeepEqual([]any{Inner{1, "x"}}, []any{Inner{1, "x"}}))
	b.An.z = Kind(1)
	fmt.Println(reflect.DeepEqual(a, b))
	for _, f := range []func(){
		func() { e.FieldByName("b").SetString("x") },
		func() { e.FieldByName("An").FieldByName("z").Interface() },
		func() { v.MethodByName("Inc").Call([]reflect.Value{reflect.ValueOf("x")}) },
		func() { reflect.ValueOf(Inner{}).Field(0).SetInt(1) },
		func() { reflect.ValueOf(o).Field(0) },
		func() { e.FieldByName("A").SetString("x") },
		func() { e.FieldByName("A").Set(reflect.ValueOf(Kind(1))) },
		func() { reflect.ValueOf(Kind(1)).Elem() },
		func() { e.MethodByName("Nope").Call(nil) },
	} {
		func() {
			defer func() { fmt.Println("panic:", recover()) }()
			f()
		}()
	}
	keys := reflect.ValueOf(map[Kind]string{3: "c", 1: "a"}).MapKeys()
	sort.Slice(keys, func(i, j int) bool { return keys[i].Uint() < keys[j].Uint() })
	fmt.Println(keys, reflect.Zero(reflect.TypeFor[Inner]()), reflect.ValueOf(Inner{}).IsZero(), reflect.Indirect(v).Type())
	for k, v := range reflect.ValueOf(map[Kind]string{3: "c"}).Seq2() {
		fmt.Println(k.Type(), v)
	}
	k, ok := reflect.TypeAssert[Kind](reflect.ValueOf(Kind(3)))
	fmt.Println(k, ok)
	sw := reflect.Swapper([]Inner{{1, ""}, {2, ""}})
	sw(0, 1)
	x := []Inner{{1, "q"}, {2, "r"}}
	reflect.Swapper(x)(0, 1)
	fmt.Println(x, reflect.Copy(reflect.ValueOf(x), reflect.ValueOf([]Inner{{9, "z"}})), x)
}

// Output:
// main.Kind|Kind|main|uint8|cmp=true []
// main.Opt[int]|Opt[int]|main|struct|cmp=true [Get:func(main.Opt[int]) (int, bool)]
// *main.Opt[map[string]main.Inner]|||ptr|cmp=true [Get:func(*main.Opt[map[string]main.Inner]) (map[string]main.Inner, bool) Set:func(*main.Opt[map[string]main.Inner], map[string]main.Inner)]
// main.Outer|Outer|main|struct|cmp=false [Get:func(main.Outer) (string, bool) Set:func(main.Outer, string)]
// *main.Outer|||ptr|cmp=true [Get:func(*main.Outer) (string, bool) Inc:func(*main.Outer, ...int) int Set:func(*main.Outer, string)]
// main.local|local|main|struct|cmp=true [Get:func(main.local) (main.Inner, bool)]
// main.Fn|Fn|main|func|cmp=false [Call:func(main.Fn) string]
// main.Rec|Rec|main|map|cmp=false []
// main.Opt[main.local·1]|Opt[main.local·1]|main|struct|cmp=true [Get:func(main.Opt[main.local·1]) (main.local, bool)]
// [3]main.Kind|||array|cmp=true []
// []*main.Opt[main.Fn]|||slice|cmp=false []
// func(main.Kind, ...main.Inner) (main.Rec, error)|||func|cmp=false []
// chan<- main.Kind|||chan|cmp=true []
// struct { main.Kind; x int "k:\"v\"" }|||struct|cmp=true []
// Inner main.Inner  true true  [0] 0
// Opt *main.Opt[string]  true true  [1] 24
// Named main.Named tag:"iface" true true  [2] 32
// Fn func(int, ...string) (bool, error)  false true  [3] 48
// Ch <-chan []main.Kind  false true  [4] 56
// M map[main.Kind]*main.Inner  false true  [5] 64
// Arr [2][3]main.Kind  false true  [6] 72
// An struct { X int; Y int; z interface {} }  false true  [7] 80
// E error  false true  [8] 112
// I interface { Foo(main.Inner) main.Outer2 }  false true  [9] 128
// _ int  false false main [10] 144
// Inner[0] A[0 0] b[0 1] Opt[1] val[1 0] set[1 1] Named[2] Fn[3] Ch[4] M[5] Arr[6] An[7] E[8] I[9] _[10]
// col_a,pk [0 0] true
// false
// Arr true
// 42 [[0 0 0] [0 0 7]] 9 false false
// 45 45
// 75 75
// opt true
// false false 1 2
// Hello func(*main.Inner, string) string 0 true hello x75
// hello method value75
// {4 four} 3
// [{1 x} {75 b}] []main.Inner
// m map[main.Kind]main.Inner
// struct { F main.Inner "json:\"f\""; K main.Kind } {F:{A:8 b:s} K:0}
// func(main.Inner) error true
// 0 5 true main.Kind chan main.Kind
// true false true
// true 65 66
// true true main.Fn
// true false false true
// false
// panic: reflect: reflect.Value.SetString using value obtained using unexported field
// panic: reflect.Value.Interface: cannot return value obtained from unexported field or method
// panic: reflect: cannot use string as type int in Call
// panic: reflect: reflect.Value.SetInt using unaddressable value
// panic: reflect: call of reflect.Value.Field on ptr Value
// panic: reflect: call of reflect.Value.SetString on int Value
// panic: reflect.Set: value of type main.Kind is not assignable to type int
// panic: reflect: call of reflect.Value.Elem on uint8 Value
// panic: reflect: call of reflect.Value.Call on zero Value
// [<main.Kind Value> <main.Kind Value>] {0 } true main.Outer
// main.Kind c
// 3 true
// [{9 z} {1 q}] 1 [{9 z} {1 q}]
