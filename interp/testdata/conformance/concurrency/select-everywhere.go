package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

func producer(ctx context.Context, n int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := range n {
			select {
			case out <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func merge(ctx context.Context, ins ...<-chan int) <-chan int {
	out := make(chan int)
	var wg sync.WaitGroup
	for _, in := range ins {
		wg.Go(func() {
			for v := range in {
				select {
				case out <- v:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() { wg.Wait(); close(out) }()
	return out
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	sum := 0
	for v := range merge(ctx, producer(ctx, 100), producer(ctx, 50), producer(ctx, 10)) {
		sum += v
	}
	fmt.Println(sum)

	// The same select statement in many goroutines at once.
	results := make([]int, 20)
	var wg sync.WaitGroup
	for g := range results {
		wg.Go(func() {
			a, b := make(chan int, 1), make(chan string, 1)
			for i := range 50 {
				if i%2 == 0 {
					a <- g
				} else {
					b <- fmt.Sprint(g)
				}
				select {
				case v := <-a:
					results[g] += v
				case s, ok := <-b:
					if ok && s == fmt.Sprint(g) {
						results[g] += g
					}
				}
			}
		})
	}
	wg.Wait()
	fmt.Println(results)

	done := make(chan struct{})
	values := make(chan int)
	go func() {
		defer close(done)
	loop:
		for {
			select {
			case v := <-values:
				if v == 3 {
					break loop
				}
			case <-ctx.Done():
				break loop
			}
		}
	}()
	for i := range 4 {
		values <- i
	}
	<-done
	var nilChan chan int
	select {
	case <-nilChan:
		fmt.Println("never")
	case nilChan <- 1:
		fmt.Println("never")
	default:
		fmt.Println("default")
	}
	timeout := time.After(time.Millisecond)
	select {
	case <-nilChan:
	case <-timeout:
		fmt.Println("timeout")
	}
}

// Output:
// 6220
// [0 50 100 150 200 250 300 350 400 450 500 550 600 650 700 750 800 850 900 950]
// default
// timeout
