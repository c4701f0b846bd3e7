package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type counter struct {
	mu sync.RWMutex
	m  map[string]int
}

func (c *counter) add(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[k]++
}

func (c *counter) get(k string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.m[k]
}

type config struct{ name string }

func main() {
	c := counter{m: map[string]int{}}
	var total atomic.Int64
	var current atomic.Pointer[config]
	var flag atomic.Bool
	var value atomic.Value
	var once sync.Once
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.add(fmt.Sprint("k", i%3))
			total.Add(int64(i))
			once.Do(func() { current.Store(&config{"first"}); value.Store(config{"v"}) })
			flag.CompareAndSwap(false, true)
		}()
	}
	wg.Wait()
	fmt.Println(c.get("k0"), c.get("k1"), c.get("k2"), total.Load(), current.Load().name, flag.Load(), value.Load().(config).name)

	var m sync.Map
	m.Store(config{"a"}, 1)
	v, ok := m.Load(config{"a"})
	fmt.Println(v, ok)
	act, loaded := m.LoadOrStore(config{"a"}, 2)
	fmt.Println(act, loaded)

	pool := sync.Pool{New: func() any { return new(config) }}
	p := pool.Get().(*config)
	p.name = "pooled"
	pool.Put(p)

	get := sync.OnceValue(func() int { fmt.Println("computed"); return 42 })
	fmt.Println(get(), get())
	both := sync.OnceValues(func() (string, error) { return "x", fmt.Errorf("e") })
	fmt.Println(both())
	fmt.Println(both())

	cond := sync.NewCond(&sync.Mutex{})
	ready := false
	go func() { cond.L.Lock(); ready = true; cond.L.Unlock(); cond.Broadcast() }()
	cond.L.Lock()
	for !ready {
		cond.Wait()
	}
	cond.L.Unlock()
	fmt.Println("ready")
}

// Output:
// 17 17 16 1225 first true v
// 1 true
// 1 true
// computed
// 42 42
// x e
// x e
// ready
