package main

import (
	"container/heap"
	"container/list"
	"container/ring"
	"fmt"
	"strings"
)

type Item struct {
	name     string
	priority float64
	index    int
}

type Queue struct {
	items  []*Item
	byName map[string]*Item
}

func (q Queue) Len() int { return len(q.items) }

func (q Queue) Less(i, j int) bool { return q.items[i].priority > q.items[j].priority }

func (q Queue) Swap(i, j int) {
	q.items[i], q.items[j] = q.items[j], q.items[i]
	q.items[i].index, q.items[j].index = i, j
}

func (q *Queue) Push(x any) {
	it := x.(*Item)
	it.index = len(q.items)
	q.items = append(q.items, it)
	q.byName[it.name] = it
}

func (q *Queue) Pop() any {
	n := len(q.items) - 1
	it := q.items[n]
	q.items[n] = nil
	q.items = q.items[:n]
	it.index = -1
	delete(q.byName, it.name)
	return it
}

func (q *Queue) Update(name string, priority float64) bool {
	it, ok := q.byName[name]
	if ok {
		it.priority = priority
		heap.Fix(q, it.index)
	}
	return ok
}

type intHeap []int

func (h intHeap) Len() int           { return len(h) }
func (h intHeap) Less(i, j int) bool { return h[i] < h[j] }
func (h intHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *intHeap) Push(x any)        { *h = append(*h, x.(int)) }
func (h *intHeap) Pop() (x any) {
	old := *h
	x, *h = old[len(old)-1], old[:len(old)-1]
	return
}

type maxHeap struct{ intHeap }

func (m maxHeap) Less(i, j int) bool { return m.intHeap.Less(j, i) }

type Recent struct {
	list.List
	limit int
	where map[string]*list.Element
}

func (r *Recent) Visit(page string) {
	if e, ok := r.where[page]; ok {
		r.MoveToFront(e)
		return
	}
	r.where[page] = r.PushFront(page)
	if r.Len() > r.limit {
		delete(r.where, r.Remove(r.Back()).(string))
	}
}

func (r *Recent) String() string {
	var b strings.Builder
	for e := r.Front(); e != nil; e = e.Next() {
		fmt.Fprint(&b, e.Value, " ")
	}
	return strings.TrimSpace(b.String())
}

func main() {
	q := &Queue{byName: map[string]*Item{}}
	for i, n := range strings.Fields("low mid high") {
		heap.Push(q, &Item{name: n, priority: float64(i)})
	}
	fmt.Println(q.Update("low", 10), q.Update("none", 1), heap.Remove(q, q.byName["mid"].index).(*Item).name)
	for q.Len() > 0 {
		it := heap.Pop(q).(*Item)
		fmt.Print(it.name, it.priority, it.index, " ")
	}
	fmt.Println(len(q.byName))
	lo, hi := &intHeap{}, &maxHeap{}
	var medians []float64
	for _, n := range []int{5, 15, 1, 3, 8, 7} {
		heap.Push(hi, n)
		heap.Push(lo, heap.Pop(hi))
		if lo.Len() > hi.Len() {
			heap.Push(hi, heap.Pop(lo))
		}
		m := float64(hi.intHeap[0])
		if lo.Len() == hi.Len() {
			m = (m + float64((*lo)[0])) / 2
		}
		medians = append(medians, m)
	}
	fmt.Println(medians)
	h := intHeap{9, 4, 7, 1}
	heap.Init(&h)
	h[0] = 100
	heap.Fix(&h, 0)
	fmt.Println(heap.Pop(&h), heap.Remove(&h, 1) != nil, len(h))
	r := &Recent{limit: 3, where: map[string]*list.Element{}}
	for _, p := range strings.Fields("a b c a d e a") {
		r.Visit(p)
	}
	fmt.Println(r, len(r.where), r.Front().Next().Value)
	l := list.New()
	one, three := l.PushBack(1), l.PushBack(3)
	l.InsertBefore(2, three)
	l.MoveAfter(one, three)
	other := list.New()
	other.PushBack("x")
	l.PushFrontList(other)
	for e := l.Back(); e != nil; e = e.Prev() {
		fmt.Printf("%v(%T) ", e.Value, e.Value)
	}
	fmt.Println(l.Len())
	rg := ring.New(4)
	for i := range rg.Len() {
		rg.Value = Item{name: string(rune('a' + i))}
		rg = rg.Next()
	}
	rg.Unlink(1)
	rg.Move(2).Do(func(v any) { fmt.Print(v.(Item).name, " ") })
	fmt.Println(rg.Len(), rg.Prev().Value.(Item).name)
}

// Output:
// true false mid
// low10 -1 high2 -1 0
// [5 10 5 4 5 6]
// 4 true 2
// a e d 3 e
// 1(int) 3(int) 2(int) x(string) 4
// d a c 3 d
