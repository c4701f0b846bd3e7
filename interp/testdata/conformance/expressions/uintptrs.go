package main

import (
	"fmt"
	"reflect"
)

type Handle uintptr

func count[T int | uint8 | uintptr | Handle](n T) (s string) {
	for i := T(0); i < n; i++ {
		s += fmt.Sprint(i, ";")
	}
	return s
}

func main() {
	fmt.Println(count(3), count[uint8](3), count[uintptr](3), count[Handle](3))
	var a, b uintptr = 1, 2
	fmt.Println(a < b, a >= b, a+b, a-b, b/a, a<<b, a^b, -a, ^a)
	a++
	a += 5
	b--
	fmt.Println(a, b, min(a, b), max(a, b), int(a), float64(b))
	for i := range a {
		fmt.Print(i, " ")
	}
	for i := range Handle(2) {
		i--
		fmt.Print(i, " ")
	}
	fmt.Println()
	handles := map[string]Handle{"x": 4}
	handles["x"]++
	handles["y"]--
	list := []struct{ at Handle }{{1}, {2}}
	list[1].at++
	p := &list[0].at
	*p--
	fmt.Println(handles, list)
	x := 7
	fmt.Println(reflect.ValueOf(&x).Pointer() > 0, []int{1, 2, 3}[b])
}

// Output:
// 0;1;2; 0;1;2; 0;1;2; 0;1;2;
// true false 3 18446744073709551615 2 4 3 18446744073709551615 18446744073709551614
// 7 1 1 7 7 1
// 0 1 2 3 4 5 6 18446744073709551615 0
// map[x:5 y:18446744073709551615] [{0} {3}]
// true 2
