package main

import (
	"container/heap"
	"container/list"
	"container/ring"
	"fmt"
)

type task struct {
	name     string
	priority int
	index    int
}

type queue []*task

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].priority > q[j].priority }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i]; q[i].index = i; q[j].index = j }
func (q *queue) Push(x any)        { t := x.(*task); t.index = len(*q); *q = append(*q, t) }
func (q *queue) Pop() any {
	old := *q
	t := old[len(old)-1]
	*q = old[:len(old)-1]
	t.index = -1
	return t
}

func main() {
	q := &queue{}
	heap.Init(q)
	tasks := map[string]*task{}
	for i, name := range []string{"low", "high", "mid"} {
		t := &task{name: name, priority: []int{1, 9, 5}[i]}
		tasks[name] = t
		heap.Push(q, t)
	}
	tasks["low"].priority = 10
	heap.Fix(q, tasks["low"].index)
	for q.Len() > 0 {
		t := heap.Pop(q).(*task)
		fmt.Print(t.name, " ", t.index, "; ")
	}
	fmt.Println()
	l := list.New()
	l.PushBack(task{name: "b"})
	l.PushFront(task{name: "a"})
	for e := l.Front(); e != nil; e = e.Next() {
		fmt.Print(e.Value.(task).name)
	}
	r := ring.New(3)
	for i := range 3 {
		r.Value = i
		r = r.Next()
	}
	r.Do(func(x any) { fmt.Print(x) })
	fmt.Println()
}

// Output:
// low -1; high -1; mid -1;
// ab012
