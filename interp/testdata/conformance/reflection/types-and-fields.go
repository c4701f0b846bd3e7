package main

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"sort"
	"strings"
)

type ID uint32

type Base struct {
	Key  ID `json:"key" db:"pk"`
	note string
}

func (b Base) Describe() string { return fmt.Sprint("base ", b.Key) }

func (b *Base) SetKey(id ID) { b.Key = id }

type Account struct {
	Base
	*Audit  `json:",inline"`
	Name    string        `json:"name,omitempty" validate:"min=3"`
	Tags    []string      `json:"-"`
	Meta    map[string]ID `custom:"a:\"b\""`
	Owner   *Account
	OnEvent func(string, ...ID) error
	events  chan<- ID
	Any     any
	Err     error
	Grid    [2][3]ID
	Anon    struct{ X, y int }
}

type Audit struct{ By string }

type Pair[K comparable, V any] struct {
	Key K
	Val V
}

func (p Pair[K, V]) Swap() (V, K) { return p.Val, p.Key }

type Shape interface {
	Area() float64
	fmt.Stringer
	private()
}

func main() {
	t := reflect.TypeFor[Account]()
	fmt.Println(t, t.Name(), t.PkgPath(), t.Kind(), t.NumField(), t.NumMethod(), reflect.PointerTo(t).NumMethod(), t.Comparable())
	for i := range t.NumField() {
		f := t.Field(i)
		fmt.Println(f.Name, f.Type, f.Type.Kind(), f.Anonymous, f.IsExported(), f.PkgPath, f.Index, f.Tag)
	}
	f, _ := t.FieldByName("Key")
	db, ok := f.Tag.Lookup("db")
	fmt.Println(f.Index, f.Tag.Get("json"), db, ok, f.Type.Size())
	by, _ := t.FieldByName("By")
	_, missing := t.FieldByName("none")
	fmt.Println(by.Index, missing, t.Field(4).Tag.Get("custom"))
	p := reflect.PointerTo(t)
	var names []string
	for i := range p.NumMethod() {
		m := p.Method(i)
		names = append(names, m.Name+" "+strings.ReplaceAll(m.Type.String(), "main.", ""))
	}
	sort.Strings(names)
	fmt.Println(names)
	fn := t.Field(6).Type
	fmt.Println(fn, fn.NumIn(), fn.In(1), fn.IsVariadic(), fn.Out(0), t.Field(7).Type.ChanDir(), t.Field(10).Type.Elem().Len())
	pt := reflect.TypeOf(Pair[ID, []Account]{})
	fmt.Println(pt, pt.Name(), pt.Method(0).Name, pt.Method(0).Type, pt.Field(1).Type.Elem())
	s := reflect.TypeFor[Shape]()
	fmt.Println(s, s.Kind(), s.NumMethod(), s.Method(0).Name, s.Method(0).Type, s.Method(2).Name, s.Method(2).IsExported())
	errType, stringer := reflect.TypeFor[error](), reflect.TypeFor[fmt.Stringer]()
	fmt.Println(reflect.TypeOf(errors.New("")).Implements(errType), t.Implements(stringer), s.Implements(stringer), reflect.TypeFor[*strings.Builder]().Implements(reflect.TypeFor[io.Writer]()))
	fmt.Println(reflect.TypeFor[ID]().ConvertibleTo(reflect.TypeFor[string]()), reflect.TypeFor[ID]().AssignableTo(reflect.TypeFor[uint32]()), reflect.TypeFor[ID]() == reflect.TypeFor[uint32]())
	fmt.Println(reflect.MapOf(reflect.TypeFor[ID](), t), reflect.SliceOf(pt), reflect.ArrayOf(2, s), reflect.ChanOf(reflect.RecvDir, p), reflect.TypeOf(map[string]Account(nil)).Elem() == t)
	type local struct{ Base }
	fmt.Println(reflect.TypeOf(local{}), reflect.TypeOf(&local{}).Elem().Name(), reflect.TypeOf(struct{ A ID }{}), reflect.TypeOf(main), reflect.TypeOf(nil))
	for _, vf := range reflect.VisibleFields(reflect.TypeOf(local{})) {
		fmt.Print(vf.Name, vf.Index, " ")
	}
	fmt.Println()
}

// Output:
// main.Account Account main struct 12 1 2 false
// Base main.Base struct true true  [0]
// Audit *main.Audit ptr true true  [1] json:",inline"
// Name string string false true  [2] json:"name,omitempty" validate:"min=3"
// Tags []string slice false true  [3] json:"-"
// Meta map[string]main.ID map false true  [4] custom:"a:\"b\""
// Owner *main.Account ptr false true  [5]
// OnEvent func(string, ...main.ID) error func false true  [6]
// events chan<- main.ID chan false false main [7]
// Any interface {} interface false true  [8]
// Err error interface false true  [9]
// Grid [2][3]main.ID array false true  [10]
// Anon struct { X int; y int } struct false true  [11]
// [0 0] key pk true 4
// [1 0] false a:"b"
// [Describe func(*Account) string SetKey func(*Account, ID)]
// func(string, ...main.ID) error 2 []main.ID true error chan<- 3
// main.Pair[main.ID,[]main.Account] Pair[main.ID,[]main.Account] Swap func(main.Pair[main.ID,[]main.Account]) ([]main.Account, main.ID) main.Account
// main.Shape interface 3 Area func() float64 private false
// true false true true
// true false false
// map[main.ID]main.Account []main.Pair[main.ID,[]main.Account] [2]main.Shape <-chan *main.Account true
// main.local local struct { A main.ID } func() <nil>
// Base[0] Key[0 0] note[0 1]
