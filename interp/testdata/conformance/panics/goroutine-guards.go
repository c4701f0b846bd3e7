package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

type Group struct {
	wg   sync.WaitGroup
	mu   sync.Mutex
	errs []error
}

type crash struct{ value any }

func (c crash) Error() string { return fmt.Sprintf("crashed: %v", c.value) }

func (g *Group) Go(name string, f func() error) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		if err := guard(f); err != nil {
			g.mu.Lock()
			defer g.mu.Unlock()
			g.errs = append(g.errs, fmt.Errorf("%s: %w", name, err))
		}
	}()
}

func guard(f func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = crash{v}
		}
	}()
	return f()
}

func (g *Group) Wait() error {
	g.wg.Wait()
	slices.SortFunc(g.errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(g.errs...)
}

type Supervisor struct {
	restarts int
	log      []string
}

func (s *Supervisor) Run(task func(attempt int)) {
	for attempt := 1; ; attempt++ {
		done := make(chan any)
		go func() {
			defer close(done)
			defer func() {
				if v := recover(); v != nil {
					done <- v
				}
			}()
			task(attempt)
		}()
		v, failed := <-done
		if !failed {
			s.log = append(s.log, fmt.Sprint("attempt ", attempt, " worked"))
			return
		}
		s.restarts++
		s.log = append(s.log, fmt.Sprint("attempt ", attempt, ": ", v))
	}
}

func main() {
	var g Group
	g.Go("a", func() error { return nil })
	g.Go("b", func() error { return errors.New("plain") })
	g.Go("c", func() error { panic("text") })
	g.Go("d", func() error { var m map[string]int; m["x"] = 1; return nil })
	g.Go("e", func() error { panic(crash{"custom"}) })
	err := g.Wait()
	fmt.Println(err)
	var c crash
	fmt.Println(errors.As(err, &c), c.value)
	var s Supervisor
	s.Run(func(attempt int) {
		if attempt < 3 {
			panic(fmt.Sprintf("failure %d", attempt*attempt))
		}
	})
	fmt.Println(s.restarts, s.log)
	var once sync.Once
	for range 2 {
		func() {
			defer func() { fmt.Println("once:", recover()) }()
			once.Do(func() { panic("first only") })
			fmt.Println("skipped")
		}()
	}
	get := sync.OnceValues(func() (int, error) { panic("never a value") })
	for range 2 {
		fmt.Println(guard(func() error { _, err := get(); return err }))
	}
	results := make(chan string)
	go func() {
		defer close(results)
		for _, f := range []func(){func() { panic(1) }, func() {}, func() { panic([]int{2}) }} {
			results <- fmt.Sprint(guard(func() error { f(); return nil }))
		}
	}()
	for r := range results {
		fmt.Println(r)
	}
}

// Output:
// b: plain
// c: crashed: text
// d: crashed: assignment to entry in nil map
// e: crashed: crashed: custom
// true text
// 2 [attempt 1: failure 1 attempt 2: failure 4 attempt 3 worked]
// once: first only
// skipped
// once: <nil>
// crashed: never a value
// crashed: never a value
// crashed: 1
// <nil>
// crashed: [2]
