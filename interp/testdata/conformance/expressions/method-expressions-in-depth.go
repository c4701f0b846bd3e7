package main

import (
	"fmt"
	"sort"
	"strings"
)

type Account struct {
	Owner   string
	balance int
}

func (a Account) Balance() int { return a.balance }

func (a *Account) Deposit(n int, notes ...string) *Account {
	a.balance += n
	if len(notes) > 0 {
		a.Owner += "[" + strings.Join(notes, ",") + "]"
	}
	return a
}

type Savings struct {
	*Account
	rate float64
}

type Holder interface{ Balance() int }

type Pair[K comparable, V any] struct {
	Key K
	Val V
}

func (p Pair[K, V]) Swap(v V) Pair[K, V] { p.Val = v; return p }

func (p *Pair[K, V]) Set(v V) { p.Val = v }

type op func(*Account, int, ...string) *Account

func main() {
	acc := Account{Owner: "ann"}
	deposit := (*Account).Deposit
	balance := Account.Balance
	deposit(&acc, 5, "cash")
	deposit(&acc, 10)
	fmt.Println(balance(acc), (*Account).Balance(&acc), acc.Owner)
	fmt.Printf("%T %T %T\n", deposit, balance, Holder.Balance)
	fmt.Println(Holder.Balance(acc), Holder.Balance(&acc))
	s := Savings{&acc, 0.5}
	Savings.Deposit(s, 85, "x", "y")
	fmt.Println(Savings.Balance(s), (*Savings).Balance(&s), acc.Owner)
	ops := map[string]op{"deposit": (*Account).Deposit, "twice": func(a *Account, n int, _ ...string) *Account {
		return a.Deposit(n).Deposit(n)
	}}
	fmt.Println(ops["twice"](&acc, 50).Balance(), ops["deposit"](&acc, -200).Balance())
	bound := acc.Deposit
	acc.balance = 1
	fmt.Println(bound(1).balance)
	read := acc.Balance
	acc.balance = 1000
	fmt.Println(read(), acc.Balance())
	p := Pair[string, int]{"k", 1}
	set := (*Pair[string, int]).Set
	set(&p, 5)
	swapped := Pair[string, int].Swap(p, 9)
	fmt.Println(p, swapped)
	fns := []func(string) string{strings.ToUpper, strings.TrimSpace, strings.NewReplacer("a", "b").Replace}
	text := " banana "
	for _, f := range fns {
		text = f(text)
	}
	fmt.Printf("%q\n", text)
	words := sort.StringSlice{"c", "a", "b"}
	less := words.Less
	sort.StringSlice.Sort(words)
	fmt.Println(words, less(0, 1), (error).Error(fmt.Errorf("by expression")))
	var h Holder = &acc
	get := h.Balance
	h = Account{balance: -7}
	fmt.Println(get(), h.Balance())
}

// Output:
// 15 15 ann[cash]
// func(*main.Account, int, ...string) *main.Account func(main.Account) int func(main.Holder) int
// 15 15
// 100 100 ann[cash][x,y]
// 200 0
// 2
// 2 1000
// {k 5} {k 9}
// "BANANA"
// [a b c] true by expression
// 1000 -7
