package main

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
)

type call[V any] struct {
	ready chan struct{}
	value V
	err   error
}

type Cache[K comparable, V any] struct {
	mu    sync.RWMutex
	calls map[K]*call[V]
	load  func(K) (V, error)
	stats struct{ hits, misses, failures atomic.Int64 }
}

func New[K comparable, V any](load func(K) (V, error)) *Cache[K, V] {
	return &Cache[K, V]{calls: make(map[K]*call[V]), load: load}
}

func (c *Cache[K, V]) Get(k K) (V, error) {
	c.mu.RLock()
	cl, ok := c.calls[k]
	c.mu.RUnlock()
	if !ok {
		c.mu.Lock()
		if cl, ok = c.calls[k]; !ok {
			cl = &call[V]{ready: make(chan struct{})}
			c.calls[k] = cl
			c.mu.Unlock()
			c.stats.misses.Add(1)
			c.fill(k, cl)
			return cl.value, cl.err
		}
		c.mu.Unlock()
	}
	<-cl.ready
	c.stats.hits.Add(1)
	return cl.value, cl.err
}

func (c *Cache[K, V]) fill(k K, cl *call[V]) {
	defer close(cl.ready)
	defer func() {
		if e := recover(); e != nil {
			cl.err = fmt.Errorf("load %v: %v", k, e)
		}
		if cl.err != nil {
			c.stats.failures.Add(1)
			c.mu.Lock()
			defer c.mu.Unlock()
			delete(c.calls, k)
		}
	}()
	cl.value, cl.err = c.load(k)
}

type page struct {
	URL  string
	Size int
}

var errGone = errors.New("gone")

func main() {
	var loads atomic.Int32
	gate := make(chan struct{})
	c := New(func(url string) (*page, error) {
		loads.Add(1)
		switch url {
		case "/gone":
			return nil, fmt.Errorf("%s: %w", url, errGone)
		case "/panic":
			panic("loader failed")
		case "/slow":
			<-gate
		}
		return &page{url, len(url) * 100}, nil
	})
	var wg sync.WaitGroup
	pages := make([]*page, 8)
	for i := range pages {
		wg.Go(func() { pages[i], _ = c.Get("/slow") })
	}
	close(gate)
	wg.Wait()
	for _, p := range pages[1:] {
		if p != pages[0] {
			fmt.Println("another page", p)
		}
	}
	fmt.Println(*pages[0], loads.Load(), c.stats.hits.Load(), c.stats.misses.Load())
	for range 2 {
		p, err := c.Get("/gone")
		fmt.Println(p == nil, err, errors.Is(err, errGone))
	}
	_, err := c.Get("/panic")
	fmt.Println(err, len(c.calls), loads.Load(), c.stats.failures.Load())
	type key struct{ a, b int }
	sums := New(func(k key) (int, error) { return k.a + k.b, nil })
	fmt.Println(sums.Get(key{1, 2}))
	fmt.Println(sums.Get(key{1, 2}))
	fmt.Println(sums.stats.hits.Load(), sums.stats.misses.Load())
}

// Output:
// {/slow 500} 1 7 1
// true /gone: gone true
// true /gone: gone true
// load /panic: loader failed 1 4 3
// 3 <nil>
// 3 <nil>
// 1 1
