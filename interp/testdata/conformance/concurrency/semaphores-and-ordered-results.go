package main

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
)

type Semaphore chan struct{}

func (s Semaphore) Acquire() { s <- struct{}{} }

func (s Semaphore) TryAcquire() bool {
	select {
	case s <- struct{}{}:
		return true
	default:
		return false
	}
}

func (s Semaphore) Release() { <-s }

func (s Semaphore) With(f func()) {
	s.Acquire()
	defer s.Release()
	f()
}

type RWCounter struct {
	sync.RWMutex
	counts map[string]int
}

func (c *RWCounter) Inc(k string) {
	c.Lock()
	c.counts[k]++
	c.Unlock()
}

func (c *RWCounter) Total() (n int) {
	c.RLock()
	defer c.RUnlock()
	for _, v := range c.counts {
		n += v
	}
	return
}

type result struct {
	index int
	text  string
}

func ordered(inputs []string, limit int, f func(string) string) <-chan result {
	out := make(chan result)
	slots := make(chan chan result, limit)
	go func() {
		defer close(slots)
		for i, in := range inputs {
			slot := make(chan result, 1)
			slots <- slot
			go func() { slot <- result{i, f(in)} }()
		}
	}()
	go func() {
		defer close(out)
		for slot := range slots {
			out <- <-slot
		}
	}()
	return out
}

func main() {
	sem := make(Semaphore, 2)
	var running, peak atomic.Int32
	var wg sync.WaitGroup
	c := &RWCounter{counts: map[string]int{}}
	for i := range 12 {
		wg.Go(func() {
			sem.With(func() {
				n := running.Add(1)
				for {
					p := peak.Load()
					if n <= p || peak.CompareAndSwap(p, n) {
						break
					}
				}
				c.Inc([]string{"a", "b", "c"}[i%3])
				running.Add(-1)
			})
		})
	}
	wg.Wait()
	fmt.Println(peak.Load() <= 2, running.Load(), c.Total(), c.counts)
	fmt.Println(sem.TryAcquire(), sem.TryAcquire(), sem.TryAcquire(), len(sem))
	sem.Release()
	fmt.Println(sem.TryAcquire())
	for r := range ordered(strings.Fields("one two three four five"), 3, strings.ToUpper) {
		fmt.Print(r.index, r.text, " ")
	}
	fmt.Println()
	turns := [3]chan int{make(chan int), make(chan int), make(chan int)}
	var log strings.Builder
	done := make(chan struct{})
	for i, in := range turns {
		next := turns[(i+1)%len(turns)]
		go func() {
			for n := range in {
				fmt.Fprintf(&log, "%c%d ", 'a'+i, n)
				if n == 7 {
					close(done)
					return
				}
				next <- n + 1
			}
		}()
	}
	turns[0] <- 1
	<-done
	fmt.Println(log.String())
}

// Output:
// true 0 12 map[a:4 b:4 c:4]
// true true false 2
// true
// 0ONE 1TWO 2THREE 3FOUR 4FIVE
// a1 b2 c3 a4 b5 c6 a7
