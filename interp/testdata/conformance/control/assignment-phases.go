package main

import (
	"errors"
	"fmt"
)

type box struct {
	n    int
	next *box
	arr  [3]int
	m    map[string]int
}

var errRight = errors.New("right side")

func fails() int { panic(errRight) }

func try(name string, f func()) {
	defer func() {
		if v := recover(); v != nil {
			err, _ := v.(error)
			fmt.Println(name, "->", err, errors.Is(err, errRight))
		}
	}()
	f()
	fmt.Println(name, "ends")
}

func main() {
	var nilBox *box
	var nilMap map[string]int
	s := []int{1, 2, 3}
	i := 7
	b := &box{m: map[string]int{}}
	try("slice index and call", func() { s[i] = fails() })
	try("array index and call", func() { b.arr[i] = fails() })
	try("nil map and call", func() { nilMap["k"] = fails() })
	try("nil pointer and call", func() { nilBox.n = fails() })
	try("two targets", func() { s[0], s[i] = 10, 20 })
	fmt.Println(s)
	try("second target nil", func() { s[1], nilBox.n = 30, 40 })
	fmt.Println(s)
	j := 8
	try("exchange out of range", func() { s[i], s[j] = s[j], s[i] })
	try("exchange half out of range", func() { s[0], s[j] = s[j], s[0] })
	fmt.Println(s)
	try("map then panic", func() { b.m["a"], nilMap["b"] = 1, 2 })
	fmt.Println(b.m)
	k := 0
	k, s[k] = 2, 100
	fmt.Println(k, s)
	s[k], k = 200, 0
	fmt.Println(k, s)
	b.next = &box{n: 1, next: &box{n: 2}}
	b.next, b.next.next, b.next.n = b.next.next, b, 50
	fmt.Println(b.n, b.next.n, b.next.next == nil)
	p := &box{n: 1}
	q := p
	p, p.n = &box{n: 9}, 5
	fmt.Println(p.n, q.n)
	x, y, z := 1, 2, 3
	x, y, z = z, x, y
	fmt.Println(x, y, z)
	m := map[int]int{1: 2}
	key := 1
	key, m[key], m[m[key]] = 5, 6, 7
	fmt.Println(key, m)
	s[0], s[1], s[2] = s[2], s[0], s[1]
	fmt.Println(s)
	arr := [2][2]int{{1, 2}, {3, 4}}
	arr[0], arr[1][0] = arr[1], arr[0][1]
	fmt.Println(arr)
	var iface any = 1
	text, ok := iface.(string)
	fmt.Printf("%q %v\n", text, ok)
	pp := &p
	*pp, (*pp).n = nil, 77
	fmt.Println(p == nil)
}

// Output:
// slice index and call -> right side true
// array index and call -> right side true
// nil map and call -> right side true
// nil pointer and call -> right side true
// two targets -> runtime error: index out of range [7] with length 3 false
// [10 2 3]
// second target nil -> runtime error: invalid memory address or nil pointer dereference false
// [10 30 3]
// exchange out of range -> runtime error: index out of range [7] with length 3 false
// exchange half out of range -> runtime error: index out of range [8] with length 3 false
// [10 30 3]
// map then panic -> assignment to entry in nil map false
// map[a:1]
// 2 [100 30 3]
// 0 [100 30 200]
// 0 2 true
// 9 5
// 3 1 2
// 5 map[1:6 2:7]
// [200 100 30]
// [[3 4] [2 4]]
// "" false
// true
