package main

import (
	"errors"
	"fmt"
	"sort"
	"sync"
)

type command interface{ apply(*account) }

type deposit struct {
	amount int
	done   chan<- int
}

type withdraw struct {
	amount int
	done   chan<- error
}

type query struct {
	f    func(a account) any
	done chan any
}

type account struct {
	balance int
	history []string
}

var errFunds = errors.New("insufficient funds")

func (d deposit) apply(a *account) {
	a.balance += d.amount
	a.history = append(a.history, fmt.Sprintf("+%d", d.amount))
	d.done <- a.balance
}

func (w withdraw) apply(a *account) {
	if w.amount > a.balance {
		w.done <- fmt.Errorf("withdraw %d of %d: %w", w.amount, a.balance, errFunds)
		return
	}
	a.balance -= w.amount
	a.history = append(a.history, fmt.Sprintf("-%d", w.amount))
	close(w.done)
}

func (q *query) apply(a *account) { q.done <- q.f(*a) }

type Actor struct {
	inbox chan command
	wg    sync.WaitGroup
}

func Start(initial int) *Actor {
	a := &Actor{inbox: make(chan command)}
	a.wg.Go(func() {
		state := account{balance: initial}
		for c := range a.inbox {
			c.apply(&state)
		}
	})
	return a
}

func (a *Actor) Deposit(n int) int {
	done := make(chan int)
	a.inbox <- deposit{n, done}
	return <-done
}

func (a *Actor) Withdraw(n int) error {
	done := make(chan error)
	a.inbox <- withdraw{amount: n, done: done}
	return <-done
}

func Ask[T any](a *Actor, f func(account) T) T {
	q := &query{func(a account) any { return f(a) }, make(chan any)}
	a.inbox <- q
	return (<-q.done).(T)
}

func (a *Actor) Stop() {
	close(a.inbox)
	a.wg.Wait()
}

func main() {
	a := Start(100)
	fmt.Println(a.Deposit(50), a.Withdraw(30), a.Withdraw(500))
	fmt.Println(errors.Is(a.Withdraw(1000), errFunds))
	fmt.Println(Ask(a, func(a account) int { return a.balance }), Ask(a, func(a account) []string { return a.history }))
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			if i%2 == 0 {
				a.Deposit(i)
			} else {
				a.Withdraw(i)
			}
		})
	}
	wg.Wait()
	balance, ops := 0, 0
	type summary struct {
		balance int
		ops     int
	}
	s := Ask(a, func(a account) summary { return summary{a.balance, len(a.history)} })
	balance, ops = s.balance, s.ops
	history := Ask(a, func(a account) []string { return append([]string{}, a.history[2:]...) })
	sort.Strings(history)
	fmt.Println(balance, ops, history[:3])
	a.Stop()
	func() {
		defer func() { fmt.Println(recover()) }()
		a.Deposit(1)
	}()
}

// Output:
// 150 <nil> withdraw 500 of 120: insufficient funds
// true
// 120 [+50 -30]
// 110 22 [+0 +10 +12]
// send on closed channel
