package main

import (
	"fmt"
	"iter"
	"slices"
)

func Permutations[T any](s []T) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		var rec func(k int) bool
		s := slices.Clone(s)
		rec = func(k int) bool {
			if k == len(s) {
				return yield(slices.Clone(s))
			}
			for i := k; i < len(s); i++ {
				s[k], s[i] = s[i], s[k]
				if !rec(k + 1) {
					return false
				}
				s[k], s[i] = s[i], s[k]
			}
			return true
		}
		rec(0)
	}
}

func Combinations(n, k int) iter.Seq2[int, []int] {
	return func(yield func(int, []int) bool) {
		idx := make([]int, k)
		for i := range idx {
			idx[i] = i
		}
		for count := 0; ; count++ {
			if !yield(count, idx) {
				return
			}
			i := k - 1
			for i >= 0 && idx[i] == n-k+i {
				i--
			}
			if i < 0 {
				return
			}
			idx[i]++
			for j := i + 1; j < k; j++ {
				idx[j] = idx[j-1] + 1
			}
		}
	}
}

func Product[A, B any](a iter.Seq[A], b iter.Seq[B]) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		for x := range a {
			for y := range b {
				if !yield(x, y) {
					return
				}
			}
		}
	}
}

func Fibonacci() iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for i, a, b := 0, 0, 1; yield(i, a); i, a, b = i+1, b, a+b {
		}
	}
}

func Primes() iter.Seq[int] {
	return func(yield func(int) bool) {
		composites := map[int][]int{}
		for n := 2; ; n++ {
			factors, composite := composites[n]
			if !composite {
				if !yield(n) {
					return
				}
				composites[n*n] = []int{n}
				continue
			}
			for _, f := range factors {
				composites[n+f] = append(composites[n+f], f)
			}
			delete(composites, n)
		}
	}
}

func Window[T any](s iter.Seq[T], n int) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		var w []T
		for v := range s {
			w = append(w, v)
			if len(w) < n {
				continue
			}
			if !yield(slices.Clone(w)) {
				return
			}
			w = w[1:]
		}
	}
}

func gray(n int, yield func(string) bool) bool {
	if n == 0 {
		return yield("")
	}
	ok := gray(n-1, func(s string) bool { return yield("0" + s) })
	if !ok {
		return false
	}
	codes := slices.Collect(func(y func(string) bool) { gray(n-1, y) })
	for _, c := range slices.Backward(codes) {
		if !yield("1" + c) {
			return false
		}
	}
	return true
}

func main() {
	for p := range Permutations([]rune("abc")) {
		fmt.Print(string(p), " ")
	}
	fmt.Println(len(slices.Collect(Permutations([]int{1, 2, 3, 4}))))
	for i, c := range Combinations(4, 2) {
		fmt.Print(i, c, " ")
	}
	fmt.Println()
	for x, y := range Product(slices.Values([]int{1, 2}), slices.Values([]string{"a", "b"})) {
		if x == 2 && y == "b" {
			break
		}
		fmt.Print(x, y, " ")
	}
	fmt.Println()
	for i, f := range Fibonacci() {
		if f > 1000 {
			fmt.Println("fib", i, f)
			break
		}
	}
	for w := range Window(Primes(), 2) {
		if w[0] > 60 {
			break
		}
		if w[1]-w[0] == 2 {
			fmt.Print(w, " ")
		}
	}
	fmt.Println()
	for code := range func(yield func(string) bool) { gray(3, yield) } {
		fmt.Print(code, " ")
	}
	fmt.Println()
}

// Output:
// abc acb bac bca cba cab 24
// 0 [0 1] 1 [0 2] 2 [0 3] 3 [1 2] 4 [1 3] 5 [2 3]
// 1a 1b 2a
// fib 17 1597
// [3 5] [5 7] [11 13] [17 19] [29 31] [41 43] [59 61]
// 000 001 011 010 110 111 101 100
