package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

type level int

func parse(s string) (n int, err error) {
	key, value, found := strings.Cut(s, "=")
	if !found {
		return 0, fmt.Errorf("%q has no value", key)
	}
	n, err = strconv.Atoi(value)
	return n, err
}

func main() {
	// New variables in each round, which closures keep.
	var later []func() string
	for _, s := range []string{"1", "x", "3"} {
		n, err := strconv.Atoi(s)
		later = append(later, func() string { return fmt.Sprint(n, " ", err) })
		n, other := strconv.Atoi(s + "0") // n is the one before
		_, _ = n, other
	}
	for _, f := range later {
		fmt.Println(f())
	}

	// Of other types, blanks, fields and elements.
	var any1 any
	var err error
	any1, err = strconv.Atoi("7")
	fmt.Printf("%v %T %v\n", any1, any1, err)
	_, err = strconv.Atoi("y")
	fmt.Println(errors.Is(err, strconv.ErrSyntax), err)
	var list [2]int
	var holder struct {
		n   int
		err error
	}
	list[1], _ = strconv.Atoi("5")
	holder.n, holder.err = strconv.Atoi("z")
	fmt.Println(list, holder.n, holder.err != nil)
	p := &holder
	p.n, p.err = strconv.Atoi("9")
	fmt.Println(holder)

	before, after, ok := strings.Cut("k: v", ": ")
	fmt.Println(before, after, ok)
	before, _, ok = strings.Cut("none", "/")
	fmt.Println(before, ok)
	if _, rest, found := strings.Cut("a/b/c", "/"); found {
		before, after, found := strings.Cut(rest, "/")
		fmt.Println(before, after, found, ok)
	}

	b, err := json.Marshal(map[string]level{"a": 1})
	fmt.Println(string(b), err)
	b, err = json.Marshal(func() {})
	fmt.Println(b == nil, err)

	for _, s := range []string{"a=1", "a=b", "a"} {
		n, err := parse(s)
		fmt.Println(n, err)
	}
	func() {
		defer func() { fmt.Println("recovered", recover() != nil) }()
		n, err := strconv.Atoi([]string{}[len(later)])
		fmt.Println(n, err)
	}()
}

// Output:
// 10 <nil>
// 0 strconv.Atoi: parsing "x": invalid syntax
// 30 <nil>
// 7 int <nil>
// true strconv.Atoi: parsing "y": invalid syntax
// [0 5] 0 true
// {9 <nil>}
// k v true
// none false
// b c true false
// {"a":1} <nil>
// true json: unsupported type: func()
// 1 <nil>
// 0 strconv.Atoi: parsing "b": invalid syntax
// 0 "a" has no value
// recovered true
