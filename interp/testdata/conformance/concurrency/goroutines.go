package main

import (
	"fmt"
	"sync"
)

type C struct {
	mu sync.Mutex
	m  map[string]int
}

func (c *C) Inc(k string) { c.mu.Lock(); defer c.mu.Unlock(); c.m[k]++ }
func main() {
	c := C{m: map[string]int{}}
	var wg sync.WaitGroup
	for i := 0; i < 50; i++ {
		wg.Add(1)
		go func(i int) { defer wg.Done(); c.Inc(fmt.Sprint(i % 3)) }(i)
	}
	wg.Wait()
	fmt.Println(c.m)
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := 0; i < 5; i++ {
			ch <- i
		}
	}()
	s := 0
	for v := range ch {
		s += v
	}
	fmt.Println(s)
	var once sync.Once
	for i := 0; i < 3; i++ {
		once.Do(func() { fmt.Println("once") })
	}
}

// Output:
// map[0:17 1:17 2:16]
// 10
// once
