package main

import "fmt"

type Day uint8

func (d Day) String() string { return [...]string{"mon", "tue", "wed"}[d] }

const limit = 3

func count() int { fmt.Print("evaluated once: "); return 3 }

func sum[T ~uint8](n T) (total T) {
	for i := range n {
		total += i
	}
	return
}

func main() {
	for d := range Day(limit) {
		fmt.Printf("%v %T ", d, d)
	}
	fmt.Println()
	for i := range count() {
		fmt.Print(i, " ")
		i += 10
	}
	fmt.Println()
	n := 4
	for i := range n {
		n--
		fmt.Print(i, n, " ")
	}
	fmt.Println(n)
	for range -5 {
		fmt.Println("never")
	}
	for i := range uint8(255) {
		if i == 254 {
			fmt.Printf("%d %T\n", i, i)
		}
	}
	for r := range 'd' - 'a' {
		fmt.Print(string('a'+r), " ")
	}
	const big = 1 << 40
	for i := range big {
		if i > 2 {
			fmt.Printf("%T\n", i)
			break
		}
	}
	var fns []func() Day
	for d := range Day(3) {
		fns = append(fns, func() Day { d++; return d })
	}
	fmt.Println(fns[0](), fns[1](), fns[0]())
	var i64 int64
	for i64 = range 7 {
	}
	fmt.Println(i64, sum[byte](5), sum(Day(2)), sum(uint8(30)))
	grid := [2][3]int{}
	for i := range len(grid) {
		for j := range len(grid[i]) {
			grid[i][j] = i*3 + j
		}
	}
	fmt.Println(grid)
loop:
	for i := range 5 {
		for j := range i {
			if j == 2 {
				continue loop
			}
			if i == 4 {
				break loop
			}
			fmt.Print(i, j, " ")
		}
	}
	fmt.Println()
	var s struct{ pos int }
	for s.pos = range 3 {
		s.pos *= 2
	}
	fmt.Println(s.pos)
}

// Output:
// mon main.Day tue main.Day wed main.Day
// evaluated once: 0 1 2
// 0 3 1 2 2 1 3 0 0
// 254 uint8
// a b c int
// tue wed wed
// 6 10 tue 179
// [[0 1 2] [3 4 5]]
// 1 0 2 0 2 1 3 0 3 1
// 4
