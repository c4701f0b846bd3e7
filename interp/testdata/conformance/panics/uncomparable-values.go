package main

import (
	"errors"
	"fmt"
)

type list struct{ items []int }

type lookup map[string]int

type mixed struct {
	name string
	data any
}

type callback func()

type listError struct{ errs []error }

func (l listError) Error() string { return fmt.Sprint(len(l.errs), " errors") }

func try(name string, f func() any) {
	defer func() {
		if e := recover(); e != nil {
			_, isErr := e.(error)
			fmt.Println(name, "->", e, isErr)
		}
	}()
	fmt.Println(name, "=", f())
}

func main() {
	var a, b any = list{}, list{}
	try("structs with slices", func() any { return a == b })
	try("slices", func() any { var x, y any = []int{1}, []int{1}; return x == y })
	try("maps", func() any { var x, y any = lookup{}, lookup{}; return x != y })
	try("functions", func() any { var x any = callback(nil); return x == x })
	try("different types", func() any { return a == any([]int{}) })
	try("nested", func() any { return mixed{"a", []int{}} == mixed{"a", []int{}} })
	try("nested, names differ", func() any { return mixed{"a", []int{}} == mixed{"b", []int{}} })
	try("arrays", func() any { return [2]any{1, list{}} == [2]any{2, list{}} })
	try("arrays, equal heads", func() any { return [2]any{1, list{}} == [2]any{1, list{}} })
	try("errors", func() any { var x, y error = listError{}, listError{}; return x == y })
	try("errors.Is", func() any { return errors.Is(listError{}, listError{}) })
	try("map key", func() any { m := map[any]int{}; m[a]++; return m })
	try("map lookup", func() any { return map[any]int{"a": 1}[lookup{}] })
	try("error key", func() any { return map[error]bool{listError{}: true} })
	try("switch", func() any {
		switch a {
		case b:
			return "equal"
		}
		return "no"
	})
	try("pointers", func() any { x, y := &list{}, &list{}; return any(x) == any(y) })
	try("any key of a pointer", func() any { m := map[any]int{&a: 1}; return m[&a] })
	type pair struct{ k, v any }
	try("anonymous", func() any { return any(pair{1, callback(nil)}) == any(pair{2, callback(nil)}) })
	try("delete", func() any { delete(map[any]int{1: 1}, any(callback(nil))); return "done" })
	try("empty map", func() any { return map[any]int(nil)[callback(nil)] })
}

// Output:
// structs with slices -> runtime error: comparing uncomparable type main.list true
// slices -> runtime error: comparing uncomparable type []int true
// maps -> runtime error: comparing uncomparable type main.lookup true
// functions -> runtime error: comparing uncomparable type main.callback true
// different types = false
// nested -> runtime error: comparing uncomparable type []int true
// nested, names differ = false
// arrays = false
// arrays, equal heads -> runtime error: comparing uncomparable type main.list true
// errors -> runtime error: comparing uncomparable type main.listError true
// errors.Is = false
// map key -> runtime error: hash of unhashable type main.list true
// map lookup -> runtime error: hash of unhashable type main.lookup true
// error key -> runtime error: hash of unhashable type main.listError true
// switch -> runtime error: comparing uncomparable type main.list true
// pointers = false
// any key of a pointer = 1
// anonymous = false
// delete -> runtime error: hash of unhashable type main.callback true
// empty map -> hash of unhashable type: main.callback true
