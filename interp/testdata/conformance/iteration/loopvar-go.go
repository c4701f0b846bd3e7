package main

import (
	"fmt"
	"sort"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	var mu sync.Mutex
	var r []int
	for i := 0; i < 5; i++ {
		wg.Add(1)
		go func() { defer wg.Done(); mu.Lock(); r = append(r, i); mu.Unlock() }()
	}
	wg.Wait()
	sort.Ints(r)
	fmt.Println(r)
}

// Output:
// [0 1 2 3 4]
