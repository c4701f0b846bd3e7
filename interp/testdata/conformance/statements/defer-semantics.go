package main

import (
	"fmt"
	"strings"
)

type resource struct {
	name string
	log  *[]string
}

func open(name string, log *[]string) *resource {
	*log = append(*log, "open "+name)
	return &resource{name, log}
}

func (r *resource) Close() { *r.log = append(*r.log, "close "+r.name) }

func (r resource) Note(s string) { *r.log = append(*r.log, r.name+" notes "+s) }

type closer interface{ Close() }

func trace(log *[]string, name string) func() {
	*log = append(*log, "enter "+name)
	return func() { *log = append(*log, "leave "+name) }
}

func work(log *[]string) (result int, err error) {
	defer trace(log, "work")()
	r := open("db", log)
	defer r.Close()
	defer r.Note("early")
	r.name = "renamed"
	defer r.Note("late")
	var c closer = open("file", log)
	defer c.Close()
	c = open("other", log)
	defer func() {
		result *= 2
		if err == nil {
			err = fmt.Errorf("decorated %d", result)
		}
	}()
	return 21, nil
}

func loop(n int) (s string) {
	for i := range n {
		defer func(k int) { s += fmt.Sprint(k, i, " ") }(i * 10)
	}
	return "start "
}

func shadowed() (n int) {
	defer func() { n++ }()
	{
		n := 100
		n++
		_ = n
	}
	if true {
		n := 5
		return n * 2
	}
	return 0
}

func builtins() (m map[string]int, ch chan int) {
	m = map[string]int{"a": 1, "b": 2}
	ch = make(chan int)
	defer delete(m, "a")
	defer close(ch)
	return
}

func conditional(flags ...bool) string {
	var b strings.Builder
	func() {
		for i, f := range flags {
			if f {
				defer fmt.Fprint(&b, i)
			}
		}
		b.WriteString("body")
	}()
	return b.String()
}

func main() {
	var log []string
	fmt.Println(work(&log))
	fmt.Println(strings.Join(log, "\n"))
	fmt.Println(loop(3), shadowed(), conditional(true, false, true))
	m, ch := builtins()
	_, open := <-ch
	fmt.Println(m, open)
	func() {
		defer func() { fmt.Println("recovered:", recover()) }()
		var f func()
		defer fmt.Println("runs first")
		defer f()
		fmt.Println("a nil function is deferred without complaint")
	}()
	defer func(args ...any) { fmt.Println(args...) }("end", len(log), log == nil)
	log = nil
}

// Output:
// 42 decorated 42
// enter work
// open db
// open file
// open other
// close file
// renamed notes late
// db notes early
// close renamed
// leave work
// start 20 2 10 1 0 0  11 body20
// map[b:2] false
// a nil function is deferred without complaint
// runs first
// recovered: runtime error: invalid memory address or nil pointer dereference
// end 9 false
