package main

import (
	"fmt"
	"math"
)

const (
	huge   = 1 << 200
	back   = huge >> 195
	third  = 1.0 / 3
	one    = third * 3
	big    = 1e1000
	small  = big / 1e998
	golden = 1.61803398874989484820458683436563811772030917980576286213544862
	mask   = ^uint32(0)
	minus  = -1
	wide   = 0x1p-1074
	digits = 1_000_000_007
	octal  = 0o755
	binary = 0b1010_0101
	hexf   = 0x1.8p1
	ratio  = 7 / 2
	fratio = 7 / 2.0
	mixed  = 'a' * 1.0
)

func main() {
	fmt.Println(back, one == 1, small)
	fmt.Println(golden*golden-golden == 1, golden*golden-golden)
	fmt.Println(mask, minus, wide, digits, octal, binary, hexf)
	fmt.Println(ratio, fratio)
	fmt.Printf("%T %v\n", mixed, mixed)
	var f32 float32 = third
	var f64 float64 = third
	fmt.Println(f32, f64, float64(f32) == f64)
	fmt.Println(math.MaxInt64, uint64(math.MaxUint64), math.MinInt64)
	fmt.Println(math.MaxUint32*2+1, math.SmallestNonzeroFloat64, math.MaxFloat32)
	const sum = math.MaxUint64 + 1
	fmt.Println(sum/2 == 1<<63, sum%10, float64(sum))
	const circle = 2 * math.Pi
	fmt.Printf("%.15f %.5f\n", circle, float32(circle))
	const c = 3 + 4i
	fmt.Println(real(c)*real(c)+imag(c)*imag(c), c*c, c == 3.0+4.0i)
	var i = real(c)
	fmt.Printf("%T %T %T\n", c, i, imag(complex64(c)))
	const text = "con" + "cat"
	fmt.Println(len(text), text < "cot", text[1] == 'o', !(text == "x"))
	var exact int8 = 0x1p6 + 63
	fmt.Println(exact, int(5.0), uint8('\xff'), "\u00e9"[0])
}

// Output:
// 32 true 100
// false 1
// 4294967295 -1 5e-324 1000000007 493 165 3
// 3 3.5
// float64 97
// 0.33333334 0.3333333333333333 false
// 9223372036854775807 18446744073709551615 -9223372036854775808
// 8589934591 5e-324 3.4028234663852886e+38
// true 6 1.8446744073709552e+19
// 6.283185307179586 6.28319
// 25 (-7+24i) true
// complex128 float64 float32
// 6 true true true
// 127 5 255 195
