package main

import (
	"cmp"
	"fmt"
	"strings"
)

type Heap[T any] struct {
	items []T
	less  func(a, b T) bool
}

func NewHeap[T any](less func(a, b T) bool, items ...T) *Heap[T] {
	h := &Heap[T]{items: append([]T(nil), items...), less: less}
	for i := len(h.items)/2 - 1; i >= 0; i-- {
		h.down(i)
	}
	return h
}

func MinHeap[T cmp.Ordered](items ...T) *Heap[T] { return NewHeap(cmp.Less[T], items...) }

func (h *Heap[T]) Len() int { return len(h.items) }

func (h *Heap[T]) Push(v T) {
	h.items = append(h.items, v)
	for i := len(h.items) - 1; i > 0; {
		parent := (i - 1) / 2
		if !h.less(h.items[i], h.items[parent]) {
			break
		}
		h.items[i], h.items[parent] = h.items[parent], h.items[i]
		i = parent
	}
}

func (h *Heap[T]) Pop() (v T, ok bool) {
	if len(h.items) == 0 {
		return v, false
	}
	v = h.items[0]
	last := len(h.items) - 1
	h.items[0] = h.items[last]
	h.items = h.items[:last]
	h.down(0)
	return v, true
}

func (h *Heap[T]) down(i int) {
	for {
		small := i
		for _, c := range [...]int{2*i + 1, 2*i + 2} {
			if c < len(h.items) && h.less(h.items[c], h.items[small]) {
				small = c
			}
		}
		if small == i {
			return
		}
		h.items[i], h.items[small] = h.items[small], h.items[i]
		i = small
	}
}

func (h *Heap[T]) Drain(yield func(T) bool) {
	for {
		v, ok := h.Pop()
		if !ok || !yield(v) {
			return
		}
	}
}

type task struct {
	name     string
	priority int
	seq      int
}

type Queue[P cmp.Ordered, T any] struct {
	heap *Heap[entry[P, T]]
	seq  int
}

type entry[P cmp.Ordered, T any] struct {
	priority P
	seq      int
	value    T
}

func NewQueue[P cmp.Ordered, T any]() *Queue[P, T] {
	return &Queue[P, T]{heap: NewHeap(func(a, b entry[P, T]) bool {
		return cmp.Or(-cmp.Compare(a.priority, b.priority), cmp.Compare(a.seq, b.seq)) < 0
	})}
}

func (q *Queue[P, T]) Add(p P, v T) {
	q.seq++
	q.heap.Push(entry[P, T]{p, q.seq, v})
}

func (q *Queue[P, T]) All(yield func(P, T) bool) {
	for e := range q.heap.Drain {
		if !yield(e.priority, e.value) {
			return
		}
	}
}

func main() {
	h := MinHeap(5, 2, 8, 1, 9)
	h.Push(3)
	var out []int
	for v := range h.Drain {
		out = append(out, v)
		if v == 5 {
			break
		}
	}
	fmt.Println(out, h.Len())
	words := NewHeap(func(a, b string) bool { return len(a) > len(b) || len(a) == len(b) && a < b }, strings.Fields("to be or not to be that is the question")...)
	for range 3 {
		w, _ := words.Pop()
		fmt.Print(w, " ")
	}
	fmt.Println(words.Len())
	q := NewQueue[int, task]()
	for i, name := range []string{"sweep", "cook", "sleep", "eat"} {
		q.Add(len(name), task{name: name, priority: i})
	}
	for p, t := range q.All {
		fmt.Print(p, t.name, " ")
	}
	fmt.Println()
	byName := NewQueue[string, func() int]()
	byName.Add("a", func() int { return 1 })
	byName.Add("b", func() int { return 2 })
	for name, f := range byName.All {
		fmt.Print(name, f(), " ")
	}
	_, ok := MinHeap[float64]().Pop()
	fmt.Println(ok)
}

// Output:
// [1 2 3 5] 2
// question that not 7
// 5sweep 5sleep 4cook 3eat
// b2 a1 false
