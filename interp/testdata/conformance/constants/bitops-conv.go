package main

import (
	"fmt"
	"math"
)

func main() {
	var u8 uint8 = 250
	u8 += 10
	fmt.Println(u8)
	var i8 int8 = 127
	i8++
	fmt.Println(i8, 7&^2, 1<<3|1, -7/2, -7%3, uint32(1)<<31)
	x := 10
	x <<= 2
	x ^= 3
	fmt.Println(x, ^x)
	f := 3.7
	fmt.Println(int(f), float32(0.1), math.MaxInt64, uint64(math.MaxUint64))
	var d uint = 3
	fmt.Println(1 << d)
	h := uint32(2166136261)
	for _, c := range []byte("abc") {
		h ^= uint32(c)
		h *= 16777619
	}
	fmt.Println(h)
}

// Output:
// 4
// -128 5 9 -3 -1 2147483648
// 43 -44
// 3 0.1 9223372036854775807 18446744073709551615
// 8
// 440920331
