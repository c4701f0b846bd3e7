// Every operator on every basic type, on variables of every sort: local, captured, an
// element, a field, behind a pointer, in a map.
package main

import (
	"fmt"
	"math"
)

type signed interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64
}

type unsigned interface {
	~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

type integer interface{ signed | unsigned }

type float interface{ ~float32 | ~float64 }

// sum is a checksum of what is computed: the programs would print megabytes.
type sum uint64

func (s *sum) add(v uint64) { *s = (*s^sum(v))*1099511628211 + 7 }

func (s *sum) truth(b bool) {
	if b {
		s.add(1)
	} else {
		s.add(2)
	}
}

func attempt[T integer](f func() T) (v T, text string) {
	defer func() {
		if r := recover(); r != nil {
			text = fmt.Sprint(r)
		}
	}()
	return f(), ""
}

func integers[T integer](name string, values ...T) {
	var s, c sum
	for _, x := range values {
		for _, y := range values {
			s.add(uint64(x + y))
			s.add(uint64(x - y))
			s.add(uint64(x * y))
			s.add(uint64(x & y))
			s.add(uint64(x | y))
			s.add(uint64(x ^ y))
			s.add(uint64(x &^ y))
			s.add(uint64(-x))
			s.add(uint64(^y))
			if y != 0 {
				s.add(uint64(x / y))
				s.add(uint64(x % y))
			}
			c.truth(x == y)
			c.truth(x != y)
			c.truth(x < y)
			c.truth(x <= y)
			c.truth(x > y)
			c.truth(x >= y)
			if x < y && y != 0 || !(x == y) {
				c.add(3)
			}
		}
	}
	for _, x := range values {
		for count := uint(0); count < 70; count += 3 {
			s.add(uint64(x << count))
			s.add(uint64(x >> count))
			s.add(uint64(x << int8(count) >> uint16(count)))
		}
		s.add(uint64(x << 1))
		s.add(uint64(x >> 1))
		s.add(uint64(1 + x))
		s.add(uint64(x * 3))
		s.add(uint64(100 - x))
		c.truth(x < 5)
		c.truth(7 >= x)
	}
	fmt.Printf("%-8s computed %016x compared %016x\n", name, s, c)

	zero := values[0] - values[0]
	_, quotient := attempt(func() T { return values[1] / zero })
	_, rest := attempt(func() T { return values[1] % zero })
	_, assigned := attempt(func() T { x := values[1]; x /= zero; return x })
	fmt.Println(quotient, "-", rest, "-", assigned)
}

func floats[T float](name string, values ...T) {
	var s, c sum
	bits := func(x T) uint64 { return math.Float64bits(float64(x)) }
	put := func(x T) {
		if x != x {
			s.add(9) // which NaN is not said
			return
		}
		s.add(bits(x))
	}
	for _, x := range values {
		for _, y := range values {
			put(x + y)
			put(x - y)
			put(x * y)
			put(x / y)
			put(-x)
			c.truth(x == y)
			c.truth(x != y)
			c.truth(x < y)
			c.truth(x <= y)
			c.truth(x > y)
			c.truth(x >= y)
		}
		put(x + 0.1)
		put(2 * x)
		c.truth(x > 0)
	}
	fmt.Printf("%-8s computed %016x compared %016x\n", name, s, c)
}

type record[T any] struct {
	name  string
	inner struct{ value T }
	list  []T
	array [3]T
}

// pair has fields of others.
type pair struct {
	record[int]
	*record1
}

// record1 is reached through a pointer.
type record1 struct{ deep int }

// places updates variables of every sort in every way.
func places[T integer](name string, start, by T) {
	local := start
	captured := start
	slice := []T{start, start, start}
	array := [3]T{start, start, start}
	r := record[T]{name: name, list: []T{start}}
	r.inner.value = start
	p := &record[T]{}
	p.inner.value = start
	m := map[string]T{"x": start}
	behind := &local
	change := func(n T) {
		captured += n
		captured <<= 1
		captured--
	}
	for i := range 4 {
		n := by + T(i)
		local += n
		local++
		*behind -= 2
		local *= 3
		local ^= n
		change(n)
		slice[i%3] += n
		slice[1] |= slice[0] &^ n
		slice[2]++
		array[i%3] -= n
		array[2] = array[1] + array[0]
		r.inner.value += n
		r.inner.value %= 101
		r.list[0] += r.inner.value
		r.array[i%3]--
		p.inner.value |= n
		p.inner.value >>= 1
		p.list = append(p.list, p.inner.value)
		p.array[1] += p.list[len(p.list)-1]
		m["x"] += n
		m["y"]++
		m[name] -= m["y"]
		fmt.Println(name, local, captured, slice, array, r.inner.value, r.list, r.array, p.inner.value, p.list, p.array, m)
	}
}

func convert[From, To integer](values []From, s *sum) {
	for _, v := range values {
		to := To(v)
		s.add(uint64(to))
		s.add(uint64(float64(v)))
		s.add(math.Float64bits(float64(to)))
	}
}

func conversions[From integer](name string, values ...From) {
	var s sum
	convert[From, int](values, &s)
	convert[From, int8](values, &s)
	convert[From, int16](values, &s)
	convert[From, int32](values, &s)
	convert[From, int64](values, &s)
	convert[From, uint](values, &s)
	convert[From, uint8](values, &s)
	convert[From, uint16](values, &s)
	convert[From, uint32](values, &s)
	convert[From, uint64](values, &s)
	for _, v := range values {
		s.add(math.Float64bits(float64(float32(v))))
	}
	fmt.Printf("%-8s converted %016x\n", name, s)
}

type (
	celsius float64
	count   int16
	word    string
	flag    bool
)

func named() {
	var c celsius = 36.6
	c += 0.4
	c *= c / 2
	var n count = math.MaxInt16
	n++
	n -= 1
	var w word = "a"
	w += "b" + w
	var f flag = w == "aba"
	f = f != (c > 1)
	fmt.Println(c, n, w, f, !f, w < "b", n == math.MaxInt16, len(w), w[1])
}

// texts are read byte by byte, and grow.
func texts(list []string) {
	joined, longest := "", ""
	var s sum
	for i, text := range list {
		joined += text
		if len(text) > len(longest) {
			longest = text
		}
		for k := 0; k < len(text); k++ {
			c := text[k]
			if c >= 'a' && c <= 'z' {
				c -= 'a' - 'A'
			}
			s.add(uint64(c) << (i % 8))
		}
		for _, r := range text {
			s.add(uint64(r))
		}
		fmt.Println(i, text == joined, text != longest, text < longest, text >= "m", len(joined))
	}
	fmt.Printf("%q %q %016x\n", joined, longest, s)
}

// bounds are kept by reads and writes.
func bounds(list []int, text string, i int) {
	try := func(name string, f func()) {
		defer func() { fmt.Println(name, recover()) }()
		f()
	}
	var none []int
	var nothing *record1
	try("read", func() { fmt.Println(list[i]) })
	try("write", func() { list[i] = 1 })
	try("add", func() { list[i] += 1 })
	try("below", func() { fmt.Println(list[i-100]) })
	try("text", func() { fmt.Println(text[i]) })
	try("none", func() { fmt.Println(none[0]) })
	try("nil", func() { fmt.Println(nothing.deep) })
	try("nil write", func() { nothing.deep++ })
	var q pair
	q.inner.value += 2
	try("nil promoted", func() { q.deep++ })
	q.record1 = &record1{}
	try("promoted", func() { q.deep++; q.deep *= 5; fmt.Println(q.deep, q.inner.value) })
	try("small", func() { fmt.Println(list[uint8(i)]) })
	fmt.Println(list)
}

// variables of a loop's body are new in each round where somebody keeps them.
func kept() {
	var pointers []*int
	var functions []func() int
	for i := 0; i < 3; i++ {
		square := i * i
		cube := square * i
		pointers = append(pointers, &square)
		functions = append(functions, func() int { cube++; return cube })
	}
	for i := range pointers {
		*pointers[i] += 10
		fmt.Print(*pointers[i], " ", functions[i](), " ", functions[i](), " ")
	}
	fmt.Println()
}

func recursive(n int, trace *[]int) int {
	before := n * 10
	if n == 0 {
		return before
	}
	below := recursive(n-1, trace)
	*trace = append(*trace, before, below)
	return before + below
}

func swap(a, b int) (int, int) {
	a, b = b, a
	return a, b
}

func namedResults(n int) (total int, text string) {
	for i := range n {
		total += i
	}
	if n > 3 {
		text = "many"
	}
	return
}

func main() {
	integers("int", 0, 1, -1, 2, 7, math.MaxInt, math.MinInt, 12345)
	integers[int8]("int8", 0, 1, -1, 2, 7, math.MaxInt8, math.MinInt8, 100)
	integers[int16]("int16", 0, 1, -1, 2, 7, math.MaxInt16, math.MinInt16, 12345)
	integers[int32]("int32", 0, 1, -1, 2, 7, math.MaxInt32, math.MinInt32, 12345)
	integers[int64]("int64", 0, 1, -1, 2, 7, math.MaxInt64, math.MinInt64, 12345)
	integers[uint]("uint", 0, 1, 2, 7, math.MaxUint, 12345)
	integers[uint8]("uint8", 0, 1, 2, 7, math.MaxUint8, 200)
	integers[uint16]("uint16", 0, 1, 2, 7, math.MaxUint16, 12345)
	integers[uint32]("uint32", 0, 1, 2, 7, math.MaxUint32, 12345)
	integers[uint64]("uint64", 0, 1, 2, 7, math.MaxUint64, 12345)
	integers[uintptr]("uintptr", 0, 1, 2, 7, 12345)
	floats[float32]("float32", 0, 1, -1, 0.1, 1e30, -1e-30, float32(math.Inf(1)), float32(math.NaN()), 16777217)
	floats("float64", 0, 1, -1, 0.1, 1e300, -1e-300, math.Inf(-1), math.NaN(), 9007199254740993)
	places("int", 5, 3)
	places[int8]("int8", 120, 9)
	places[uint8]("uint8", 250, 9)
	places[uint16]("uint16", 65530, 9)
	places[int32]("int32", math.MaxInt32-3, 2)
	places[uint64]("uint64", 1, math.MaxUint64-2)
	conversions("int", 0, 1, -1, math.MaxInt, math.MinInt, 300, 70000)
	conversions[int8]("int8", 0, 1, -1, math.MaxInt8, math.MinInt8)
	conversions[int16]("int16", 0, 1, -1, math.MaxInt16, math.MinInt16, 300)
	conversions[int32]("int32", 0, 1, -1, math.MaxInt32, math.MinInt32, 16777217)
	conversions[int64]("int64", 0, 1, -1, math.MaxInt64, math.MinInt64, 9007199254740993)
	conversions[uint]("uint", 0, 1, math.MaxUint)
	conversions[uint8]("uint8", 0, 1, math.MaxUint8)
	conversions[uint16]("uint16", 0, 1, math.MaxUint16)
	conversions[uint32]("uint32", 0, 1, math.MaxUint32, 16777217)
	conversions[uint64]("uint64", 0, 1, math.MaxUint64, 9007199254740993)
	named()
	texts([]string{"alpha", "", "Beta", "gämma", "\xff\xfe", "zz"})
	bounds([]int{1, 2, 3}, "abc", 3)
	kept()
	var trace []int
	fmt.Println(recursive(5, &trace), trace)
	fmt.Println(swap(1, 2))
	fmt.Println(namedResults(2))
	fmt.Println(namedResults(5))
	fmt.Println(namedResults(0))
}

// Output:
// int      computed f5034eb5f8e2ec08 compared 3a2546b9390dac7b
// runtime error: integer divide by zero - runtime error: integer divide by zero - runtime error: integer divide by zero
// int8     computed cbba38d8d373a14e compared 3a2546b9390dac7b
// runtime error: integer divide by zero - runtime error: integer divide by zero - runtime error: integer divide by zero
// int16    computed b6ccf232fa723e60 compared 3a2546b9390dac7b
// runtime error: integer divide by zero - runtime error: integer divide by zero - runtime error: integer divide by zero
// int32    computed bfcd727d54b3ce57 compared 3a2546b9390dac7b
// runtime error: integer divide by zero - runtime error: integer divide by zero - runtime error: integer divide by zero
// int64    computed f5034eb5f8e2ec08 compared 3a2546b9390dac7b
// runtime error: integer divide by zero - runtime error: integer divide by zero - runtime error: integer divide by zero
// uint     computed 584f9f2ca8ad8059 compared 13af0e0a88d9a5cf
// runtime error: integer divide by zero - runtime error: integer divide by zero - runtime error: integer divide by zero
// uint8    computed 1f13a51f59ff3d0d compared 13af0e0a88d9a5cf
// runtime error: integer divide by zero - runtime error: integer divide by zero - runtime error: integer divide by zero
// uint16   computed d32a305eb1e03d3d compared 13af0e0a88d9a5cf
// runtime error: integer divide by zero - runtime error: integer divide by zero - runtime error: integer divide by zero
// uint32   computed 430f74b87cc763a4 compared 13af0e0a88d9a5cf
// runtime error: integer divide by zero - runtime error: integer divide by zero - runtime error: integer divide by zero
// uint64   computed 584f9f2ca8ad8059 compared 13af0e0a88d9a5cf
// runtime error: integer divide by zero - runtime error: integer divide by zero - runtime error: integer divide by zero
// uintptr  computed 16aab329cf69c29e compared ecc1052406622360
// runtime error: integer divide by zero - runtime error: integer divide by zero - runtime error: integer divide by zero
// float32  computed 42778cfac381267f compared a81398a85aadaedd
// float64  computed c1bf4e5e74ecc743 compared ad64f6c3d336579a
// int 22 15 [8 13 6] [2 5 7] 8 [13] [-1 0 0] 3 [3] [0 3 0] map[int:-1 x:8 y:1]
// int 79 37 [8 25 7] [2 1 3] 12 [25] [-1 -1 0] 3 [3 3] [0 6 0] map[int:-3 x:12 y:2]
// int 252 83 [8 25 13] [2 1 3] 17 [42] [-1 -1 -1] 3 [3 3 3] [0 9 0] map[int:-6 x:17 y:3]
// int 773 177 [14 25 14] [-4 1 -3] 23 [65] [-2 -1 -1] 3 [3 3 3 3] [0 12 0] map[int:-10 x:23 y:4]
// int8 -119 1 [-127 -8 121] [111 120 -25] -26 [94] [-1 0 0] 60 [60] [0 60 0] map[int8:-1 x:-127 y:1]
// int8 -68 21 [-127 -125 122] [111 110 -35] -16 [78] [-1 -1 0] 31 [60 31] [0 91 0] map[int8:-3 x:-117 y:2]
// int8 89 63 [-127 -125 -122] [111 110 -35] -5 [73] [-1 -1 -1] 15 [60 31 15] [0 106 0] map[int8:-6 x:-106 y:3]
// int8 32 -107 [-115 -125 -121] [99 110 -47] 7 [80] [-2 -1 -1] 7 [60 31 15 7] [0 113 0] map[int8:-10 x:-94 y:4]
// uint8 15 5 [3 250 251] [241 250 235] 3 [253] [255 0 0] 125 [125] [0 125 0] map[uint8:255 x:3 y:1]
// uint8 66 29 [3 5 252] [241 240 225] 13 [10] [255 255 0] 63 [125 63] [0 188 0] map[uint8:253 x:13 y:2]
// uint8 239 79 [3 5 8] [241 240 225] 24 [34] [255 255 255] 31 [125 63 31] [0 219 0] map[uint8:250 x:24 y:3]
// uint8 226 181 [15 7 9] [229 240 213] 36 [70] [254 255 255] 15 [125 63 31 15] [0 234 0] map[uint8:246 x:36 y:4]
// uint16 15 5 [3 65530 65531] [65521 65530 65515] 3 [65533] [65535 0 0] 32765 [32765] [0 32765 0] map[uint16:65535 x:3 y:1]
// uint16 66 29 [3 5 65532] [65521 65520 65505] 13 [10] [65535 65535 0] 16383 [32765 16383] [0 49148 0] map[uint16:65533 x:13 y:2]
// uint16 239 79 [3 5 8] [65521 65520 65505] 24 [34] [65535 65535 65535] 8191 [32765 16383 8191] [0 57339 0] map[uint16:65530 x:24 y:3]
// uint16 738 181 [15 7 9] [65509 65520 65493] 36 [70] [65534 65535 65535] 4095 [32765 16383 8191 4095] [0 61434 0] map[uint16:65526 x:36 y:4]
// int32 2147483637 -5 [2147483646 2147483644 2147483645] [2147483642 2147483644 -10] 32 [-2147483620] [-1 0 0] 1073741823 [1073741823] [0 1073741823 0] map[int32:-1 x:2147483646 y:1]
// int32 2147483622 -5 [2147483646 2147483647 2147483646] [2147483642 2147483641 -13] 35 [-2147483585] [-1 -1 0] 536870911 [1073741823 536870911] [0 1610612734 0] map[int32:-3 x:-2147483647 y:2]
// int32 2147483583 -3 [2147483646 2147483647 -2147483645] [2147483642 2147483641 -13] 39 [-2147483546] [-1 -1 -1] 268435455 [1073741823 536870911 268435455] [0 1879048189 0] map[int32:-6 x:-2147483643 y:3]
// int32 2147483468 3 [-2147483645 -1 -2147483644] [2147483637 2147483641 -18] 44 [-2147483502] [-2 -1 -1] 134217727 [1073741823 536870911 268435455 134217727] [0 2013265916 0] map[int32:-10 x:-2147483638 y:4]
// uint64 10 18446744073709551611 [18446744073709551614 3 2] [4 1 5] 77 [78] [18446744073709551615 0 0] 9223372036854775806 [9223372036854775806] [0 9223372036854775806 0] map[uint64:18446744073709551615 x:18446744073709551614 y:1]
// uint64 18446744073709551595 18446744073709551601 [18446744073709551614 1 3] [4 3 7] 75 [153] [18446744073709551615 18446744073709551615 0] 9223372036854775807 [9223372036854775806 9223372036854775807] [0 18446744073709551613 0] map[uint64:18446744073709551613 x:18446744073709551612 y:2]
// uint64 68 18446744073709551583 [18446744073709551614 1 3] [4 3 7] 74 [227] [18446744073709551615 18446744073709551615 18446744073709551615] 9223372036854775807 [9223372036854775806 9223372036854775807 9223372036854775807] [0 9223372036854775804 0] map[uint64:18446744073709551610 x:18446744073709551611 y:3]
// uint64 201 18446744073709551549 [18446744073709551614 18446744073709551615 4] [4 3 7] 74 [301] [18446744073709551614 18446744073709551615 18446744073709551615] 4611686018427387903 [9223372036854775806 9223372036854775807 9223372036854775807 4611686018427387903] [0 13835058055282163707 0] map[uint64:18446744073709551606 x:18446744073709551611 y:4]
// int      converted f5266d68aec6bda3
// int8     converted 8e1f848fdb88d9d3
// int16    converted e038043c1f1066c4
// int32    converted abc7a575d772b38c
// int64    converted e655bb0918bbebd4
// uint     converted 49b0fd2e518f956b
// uint8    converted 84ad47183fe40d07
// uint16   converted 16a09cabe4fa5907
// uint32   converted 9efdb6e02325bef0
// uint64   converted a9a61044212c8918
// 684.5 32767 aba false true true true 3 98
// 0 true false false false 5
// 1 false true true false 5
// 2 false true true false 9
// 3 false false false false 15
// 4 false true false true 17
// 5 false true false true 19
// "alphaBetagämma\xff\xfezz" "gämma" 720f6bb99c121e07
// read runtime error: index out of range [3] with length 3
// write runtime error: index out of range [3] with length 3
// add runtime error: index out of range [3] with length 3
// below runtime error: index out of range [-97]
// text runtime error: index out of range [3] with length 3
// none runtime error: index out of range [0] with length 0
// nil runtime error: invalid memory address or nil pointer dereference
// nil write runtime error: invalid memory address or nil pointer dereference
// nil promoted runtime error: invalid memory address or nil pointer dereference
// 5 2
// promoted <nil>
// small runtime error: index out of range [3] with length 3
// [1 2 3]
// 10 1 2 11 2 3 14 9 10
// 150 [10 0 20 10 30 30 40 60 50 100]
// 2 1
// 1
// 10 many
// 0
