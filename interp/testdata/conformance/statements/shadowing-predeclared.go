package main

import "fmt"

type string2 = string

func len(s string) string { return "own length of " + s }

type error interface{ Code() int }

type code int

func (c code) Code() int { return int(c) }

func fail(n int) error { return code(n) }

func iota(n int) int { return n + 1 }

func main() {
	fmt.Println(len("x"), fail(3).Code(), iota(1))
	true := false
	fmt.Println(true, !true)
	nil := 7
	fmt.Println(nil + 1)
	{
		type int string
		var i int = "int is text"
		fmt.Println(i)
		string := func(v any) string2 { return fmt.Sprint("<", v, ">") }
		fmt.Println(string(5), string([]int{"a"}))
	}
	var i int = 5
	make := func(n int) []int { return append([]int{}, n, n) }
	fmt.Println(make(i), cap(make(2)) >= 2)
	append, copy := "append", "copy"
	fmt.Println(append + copy)
	new := 3
	new++
	println := fmt.Println
	println("own println", new)
	panic := func(v any) { fmt.Println("no panic:", v) }
	panic("calm")
	any := struct{ a, b int }{1, 2}
	fmt.Println(any.a + any.b)
	var append2 = func(string string2) string2 { return string + append }
	fmt.Println(append2("> "), cap([]byte("abc")) >= 3)
}

// Output:
// own length of x 3 2
// false true
// 8
// int is text
// <5> <[a]>
// [5 5] true
// appendcopy
// own println 4
// no panic: calm
// 3
// > append true
