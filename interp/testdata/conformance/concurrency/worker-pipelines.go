package main

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
)

type job struct {
	id    int
	input string
}

type result struct {
	job
	output string
	err    error
}

type worker interface{ do(job) result }

type workerFunc func(job) result

func (f workerFunc) do(j job) result { return f(j) }

func pool(n int, w worker, jobs <-chan job) <-chan result {
	out := make(chan result)
	var wg sync.WaitGroup
	wg.Add(n)
	for range n {
		go func() {
			defer wg.Done()
			for j := range jobs {
				out <- w.do(j)
			}
		}()
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}

type semaphore chan struct{}

func (s semaphore) acquire() { s <- struct{}{} }
func (s semaphore) release() { <-s }

var errOdd = errors.New("odd")

func main() {
	jobs := make(chan job)
	go func() {
		defer close(jobs)
		for i := range 9 {
			jobs <- job{i, fmt.Sprint("in", i)}
		}
	}()
	w := workerFunc(func(j job) result {
		if j.id%2 == 1 {
			return result{job: j, err: fmt.Errorf("job %d: %w", j.id, errOdd)}
		}
		return result{job: j, output: j.input + "!"}
	})
	var all []result
	for r := range pool(3, w, jobs) {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b result) int { return a.id - b.id })
	failed := 0
	for _, r := range all {
		if errors.Is(r.err, errOdd) {
			failed++
			continue
		}
		fmt.Print(r.output, " ")
	}
	fmt.Println(failed)

	sem := make(semaphore, 2)
	var running, most atomic.Int32
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			sem.acquire()
			defer sem.release()
			n := running.Add(1)
			for {
				m := most.Load()
				if n <= m || most.CompareAndSwap(m, n) {
					break
				}
			}
			running.Add(-1)
		})
	}
	wg.Wait()
	fmt.Println(most.Load() <= 2)

	errs := make(chan error, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				errs <- fmt.Errorf("goroutine: %v", r)
			}
		}()
		var m map[string]int
		m["x"] = 1
	}()
	fmt.Println(<-errs)
	var mu sync.Mutex
	fmt.Println(mu.TryLock(), mu.TryLock())
	ch := make(chan func() int, 2)
	ch <- func() int { return 1 }
	ch <- func() int { return 2 }
	close(ch)
	for f := range ch {
		fmt.Print(f())
	}
	fmt.Println(len(ch), cap(ch))
}

// Output:
// in0! in2! in4! in6! in8! 4
// true
// goroutine: assignment to entry in nil map
// true false
// 120 2
