package main

import (
	"fmt"
	"time"
)

func main() {
	c := make(chan int, 1)
	select {
	case v := <-c:
		fmt.Println(v)
	default:
		fmt.Println("def")
	}
	select {
	case c <- 1:
		fmt.Println("sent")
	default:
		fmt.Println("full")
	}
	select {
	case c <- 2:
		fmt.Println("sent")
	default:
		fmt.Println("full")
	}
	select {
	case v, ok := <-c:
		fmt.Println(v, ok)
	case <-time.After(time.Second):
		fmt.Println("to")
	}
	close(c)
	v, ok := <-c
	fmt.Println(v, ok)
	var nc chan int
	select {
	case <-nc:
	case <-time.After(time.Millisecond):
		fmt.Println("timeout")
	}
}

// Output:
// def
// sent
// full
// 1 true
// 0 false
// timeout
