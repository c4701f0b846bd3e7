package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type S struct{ n atomic.Int64 }

func main() {
	var n int64
	var s S
	var wg sync.WaitGroup
	for i := 0; i < 20; i++ {
		wg.Add(1)
		go func() { defer wg.Done(); atomic.AddInt64(&n, 1); s.n.Add(2) }()
	}
	wg.Wait()
	fmt.Println(n, s.n.Load())
	var b atomic.Bool
	b.Store(true)
	fmt.Println(b.Load())
}

// Output:
// 20 40
// true
