package main

import "fmt"

func main() {
	// What the body makes of its variable is nothing to the loop.
	for i, s := range []string{"a", "b", "c", "d"} {
		fmt.Print(i, s, " ")
		i += 2
		fmt.Print(i, " ")
	}
	fmt.Println()
	for i := range [3]int{} {
		for j := range [2]string{} {
			i = j
			fmt.Print(i, j, " ")
		}
	}
	fmt.Println()
	arr := [3]int{5, 6, 7}
	for i, v := range &arr {
		i--
		v++
		fmt.Print(i, v, " ")
	}
	fmt.Println()
	for i, r := range "héy" {
		i, r = i*2, r+1
		fmt.Print(i, string(r), " ")
	}
	fmt.Println()
	for i := range "abc" {
		i++
		fmt.Print(i, " ")
	}
	fmt.Println()
	sum := 0
	for k, v := range map[int]int{1: 10, 2: 20, 3: 30} {
		k += 100
		v *= 2
		sum += k + v
	}
	fmt.Println(sum)
	for i := range 4 {
		i += 2
		fmt.Print(i, " ")
	}
	fmt.Println()
	for i, c := range []chan int{make(chan int, 1), make(chan int, 2)} {
		i += 5
		fmt.Print(i, cap(c), " ")
	}
	fmt.Println()
	type P struct{ x, y int }
	for i, p := range []P{{1, 2}, {3, 4}} {
		for p.x, i = range []int{7, 8, 9} {
		}
		fmt.Print(i, p, " ")
	}
	fmt.Println()
	for i, s := range []int{1, 2, 3} {
		if i++; i == 2 {
			continue
		}
		fmt.Print(i, s, " ")
	}
	fmt.Println()
}

// Output:
// 0a 2 1b 3 2c 4 3d 5
// 0 0 1 1 0 0 1 1 0 0 1 1
// -1 6 0 7 1 8
// 0i 2ê 6z
// 1 2 3
// 426
// 2 3 4 5
// 5 1 6 2
// 9 {2 2} 9 {2 4}
// 1 1 3 3
