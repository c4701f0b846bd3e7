package main

import (
	"fmt"
	"sort"
	"strings"
)

type Text = string
type Table = map[Text][]Cell
type Cell = struct {
	Value Text
	Span  int
}
type Handler = func(Text) (Text, error)
type Named = interface{ Name() Text }
type Set[T comparable] = map[T]struct{}
type PairOf[T any] = Pair[T, T]
type Strings = sort.StringSlice
type Pair[A, B any] struct {
	First  A
	Second B
}
type user struct{ name Text }
type User = user
type UserPtr = *user

func (u User) Name() Text { return u.name }

func (u UserPtr) Rename(n Text) { u.name = n }

type Team struct {
	User
	Lead UserPtr
}

type Account struct {
	UserPtr
	Builder
}

type Builder = strings.Builder

func keys[T comparable](s Set[T]) int { return len(s) }

func (p Pair[A, B]) Flip() Pair[B, A] { return Pair[B, A]{p.Second, p.First} }

func main() {
	var t Text = "text"
	var s string = t
	fmt.Printf("%T %v\n", t, s+t)
	tab := Table{"row": {{"a", 1}, {Value: "b"}}}
	var plain map[string][]struct {
		Value string
		Span  int
	} = tab
	fmt.Println(plain, len(tab["row"]))
	var h Handler = func(s string) (string, error) { return strings.ToUpper(s), nil }
	fmt.Println(h("handled"))
	var n Named = User{"ann"}
	_, isUser := n.(user)
	fmt.Printf("%v %T %v\n", isUser, n, n.Name())
	set := Set[int]{1: {}, 2: {}}
	fmt.Printf("%T %d %d\n", set, keys(set), keys(map[string]struct{}{"x": {}}))
	p := PairOf[int]{1, 2}
	fmt.Printf("%T %v\n", p, p.Flip())
	var q Pair[int, int] = p
	fmt.Println(q == p)
	team := Team{User: User{"bob"}, Lead: &user{"eve"}}
	team.User.Rename("rob")
	team.Rename("robert")
	team.Lead.Rename("eva")
	fmt.Printf("%+v %v\n", team.User, team.Lead.Name())
	acc := &Account{UserPtr: &team.User}
	acc.WriteString("built by ")
	acc.WriteString(acc.Name())
	acc.Rename("x")
	fmt.Println(acc.String(), acc.UserPtr.name, team.name)
	words := Strings{"c", "a", "b"}
	words.Sort()
	fmt.Printf("%v %T\n", words, words)
	type local = []rune
	var l local = []rune("abc")
	fmt.Printf("%T %s\n", l, string(l))
	switch any(t).(type) {
	case Text:
		fmt.Println("alias in a type switch")
	}
}

// Output:
// string texttext
// map[row:[{a 1} {b 0}]] 2
// HANDLED <nil>
// true main.user ann
// map[int]struct {} 2 1
// main.Pair[int,int] {2 1}
// true
// {name:robert} eva
// built by robert x x
// [a b c] sort.StringSlice
// []int32 abc
// alias in a type switch
