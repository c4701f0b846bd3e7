package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"
)

type name string

func (n name) String() string { return "name " + strings.ToUpper(string(n)) }

type point struct{ X, Y int }

type failure struct{ code int }

func (f *failure) Error() string { return fmt.Sprint("failure ", f.code) }

const (
	small = 1 << iota
	large
)

var key = "k"

var packageLevel = map[string]any{"small": small, key: large, "n": name("n")}

func trace(s string) string {
	fmt.Print(s, " ")
	return s
}

func traced(v any) any {
	fmt.Print(v, " ")
	return v
}

func show(m map[string]any) {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		if _, isFunc := m[k].(func() int); isFunc {
			fmt.Printf("%s: a func that gives %d\n", k, m[k].(func() int)())
			continue
		}
		fmt.Printf("%s: %v %T\n", k, m[k], m[k])
	}
}

func seven() int { return 7 }

func (p point) sum() int { return p.X + p.Y }

func main() {
	var (
		none   error
		typed  *failure
		err    error = &failure{3}
		n      name  = "ada"
		empty  any
		b      byte    = 200
		f32    float32 = 0.1
		p              = &point{1, 2}
		inner          = map[string]any{"deep": []int{1, 2}}
		joined         = errors.Join(err, nil)
	)
	show(map[string]any{
		"int": 1, "float": 2.5, "rune": 'x', "string": "s", "bool": 1 < 2, "nil": nil, "const": small | large, "complex": 1i,
		"none": none, "typed": typed == nil, "err": err, "joined": joined, "name": n, "empty": empty, "byte": b, "f32": f32,
		"struct": point{3, 4}, "field": p.X, "inner": inner, "nested": map[string]string{"a": "b"}, "slice": []string{"x"},
		"literal": func() int { return 6 }, "function": seven, "method": p.sum, "duration": 3 * time.Second,
	})
	show(packageLevel)
	fmt.Println(len(map[string]string{}), len(map[string]any{}), map[string]any{"typed": typed}["typed"] == error(typed))

	// The operands are evaluated in order, keys before their values.
	ordered := map[string]any{trace("a"): traced(1), trace("b"): traced("two"), trace("c"): trace("three")}
	fmt.Println(len(ordered))
	strs := map[string]string{trace("k") + "1": trace("v"), "k2": strings.Repeat(trace("w"), 2)}
	fmt.Println(strs)

	// The same keys at run time: the last one stays.
	k := "same"
	fmt.Println(map[string]int{k: 1, key: 2}, map[string]string{k: "first", "sa" + "me"[0:1] + "e": "second"})

	// Each evaluation makes a map of its own.
	var made []map[string]string
	for i := range 3 {
		made = append(made, map[string]string{"i": fmt.Sprint(i)})
	}
	made[0]["i"] = "changed"
	fmt.Println(made)

	// What holds a variable holds its value at the time.
	v := 1
	m := map[string]any{"v": v, "p": &v}
	v = 2
	fmt.Println(m["v"], *m["p"].(*int))

	// From closures and goroutines.
	answers := make(chan map[string]any)
	for i := range 3 {
		go func() { answers <- map[string]any{"i": i, "square": func() int { return i * i }} }()
	}
	total := 0
	for range 3 {
		a := <-answers
		total += a["i"].(int) + a["square"].(func() int)()
	}
	fmt.Println(total)

	// Panics of the operands leave as they are.
	func() {
		defer func() { fmt.Println(recover()) }()
		var missing *point
		fmt.Println(map[string]any{"x": missing.X})
	}()

	text, err := json.Marshal(map[string]any{"name": n, "point": point{5, 6}, "list": []any{1, "a", nil}, "when": time.Duration(5)})
	fmt.Println(string(text), err)

	type table map[string]any
	named := table{"a": 1, "b": table{"c": "d"}}
	fmt.Printf("%v %T %T\n", named, named, named["b"])
	ints := map[string]int{"one": 1, "two": 2}
	fmt.Println(ints)
	byName := map[name]string{"a": "x"}
	fmt.Println(byName[name("a")], byName)
}

// Output:
// bool: true bool
// byte: 200 uint8
// complex: (0+1i) complex128
// const: 3 int
// duration: 3s time.Duration
// empty: <nil> <nil>
// err: failure 3 *main.failure
// f32: 0.1 float32
// field: 1 int
// float: 2.5 float64
// function: a func that gives 7
// inner: map[deep:[1 2]] map[string]interface {}
// int: 1 int
// joined: failure 3 *errors.joinError
// literal: a func that gives 6
// method: a func that gives 3
// name: name ADA main.name
// nested: map[a:b] map[string]string
// nil: <nil> <nil>
// none: <nil> <nil>
// rune: 120 int32
// slice: [x] []string
// string: s string
// struct: {3 4} main.point
// typed: true bool
// k: 2 int
// n: name N main.name
// small: 1 int
// 0 0 true
// a 1 b two c three 3
// k v w map[k1:v k2:ww]
// map[k:2 same:1] map[same:second]
// [map[i:changed] map[i:1] map[i:2]]
// 1 2
// 8
// runtime error: invalid memory address or nil pointer dereference
// {"list":[1,"a",null],"name":"ada","point":{"X":5,"Y":6},"when":5} <nil>
// map[a:1 b:map[c:d]] main.table main.table
// map[one:1 two:2]
// x map[name A:x]
