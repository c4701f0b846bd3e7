package main

import (
	"fmt"
	"io"
	"sort"
	"strings"
)

type Shape interface {
	Area() float64
	Name() string
}

type circle struct{ r float64 }

func (c circle) Area() float64 { return c.r }

func (c circle) Name() string { return "circle" }

type square struct{ side float64 }

func (s *square) Area() float64 { return s.side }

func (s *square) Name() string { return "square" }

type half struct{}

func (half) Area() float64 { return 0 }

type ID int

type Box[T any] struct{ v T }

type private interface{ hidden() }

func try(f func()) {
	defer func() {
		e := recover()
		if _, ok := e.(error); ok {
			fmt.Println("error:", e)
		} else if e != nil {
			fmt.Println("value:", e)
		}
	}()
	f()
}

func main() {
	var v any = "text"
	var s Shape = circle{1}
	var r io.Reader = strings.NewReader("")
	var none any
	var noShape Shape
	try(func() { _ = v.(int) })
	try(func() { _ = v.(ID) })
	try(func() { _ = any(ID(1)).(int) })
	try(func() { _ = any(1).(ID) })
	try(func() { _ = s.(*square) })
	try(func() { _ = any(square{}).(Shape) })
	try(func() { _ = any(half{}).(Shape) })
	try(func() { _ = s.(fmt.Stringer) })
	try(func() { _ = v.(Shape) })
	try(func() { _ = r.(io.Writer) })
	try(func() { _ = r.(*strings.Reader).Len(); _ = r.(io.ReadWriter) })
	try(func() { _ = none.(int) })
	try(func() { _ = none.(Shape) })
	try(func() { _ = noShape.(circle) })
	try(func() { _ = noShape.(fmt.Stringer) })
	try(func() { _ = any(Box[int]{}).(Box[string]) })
	try(func() { _ = any([]ID{}).([]int) })
	try(func() { _ = any(func() {}).(func(int) error) })
	try(func() { _ = any(struct{ A ID }{}).(struct{ A int }) })
	try(func() { _ = any(circle{}).(private) })
	try(func() { _ = any(map[string]Shape{}).(map[string]any) })
	try(func() { _ = v.(error).Error() })
	try(func() { sort.Sort(v.(sort.Interface)) })
	try(func() {
		type circle struct{ r float64 }
		_ = s.(any).(circle)
	})
	func() {
		defer func() {
			err := recover().(error)
			fmt.Printf("%T %t\n", err, strings.Contains(err.Error(), "interface conversion"))
		}()
		_ = v.(float64)
	}()
}

// Output:
// error: interface conversion: interface {} is string, not int
// error: interface conversion: interface {} is string, not main.ID
// error: interface conversion: interface {} is main.ID, not int
// error: interface conversion: interface {} is int, not main.ID
// error: interface conversion: main.Shape is main.circle, not *main.square
// error: interface conversion: main.square is not main.Shape: missing method Area
// error: interface conversion: main.half is not main.Shape: missing method Name
// error: interface conversion: main.circle is not fmt.Stringer: missing method String
// error: interface conversion: string is not main.Shape: missing method Area
// error: interface conversion: *strings.Reader is not io.Writer: missing method Write
// error: interface conversion: *strings.Reader is not io.ReadWriter: missing method Write
// error: interface conversion: interface {} is nil, not int
// error: interface conversion: interface is nil, not main.Shape
// error: interface conversion: main.Shape is nil, not main.circle
// error: interface conversion: interface is nil, not fmt.Stringer
// error: interface conversion: interface {} is main.Box[int], not main.Box[string]
// error: interface conversion: interface {} is []main.ID, not []int
// error: interface conversion: interface {} is func(), not func(int) error
// error: interface conversion: interface {} is struct { A main.ID }, not struct { A int }
// error: interface conversion: main.circle is not main.private: missing method hidden
// error: interface conversion: interface {} is map[string]main.Shape, not map[string]interface {}
// error: interface conversion: string is not error: missing method Error
// error: interface conversion: string is not sort.Interface: missing method Len
// error: interface conversion: interface {} is main.circle, not main.circle (types from different scopes)
// *runtime.TypeAssertionError true
