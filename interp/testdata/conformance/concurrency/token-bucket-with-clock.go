package main

import (
	"fmt"
	"sync"
	"time"
)

type Clock interface{ Now() time.Time }

type fakeClock struct {
	mu     sync.Mutex
	now    time.Time
	timers []timer
}

type timer struct {
	at time.Time
	ch chan time.Time
}

func (c *fakeClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *fakeClock) After(d time.Duration) <-chan time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	ch := make(chan time.Time, 1)
	c.timers = append(c.timers, timer{c.now.Add(d), ch})
	return ch
}

func (c *fakeClock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	var left []timer
	for _, t := range c.timers {
		if t.at.After(c.now) {
			left = append(left, t)
			continue
		}
		t.ch <- c.now
	}
	c.timers = left
}

type Bucket struct {
	Clock
	mu     sync.Mutex
	rate   float64
	burst  float64
	tokens float64
	last   time.Time
}

func NewBucket(c Clock, perSecond, burst float64) *Bucket {
	return &Bucket{Clock: c, rate: perSecond, burst: burst, tokens: burst, last: c.Now()}
}

func (b *Bucket) Allow(n float64) (ok bool, wait time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.Now()
	b.tokens = min(b.burst, b.tokens+now.Sub(b.last).Seconds()*b.rate)
	b.last = now
	if b.tokens >= n {
		b.tokens -= n
		return true, 0
	}
	return false, time.Duration((n - b.tokens) / b.rate * float64(time.Second))
}

type Limiter[K comparable] struct {
	make    func() *Bucket
	buckets map[K]*Bucket
}

func (l *Limiter[K]) Allow(k K) bool {
	b, ok := l.buckets[k]
	if !ok {
		b = l.make()
		l.buckets[k] = b
	}
	ok, _ = b.Allow(1)
	return ok
}

func main() {
	clock := &fakeClock{now: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)}
	b := NewBucket(clock, 2, 3)
	for range 4 {
		fmt.Println(b.Allow(1))
	}
	clock.Advance(250 * time.Millisecond)
	fmt.Println(b.Allow(1))
	clock.Advance(10 * time.Second)
	fmt.Println(b.Allow(3))
	fmt.Println(b.Allow(2))
	l := Limiter[string]{func() *Bucket { return NewBucket(clock, 1, 1) }, map[string]*Bucket{}}
	fmt.Println(l.Allow("a"), l.Allow("a"), l.Allow("b"))
	clock.Advance(time.Second)
	fmt.Println(l.Allow("a"), l.Allow("a"), len(l.buckets))
	early, late := clock.After(time.Minute), clock.After(time.Hour)
	clock.Advance(30 * time.Minute)
	select {
	case t := <-early:
		fmt.Println(t.Format(time.TimeOnly))
	case <-late:
		fmt.Println("too late")
	}
	done := make(chan string)
	go func() { done <- (<-late).Format(time.Kitchen) }()
	clock.Advance(time.Hour)
	fmt.Println(<-done, len(clock.timers))
}

// Output:
// true 0s
// true 0s
// true 0s
// false 500ms
// false 250ms
// true 0s
// false 1s
// true false true
// true false 2
// 00:30:11
// 1:30AM 0
