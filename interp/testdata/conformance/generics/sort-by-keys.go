package main

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"
)

type Compare[T any] func(a, b T) int

func By[T any, K cmp.Ordered](key func(T) K) Compare[T] {
	return func(a, b T) int { return cmp.Compare(key(a), key(b)) }
}

func (c Compare[T]) Desc() Compare[T] { return func(a, b T) int { return c(b, a) } }

func (c Compare[T]) Then(next Compare[T]) Compare[T] {
	return func(a, b T) int { return cmp.Or(c(a, b), next(a, b)) }
}

func (c Compare[T]) Sort(s []T) []T {
	out := slices.Clone(s)
	slices.SortStableFunc(out, c)
	return out
}

type sortable[T any] struct {
	s []T
	c Compare[T]
}

func (s sortable[T]) Len() int { return len(s.s) }

func (s sortable[T]) Less(i, j int) bool { return s.c(s.s[i], s.s[j]) < 0 }

func (s sortable[T]) Swap(i, j int) { s.s[i], s.s[j] = s.s[j], s.s[i] }

type Employee struct {
	Name   string
	Dept   string
	Salary float64
	Since  time.Time
}

func (e Employee) String() string { return e.Name }

func (e Employee) seniority() int64 { return e.Since.Unix() }

func TopN[T any](s []T, n int, c Compare[T]) []T {
	sorted := c.Desc().Sort(s)
	return sorted[:min(n, len(sorted))]
}

func Search[T any, K cmp.Ordered](s []T, k K, key func(T) K) (T, bool) {
	i, ok := slices.BinarySearchFunc(s, k, func(e T, k K) int { return cmp.Compare(key(e), k) })
	if !ok {
		return *new(T), false
	}
	return s[i], true
}

func date(y int) time.Time { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }

func main() {
	staff := []Employee{
		{"eve", "ops", 50, date(2020)},
		{"ann", "dev", 70, date(2019)},
		{"bob", "dev", 60, date(2021)},
		{"dan", "ops", 50, date(2018)},
		{"cid", "dev", 70, date(2022)},
	}
	dept := By(func(e Employee) string { return e.Dept })
	salary := By(func(e Employee) float64 { return e.Salary })
	fmt.Println(dept.Then(salary.Desc()).Then(By(Employee.seniority)).Sort(staff))
	fmt.Println(By(Employee.String).Sort(staff), staff[0])
	fmt.Println(TopN(staff, 2, salary), TopN(staff[:1], 5, dept))
	x := sortable[Employee]{slices.Clone(staff), By(Employee.seniority)}
	sort.Sort(sort.Reverse(x))
	fmt.Println(x.s, sort.IsSorted(x), sort.IsSorted(sort.Reverse(x)))
	byName := By(Employee.String).Sort(staff)
	fmt.Println(Search(byName, "cid", Employee.String))
	_, ok := Search(byName, "zoe", Employee.String)
	fmt.Println(ok)
	fmt.Println(slices.MinFunc(staff, salary.Then(By(func(e Employee) string { return e.Name }))), slices.MaxFunc(staff, By(Employee.seniority)))
	words := strings.Fields("pear fig apple kiwi")
	fmt.Println(By(func(s string) int { return len(s) }).Then(strings.Compare).Sort(words))
	groups := map[string][]Employee{}
	for _, e := range salary.Sort(staff) {
		groups[e.Dept] = append(groups[e.Dept], e)
	}
	fmt.Println(groups)
}

// Output:
// [ann cid bob dan eve]
// [ann bob cid dan eve] eve
// [ann cid] [eve]
// [cid bob eve ann dan] false true
// cid true
// false
// dan cid
// [fig kiwi pear apple]
// map[dev:[bob ann cid] ops:[eve dan]]
