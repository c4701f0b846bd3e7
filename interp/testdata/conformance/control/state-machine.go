package main

import "fmt"

type stateFn func(*m) stateFn
type m struct {
	n   int
	out []string
}

func start(x *m) stateFn { x.out = append(x.out, "start"); return loop }
func loop(x *m) stateFn {
	x.n++
	if x.n > 2 {
		return nil
	}
	x.out = append(x.out, "loop")
	return loop
}
func main() {
	x := &m{}
	for s := stateFn(start); s != nil; {
		s = s(x)
	}
	fmt.Println(x.out)
}

// Output:
// [start loop loop]
