package main

import (
	"fmt"
	"sync"
)

func main() {
	jobs := make(chan int, 10)
	res := make(chan int, 10)
	var wg sync.WaitGroup
	for w := 0; w < 3; w++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range jobs {
				res <- j * j
			}
		}()
	}
	for i := 1; i <= 9; i++ {
		jobs <- i
	}
	close(jobs)
	go func() { wg.Wait(); close(res) }()
	s := 0
	for r := range res {
		s += r
	}
	fmt.Println(s)
}

// Output:
// 285
