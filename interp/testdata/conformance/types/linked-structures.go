package main

import (
	"fmt"
	"strings"
)

type List struct {
	head, tail *item
	size       int
}

type item struct {
	prev, next *item
	value      string
	owner      *List
}

func (l *List) PushBack(v string) *item {
	it := &item{prev: l.tail, value: v, owner: l}
	if l.tail == nil {
		l.head = it
	} else {
		l.tail.next = it
	}
	l.tail = it
	l.size++
	return it
}

func (it *item) Remove() {
	if it.prev != nil {
		it.prev.next = it.next
	} else {
		it.owner.head = it.next
	}
	if it.next != nil {
		it.next.prev = it.prev
	} else {
		it.owner.tail = it.prev
	}
	it.owner.size--
	*it = item{}
}

func (l *List) Reverse() {
	for it := l.head; it != nil; it = it.prev {
		it.prev, it.next = it.next, it.prev
	}
	l.head, l.tail = l.tail, l.head
}

func (l *List) String() string {
	var parts []string
	for it := l.head; it != nil; it = it.next {
		parts = append(parts, it.value)
	}
	return fmt.Sprintf("%d[%s]", l.size, strings.Join(parts, " "))
}

type Tree struct {
	kids [2]*Tree
	key  int
}

func insert(t **Tree, key int) {
	for *t != nil {
		side := 0
		if key > (*t).key {
			side = 1
		}
		t = &(*t).kids[side]
	}
	*t = &Tree{key: key}
}

func remove(t **Tree, key int) bool {
	for *t != nil && (*t).key != key {
		if key < (*t).key {
			t = &(*t).kids[0]
		} else {
			t = &(*t).kids[1]
		}
	}
	if *t == nil {
		return false
	}
	if (*t).kids[0] != nil && (*t).kids[1] != nil {
		next := &(*t).kids[1]
		for (*next).kids[0] != nil {
			next = &(*next).kids[0]
		}
		(*t).key = (*next).key
		*next = (*next).kids[1]
		return true
	}
	if (*t).kids[0] != nil {
		*t = (*t).kids[0]
	} else {
		*t = (*t).kids[1]
	}
	return true
}

func (t *Tree) keys() []int {
	if t == nil {
		return nil
	}
	return append(append(t.kids[0].keys(), t.key), t.kids[1].keys()...)
}

func main() {
	l := &List{}
	items := map[string]*item{}
	for _, w := range strings.Fields("a b c d e") {
		items[w] = l.PushBack(w)
	}
	fmt.Println(l)
	for _, w := range []string{"c", "a", "e"} {
		items[w].Remove()
	}
	fmt.Println(l, items["b"].next.value, items["c"].owner == nil)
	l.PushBack("f")
	l.Reverse()
	fmt.Println(l, l.head.value, l.tail.value)
	var root *Tree
	for _, k := range []int{5, 2, 8, 1, 3, 9, 7, 6} {
		insert(&root, k)
	}
	fmt.Println(root.keys(), root.key)
	fmt.Println(remove(&root, 5), remove(&root, 4), remove(&root, 1), root.keys(), root.key)
	for len(root.keys()) > 0 {
		remove(&root, root.key)
	}
	fmt.Println(root == nil, root.keys())
	x := 1
	p := &x
	pp := &p
	ppp := &pp
	***ppp = 5
	*pp = new(int)
	**pp += 3
	fmt.Println(x, *p, **pp == ***ppp)
}

// Output:
// 5[a b c d e]
// 2[b d] d true
// 3[f d b] f b
// [1 2 3 5 6 7 8 9] 5
// true false true [2 3 6 7 8 9] 6
// true []
// 5 3 true
