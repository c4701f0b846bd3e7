package main

import "fmt"

type list []int

type holder struct {
	i   int
	arr [4]int
	m   map[string]int
}

func array(log *int) *[3]string { *log++; return &[3]string{"a", "b", "c"} }

func main() {
	var h holder
	for h.i, h.arr[1] = range (list{7, 8, 9}) {
	}
	fmt.Println(h.i, h.arr)
	h.m = map[string]int{}
	var k int
	for k, h.m["last"] = range [...]int{4, 5} {
	}
	fmt.Println(k, h.m)
	arr := [3]int{1, 2, 3}
	for i, v := range arr {
		arr[2] = 10
		if i == 2 {
			fmt.Println("copy", v)
		}
	}
	arr[2] = 3
	for i, v := range &arr {
		arr[2] = 10
		if i == 2 {
			fmt.Println("pointer", v)
		}
	}
	s := arr[:]
	for i, v := range s {
		s[2] = 20
		s = append(s, v)
		if i == 2 {
			fmt.Println("slice", v, len(s))
		}
	}
	s = s[:3]
	for i := range s {
		s = s[:0]
		fmt.Print(i, len(s), " ")
	}
	fmt.Println()
	calls := 0
	for i := range array(&calls) {
		fmt.Print(i)
	}
	for range array(&calls) {
		fmt.Print(".")
	}
	for _, v := range *array(&calls) {
		fmt.Print(v)
	}
	fmt.Println(calls, len(*array(&calls)))
	var none *[5]int
	for i := range none {
		fmt.Print(i, " ")
	}
	fmt.Println(len(none))
	var i8 int8
	for i8 = range 5 {
	}
	fmt.Println(i8)
	var r rune
	var pos int
	for pos, r = range "añb" {
	}
	fmt.Println(pos, string(r))
	ch := make(chan holder, 2)
	ch <- holder{i: 1}
	ch <- holder{i: 2}
	close(ch)
	for h = range ch {
		fmt.Print(h.i, " ")
	}
	fmt.Println(h.i)
	matrix := [2][2]int{{1, 2}, {3, 4}}
	for i, row := range matrix {
		row[0] = 100
		for j := range row {
			matrix[i][j] *= 2
		}
	}
	fmt.Println(matrix)
	structs := []holder{{i: 1}, {i: 2}}
	for _, st := range structs {
		st.i = 50
	}
	for i := range structs {
		structs[i].i += 5
	}
	fmt.Println(structs[0].i, structs[1].i)
	for range 2 {
		fmt.Print("again ")
	}
	for range "héy" {
		fmt.Print("r")
	}
	fmt.Println()
	for i, b := range []byte("hé") {
		fmt.Print(i, b, " ")
	}
	total := 0
	for k, v := range map[[2]int]int{{1, 2}: 3, {4, 5}: 6} {
		total += k[0]*k[1] + v
	}
	fmt.Println(total)
}

// Output:
// 2 [0 9 0 0]
// 1 map[last:5]
// copy 3
// pointer 10
// slice 20 6
// 0 0 1 0 2 0
// 012...abc4 3
// 0 1 2 3 4 5
// 4
// 3 b
// 1 2 2
// [[2 4] [6 8]]
// 6 7
// again again rrr
// 0 104 1 195 2 169 31
