package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
)

type Cache struct {
	sync.RWMutex
	entries map[string]int
}

func (c *Cache) Get(k string) int {
	c.RLock()
	defer c.RUnlock()
	return c.entries[k]
}

func (c *Cache) Set(k string, v int) {
	c.Lock()
	defer c.Unlock()
	c.entries[k] = v
}

type Stamp struct {
	time.Time
	Source string
}

func (s Stamp) String() string { return s.Source + "@" + s.Format(time.DateOnly) }

type Page struct {
	*bytes.Buffer
	title string
}

func (p Page) Heading() Page {
	fmt.Fprintf(p, "# %s\n", p.title)
	return p
}

type opError struct {
	error
	op string
}

func (e opError) Unwrap() error { return e.error }

type quietError struct{ error }

type Text struct{ strings.Reader }

type Once struct {
	sync.Once
	ran int
}

func (o *Once) Run() { o.Do(func() { o.ran++ }) }

type Group struct {
	sync.WaitGroup
	mu   sync.Mutex
	errs []error
}

func (g *Group) Start(f func() error) {
	g.Go(func() {
		if err := f(); err != nil {
			g.mu.Lock()
			defer g.mu.Unlock()
			g.errs = append(g.errs, err)
		}
	})
}

func main() {
	c := &Cache{entries: map[string]int{}}
	c.Set("a", 1)
	fmt.Println(c.Get("a"), c.TryLock(), c.TryRLock())
	s := Stamp{time.Date(2024, time.February, 29, 12, 0, 0, 0, time.UTC), "clock"}
	later := Stamp{s.AddDate(1, 0, 0), "later"}
	fmt.Println(s, later, s.Before(later.Time), later.Sub(s.Time), s.Weekday(), s.IsZero())
	p := Page{new(bytes.Buffer), "Title"}
	p.Heading().WriteString("body")
	fmt.Printf("%q %d\n", p.String(), p.Len())
	base := errors.New("refused")
	var err error = opError{base, "dial"}
	fmt.Println(err, errors.Is(err, base), errors.Is(quietError{base}, base))
	var op opError
	fmt.Println(errors.As(fmt.Errorf("outer: %w", err), &op), op.op)
	t := &Text{*strings.NewReader("read by runes é")}
	r, size, _ := t.ReadRune()
	t.Seek(-2, 2)
	last, _, _ := t.ReadRune()
	fmt.Println(string(r), size, string(last), t.Len(), t.Size())
	o := new(Once)
	o.Run()
	o.Run()
	fmt.Println(o.ran)
	var g Group
	for i := range 4 {
		g.Start(func() error {
			if i%2 == 0 {
				return fmt.Errorf("task %d", i)
			}
			return nil
		})
	}
	g.Wait()
	fmt.Println(len(g.errs))
}

// Output:
// 1 true false
// clock@2024-02-29 later@2025-03-01 true 8784h0m0s Thursday false
// "# Title\nbody" 12
// refused true false
// true dial
// r 1 é 0 16
// 1
// 2
