package main

import (
	"fmt"
	"strings"
)

type Permission uint8

const (
	Read Permission = 1 << iota
	Write
	_
	Delete
	Admin = Read | Write | Delete
	None  = Permission(0)
)

var names = map[Permission]string{Read: "read", Write: "write", Delete: "delete"}

func (p Permission) Has(q Permission) bool { return p&q == q }

func (p *Permission) Clear(q Permission) { *p &^= q }

func (p Permission) String() string {
	if p == None {
		return "none"
	}
	var parts []string
	for bit := Permission(1); bit != 0; bit <<= 1 {
		if p&bit == 0 {
			continue
		}
		if name, ok := names[bit]; ok {
			parts = append(parts, name)
		} else {
			parts = append(parts, fmt.Sprintf("bit(%#x)", uint8(bit)))
		}
	}
	return strings.Join(parts, "|")
}

func main() {
	fmt.Println(Read, Write, Delete, Admin, None)
	p := Read | Delete
	fmt.Println(p, p.Has(Read), p.Has(Write), p.Has(None))
	p |= 1 << 6
	fmt.Printf("%v %d %08b %q\n", p, p, p, p)
	p.Clear(Read)
	fmt.Println(p, ^p&Admin)
	fmt.Println([]Permission{Read, Admin}, map[Permission]int{Write: 1, Read: 2})
	fmt.Printf("%v %+v %T\n", struct{ P Permission }{Admin}, &struct{ P Permission }{Read}, Admin)
}

// Output:
// read write delete read|write|delete none
// read|delete true false true
// read|delete|bit(0x40) 73 01001001 "read|delete|bit(0x40)"
// delete|bit(0x40) read|write
// [read read|write|delete] map[read:2 write:1]
// {read|write|delete} &{P:read} main.Permission
