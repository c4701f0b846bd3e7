package main

import "fmt"

type size uint16

type reader struct{ buf []byte }

func (r reader) size8(i int) uint8   { return r.buf[i] }
func (r reader) size16(i int) uint16 { return uint16(r.buf[i]) }
func (r reader) named(i int) size    { return size(r.buf[i]) }
func (r reader) signed(i int) int64  { return int64(r.buf[i]) }
func (r reader) pick(b bool) func() uint32 {
	return func() uint32 {
		if b {
			return 2
		}
		return 1
	}
}

func number[N ~uint8 | ~int32 | ~uint](n N) N { return n }

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(name, r)
		}
	}()
	f()
}

func main() {
	r := reader{[]byte{1, 2, 3, 200}}
	fmt.Println(len(make([]byte, r.size8(1))), len(make([]string, r.size16(2))), cap(make([]int, r.named(0), r.signed(2))))
	fmt.Println(cap(make(chan int, r.size8(1))), len(make(map[int]int, r.named(2))), len(make([]int, number[uint8](3), number[int32](5))))
	x := r.size16(0)
	fmt.Println(len(make([]byte, x+1)), cap(make([]int, x<<1, x<<r.size8(1))), len(make([]int, -(-x))))
	s := []string{"a", "b", "c", "d"}
	text := "héllo"
	arr := [4]int{10, 20, 30, 40}
	p := &arr
	fmt.Println(s[r.size8(0)], s[r.size16(0):r.named(2)], text[r.signed(0)], text[r.size8(0):r.size16(2)], arr[r.named(1)], p[r.size8(1)], p[r.size8(0):r.size16(1):r.named(2)])
	// An operand that needs statements of its own after one that is a call.
	fmt.Println(s[r.size8(0):func() uint16 { return 3 }()], s[r.pick(true)()], s[r.size8(0):max(r.named(1), 3)])
	fmt.Println(make([]int, r.size8(0), func() size { return 4 }()), len(make([]int, r.pick(true)(), min(r.size16(3), 9))))
	s[r.size8(0)], arr[r.size16(1)], p[r.named(2)] = fmt.Sprint(r.signed(1)), int(r.size8(3)), len(s[r.size8(2):])
	arr[r.size8(0)] += int(r.size16(3))
	arr[r.pick(false)()]++
	fmt.Println(s, arr)
	m := map[size]map[uint8]int{}
	m[r.named(1)] = map[uint8]int{r.size8(1): 5}
	m[r.named(1)][r.size8(1)]++
	fmt.Println(m, m[size(r.size8(1))][uint8(r.signed(1))])
	grid := make([][]int, r.size8(2))
	for i := range r.size8(2) {
		grid[i] = make([]int, i+1, r.named(2))
		grid[i][i] = int(i)
		for j := range r.named(1) {
			if uint8(j) <= i {
				grid[i][j] += 10
			}
		}
	}
	fmt.Println(grid, 1<<r.size8(1), "abc"[:r.size16(1)], [...]int{2: 7}[r.size8(1)])
	try("index", func() { _ = s[r.size8(3)] })
	try("slice", func() { _ = s[r.size8(3):] })
	try("slice2", func() { _ = s[r.size16(2):r.named(1)] })
	try("make", func() { n := r.signed(0) - 2; _ = make([]int, n) })
	try("make cap", func() { _ = make([]int, r.size8(1), r.size16(0)) })
	try("chan", func() { _ = make(chan int, r.signed(0)-5) })
}

// Output:
// 2 3 3
// 2 0 3
// 2 4 1
// b [b c] 195 é 30 30 [20]
// [b c] c [b c]
// [0] 2
// [a 2 c d] [10 221 200 1]
// map[2:map[2:6]] 6
// [[10] [10 11] [10 10 2]] 4 ab 7
// index runtime error: index out of range [200] with length 4
// slice runtime error: slice bounds out of range [200:4]
// slice2 runtime error: slice bounds out of range [3:2]
// make runtime error: makeslice: len out of range
// make cap runtime error: makeslice: cap out of range
// chan makechan: size out of range
