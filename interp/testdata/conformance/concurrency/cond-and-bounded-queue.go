package main

import (
	"fmt"
	"sync"
)

type Queue[T any] struct {
	mu       sync.Mutex
	notFull  *sync.Cond
	notEmpty *sync.Cond
	items    []T
	limit    int
	closed   bool
	maxSeen  int
}

func NewQueue[T any](limit int) *Queue[T] {
	q := &Queue[T]{limit: limit}
	q.notFull = sync.NewCond(&q.mu)
	q.notEmpty = sync.NewCond(&q.mu)
	return q
}

func (q *Queue[T]) Put(v T) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == q.limit && !q.closed {
		q.notFull.Wait()
	}
	if q.closed {
		return false
	}
	q.items = append(q.items, v)
	q.maxSeen = max(q.maxSeen, len(q.items))
	q.notEmpty.Signal()
	return true
}

func (q *Queue[T]) Take() (v T, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		if q.closed {
			return v, false
		}
		q.notEmpty.Wait()
	}
	v = q.items[0]
	q.items = q.items[1:]
	q.notFull.Signal()
	return v, true
}

func (q *Queue[T]) Close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.notFull.Broadcast()
	q.notEmpty.Broadcast()
}

type Barrier struct {
	mu    sync.Mutex
	cond  sync.Cond
	need  int
	have  int
	round int
}

func NewBarrier(n int) *Barrier {
	b := &Barrier{need: n}
	b.cond.L = &b.mu
	return b
}

func (b *Barrier) Wait() (last bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	round := b.round
	if b.have++; b.have == b.need {
		b.have = 0
		b.round++
		b.cond.Broadcast()
		return true
	}
	for round == b.round {
		b.cond.Wait()
	}
	return false
}

func main() {
	q := NewQueue[int](3)
	var producers, consumers sync.WaitGroup
	for p := range 4 {
		producers.Go(func() {
			for i := range 25 {
				q.Put(p*25 + i)
			}
		})
	}
	sums := make([]int, 3)
	counts := make([]int, 3)
	for c := range 3 {
		consumers.Go(func() {
			for {
				v, ok := q.Take()
				if !ok {
					return
				}
				sums[c] += v
				counts[c]++
			}
		})
	}
	producers.Wait()
	q.Close()
	consumers.Wait()
	fmt.Println(sums[0]+sums[1]+sums[2], counts[0]+counts[1]+counts[2], q.maxSeen <= 3, q.Put(1))
	b := NewBarrier(3)
	var mu sync.Mutex
	lasts, phases := 0, map[int]int{}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for phase := range 4 {
				mu.Lock()
				phases[phase]++
				mu.Unlock()
				last := b.Wait()
				mu.Lock()
				if phases[phase] != 3 {
					fmt.Println("passed too early", phase)
				}
				if last {
					lasts++
				}
				mu.Unlock()
				b.Wait()
			}
		})
	}
	wg.Wait()
	fmt.Println(lasts, phases)
}

// Output:
// 4950 100 true false
// 4 map[0:3 1:3 2:3 3:3]
