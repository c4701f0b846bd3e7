package main

import (
	"encoding/json"
	"fmt"
	"image"
	"net/http"
	"net/url"
	"time"
)

type Names []string
type Handler func(http.ResponseWriter, *http.Request)
type Dir chan int

func main() {
	// A named type is not the type it is made of, and the other way round.
	var a any = Names{"x"}
	_, ok := a.([]string)
	fmt.Println(ok)
	a = []string{"y"}
	_, ok = a.(Names)
	fmt.Println(ok)
	s, ok := a.([]string)
	fmt.Println(s, ok)

	// The same with types of the library.
	a = []byte("{}")
	_, ok = a.(json.RawMessage)
	fmt.Println(ok)
	a = json.RawMessage("{}")
	_, ok = a.([]byte)
	fmt.Println(ok)
	raw, ok := a.(json.RawMessage)
	fmt.Println(string(raw), ok)
	a = map[string][]string{}
	_, ok = a.(url.Values)
	fmt.Println(ok)
	_, ok = a.(http.Header)
	fmt.Println(ok)
	_, ok = a.(map[string][]string)
	fmt.Println(ok)
	a = func(http.ResponseWriter, *http.Request) {}
	_, ok = a.(http.HandlerFunc)
	fmt.Println(ok)
	_, ok = a.(Handler)
	fmt.Println(ok)
	_, ok = a.(func(http.ResponseWriter, *http.Request))
	fmt.Println(ok)
	var h http.Handler = http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})
	f, ok := h.(http.HandlerFunc)
	fmt.Println(f != nil, ok)
	a = struct{ X, Y int }{1, 2}
	_, ok = a.(image.Point)
	fmt.Println(ok)
	a = image.Pt(1, 2)
	_, ok = a.(struct{ X, Y int })
	fmt.Println(ok)
	p, ok := a.(image.Point)
	fmt.Println(p, ok)
	a = time.Unix(0, 0).UTC()
	t, ok := a.(time.Time)
	fmt.Println(t, ok)

	// Channels of another direction.
	a = make(chan int)
	_, ok = a.(<-chan int)
	fmt.Println(ok)
	_, ok = a.(chan<- int)
	fmt.Println(ok)
	_, ok = a.(Dir)
	fmt.Println(ok)
	c, ok := a.(chan int)
	fmt.Println(cap(c), ok)
	a = [2]int{1, 2}
	arr, ok := a.([2]int)
	fmt.Println(arr, ok)

	defer func() { fmt.Println(recover()) }()
	a = Names(nil)
	fmt.Println(a.([]string))
}

// Output:
// false
// false
// [y] true
// false
// false
// {} true
// false
// false
// true
// false
// false
// true
// true true
// false
// false
// (1,2) true
// 1970-01-01 00:00:00 +0000 UTC true
// false
// false
// false
// 0 true
// [1 2] true
// interface conversion: interface {} is main.Names, not []string
