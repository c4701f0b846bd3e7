package main

import (
	"fmt"
	"reflect"
	"strings"
)

type Bus struct {
	handlers map[reflect.Type][]func(any)
	depth    int
}

type Subscription[E any] struct {
	bus   *Bus
	index int
}

func Subscribe[E any](b *Bus, h func(E)) Subscription[E] {
	if b.handlers == nil {
		b.handlers = map[reflect.Type][]func(any){}
	}
	t := reflect.TypeFor[E]()
	b.handlers[t] = append(b.handlers[t], func(e any) { h(e.(E)) })
	return Subscription[E]{b, len(b.handlers[t]) - 1}
}

func (s Subscription[E]) Cancel() {
	s.bus.handlers[reflect.TypeFor[E]()][s.index] = nil
}

func Publish[E any](b *Bus, e E) (delivered int) {
	b.depth++
	defer func() { b.depth-- }()
	for _, h := range b.handlers[reflect.TypeFor[E]()] {
		if h != nil {
			h(e)
			delivered++
		}
	}
	return
}

type UserCreated struct{ Name string }

type OrderPlaced struct {
	ID    int
	Total float64
}

type Audit interface{ Describe() string }

func (u UserCreated) Describe() string { return "created " + u.Name }

func (o *OrderPlaced) Describe() string { return fmt.Sprintf("order %d: %.2f", o.ID, o.Total) }

type Level int

func main() {
	b := new(Bus)
	var log []string
	note := func(format string, args ...any) {
		log = append(log, strings.Repeat(">", b.depth)+fmt.Sprintf(format, args...))
	}
	users := Subscribe(b, func(e UserCreated) {
		note("user %s", e.Name)
		Publish(b, Audit(e))
	})
	Subscribe(b, func(e *OrderPlaced) {
		note("order %d", e.ID)
		e.Total *= 2
		Publish[Audit](b, e)
	})
	Subscribe(b, func(a Audit) { note("audit: %s (%T)", a.Describe(), a) })
	Subscribe(b, func(l Level) { note("level %d", l) })
	Subscribe(b, func(n int) { note("int %d", n) })
	Subscribe(b, func(m map[string]Level) { note("map %v", m) })
	Subscribe(b, func(e error) { note("error %v", e) })
	fmt.Println(Publish(b, UserCreated{"ann"}), Publish(b, &OrderPlaced{1, 9.5}), Publish(b, OrderPlaced{}))
	fmt.Println(Publish(b, Level(3)), Publish(b, 3), Publish(b, map[string]Level{"x": 1}), Publish(b, fmt.Errorf("plain")), Publish(b, error(nil)) == 1)
	users.Cancel()
	fmt.Println(Publish(b, UserCreated{"late"}))
	for _, l := range log {
		fmt.Println(l)
	}
	fmt.Println(reflect.TypeFor[Subscription[Level]](), reflect.TypeFor[Audit]().Kind(), len(b.handlers))
}

// Exit status: 2

// Output:
// 1 1 0
