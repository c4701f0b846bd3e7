package main

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

type job struct{ id, square int }

func worker(id int, in <-chan int, out chan<- job, wg *sync.WaitGroup) {
	defer wg.Done()
	for n := range in {
		out <- job{n, n * n}
	}
}

type account struct {
	mu      sync.Mutex
	balance int
}

func (a *account) add(n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += n
}

func generate(ctx context.Context) <-chan int {
	c := make(chan int)
	go func() {
		defer close(c)
		for i := 0; ; i++ {
			select {
			case c <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return c
}

func main() {
	in, out := make(chan int), make(chan job, 100)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Add(1)
		go worker(i, in, out, &wg)
	}
	for i := range 20 {
		in <- i
	}
	close(in)
	wg.Wait()
	close(out)
	sum := 0
	for j := range out {
		sum += j.square
	}
	fmt.Println(sum)

	var a account
	var n atomic.Int64
	for i := range 10 {
		wg.Go(func() {
			a.add(i)
			n.Add(1)
		})
	}
	for i := 0; i < 10; i++ {
		wg.Add(1)
		go func() { defer wg.Done(); a.add(i) }()
	}
	wg.Wait()
	fmt.Println(a.balance, n.Load())

	ctx, cancel := context.WithCancel(context.Background())
	for v := range generate(ctx) {
		if v == 5 {
			cancel()
			break
		}
	}
	fmt.Println(ctx.Err(), errors.Is(context.Cause(ctx), context.Canceled))

	results := make([]string, 3)
	done := make(chan struct{})
	x := "first"
	go func(s string) { results[0] = s; close(done) }(x)
	x = "second"
	<-done
	fmt.Println(results[0], x)

	timeout := time.After(5 * time.Second)
	ticks := make(chan any)
	go func() {
		for _, v := range []any{1, "two", nil, account{balance: 3}.balance} {
			ticks <- v
		}
		close(ticks)
	}()
	for open := true; open; {
		select {
		case v, ok := <-ticks:
			open = ok
			fmt.Print(v, ok, " ")
		case <-timeout:
			fmt.Println("late")
			return
		}
	}
	fmt.Println()

	var once sync.Once
	var mu sync.RWMutex
	seen := map[int]bool{}
	for i := range 8 {
		wg.Go(func() {
			once.Do(func() { fmt.Println("once") })
			mu.Lock()
			seen[i%3] = true
			mu.Unlock()
		})
	}
	wg.Wait()
	keys := make([]int, 0)
	for k := range seen {
		keys = append(keys, k)
	}
	sort.Ints(keys)
	fmt.Println(keys)

	fired := make(chan string)
	time.AfterFunc(time.Millisecond, func() { fired <- "fired" })
	fmt.Println(<-fired)
	select {
	case <-make(chan int):
	default:
		fmt.Println("default")
	}
	var nilChan chan int
	select {
	case nilChan <- 1:
	case v := <-func() chan int { c := make(chan int, 1); c <- 9; return c }():
		fmt.Println(v)
	}
}

// Output:
// 2470
// 90 10
// context canceled true
// first second
// 1 true twotrue <nil> true 3 true <nil> false
// once
// [0 1 2]
// fired
// default
// 9
