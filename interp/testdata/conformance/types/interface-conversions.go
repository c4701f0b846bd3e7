package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

type Animal interface {
	Name() string
	Sound() string
}

type Walker interface {
	Animal
	Legs() int
}

type base struct{ name string }

func (b base) Name() string { return b.name }

type dog struct{ base }

func (dog) Sound() string { return "woof" }

func (dog) Legs() int { return 4 }

type fish struct {
	base
	depth float64
}

func (*fish) Sound() string { return "" }

func (f *fish) Swim() string { return fmt.Sprintf("%s at %.1f m", f.name, f.depth) }

type hidden interface{ secret() string }

type agent struct{ code int }

func (a agent) secret() string { return strings.Repeat("*", a.code) }

func describe(a Animal) string {
	switch v := a.(type) {
	case interface{ Swim() string }:
		return "swims: " + v.Swim()
	case Walker:
		return fmt.Sprintf("%s walks on %d", v.Name(), v.Legs())
	case nil:
		return "nothing"
	}
	return "?"
}

type closeCounter struct {
	io.Reader
	closed int
}

func (c *closeCounter) Close() error { c.closed++; return errors.New("closed") }

func main() {
	animals := []Animal{dog{base{"rex"}}, &fish{base{"nemo"}, 12.5}, nil, &dog{base{"ptr"}}}
	for _, a := range animals {
		fmt.Println(describe(a))
	}
	w, ok := animals[0].(Walker)
	fmt.Println(ok, w.Legs(), w == animals[0])
	_, ok = animals[1].(Walker)
	fmt.Println(ok)
	var boxed any = animals[0]
	d := boxed.(dog)
	d.name = "changed"
	fmt.Println(d.name, boxed.(dog).name, boxed.(Animal).Name())
	var h hidden = agent{3}
	fmt.Println(h.secret(), any(h).(interface{ secret() string }).secret(), h.(agent).code)
	c := &closeCounter{Reader: strings.NewReader("read me")}
	var r io.Reader = c
	data, _ := io.ReadAll(r)
	if rc, ok := r.(io.ReadCloser); ok {
		fmt.Println(string(data), rc.Close(), c.closed, rc.(*closeCounter) == c)
	}
	_, ok = r.(io.WriterTo)
	fmt.Println(ok)
	_, ok = c.Reader.(io.WriterTo)
	fmt.Println(ok)
	shouts := map[Animal]int{}
	for _, a := range animals {
		if a != nil {
			shouts[a] += len(a.Sound())
		}
	}
	fmt.Println(len(shouts), shouts[dog{base{"rex"}}], shouts[animals[1]])
	list := []any{1, "a", nil, animals[1], errors.New("e"), agent{1}, func() {}, []Animal{}}
	counts := map[string]int{}
	for _, v := range list {
		switch v.(type) {
		case Animal, hidden:
			counts["ours"]++
		case error, fmt.Stringer:
			counts["library"]++
		case nil:
			counts["nil"]++
		case int, string:
			counts["basic"]++
		default:
			counts[fmt.Sprintf("%T", v)]++
		}
	}
	fmt.Println(counts)
}

// Output:
// rex walks on 4
// swims: nemo at 12.5 m
// nothing
// ptr walks on 4
// true 4 true
// false
// changed rex rex
// *** *** 3
// read me closed 1 true
// false
// true
// 3 4 0
// map[[]main.Animal:1 basic:2 func():1 library:1 nil:1 ours:2]
