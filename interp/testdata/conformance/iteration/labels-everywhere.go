package main

import "fmt"

func find(grid [][]int, want int) (x, y int, ok bool) {
search:
	for i, row := range grid {
		for j := range row {
			switch {
			case row[j] < 0:
				continue search
			case row[j] == want:
				x, y, ok = i, j, true
				break search
			}
		}
	}
	return
}

func primes(n int) (ps []int) {
outer:
	for i := 2; len(ps) < n; i++ {
		for _, p := range ps {
			if p*p > i {
				break
			}
			if i%p == 0 {
				continue outer
			}
		}
		ps = append(ps, i)
	}
	return
}

func main() {
	fmt.Println(find([][]int{{1, -1, 7}, {2, 7}}, 7))
	fmt.Println(find(nil, 7))
	fmt.Println(primes(10))
	n := 0
block:
	switch {
	default:
		n++
		if n < 3 {
			break block
		}
		n = 100
	}
	fmt.Println(n)
	for i := 0; i < 3; i++ {
	sw:
		switch i {
		case 1:
			for {
				break sw
			}
		default:
			fmt.Print(i, " ")
		}
	}
	fmt.Println()
	i := 0
loop:
	for {
		select {
		default:
			i++
			if i > 4 {
				break loop
			}
			continue loop
		}
	}
	fmt.Println(i)
}

// Output:
// 1 1 true
// 0 0 false
// [2 3 5 7 11 13 17 19 23 29]
// 1
// 0 2
// 5
