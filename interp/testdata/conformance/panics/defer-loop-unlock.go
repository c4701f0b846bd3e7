package main

import (
	"fmt"
	"sync"
)

type S struct {
	sync.RWMutex
	m map[string]int
}

func (s *S) Get(k string) (int, bool) { s.RLock(); defer s.RUnlock(); v, ok := s.m[k]; return v, ok }
func main() {
	s := &S{m: map[string]int{"a": 1}}
	s.Lock()
	s.m["b"] = 2
	s.Unlock()
	fmt.Println(s.Get("b"))
	fmt.Println(s.Get("z"))
}

// Output:
// 2 true
// 0 false
