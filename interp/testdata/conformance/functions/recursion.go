package main

import (
	"fmt"
	"strings"
)

type Fix func(Fix) func(int) int

func Y(f func(func(int) int) func(int) int) func(int) int {
	g := func(self Fix) func(int) int {
		return f(func(n int) int { return self(self)(n) })
	}
	return g(g)
}

type thunk func() (int, thunk)

func trampoline(t thunk) (v int) {
	for t != nil {
		v, t = t()
	}
	return
}

func sumTo(n, acc int) thunk {
	return func() (int, thunk) {
		if n == 0 {
			return acc, nil
		}
		return acc, sumTo(n-1, acc+n)
	}
}

func isEven(n int) bool { return n == 0 || isOdd(n-1) }

func isOdd(n int) bool { return n != 0 && isEven(n-1) }

func hanoi(n int, from, via, to string, move func(string, string)) {
	if n == 0 {
		return
	}
	hanoi(n-1, from, to, via, move)
	move(from, to)
	hanoi(n-1, via, from, to, move)
}

func permutations(s string) (out []string) {
	var rec func(prefix, rest string)
	rec = func(prefix, rest string) {
		if rest == "" {
			out = append(out, prefix)
			return
		}
		for i := range rest {
			rec(prefix+rest[i:i+1], rest[:i]+rest[i+1:])
		}
	}
	rec("", s)
	return
}

func ackermann(m, n int) int {
	switch {
	case m == 0:
		return n + 1
	case n == 0:
		return ackermann(m-1, 1)
	}
	return ackermann(m-1, ackermann(m, n-1))
}

func flatten(v any) (out []int) {
	switch v := v.(type) {
	case int:
		return []int{v}
	case []any:
		for _, e := range v {
			out = append(out, flatten(e)...)
		}
	}
	return
}

func queens(n int) (count int) {
	var place func(row int, cols, d1, d2 uint)
	place = func(row int, cols, d1, d2 uint) {
		if row == n {
			count++
			return
		}
		for c := range n {
			bit := uint(1) << c
			if cols&bit == 0 && d1&(1<<(row+c)) == 0 && d2&(1<<(row-c+n)) == 0 {
				place(row+1, cols|bit, d1|1<<(row+c), d2|1<<(row-c+n))
			}
		}
	}
	place(0, 0, 0, 0)
	return
}

func main() {
	factorial := Y(func(self func(int) int) func(int) int {
		return func(n int) int {
			if n < 2 {
				return 1
			}
			return n * self(n-1)
		}
	})
	fmt.Println(factorial(10), trampoline(sumTo(5000, 0)))
	fmt.Println(isEven(100), isOdd(7), isEven(3), ackermann(2, 3))
	var moves []string
	hanoi(3, "A", "B", "C", func(f, t string) { moves = append(moves, f+t) })
	fmt.Println(strings.Join(moves, " "))
	fmt.Println(permutations("abc"), len(permutations("abcde")))
	fmt.Println(flatten([]any{1, []any{2, []any{3, 4}, nil}, 5, "no"}))
	fmt.Println(queens(4), queens(6))
}

// Output:
// 3628800 12502500
// true true false 9
// AC AB CB AC BA BC AC
// [abc acb bac bca cab cba] 120
// [1 2 3 4 5]
// 2 4
