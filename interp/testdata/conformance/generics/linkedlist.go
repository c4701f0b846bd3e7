package main

import "fmt"

type Node[T any] struct {
	v    T
	next *Node[T]
}
type List[T any] struct {
	head *Node[T]
	n    int
}

func (l *List[T]) Add(v T) { l.head = &Node[T]{v, l.head}; l.n++ }
func (l *List[T]) Each(f func(T)) {
	for n := l.head; n != nil; n = n.next {
		f(n.v)
	}
}
func main() {
	l := &List[int]{}
	l.Add(1)
	l.Add(2)
	l.Each(func(i int) { fmt.Print(" ", i) })
	fmt.Println(l.n)
}

// Output:
//  2 12
