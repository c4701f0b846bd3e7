package main

import (
	"fmt"
	"slices"
	"sort"
	"strings"
)

type person struct {
	name string
	age  int
}

type byAge []person

func (p byAge) Len() int           { return len(p) }
func (p byAge) Less(i, j int) bool { return p[i].age < p[j].age }
func (p byAge) Swap(i, j int)      { p[i], p[j] = p[j], p[i] }

type multi struct {
	people []person
	less   []func(a, b *person) bool
}

func (m *multi) Len() int      { return len(m.people) }
func (m *multi) Swap(i, j int) { m.people[i], m.people[j] = m.people[j], m.people[i] }
func (m *multi) Less(i, j int) bool {
	p, q := &m.people[i], &m.people[j]
	for _, less := range m.less[:len(m.less)-1] {
		switch {
		case less(p, q):
			return true
		case less(q, p):
			return false
		}
	}
	return m.less[len(m.less)-1](p, q)
}

func people() []person {
	return []person{{"dave", 30}, {"al", 25}, {"carol", 30}, {"bob", 25}, {"eve", 41}}
}

func main() {
	p := people()
	sort.Stable(byAge(p))
	fmt.Println(p)
	sort.Sort(sort.Reverse(byAge(p)))
	fmt.Println(p[0], sort.IsSorted(byAge(p)))
	m := &multi{people(), []func(a, b *person) bool{
		func(a, b *person) bool { return a.age > b.age },
		func(a, b *person) bool { return a.name < b.name },
	}}
	sort.Sort(m)
	fmt.Println(m.people)
	p = people()
	sort.Slice(p, func(i, j int) bool { return p[i].name < p[j].name })
	fmt.Println(p)
	i := sort.Search(len(p), func(i int) bool { return p[i].name >= "carol" })
	fmt.Println(i, p[i])
	sort.SliceStable(p, func(i, j int) bool { return len(p[i].name) < len(p[j].name) })
	fmt.Println(p)
	words := sort.StringSlice(strings.Fields("the quick brown fox"))
	words.Sort()
	fmt.Println(words, sort.SearchStrings(words, "quick"))
	big := make([]person, 200)
	for i := range big {
		big[i] = person{fmt.Sprint("p", i*7919%200), i * 31 % 10}
	}
	slices.SortFunc(big, func(a, b person) int { return a.age - b.age })
	fmt.Println(big[0], big[57], big[199])
	sort.Sort(byAge(big))
	fmt.Println(big[1], big[99])
}

// Output:
// [{al 25} {bob 25} {dave 30} {carol 30} {eve 41}]
// {eve 41} false
// [{eve 41} {carol 30} {dave 30} {al 25} {bob 25}]
// [{al 25} {bob 25} {carol 30} {dave 30} {eve 41}]
// 2 {carol 30}
// [{al 25} {bob 25} {eve 41} {dave 30} {carol 30}]
// [brown fox quick the] 2
// {p180 0} {p98 2} {p81 9}
// {p10 0} {p136 4}
