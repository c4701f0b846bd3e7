package main

import "fmt"

type bits uint16

const width = 16

func take8(b byte) byte { return b }

func main() {
	var s uint = 4
	var a = 1 << s
	var b int32 = 1 << s
	var c uint64 = 1<<s | 1<<40
	var d = uint8(1<<s) << 4
	var e = bits(0xffff) << s >> s
	var f = int64(1) << 62 >> (s + s)
	fmt.Printf("%T %v, %T %v, %T %v, %T %v, %T %#x, %T %v\n", a, a, b, b, c, c, d, d, e, e, f, f)
	fmt.Println(take8(1<<s), 1.0<<3, []int{1 << s}[0], [1 << 2]int{}[1<<s-16])
	var i = 1<<s == 16
	var j uint8 = 255
	k := j<<1>>1 == 127
	fmt.Println(i, k, j<<1, int(j)<<1)
	var n int8 = -128
	fmt.Println(n>>1, n>>(s+96), n<<1, uint8(n)>>1, -n)
	var w uint = 70
	fmt.Println(1<<w == 0, int64(-1)>>w, uint32(1)<<(w%32))
	const top = bits(1) << (width - 1)
	fmt.Printf("%016b %d\n", top, top)
	x := 1
	x <<= s
	x |= 1
	x >>= 1
	x ^= 0xf
	x &^= 2
	fmt.Println(x, ^x, -x&x)
	var m = map[int]string{1 << s: "sixteen"}
	fmt.Println(m[1<<s], len(make([]byte, 1<<s)))
}

// Output:
// int 16, int32 16, uint64 1099511627792, uint8 0, main.bits 0xfff, int64 18014398509481984
// 16 8 16 0
// true true 254 510
// -64 -1 0 64 -128
// true -1 64
// 1000000000000000 32768
// 5 -6 1
// sixteen 16
