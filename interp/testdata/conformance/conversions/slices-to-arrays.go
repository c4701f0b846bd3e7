package main

import (
	"fmt"
)

type Key [4]byte
type Digest []byte

func (k Key) Hex() string { return fmt.Sprintf("%x", k[:]) }

func try(name string, f func()) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Printf("%s: %v\n", name, e)
		}
	}()
	f()
	fmt.Printf("%s: fine\n", name)
}

func main() {
	s := []byte{1, 2, 3, 4, 5}
	k := Key(s[:4])
	k[0] = 9
	fmt.Println(k.Hex(), s)
	p := (*Key)(s)
	p[1] = 8
	fmt.Println(s, p.Hex(), len(p))
	q := (*[2]byte)(s[3:])
	q[0], q[1] = q[1], q[0]
	fmt.Println(s, *q)
	var none []int
	fmt.Println([0]int(none), (*[0]int)(none) == nil, (*[0]int)([]int{}) == nil)
	d := Digest(s)
	fmt.Println([5]byte(d) == [5]byte(s), map[[2]byte]string{{9, 8}: "no", {1, 8}: "yes"}[[2]byte(d)])
	try("too short", func() { _ = Key(s[:3]) })
	try("pointer", func() { _ = (*[6]byte)(s) })
	try("nil", func() { _ = [1]int(none) })
	try("exact", func() { _ = [5]byte(s) })
	arr := [...]string{"a", "b", "c"}
	sl := arr[:]
	for i, v := range [3]string(sl) {
		sl[len(sl)-1-i] = v
	}
	fmt.Println(arr)
	rows := [][]int{{1, 2}, {3, 4}}
	var grid [2][2]int
	for i, r := range rows {
		grid[i] = [2]int(r)
	}
	rows[0][0] = 100
	fmt.Println(grid, grid == [2][2]int{{1, 2}, {3, 4}})
}

// Output:
// 09020304 [1 2 3 4 5]
// [1 8 3 4 5] 01080304 4
// [1 8 3 5 4] [5 4]
// [] true false
// true yes
// too short: runtime error: cannot convert slice with length 3 to array or pointer to array with length 4
// pointer: runtime error: cannot convert slice with length 5 to array or pointer to array with length 6
// nil: runtime error: cannot convert slice with length 0 to array or pointer to array with length 1
// exact: fine
// [c b a]
// [[1 2] [3 4]] true
