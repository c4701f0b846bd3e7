// Generic functions of the standard library over every basic type, and over types that
// are near to them.
package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

type name string

type names []string

func numbers[T int | int8 | int16 | int32 | int64 | uint | uint8 | uint16 | uint32 | uint64 | float32 | float64](what string) {
	s := []T{3, 1, 2}
	fmt.Println(what, slices.Contains(s, 2), slices.Contains(s, 9), slices.Index(s, 1), slices.IsSorted(s))
	slices.Sort(s)
	at, found := slices.BinarySearch(s, 3)
	fmt.Println(s, at, found, slices.IsSorted(s), slices.Equal(s, []T{1, 2, 3}), slices.Compare(s, []T{1, 2, 4}))
	slices.Reverse(s)
	fmt.Printf("%T %v %T %v %v %v\n", s, s, cmp.Or(0, s[2]), cmp.Or(0, s[2], 7), cmp.Compare(s[0], s[1]), cmp.Less(s[0], s[1]))
}

func call(log *[]string, what string, v int) int {
	*log = append(*log, what)
	return v
}

func main() {
	numbers[int]("int")
	numbers[int8]("int8")
	numbers[int16]("int16")
	numbers[int32]("int32")
	numbers[int64]("int64")
	numbers[uint]("uint")
	numbers[uint8]("uint8")
	numbers[uint16]("uint16")
	numbers[uint32]("uint32")
	numbers[uint64]("uint64")
	numbers[float32]("float32")
	numbers[float64]("float64")

	words := []string{"pear", "apple", "fig"}
	fmt.Println(slices.Contains(words, "fig"), slices.Index(words, "plum"), cmp.Compare("a", "b"), cmp.Or("", "x", "y"), cmp.Or[string]() == "")
	slices.Sort(words)
	fmt.Println(words, slices.IsSorted(words))
	fmt.Println(slices.Contains([]string(nil), "x"), slices.Equal([]int(nil), []int{}), slices.Index[[]string](nil, ""))

	nan := math.NaN()
	fmt.Println(cmp.Compare(nan, 1), cmp.Compare(1, nan), cmp.Compare(nan, nan), cmp.Less(nan, 1), slices.Contains([]float64{nan}, nan))
	minus := math.Copysign(0, -1)
	fmt.Println(cmp.Compare(minus, 0), cmp.Less(minus, 0), math.Signbit(cmp.Or(minus, 0)), slices.Index([]float64{1, 0}, minus))
	floats := []float64{2, nan, math.Inf(-1), minus, 0}
	slices.Sort(floats)
	fmt.Println(floats, math.Signbit(floats[2]))

	list := []name{"b", "a"}
	fmt.Println(slices.Contains(list, "a"), cmp.Or(name(""), "z"), slices.Index(names{"a", "b"}, "b"))
	slices.Sort(list)
	fmt.Printf("%T %v\n", list, list)
	runes, bytes := []rune("héllo"), []byte("hello")
	slices.Sort(runes)
	slices.Reverse(bytes)
	fmt.Println(string(runes), string(bytes), slices.Index(runes, 'é'), slices.Contains(bytes, 'e'))

	var log []string
	fmt.Println(cmp.Or(call(&log, "a", 0), call(&log, "b", 2), call(&log, "c", 3)), cmp.Compare(call(&log, "d", 1), call(&log, "e", 2)), log)
	many := []int{0, 0, 5, 6}
	fmt.Println(cmp.Or(many...), cmp.Or(many[:2]...))
	compare, less := cmp.Compare[int], cmp.Less[string]
	fmt.Println(compare(2, 1), less("a", "b"))
	var any any = cmp.Compare[int64]
	_, ok := any.(func(x, y int64) int)
	fmt.Println(ok)
	if i, found := slices.BinarySearch([]int{1, 3, 5}, 4); !found && slices.Contains(many, 6) || i == 9 {
		fmt.Println("between", i)
	}
	defer fmt.Println(cmp.Compare(1, 2))
	defer slices.Sort(many)
	func() {
		defer func() { fmt.Println(many, recover()) }()
		slices.Reverse(many)
	}()
	done := make(chan bool)
	go func() { done <- slices.Contains(many, 5) }()
	fmt.Println(<-done)
}

// Output:
// int true false 1 false
// [1 2 3] 2 true true true -1
// []int [3 2 1] int 1 1 false
// int8 true false 1 false
// [1 2 3] 2 true true true -1
// []int8 [3 2 1] int8 1 1 false
// int16 true false 1 false
// [1 2 3] 2 true true true -1
// []int16 [3 2 1] int16 1 1 false
// int32 true false 1 false
// [1 2 3] 2 true true true -1
// []int32 [3 2 1] int32 1 1 false
// int64 true false 1 false
// [1 2 3] 2 true true true -1
// []int64 [3 2 1] int64 1 1 false
// uint true false 1 false
// [1 2 3] 2 true true true -1
// []uint [3 2 1] uint 1 1 false
// uint8 true false 1 false
// [1 2 3] 2 true true true -1
// []uint8 [3 2 1] uint8 1 1 false
// uint16 true false 1 false
// [1 2 3] 2 true true true -1
// []uint16 [3 2 1] uint16 1 1 false
// uint32 true false 1 false
// [1 2 3] 2 true true true -1
// []uint32 [3 2 1] uint32 1 1 false
// uint64 true false 1 false
// [1 2 3] 2 true true true -1
// []uint64 [3 2 1] uint64 1 1 false
// float32 true false 1 false
// [1 2 3] 2 true true true -1
// []float32 [3 2 1] float32 1 1 false
// float64 true false 1 false
// [1 2 3] 2 true true true -1
// []float64 [3 2 1] float64 1 1 false
// true -1 -1 x true
// [apple fig pear] true
// false true -1
// -1 1 0 true false
// 0 false false 1
// [NaN -Inf -0 0 2] true
// true z 1
// []main.name [a b]
// hlloé olleh 4 true
// 2 -1 [a b c d e]
// 5 0
// 1 true
// true
// between 2
// [6 5 0 0] <nil>
// true
// -1
