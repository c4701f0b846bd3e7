package main

import "fmt"

type A int
type B int
type S1 struct{ X int }
type S2 struct{ X int }
type F func(int) int
type M map[string]int

func kind(x any) string {
	switch v := x.(type) {
	case A:
		return fmt.Sprint("A ", v+1)
	case B:
		return fmt.Sprint("B ", v+1)
	case int, int64:
		return fmt.Sprintf("integer %v", v)
	case S1:
		return fmt.Sprint("S1 ", v.X)
	case *S1:
		return fmt.Sprint("*S1 ", v.X)
	case S2:
		return fmt.Sprint("S2 ", v.X)
	case struct{ X int }:
		return fmt.Sprint("struct ", v.X)
	case F:
		return fmt.Sprint("F ", v(1))
	case func(int) int:
		return fmt.Sprint("func ", v(1))
	case M:
		return fmt.Sprint("M ", len(v))
	case map[string]int:
		return fmt.Sprint("map ", len(v))
	case []A:
		return fmt.Sprint("[]A ", v)
	case []int:
		return fmt.Sprint("[]int ", v)
	case [2]B:
		return fmt.Sprint("[2]B ", v)
	case map[A]B:
		return fmt.Sprint("map[A]B ", v)
	case chan A:
		return "chan A"
	case error:
		return "error " + v.Error()
	case fmt.Stringer:
		return "stringer " + v.String()
	case nil:
		return "nil"
	}
	return fmt.Sprintf("%T", x)
}

func main() {
	inc := func(i int) int { return i + 1 }
	for _, x := range []any{A(1), B(1), 1, int64(1), int8(1), S1{1}, &S1{2}, S2{1}, struct{ X int }{3}, &S2{}, F(inc), inc,
		M{"a": 1}, map[string]int{}, []A{1}, []int{1}, [2]B{1, 2}, [2]int{}, map[A]B{1: 2}, make(chan A), make(chan B), nil, fmt.Errorf("e")} {
		fmt.Println(kind(x))
	}
	fmt.Println(any(A(1)) == any(B(1)), any(A(1)) == any(A(1)), any(S1{1}) == any(S2{1}), any(S1(S2{1})) == any(S1{1}))
	m := map[any]string{A(1): "A", B(1): "B", 1: "int", S1{1}: "S1", S2{1}: "S2", [1]A{1}: "arrA", [1]int{1}: "arr"}
	fmt.Println(len(m), m[A(1)], m[B(1)], m[1], m[S1{1}], m[S2{1}], m[[1]A{1}])
}

// Output:
// A 2
// B 2
// integer 1
// integer 1
// int8
// S1 1
// *S1 2
// S2 1
// struct 3
// *main.S2
// F 2
// func 2
// M 1
// map 0
// []A [1]
// []int [1]
// [2]B [1 2]
// [2]int
// map[A]B map[1:2]
// chan A
// chan main.B
// nil
// error e
// false true false true
// 7 A B int S1 S2 arrA
