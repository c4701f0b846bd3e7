package main

import "fmt"

type Celsius float64
type ID uint16

func main() {
	i := 0x1_2345_6789
	fmt.Println(int8(i), uint8(i), int16(i), uint16(i), int32(i), uint32(i), int64(i))
	n := -1
	fmt.Println(uint8(n), uint16(n), uint32(n), uint64(n), ID(n))
	var u8 uint8 = 200
	fmt.Println(int8(u8), u8+100, u8*u8, -u8, ^u8, u8-201)
	var i8 int8 = 127
	i8++
	fmt.Println(i8, -i8, i8-1, i8/-1)
	var u32 uint32
	u32--
	fmt.Println(u32, u32+1, u32*u32)
	var i64 int64 = 1 << 62
	fmt.Println(i64*2, i64*4, -(i64*2) == i64*2)
	for _, f := range []float64{1.9, -1.9, 2.5, 1e9, 255.99} {
		fmt.Print(int(f), " ", int64(f), " ", uint8(int(f)), "; ")
	}
	fmt.Println()
	fmt.Println(float32(16777217), float64(1<<53+1), float32(0.1), float64(float32(0.1)))
	c := Celsius(36.6)
	fmt.Println(c, int(c), Celsius(int(c))+0.5, float32(c))
	var r rune = 'é'
	fmt.Println(byte(r), int8(r), string(r), r+1, uint64(r)<<32>>32)
	var b byte = 'a'
	fmt.Println(rune(b), string(rune(b-32)), ID(b)<<8|ID(b))
	p := uintptr(7)
	fmt.Println(int(p)+1, uint8(p))
}

// Output:
// -119 137 26505 26505 591751049 591751049 4886718345
// 255 65535 4294967295 18446744073709551615 65535
// -56 44 64 56 55 255
// -128 -128 127 -128
// 4294967295 0 1
// -9223372036854775808 0 true
// 1 1 1; -1 -1 255; 2 2 2; 1000000000 1000000000 0; 255 255 255;
// 1.6777216e+07 9.007199254740992e+15 0.1 0.10000000149011612
// 36.6 36 36.5 36.6
// 233 -23 é 234 233
// 97 A 24929
// 8 7
