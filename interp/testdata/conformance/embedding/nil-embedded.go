package main

import (
	"fmt"
	"strings"
)

type logger struct{ prefix string }

func (l *logger) Log(s string) string {
	if l == nil {
		return "(no logger) " + s
	}
	return l.prefix + s
}

func (l logger) Prefix() string { return l.prefix }

type Notifier interface{ Notify(string) string }

type service struct {
	*logger
	Notifier
	name string
}

type email struct{ to string }

func (e email) Notify(s string) string { return "to " + e.to + ": " + s }

func attempt(name string, f func() string) {
	defer func() {
		if e := recover(); e != nil {
			_, isErr := e.(error)
			text := fmt.Sprint(e)
			fmt.Println(name, "panics:", isErr, strings.HasPrefix(text, "runtime error: invalid memory address"))
		}
	}()
	fmt.Println(name, "gives", f())
}

//go:noinline
func nobody() Notifier { return (*email)(nil) }

func main() {
	var s service
	attempt("method of a nil pointer", func() string { return s.Log("hello") })
	attempt("value method of a nil pointer", func() string { return s.Prefix() })
	attempt("field of a nil pointer", func() string { return s.prefix })
	attempt("nil interface", func() string { return s.Notify("x") })
	attempt("method value of a nil interface", func() string {
		f := s.Notify
		return f("never")
	})
	attempt("method value of a nil pointer", func() string {
		f := s.Log
		return f("bound")
	})
	s.logger = &logger{"> "}
	s.Notifier = email{"ann"}
	attempt("method of a pointer", func() string { return s.Log(s.Prefix()) })
	attempt("interface", func() string { return s.Notify("hi") })
	var p *service
	attempt("field of a nil outer pointer", func() string { return p.name })
	attempt("method through a nil outer pointer", func() string { return p.Log("x") })
	s.Notifier = &s
	s.Notifier.(*service).Notifier = email{"loop"}
	attempt("replaced", func() string { return s.Notify("end") })
	n := nobody()
	attempt("value method through a nil pointer in an interface", func() string { return n.Notify("x") })
	fmt.Println(n == nil, s.Notifier != nil)
}

// Output:
// method of a nil pointer gives (no logger) hello
// value method of a nil pointer panics: true true
// field of a nil pointer panics: true true
// nil interface panics: true true
// method value of a nil interface panics: true true
// method value of a nil pointer gives (no logger) bound
// method of a pointer gives > >
// interface gives to ann: hi
// field of a nil outer pointer panics: true true
// method through a nil outer pointer panics: true true
// replaced gives to loop: end
// value method through a nil pointer in an interface panics: true false
// false true
