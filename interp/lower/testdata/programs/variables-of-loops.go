package main

import "fmt"

func main() {
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i += 10; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), " ", f(), " ")
	}
	fmt.Println()

	var ps []*int
	for i := 0; i < 6; i++ {
		if i == 1 {
			i++
		}
		if i == 4 {
			continue
		}
		ps = append(ps, &i)
	}
	for _, p := range ps {
		fmt.Print(*p, " ")
	}
	fmt.Println()

	gs := map[string]func() string{}
	for k, v := range map[string]int{"a": 1, "b": 2} {
		gs[k] = func() string { v++; return fmt.Sprint(k, v) }
	}
	fmt.Println(gs["a"](), gs["b"](), gs["a"]())

	var arrays []*[2]int
	for i := range 3 {
		x := [2]int{i, i}
		arrays = append(arrays, &x)
		s := []int{i}
		defer func() { fmt.Print(s, x, " ") }()
	}
	for _, a := range arrays {
		fmt.Print(*a)
	}
	fmt.Println()

	var found []*string
	m := map[int]string{1: "one", 3: "three"}
	for i := range 4 {
		s, ok := m[i]
		if !ok {
			s += "?"
		}
		found = append(found, &s)
	}
	for _, s := range found {
		fmt.Print(*s, " ")
	}
	fmt.Println()

	var x any = 1
	for i := range 3 {
		n, ok := x.(int)
		fmt.Print(n, ok, " ")
		if i == 0 {
			x = "s"
		} else {
			x = 3
		}
	}
	fmt.Println()

outer:
	for i := 0; i < 3; i++ {
		for j := 0; ; j++ {
			g := func() int { return i*10 + j }
			switch {
			case j == 2:
				continue outer
			case i == 2:
				break outer
			}
			fmt.Print(g(), " ")
		}
	}
	fmt.Println()

	for i, s := 0, ""; i < 3; i, s = i+1, s+"x" {
		f := func() string { return fmt.Sprint(i, s) }
		fmt.Print(f(), " ")
	}
	fmt.Println()
	n := 3
	for i := range n {
		n = 10
		i *= 2
		fmt.Print(i, " ")
	}
	fmt.Println(n)
}

// Output:
// 10 20 11 21 12 22
// 0 2 3 5
// a2 b3 a3
// [0 0][1 1][2 2]
// ? one ? three
// 1 true 0 false 3 true
// 0 1 10 11
// 0 1x 2xx
// 0 2 4 10
// [2] [2 2] [1] [1 1] [0] [0 0]
