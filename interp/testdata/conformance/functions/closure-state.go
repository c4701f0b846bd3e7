package main

import (
	"fmt"
	"sort"
	"strings"
)

func memo[K comparable, V any](f func(K) V) (func(K) V, func() int) {
	cache := map[K]V{}
	misses := 0
	return func(k K) V {
			if v, ok := cache[k]; ok {
				return v
			}
			misses++
			v := f(k)
			cache[k] = v
			return v
		}, func() int {
			return misses
		}
}

type account struct {
	deposit, withdraw func(int) error
	balance           func() int
}

func open(initial int) account {
	balance := initial
	var history []string
	note := func(kind string, n int) { history = append(history, fmt.Sprint(kind, n)) }
	return account{
		deposit: func(n int) error { balance += n; note("+", n); return nil },
		withdraw: func(n int) error {
			if n > balance {
				return fmt.Errorf("%d > %d after %s", n, balance, strings.Join(history, " "))
			}
			balance -= n
			note("-", n)
			return nil
		},
		balance: func() int { return balance },
	}
}

func ids(prefix string) func() string {
	next := 0
	return func() string {
		next++
		return fmt.Sprintf("%s-%03d", prefix, next)
	}
}

func batch[T any](size int, flush func([]T)) (add func(T), done func()) {
	var pending []T
	done = func() {
		if len(pending) > 0 {
			flush(pending)
			pending = nil
		}
	}
	add = func(v T) {
		if pending = append(pending, v); len(pending) == size {
			done()
		}
	}
	return
}

func main() {
	var fib func(int) int
	fib, misses := memo(func(n int) int {
		if n < 2 {
			return n
		}
		return fib(n-1) + fib(n-2)
	})
	fmt.Println(fib(50), misses())
	a, b := open(10), open(100)
	a.deposit(5)
	fmt.Println(a.withdraw(12), a.withdraw(4), a.balance(), b.balance())
	user, order := ids("user"), ids("order")
	fmt.Println(user(), user(), order(), user())
	add, done := batch(3, func(items []string) { fmt.Println("flush", items) })
	for _, w := range strings.Fields("a b c d e") {
		add(w)
	}
	done()
	done()
	counts := map[string]int{}
	tally := func(key string) func() {
		return func() { counts[key]++ }
	}
	x, y := tally("x"), tally("y")
	x()
	y()
	x()
	fmt.Println(counts)
	people := []string{"eve 30", "bob 25", "ann 30"}
	by := func(keys ...func(string) string) func(i, j int) bool {
		return func(i, j int) bool {
			for _, key := range keys {
				if a, b := key(people[i]), key(people[j]); a != b {
					return a < b
				}
			}
			return false
		}
	}
	age := func(s string) string { return strings.Fields(s)[1] }
	sort.Slice(people, by(age, strings.ToUpper))
	fmt.Println(people)
	v := 1
	inc, get, set := func() { v++ }, func() int { return v }, func(n int) { v = n }
	inc()
	set(get() * 10)
	inc()
	p := &v
	*p *= 2
	fmt.Println(get(), v)
}

// Output:
// 12586269025 51
// <nil> 4 > 3 after +5 -12 3 100
// user-001 user-002 order-001 user-003
// flush [a b c]
// flush [d e]
// map[x:2 y:1]
// [bob 25 ann 30 eve 30]
// 42 42
