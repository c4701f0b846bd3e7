package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
)

type chain struct{}

func (c chain) at() chain { where(1); return c }
func (c *chain) ptr() *chain {
	where(1)
	return c
}

func where(skip int) {
	pc, file, line, ok := runtime.Caller(skip + 1)
	fmt.Println(filepath.Base(file), line, ok, runtime.FuncForPC(pc).Name())
}

type list[T any] struct{ items []T }

func (l *list[T]) add(x T) *list[T] { where(0); l.items = append(l.items, x); return l }

func apply[T any](x T, f func(T)) { where(0); f(x) }

type speaker interface{ speak() }

type dog struct{}

func (dog) speak() { where(0); where(1) }

type puppy struct{ dog }

func names(skip int) (list []string) {
	pcs := make([]uintptr, 20)
	n := runtime.Callers(skip, pcs)
	frames := runtime.CallersFrames(pcs[:n])
	for {
		f, more := frames.Next()
		if !more || f.Function == "runtime.main" {
			return list
		}
		name := f.Function
		if strings.HasPrefix(name, "main.") {
			name += fmt.Sprint(":", f.Line)
		}
		list = append(list, name)
	}
}

func deferred() {
	defer func() {
		fmt.Println(names(1))
	}()
	where(0)
}

func panics(kind int) {
	defer func() {
		r := recover()
		fmt.Println(r, len(names(1)) > 3)
		for _, n := range names(1) {
			if strings.HasPrefix(n, "main.panics") {
				fmt.Print(n, " ")
			}
		}
		fmt.Println()
	}()
	var p *dog
	var s []int
	switch kind {
	case 0:
		panic("explicit")
	case 1:
		_ = *p
		fmt.Println(s[3])
	case 2:
		inner(s)
	}
}

func inner(s []int) {
	s[1] = 2
}

type traced struct {
	error
	stack []string
}

func wrap(err error) error { return traced{err, names(2)} }

func main() {
	where(0)
	f := func() { where(0) }
	f()
	chain{}.
		at().
		at()
	new(chain).
		ptr().ptr().
		ptr()
	(&list[int]{}).add(1).add(2)
	apply(1, func(int) { where(0) })
	apply("", func(string) {
		where(0)
	})
	speaker(dog{}).speak()
	var s speaker = puppy{}
	s.speak()
	deferred()
	for kind := range 3 {
		panics(kind)
	}
	sort.Slice([]int{2, 1}, func(i, j int) bool { where(0); return i < j })
	done := make(chan bool)
	go func() {
		defer close(done)
		where(0)
		fmt.Println(names(1))
	}()
	<-done
	var t traced
	if err := wrap(errors.New("x")); errors.As(err, &t) {
		fmt.Println(t.stack)
	}
	_, _, _, ok := runtime.Caller(50)
	fmt.Println(ok)
	buf := make([]byte, 2000)
	text := string(buf[:runtime.Stack(buf, false)])
	fmt.Println(strings.Contains(text, "main.main()"), strings.Contains(text, "callers.go:"))
}

// Output:
// callers.go 99 true main.main
// callers.go 100 true main.main.func1
// callers.go 103 true main.main
// callers.go 104 true main.main
// callers.go 106 true main.main
// callers.go 106 true main.main
// callers.go 107 true main.main
// callers.go 27 true main.(*list[...]).add
// callers.go 27 true main.(*list[...]).add
// callers.go 29 true main.apply[...]
// callers.go 109 true main.main.func2
// callers.go 29 true main.apply[...]
// callers.go 111 true main.main.func3
// callers.go 35 true main.dog.speak
// callers.go 113 true main.main
// callers.go 35 true main.dog.speak
// callers.go 115 true main.main
// callers.go 60 true main.deferred
// [main.names:41 main.deferred.func1:58 main.deferred:61 main.main:116]
// explicit true
// main.panics.func1:67 main.panics:78
// runtime error: invalid memory address or nil pointer dereference true
// main.panics.func1:67 main.panics:80
// runtime error: index out of range [1] with length 0 true
// main.panics.func1:67 main.panics:83
// callers.go 120 true main.main.func4
// callers.go 124 true main.main.func5
// [main.names:41 main.main.func5:125]
// [main.wrap:96 main.main:129]
// false
// true true
