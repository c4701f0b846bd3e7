package main

import (
	"errors"
	"fmt"
)

type flag bool

func (f flag) String() string {
	if f {
		return "on"
	}
	return "off"
}

type entry struct {
	value int
	found bool
}

type lookup struct {
	m    map[string]any
	last entry
}

func (l *lookup) text(k string) (s string, ok bool) {
	v, ok := l.m[k]
	if !ok {
		return "", false
	}
	s, ok = v.(string)
	return
}

func main() {
	m := map[string]int{"a": 1, "zero": 0}
	if v, ok := m["zero"]; ok && v == 0 {
		fmt.Println("zero is there")
	}
	if _, ok := m["b"]; !ok {
		fmt.Println("b is not")
	}
	var on flag
	var n int
	n, on = m["a"]
	fmt.Println(n, on)
	l := &lookup{m: map[string]any{"s": "text", "n": 5, "nil": nil}}
	l.last.value, l.last.found = m["a"]
	fmt.Printf("%+v\n", l.last)
	fmt.Println(l.text("s"))
	fmt.Println(l.text("n"))
	fmt.Println(l.text("none"))
	ch := make(chan string, 2)
	ch <- "x"
	close(ch)
	results := make([]bool, 2)
	texts := [2]string{}
	texts[0], results[0] = <-ch
	texts[1], results[1] = <-ch
	fmt.Printf("%q %v\n", texts, results)
	var e any = errors.New("failed")
	_, isErr := e.(error)
	_, isStr := e.(fmt.Stringer)
	fmt.Println(isErr, isStr)
	_, l.last.found = e.(interface{ Unwrap() error })
	fmt.Println(l.last.found)
	var status any
	status, l.m["ok"] = l.m["nil"]
	fmt.Println(status, l.m["ok"])
	nested := map[string]map[string]int{"x": {"y": 1}}
	if inner, ok := nested["x"]; ok {
		if v, ok := inner["y"]; ok {
			fmt.Println(v, ok)
		}
	}
	_, ok := nested["q"]["y"]
	fmt.Println(ok)
	var x, found = m["a"]
	fmt.Println(x, found)
	check := func(v int, ok bool) string { return fmt.Sprint(v, "/", ok) }
	get := func(k string) (int, bool) { v, ok := m[k]; return v, ok }
	fmt.Println(check(get("a")), check(get("b")))
	if on, _ := e.(flag); !on {
		fmt.Println(on)
	}
}

// Output:
// zero is there
// b is not
// 1 on
// {value:1 found:true}
// text true
//  false
//  false
// ["x" ""] [true false]
// true false
// false
// <nil> true
// 1 true
// false
// 1 true
// 1/true 0/false
// off
