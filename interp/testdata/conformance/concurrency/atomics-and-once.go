package main

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
)

type Config struct {
	Version int
	Hosts   []string
}

type Store struct {
	current atomic.Pointer[Config]
	reads   atomic.Uint64
	frozen  atomic.Bool
}

var errFrozen = errors.New("frozen")

func (s *Store) Update(change func(Config) Config) (*Config, error) {
	for {
		if s.frozen.Load() {
			return nil, errFrozen
		}
		old := s.current.Load()
		var c Config
		if old != nil {
			c = *old
		}
		c = change(c)
		c.Version++
		if s.current.CompareAndSwap(old, &c) {
			return &c, nil
		}
	}
}

type state int32

const (
	idle state = iota
	running
	stopped
)

func (s state) String() string { return [...]string{"idle", "running", "stopped"}[s] }

type Machine struct{ s atomic.Int32 }

func (m *Machine) To(from, to state) bool { return m.s.CompareAndSwap(int32(from), int32(to)) }

func (m *Machine) State() state { return state(m.s.Load()) }

type Lazy[T any] struct {
	once sync.Once
	init func() T
	v    T
}

func (l *Lazy[T]) Get() T {
	l.once.Do(func() { l.v = l.init() })
	return l.v
}

func main() {
	var s Store
	fmt.Println(s.current.Load() == nil)
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Go(func() {
			s.Update(func(c Config) Config {
				c.Hosts = append(append([]string(nil), c.Hosts...), fmt.Sprint("h", i))
				return c
			})
			s.reads.Add(2)
		})
	}
	wg.Wait()
	c := s.current.Load()
	fmt.Println(c.Version, len(c.Hosts), s.reads.Load())
	fmt.Println(s.frozen.Swap(true), s.frozen.Load())
	_, err := s.Update(func(c Config) Config { return c })
	fmt.Println(err)
	var m Machine
	fmt.Println(m.State(), m.To(running, stopped), m.To(idle, running), m.State())
	var v atomic.Value
	fmt.Println(v.Load())
	v.Store(map[string]int{"a": 1})
	fmt.Println(v.Load().(map[string]int)["a"], v.CompareAndSwap(1, nil) == false)
}

// Exit status: 2

// Output:
// true
// 10 10 20
// false true
// frozen
// idle false true running
// <nil>
