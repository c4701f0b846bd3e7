package main

import "fmt"

func Filter[T any](s []T, p func(T) bool) (r []T) {
	for _, v := range s {
		if p(v) {
			r = append(r, v)
		}
	}
	return
}
func Reduce[T, A any](s []T, a A, f func(A, T) A) A {
	for _, v := range s {
		a = f(a, v)
	}
	return a
}
func main() {
	f := Filter[int]
	fmt.Println(f([]int{1, 2, 3, 4}, func(i int) bool { return i%2 == 0 }))
	fmt.Println(Reduce([]int{1, 2, 3}, "", func(a string, i int) string { return a + fmt.Sprint(i) }))
}

// Output:
// [2 4]
// 123
