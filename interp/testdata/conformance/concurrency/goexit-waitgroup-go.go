package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func main() {
	var wg sync.WaitGroup
	var n atomic.Int32
	for i := range 4 {
		wg.Go(func() { n.Add(int32(i)) })
	}
	wg.Wait()
	fmt.Println(n.Load())
}

// Output:
// 6
