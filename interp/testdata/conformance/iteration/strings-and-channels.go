package main

import "fmt"

func main() {
	for i, r := range "aé日\xff!" {
		fmt.Print(" ", i, ":", string(r), ":", r)
	}
	fmt.Println()
	for i := range "né" {
		fmt.Print(" ", i)
	}
	fmt.Println()
	for i, b := range []byte("né") {
		fmt.Print(" ", i, b)
	}
	fmt.Println()
	c := make(chan int, 3)
	go func() {
		defer close(c)
		for i := range 3 {
			c <- i * i
		}
	}()
	sum := 0
	for v := range c {
		sum += v
	}
	v, ok := <-c
	fmt.Println(sum, v, ok)
}

// Output:
//  0:a:97 1:é:233 3:日:26085 6:�:65533 7:!:33
//  0 1
//  0 110 1 195 2 169
// 5 0 false
