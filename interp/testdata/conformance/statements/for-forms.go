package main

import "fmt"

type node struct {
	next *node
	v    int
}

func collect(fns []func() int) (out []int) {
	for _, f := range fns {
		out = append(out, f())
	}
	return
}

func main() {
	for i, j := 0, 10; i < j; i, j = i+1, j-2 {
		fmt.Print(i, ":", j, " ")
	}
	fmt.Println()
	n := 3
	for n > 0 {
		n--
	}
	for ; n < 2; n++ {
	}
	for n := n; ; {
		if n++; n > 5 {
			break
		}
	}
	fmt.Println(n)
	list := &node{&node{&node{nil, 3}, 2}, 1}
	total := 0
	for p := list; p != nil; p = p.next {
		total += p.v
	}
	fmt.Println(total)
	var fns []func() int
	for i := 0; i < 6; i++ {
		if i%2 == 0 {
			i++
		}
		fns = append(fns, func() int { i += 100; return i })
	}
	fmt.Println(collect(fns), collect(fns))
	fns = nil
	for i := 0; i < 3; i++ {
		defer func() { fmt.Print("deferred ", i, "; ") }()
		fns = append(fns, func() int { return i })
		i := i * i
		fns = append(fns, func() int { return i })
	}
	fmt.Println(collect(fns))
	var ptrs []*int
	for i := 0; i < 3; i++ {
		ptrs = append(ptrs, &i)
	}
	*ptrs[0] += 10
	fmt.Println(*ptrs[0], *ptrs[1], *ptrs[2])
	steps := 0
	for f, done := 1.0, false; !done; f /= 2 {
		steps++
		done = f < 0.01
	}
	fmt.Println(steps)
	for s := "x"; len(s) < 20; s += s {
		if len(s) == 4 {
			continue
		}
		fmt.Print(len(s), " ")
	}
	fmt.Println()
	for i := range 3 {
		for i := range i {
			fmt.Print(i)
		}
		fmt.Print("|")
	}
	fmt.Println()
	for i, limit := 0, func() int { return 2 }; i < limit(); i++ {
		fmt.Print(i, " ")
	}
	fmt.Println()
	type state struct{ a, b int }
	for st := (state{0, 1}); st.b < 30; st = (state{st.b, st.a + st.b}) {
		fmt.Print(st.b, " ")
	}
	fmt.Println()
}

// Output:
// 0:10 1:8 2:6 3:4
// 2
// 6
// [101 103 105] [201 203 205]
// [0 0 1 1 2 4]
// 10 1 2
// 8
// 1 2 8 16
// |0|01|
// 0 1
// 1 1 2 3 5 8 13 21
// deferred 2; deferred 1; deferred 0;
