package main

import "fmt"

func classify(n int) (out []string) {
	switch {
	case n < 0:
		out = append(out, "negative")
		fallthrough
	case n == 0:
		out = append(out, "not positive")
	case n > 100:
		out = append(out, "large")
		if n > 1000 {
			break
		}
		out = append(out, "but not huge")
	default:
		out = append(out, "ordinary")
	}
	switch x := n % 5; x {
	case 0, 1:
		out = append(out, "low")
	case 2:
		out = append(out, "two")
	}
	return out
}

func f(s string) int { fmt.Print("f", s, " "); return len(s) }

func main() {
	for _, n := range []int{-7, 0, 52, 150, 5000} {
		fmt.Println(n, classify(n))
	}
	switch f("aa") {
	case f("a"):
		fmt.Println("one")
	case f("b") + 1, f("ccc"):
		fmt.Println("two")
	case f("never"):
	}
	switch c := 'x'; {
	case 'a' <= c && c <= 'z':
		fmt.Println("letter")
	}
	var e any = 3
	switch e {
	case "3":
		fmt.Println("string")
	case 3:
		fmt.Println("int 3")
	}
	switch v := e.(type) {
	case string, int:
		fmt.Printf("%T\n", v)
	}
	switch {
	default:
		fmt.Println("default first")
	case false:
	}
loop:
	for i := 0; ; i++ {
		switch {
		case i == 1:
			continue loop
		case i == 3:
			break loop
		}
		fmt.Print(i, " ")
	}
	i := 0
again:
	if i < 3 {
		i++
		goto again
	}
	fmt.Println(i)
	switch f := func() bool { return true }; f() {
	case true:
		fmt.Println("true")
	}
}

// Output:
// -7 [negative not positive]
// 0 [not positive low]
// 52 [ordinary two]
// 150 [large but not huge low]
// 5000 [large low]
// faa fa fb two
// letter
// int 3
// int
// default first
// 0 2 3
// true
