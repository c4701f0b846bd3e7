package main

import (
	"errors"
	"fmt"
)

type ID int

func (i ID) String() string { return fmt.Sprintf("#%d", int(i)) }

type Ptr struct{ n int }

func (p *Ptr) String() string { return fmt.Sprint("ptr ", p.n) }

type Err struct{ code int }

func (e Err) Error() string { return fmt.Sprint("err ", e.code) }

type holder struct {
	ID    ID
	P     *Ptr
	V     Ptr
	Err   error
	Any   any
	inner ID
}

func main() {
	h := holder{1, &Ptr{2}, Ptr{3}, Err{4}, ID(5), 6}
	fmt.Println(h.ID, h.P, h.V, h.Err, h.Any, h.inner)
	fmt.Printf("%v\n", []ID{1, 2})
	fmt.Printf("%v\n", map[ID]ID{1: 2})
	fmt.Printf("%v %v\n", [2]ID{}, struct{ A, b ID }{7, 8})
	fmt.Printf("%v\n", []any{ID(1), &Ptr{2}, Err{3}, nil})
	fmt.Printf("%v %s\n", []error{Err{1}, errors.New("x")}, Err{9})
	fmt.Printf("%d %v\n", ID(3), &h.ID != nil)
	var p *Ptr
	fmt.Printf("%v\n", []*Ptr{} == nil)
	defer func() { fmt.Println("recovered", recover() != nil) }()
	fmt.Println(p == nil, ID(1) == 1)
	_ = p.String()
}

// Output:
// #1 ptr 2 {3} err 4 #5 #6
// [#1 #2]
// map[#1:#2]
// [#0 #0] {#7 8}
// [#1 ptr 2 err 3 <nil>]
// [err 1 x] err 9
// 3 true
// false
// true true
// recovered true
