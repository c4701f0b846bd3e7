package main

import "fmt"

func describe(s []int) string { return fmt.Sprint(s, len(s), cap(s)) }

type window struct{ data *[8]int }

func (w window) at(lo, hi int) []int { return w.data[lo:hi] }

func main() {
	arr := [8]int{0, 1, 2, 3, 4, 5, 6, 7}
	p := &arr
	fmt.Println(describe(arr[2:5]), describe(arr[:3]), describe(arr[6:]), describe(arr[:]))
	fmt.Println(describe(p[2:5:6]), describe(p[:0:0]), describe(p[8:]), describe(p[3:3]))
	s := arr[2:4:5]
	s = append(s, 100)
	fmt.Println(arr, describe(s))
	s = append(s, 200)
	s[0] = -1
	fmt.Println(arr, s[0], len(s))
	ext := arr[1:2][:4]
	fmt.Println(describe(ext), describe(ext[2:][:3]))
	w := window{p}
	w.at(0, 2)[0] = 50
	fmt.Println(arr[0], len(w.data), cap(w.data))
	for i := range w.data {
		w.data[i] *= 2
	}
	fmt.Println(arr)
	var none []int
	fmt.Println(none[:] == nil, none[0:0] == nil, len(none[:0:0]), describe(append(none, none...)))
	str := "hello, 世界"
	fmt.Println(str[7:10], str[:5], str[len(str):] == "", len(str[7:]))
	copy(arr[1:], arr[:])
	fmt.Println(arr)
	rows := make([][]int, 3)
	flat := make([]int, 9)
	for i := range rows {
		rows[i] = flat[i*3 : (i+1)*3 : (i+1)*3]
		for j := range rows[i] {
			rows[i][j] = i * j
		}
	}
	rows[0] = append(rows[0], 99)
	fmt.Println(rows, flat)
	queue := []int{1, 2, 3}
	for len(queue) > 0 {
		head := queue[0]
		queue = queue[1:]
		if head < 3 {
			queue = append(queue, head+2)
		}
		fmt.Print(head, " ")
	}
	fmt.Println()
	s = []int{1, 2, 3, 4, 5}
	s = append(s[:1], s[2:]...)
	fmt.Println(s, s[:5])
	s = append(s[:1], append([]int{7, 8}, s[1:]...)...)
	fmt.Println(s)
}

// Output:
// [2 3 4] 3 6 [0 1 2] 3 8 [6 7] 2 2 [0 1 2 3 4 5 6 7] 8 8
// [2 3 4] 3 4 [] 0 0 [] 0 0 [] 0 5
// [0 1 2 3 100 5 6 7] [2 3 100] 3 3
// [0 1 2 3 100 5 6 7] -1 4
// [1 2 3 100] 4 7 [3 100 5] 3 5
// 50 8 8
// [100 2 4 6 200 10 12 14]
// true true 0 [] 0 0
// 世 hello true 6
// [100 100 2 4 6 200 10 12]
// [[0 0 0 99] [0 1 2] [0 2 4]] [0 0 0 0 1 2 0 2 4]
// 1 2 3 3 4
// [1 3 4 5] [1 3 4 5 5]
// [1 7 8 3 4 5]
