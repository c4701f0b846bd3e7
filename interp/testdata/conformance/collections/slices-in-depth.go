package main

import "fmt"

func main() {
	a := []int{0, 1, 2, 3, 4}
	b := a[1:3]
	fmt.Println(b, len(b), cap(b), a[1:3:3], cap(a[1:3:3]))
	b = append(b, 99)
	fmt.Println(a)
	c := append(a[:1:1], 7)
	fmt.Println(a, c)
	copy(a, a[2:])
	fmt.Println(a, copy(a, []int{9}), a)
	var n []int
	fmt.Println(n == nil, len(n), append(n, a...)[0], n[:0] == nil)
	n = append(n, []int{}...)
	fmt.Println(n == nil)
	grid := make([][]rune, 2)
	for i := range grid {
		grid[i] = []rune("ab")
	}
	grid[1][0] = 'z'
	fmt.Println(string(grid[0]), string(grid[1]))
	arr := [...]string{2: "c", 0: "a"}
	fmt.Println(len(arr), arr, arr[:2], len(arr[1]))
	p := &arr
	p[1] = "b"
	for i, s := range p {
		fmt.Print(i, s, " ")
	}
	fmt.Println(len(p), p[1:])
	q := (*[2]int)(a)
	q[0] = -1
	fmt.Println(a[0], [2]int(a))
	bs := append([]byte("x"), "yz"...)
	fmt.Println(string(bs), copy(bs, "ABC"), string(bs))
	s := "hello, 世界"
	fmt.Println(len(s), s[7:10], s[:5], len([]rune(s)), s[len(s)-3:])
	clear(a)
	fmt.Println(a, min(3, 1, 2), max(2.5, 1))
	m := map[string][]int{}
	m["x"] = append(m["x"], 1, 2)
	m["y"] = append(m["y"], m["x"]...)
	m["x"][0] = 100
	delete(m, "nope")
	v, ok := m["z"]
	fmt.Println(m, v == nil, ok, len(m))
	mm := map[string]map[string]int{"a": {"b": 1}}
	mm["a"]["c"]++
	mm["a"]["b"] += 5
	fmt.Println(mm, mm["q"]["r"])
	type key struct{ a, b int }
	mk := map[key]*key{{1, 2}: {3, 4}}
	fmt.Println(mk[key{1, 2}].b, len(mk))
	ma := map[[2]int]string{{1, 2}: "x"}
	ma[[2]int{1, 2}] += "y"
	fmt.Println(ma)
}

// Output:
// [1 2] 2 4 [1 2] 2
// [0 1 2 99 4]
// [0 1 2 99 4] [0 7]
// [9 99 4 99 4] 1 [9 99 4 99 4]
// true 0 9 true
// true
// ab zb
// 3 [a  c] [a ] 0
// 0a 1b 2c 3 [b c]
// -1 [-1 99]
// ABC 3 ABC
// 13 世 hello 9 界
// [0 0 0 0 0] 1 2.5
// map[x:[100 2] y:[1 2]] true false 2
// map[a:map[b:6 c:1]] 0
// 4 1
// map[[1 2]:xy]
