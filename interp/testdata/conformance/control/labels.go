package main

import "fmt"

func main() {
outer:
	for i := 0; i < 3; i++ {
		for j := 0; j < 3; j++ {
			if j == 1 {
				continue outer
			}
			if i == 2 {
				break outer
			}
			fmt.Print(" ", i, j)
		}
	}
	i := 0
loop:
	if i < 3 {
		i++
		goto loop
	}
	fmt.Println(i)
sw:
	switch {
	case true:
		for {
			break sw
		}
	}
	sel := make(chan int, 1)
	sel <- 1
L:
	for {
		select {
		case <-sel:
			break L
		}
	}
	fmt.Println("end")
}

// Output:
//  0 0 1 03
// end
