package main

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
)

type Handler func(string) error

type Server struct {
	Base
	prefix string
}

type Base struct{ log []string }

func (b *Base) Log(s string) error      { b.log = append(b.log, s); return nil }
func (s Server) Greet(who string) error { return errors.New(s.prefix + who) }

func health(string) error  { return nil }
func metrics(string) error { return nil }

func withDefer(name string) (err error) {
	defer func() { err = errors.Join(err, errors.New(name)) }()
	return nil
}

//go:noinline
func limit(n int) Handler {
	return func(s string) error {
		if len(s) > n {
			return errors.New("too long")
		}
		return nil
	}
}

// funcName is what routers print of their handlers.
func funcName(f any) string {
	name := runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
	return name[strings.LastIndexByte(name, '/')+1:]
}

func same(f, g any) bool { return reflect.ValueOf(f).Pointer() == reflect.ValueOf(g).Pointer() }

type bus struct{ subscribers []Handler }

func (b *bus) subscribe(h Handler) { b.subscribers = append(b.subscribers, h) }

func (b *bus) unsubscribe(h Handler) int {
	before := len(b.subscribers)
	b.subscribers = slices.DeleteFunc(b.subscribers, func(s Handler) bool { return same(s, h) })
	return before - len(b.subscribers)
}

func main() {
	local := func(s string) error { return nil }
	other := func(s string) error { return errors.New(s) }
	server := &Server{prefix: "hi "}
	handlers := []Handler{health, metrics, withDefer, local, other, limit(1), server.Greet, server.Log, (&Base{}).Log}
	for i, h := range handlers {
		fmt.Print(funcName(h), " ")
		for j, g := range handlers {
			if i != j && same(h, g) {
				fmt.Print("= ", funcName(g), " ")
			}
		}
		fmt.Println(h("x"))
	}
	fmt.Println(funcName(Server.Greet), funcName((*Base).Log), funcName(funcName), funcName(main))
	fmt.Println(same(limit(1), limit(2)), same(health, metrics), same(server.Greet, Server{}.Greet), same(Server.Greet, server.Greet))
	var b bus
	for _, h := range []Handler{health, metrics, local, health, limit(3)} {
		b.subscribe(h)
	}
	fmt.Println(b.unsubscribe(health), b.unsubscribe(other), b.unsubscribe(limit(9)), len(b.subscribers))
	fmt.Println(funcName(strings.ToUpper), same(strings.ToUpper, strings.ToLower), same(b.subscribe, b.unsubscribe))
	names := map[uintptr]string{}
	for _, f := range []any{health, metrics, local, other} {
		names[reflect.ValueOf(f).Pointer()] = funcName(f)
	}
	p := new(int)
	fmt.Println(len(names), reflect.ValueOf(p).Pointer() == reflect.ValueOf(p).Pointer(), reflect.ValueOf(Handler(nil)).Pointer())
	f := runtime.FuncForPC(reflect.ValueOf(metrics).Pointer())
	_, line := f.FileLine(f.Entry())
	fmt.Println(f.Name(), line)
}

// Output:
// main.health <nil>
// main.metrics <nil>
// main.withDefer x
// main.main.func1 <nil>
// main.main.func2 x
// main.limit.func1 <nil>
// main.Server.Greet-fm hi x
// main.(*Base).Log-fm = main.(*Base).Log-fm <nil>
// main.(*Base).Log-fm = main.(*Base).Log-fm <nil>
// main.Server.Greet main.(*Base).Log main.funcName main.main
// true false true false
// 2 0 1 2
// strings.ToUpper false false
// 4 true 0
// main.metrics 25
