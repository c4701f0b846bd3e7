package main

import (
	"errors"
	"fmt"
	"strings"
)

type config struct {
	values map[string]int
	next   *config
	hook   func() int
	out    chan int
	name   fmt.Stringer
	rows   *[2]int
}

func try(name string, f func()) {
	defer func() {
		e := recover()
		text := fmt.Sprint(e)
		if err, ok := e.(error); ok && strings.HasPrefix(text, "runtime error: invalid memory address") {
			text = "nil dereference: " + err.Error()
		}
		fmt.Printf("%-18s %s\n", name, text)
	}()
	f()
}

func main() {
	c := &config{}
	var typed *config
	var counters map[string]map[string]int
	try("nil map", func() { c.values["a"] = 1 })
	try("nil map op", func() { c.values["a"]++ })
	try("nested nil map", func() {
		counters = map[string]map[string]int{}
		counters["x"]["y"] = 1
	})
	try("map read", func() { fmt.Print(c.values["a"], len(c.values), " ") })
	try("map delete", func() { delete(c.values, "a"); clear(c.values) })
	try("field", func() { _ = typed.values })
	try("nested field", func() { c.next.next = c })
	try("nil func", func() { c.hook() })
	try("nil stringer", func() { _ = c.name.String() })
	try("nil array pointer", func() { c.rows[0] = 1 })
	try("nil array len", func() { fmt.Print(len(c.rows), " ") })
	try("nil array range", func() {
		for _, v := range c.rows {
			fmt.Print(v)
		}
	})
	try("star", func() { *typed = config{} })
	try("close nil", func() { close(c.out) })
	c.out = make(chan int, 1)
	try("close", func() { close(c.out) })
	try("close again", func() { close(c.out) })
	try("send on closed", func() { c.out <- 1 })
	try("select on closed", func() {
		select {
		case c.out <- 2:
		default:
		}
	})
	try("receive from closed", func() { v, ok := <-c.out; fmt.Print(v, ok, " ") })
	var err error
	try("nil error", func() { _ = err.Error() })
	try("explicit nil", func() { panic(nil) })
	try("nil error value", func() { panic(err) })
	try("wrapped", func() {
		defer func() {
			if e, ok := recover().(error); ok {
				panic(fmt.Errorf("while closing: %w", e))
			}
		}()
		close((chan int)(nil))
	})
	func() {
		defer func() {
			var target interface{ RuntimeError() }
			err, _ := recover().(error)
			fmt.Println(errors.As(fmt.Errorf("outer: %w", err), &target), err)
		}()
		c.values["b"] += 2
	}()
}

// Output:
// nil map            assignment to entry in nil map
// nil map op         assignment to entry in nil map
// nested nil map     assignment to entry in nil map
// 0 0 map read           <nil>
// map delete         <nil>
// field              nil dereference: runtime error: invalid memory address or nil pointer dereference
// nested field       nil dereference: runtime error: invalid memory address or nil pointer dereference
// nil func           nil dereference: runtime error: invalid memory address or nil pointer dereference
// nil stringer       nil dereference: runtime error: invalid memory address or nil pointer dereference
// nil array pointer  nil dereference: runtime error: invalid memory address or nil pointer dereference
// 2 nil array len      <nil>
// nil array range    nil dereference: runtime error: invalid memory address or nil pointer dereference
// star               nil dereference: runtime error: invalid memory address or nil pointer dereference
// close nil          close of nil channel
// close              <nil>
// close again        close of closed channel
// send on closed     send on closed channel
// select on closed   send on closed channel
// 0 false receive from closed <nil>
// nil error          nil dereference: runtime error: invalid memory address or nil pointer dereference
// explicit nil       panic called with nil argument
// nil error value    panic called with nil argument
// wrapped            while closing: close of nil channel
// true assignment to entry in nil map
