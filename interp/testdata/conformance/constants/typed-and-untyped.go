package main

import (
	"fmt"
	"math"
	"time"
)

type Bits uint8

const (
	F0 Bits = 1 << iota
	F1
	_
	F3
)

const (
	KB = 1 << (10 * (iota + 1))
	MB
)

const (
	a, b = iota, iota * 10
	c, d
	_, _
	e, f
)

const big = 1 << 100
const third = 1.0 / 3
const timeout = 3 * time.Second
const name, size = "n" + "ame", len("four")

type Level string

const (
	Debug Level = "debug"
	Info  Level = "info"
)

func main() {
	fmt.Println(F0, F1, F3, F0|F3, F3&^F3, ^F0)
	fmt.Println(KB, MB, a, b, c, d, e, f)
	fmt.Println(big>>98, third, timeout, name, size)
	fmt.Printf("%T %T %T %T %T\n", F0, KB, third, timeout, 'x')
	var u8 uint8 = 200
	u8 += 100
	var i8 int8 = 127
	i8++
	var u uint = 0
	u--
	fmt.Println(u8, i8, u == math.MaxUint, -7/2, -7%3, 7&-7, 1<<3|1)
	var s uint = 70
	fmt.Println(1<<s == 0, uint8(255)>>1, int8(-128)>>1, -8>>1)
	x := 0.1
	fmt.Println(x+0.2, float32(x)+0.2, math.Inf(1), -math.MaxFloat64, math.NaN() == math.NaN())
	fmt.Println(int(-1.9*x*10), uint8(int(300)&0xff), int64(math.MaxInt32)+1, string(rune(65)), []byte("é"), []rune("é"))
	fmt.Println(Debug, Debug == "debug", Info > Debug, Level("x")+Info)
	var c64 complex64 = complex(1, 2)
	fmt.Println(c64*c64, real(c64), imag(c64), 1i*1i)
	const h = 0x1p-2
	fmt.Println(h, 0b101, 0o17, 1_000_000, '\n', "\u00e9\x41", `raw\n`)
	fmt.Println(math.MaxInt64, uint64(math.MaxUint64), time.Duration(1500)*time.Millisecond)
}

// Output:
// 1 2 8 9 0 254
// 1024 1048576 0 0 1 10 3 30
// 4 0.3333333333333333 3s name 4
// main.Bits int float64 time.Duration int32
// 44 -128 true -3 -1 1 9
// true 127 -64 -4
// 0.30000000000000004 0.3 +Inf -1.7976931348623157e+308 false
// -1 44 2147483648 A [195 169] [233]
// debug true true xinfo
// (-3+4i) 1 2 (-1+0i)
// 0.25 5 15 1000000 10 éA raw\n
// 9223372036854775807 18446744073709551615 1.5s
