package main

import (
	"fmt"
	"sync"
)

func main() {
	var m sync.Map
	m.Store("a", 1)
	v, ok := m.Load("a")
	fmt.Println(v, ok)
	m.Range(func(k, v any) bool { fmt.Println(k, v); return true })
	p := sync.Pool{New: func() any { return new(int) }}
	fmt.Println(*p.Get().(*int))
}

// Output:
// 1 true
// a 1
// 0
