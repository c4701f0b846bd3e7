package main

import "fmt"

type Board [3][3]rune

func (b Board) With(r, c int, mark rune) Board {
	b[r][c] = mark
	return b
}

func (b *Board) Set(r, c int, mark rune) { b[r][c] = mark }

func (b Board) String() string {
	out := ""
	for _, row := range b {
		for _, m := range row {
			if m == 0 {
				m = '.'
			}
			out += string(m)
		}
		out += "/"
	}
	return out
}

type Vec [3]float64

func (v Vec) Dot(w Vec) (sum float64) {
	for i := range v {
		sum += v[i] * w[i]
	}
	return
}

type Matrix [2]Vec

func modify(a [4]int, p *[4]int) ([4]int, int) {
	a[0], p[0] = 100, 200
	return a, len(a) + cap(p)
}

func main() {
	var b Board
	c := b.With(1, 1, 'x')
	b.Set(0, 2, 'o')
	fmt.Println(b, c, b == c, b.With(0, 2, 0) == Board{})
	a := [4]int{1, 2, 3}
	d := a
	e, n := modify(a, &d)
	fmt.Println(a, d, e, n)
	m := Matrix{{1, 2, 3}, {4, 5, 6}}
	fmt.Println(m[0].Dot(m[1]), len(m), len(m[0]), m)
	seen := map[[2]string]int{}
	for _, p := range [][2]string{{"a", "b"}, {"b", "a"}, {"a", "b"}} {
		seen[p]++
	}
	fmt.Println(seen[[2]string{"a", "b"}], len(seen))
	boards := map[Board]string{b: "first", c: "second"}
	fmt.Println(boards[b.With(0, 0, 0)], boards[c])
	var grid [3][4]int
	for i := range grid {
		for j := range grid[i] {
			grid[i][j] = i * j
		}
	}
	row := grid[2]
	row[3] = -1
	alias := &grid[1]
	alias[3] = -2
	fmt.Println(grid, row)
	holder := struct{ cells [2][]int }{[2][]int{{1}, {2}}}
	other := holder
	other.cells[0][0] = 9
	other.cells[1] = nil
	fmt.Println(holder, other)
	var zero [0]int
	var structs [2]struct {
		name string
		tags [2]string
	}
	structs[1].tags[0] = "t"
	fmt.Printf("%v %+v %d\n", zero, structs, len([5]struct{}{}))
	var boxed any = a
	a[0] = 50
	if v, ok := boxed.([4]int); ok {
		v[1] = 60
		fmt.Println(v, boxed, a)
	}
	ptrs := [2]*int{&a[0], &a[3]}
	*ptrs[1] = 8
	fmt.Println(a, [...]int{len(a): 1}[4], len([len(a) * 2]bool{}))
	for i, v := range [...]string{2: "c", 0: "a"} {
		fmt.Printf("%d%q ", i, v)
	}
	fmt.Println()
}

// Output:
// ..o/.../.../ .../.x./.../ false true
// [1 2 3 0] [200 2 3 0] [100 2 3 0] 8
// 32 2 3 [[1 2 3] [4 5 6]]
// 2 2
// first second
// [[0 0 0 0] [0 1 2 -2] [0 2 4 6]] [0 2 4 -1]
// {[[9] [2]]} {[[9] []]}
// [] [{name: tags:[ ]} {name: tags:[t ]}] 5
// [1 60 3 0] [1 2 3 0] [50 2 3 0]
// [50 2 3 8] 1 8
// 0"a" 1"" 2"c"
