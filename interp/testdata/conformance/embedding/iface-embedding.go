package main

import "fmt"

type R interface{ Read() string }
type W interface{ Write(string) }
type RW interface {
	R
	W
}
type F struct{ b string }

func (f *F) Read() string   { return f.b }
func (f *F) Write(s string) { f.b += s }
func main() {
	var rw RW = &F{}
	rw.Write("x")
	var r R = rw
	fmt.Println(r.Read())
	if w, ok := r.(W); ok {
		w.Write("y")
	}
	fmt.Println(rw.Read())
	_, ok := r.(interface{ Close() })
	fmt.Println(ok)
	rs := []R{&F{"1"}, &F{"2"}}
	for _, r := range rs {
		fmt.Print(r.Read())
	}
	fmt.Println()
}

// Output:
// x
// xy
// false
// 12
