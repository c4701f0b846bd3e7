package main

import "fmt"

type Cents int64

func divmod(a, b int) (q, r int) { return a / b, a % b }

func floorDiv(a, b int) int {
	q, r := divmod(a, b)
	if r != 0 && (r < 0) != (b < 0) {
		q--
	}
	return q
}

func gcd(a, b uint) uint {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func power(base, exp, mod uint64) uint64 {
	result := uint64(1)
	for base %= mod; exp > 0; exp >>= 1 {
		if exp&1 == 1 {
			result = result * base % mod
		}
		base = base * base % mod
	}
	return result
}

func main() {
	for _, p := range [][2]int{{7, 2}, {-7, 2}, {7, -2}, {-7, -2}} {
		q, r := divmod(p[0], p[1])
		fmt.Println(p, q, r, q*p[1]+r == p[0], floorDiv(p[0], p[1]))
	}
	fmt.Println(2+3*4, (2+3)*4, 2*3%4, -3%2, 7&3|8^1, 1<<2+1, 6&^2+1, 10-4-3, 100/10/5)
	fmt.Println(-5>>1, -5/2, 5&-5, ^5, +5, - -5, !true == false)
	x := 10
	y := x*x - -x + +x
	fmt.Println(y, x<<1&x, x|1<<3)
	var min64 int64 = -1 << 63
	fmt.Println(min64, -min64 == min64, min64/-1 == min64, min64%-1)
	fmt.Println(gcd(1071, 462), power(3, 200, 1_000_007), power(2, 63, 1<<40-87))
	price := Cents(1999)
	total := price*3 - price*3*15/100
	fmt.Printf("%d.%02d %T\n", total/100, total%100, total)
	sum := 0
	for n := 27; n != 1; sum++ {
		if n%2 == 0 {
			n /= 2
		} else {
			n = 3*n + 1
		}
	}
	fmt.Println(sum)
	var h uint32 = 2166136261
	for _, c := range []byte("hash me") {
		h ^= uint32(c)
		h *= 16777619
	}
	fmt.Println(h)
}

// Output:
// [7 2] 3 1 true 3
// [-7 2] -3 -1 true -4
// [7 -2] -3 1 true -4
// [-7 -2] 3 -1 true 3
// 14 20 2 -1 10 5 5 3 2
// -3 -2 1 -6 5 5 true
// 120 0 10
// -9223372036854775808 true true 0
// 21 959082 729808896
// 50.98 main.Cents
// 111
// 2372640957
