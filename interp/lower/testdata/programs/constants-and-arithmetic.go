package main

import (
	"fmt"
	"math"
	"time"
)

type Weekday int

const (
	Sunday Weekday = iota
	Monday
	_
	Wednesday
)
const (
	KB = 1 << (10 * (iota + 1))
	MB
)
const (
	x, y = iota, iota * 10
	z, w
)
const huge = 1 << 100
const third = 1.0 / 3

type Bits uint8
type Ratio float32
type Text string

func (d Weekday) String() string { return [...]string{"Sun", "Mon", "Tue", "Wed"}[d] }

func shift(n int, by uint) (int8, uint8, int64, uint32) {
	return int8(n) << by, uint8(n) >> by, int64(n) << by, uint32(n) << by
}

func main() {
	fmt.Println(Sunday, Monday, Wednesday, KB, MB, x, y, z, w, huge>>98, third)
	var i8 int8 = math.MaxInt8
	var u8 uint8 = 250
	var i64 int64 = math.MinInt64
	var u64 uint64 = math.MaxUint64
	i8++
	u8 += 10
	fmt.Println(i8, u8, -i8, ^u8, u8-5, i64-1, u64+2, -i64, i64/-1)
	fmt.Println(shift(200, 3))
	fmt.Println(shift(-7, 1))
	fmt.Println(1<<u8, int8(-1)<<7, Bits(1)<<7>>7, uint64(1)<<63, u64>>63, ^Bits(0), Bits(6)&^2, -7/2, -7%3, 7&-7)
	var f32 float32 = 0.1
	f := 0.1
	fmt.Println(f32, float64(f32) == f, f32*3, Ratio(1)/3, f+0.2, float32(16777217), float32(int64(1)<<53+1))
	big := int64(1<<53 + 1)
	fmt.Println(float32(big), float64(big), int(3.99*f*10), int64(-2.5*4*f*10), uint8(int(f*10)+255))
	inf := math.Inf(1)
	zero := 0.0
	neg := -1 / inf
	fmt.Println(inf, -inf, zero/zero == zero/zero, neg, 1/neg, math.Signbit(negate(zero)), max(zero, neg), min(math.NaN(), 1))
	c := complex(1, -2)
	c *= c
	var c64 complex64 = complex64(c) + 1i
	fmt.Println(c, real(c), imag(c64), c == -3-4i, c64/2)
	d := 90 * time.Second
	var n time.Duration = 3
	fmt.Println(d, d*n, time.Duration(2)*time.Hour, d > n, d.Minutes(), -d, d/n, time.March+1, time.Saturday)
	s := "héllo"
	r := []rune(s)
	b := []byte(s)
	b[0] = 'H'
	fmt.Println(len(s), len(r), string(r[1]), s[1], s[1:3] == "é", string(b), Text(s)+"!", string(rune(233)), []Text{"a"}, s < "i")
	var a any = 'x'
	_, isRune := a.(rune)
	fmt.Println(isRune, 'a'+1, string(rune('a'+1)), "\xff\u00e9\n"[1], len("日本"), `raw\n`)
	var m Bits = 1
	m |= 4
	m ^= 1
	m <<= 2
	m %= 7
	v := 10
	v &^= 2
	v -= -3
	v *= v
	fmt.Println(m, v, v>>1, !(v > 3 && m < 9) || v == 121)
	var arr [KB / 256]Weekday
	arr[Monday] = Wednesday
	fmt.Println(arr, len(arr), [...]Text{2: "c", 0: "a"}, map[Weekday]int{Monday: 1}[1])
	const big1 = math.MaxUint64
	fmt.Println(uint64(big1), uint32(big1>>32), math.MaxInt64, math.Pi, float32(math.Pi), 0x1p-2, 1_000, 0b101, 0o17)
	println()
}

func negate(f float64) float64 { return -f }

// Output:
// Sun Mon Wed 1024 1048576 0 0 1 10 4 0.3333333333333333
// -128 4 -128 251 255 9223372036854775807 1 -9223372036854775808 -9223372036854775808
// 64 25 1600 1600
// -14 124 -14 4294967282
// 16 -128 1 9223372036854775808 1 255 4 -3 -1 1
// 0.1 false 0.3 0.33333334 0.30000000000000004 1.6777216e+07 9.007199e+15
// 9.007199e+15 9.007199254740992e+15 3 -10 0
// +Inf -Inf false -0 -Inf true 0 NaN
// (-3-4i) -3 -3 true (-1.5-1.5i)
// 1m30s 4m30s 2h0m0s true 1.5 -1m30s 30s April Saturday
// 6 5 é 195 true Héllo héllo! é [a] true
// true 98 b 195 6 raw\n
// 2 121 60 true
// [Sun Wed Sun Sun] 4 [a  c] 1
// 18446744073709551615 4294967295 9223372036854775807 3.141592653589793 3.1415927 0.25 1000 5 15
