package main

import "fmt"

type Level int

const (
	zero, one = iota, iota + 1
	two, three
	_, _
	six, seven
)

const (
	first = "fixed"
	second
	third = iota
	fourth
	fifth = iota * 1.5
	sixth
)

const (
	low Level = iota - 1
	mid
	high
	plain = iota
)

const (
	a = iota + len("abc")
	b
	c = 'x' + iota
	d
	e = "abc" == "" || iota == 4
)

const (
	mutexLocked = 1 << iota
	mutexWoken
	mutexShift = iota
)

func main() {
	fmt.Println(zero, one, two, three, six, seven)
	fmt.Println(first, second, third, fourth, fifth, sixth)
	fmt.Printf("%T %v %T %v %T %v\n", low, low, high, high, plain, plain)
	fmt.Println(a, b, c, d, e)
	fmt.Printf("%T %T %T %T\n", a, c, fifth, e)
	fmt.Println(mutexLocked, mutexWoken, mutexShift)
	const (
		local = 10 * (iota + 1)
		again
	)
	{
		const local = iota
		fmt.Println(local, again)
	}
	const iota = 7
	const shadowed = iota
	fmt.Println(shadowed)
	var table [six]string
	table[third] = second
	fmt.Printf("%d %q\n", len(table), table)
}

// Output:
// 0 1 1 2 3 4
// fixed fixed 2 3 6 7.5
// main.Level -1 main.Level 1 int 3
// 3 4 122 123 true
// int int32 float64 bool
// 1 2 2
// 0 20
// 7
// 3 ["" "" "fixed"]
