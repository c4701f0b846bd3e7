package main

import "fmt"

type S struct{ A, B int }
type E struct{ *S }

func get(p *int) *int { return p }
func mk() E           { return E{&S{1, 2}} }
func id[T any](v T) T { return v }

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

func main() {
	try(func() { var p *int; q := &*p; fmt.Println(q == nil) })
	try(func() { var p *int; q := &*get(p); fmt.Println(q == nil) })
	try(func() { x := 5; q := &(*get(&x)); *q++; fmt.Println(x) })
	try(func() { var p *S; q := &p.B; fmt.Println(q == nil) })
	try(func() { var p *S; q := &*p; fmt.Println(q == nil) })
	try(func() { q := &mk().B; fmt.Println(*q) })
	try(func() { q := &(*mk().S); fmt.Println(*q) })
	try(func() { var p *[4]int; q := &p[2]; fmt.Println(q == nil) })
	try(func() { var p *[4]int; q := p[:]; fmt.Println(q == nil) })
	try(func() {
		var p *[4]int
		fmt.Println(len(p), cap(p))
		for i := range p {
			fmt.Print(i)
		}
		fmt.Println()
	})
	try(func() { var p *S; *p = S{} })
	try(func() { var p *S; fmt.Println((*p).A) })
	try(func() { var p *S; x := *p; _ = x })
	try(func() { var p *S; _ = *p })
	try(func() { var p **S; _ = **p })
	try(func() {
		x, y := uint32(9), uint16(3)
		fmt.Println(id(x)<<(id(y)%2|1), id(int32(-5))>>(y-1), 1<<(id(y)+2), x<<(y^1), x>>(id(uint8(4))/2))
		x <<= id(y) - 1
		x >>= y & 1
		fmt.Println(x)
		var i8 int8 = 3
		fmt.Println(x<<(i8-1), x<<(id(i8)*2), uint8(x)<<(y<<1), ^x>>-(-i8))
	})
}

// Output:
// runtime error: invalid memory address or nil pointer dereference
// runtime error: invalid memory address or nil pointer dereference
// 6
// <nil>
// runtime error: invalid memory address or nil pointer dereference
// runtime error: invalid memory address or nil pointer dereference
// 2
// <nil>
// {1 2}
// <nil>
// runtime error: invalid memory address or nil pointer dereference
// runtime error: invalid memory address or nil pointer dereference
// 4 4
// 0123
// <nil>
// runtime error: invalid memory address or nil pointer dereference
// runtime error: invalid memory address or nil pointer dereference
// runtime error: invalid memory address or nil pointer dereference
// runtime error: invalid memory address or nil pointer dereference
// runtime error: invalid memory address or nil pointer dereference
// 18 -2 32 36 2
// 18
// 72 1152 128 536870909
// <nil>
