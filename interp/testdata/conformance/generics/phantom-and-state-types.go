package main

import (
	"fmt"
	"strings"
)

type Meter struct{}

type Foot struct{}

type Unit interface{ Meter | Foot }

type Length[U Unit] float64

func (l Length[U]) Plus(m Length[U]) Length[U] { return l + m }

func (l Length[U]) String() string {
	var u U
	name := map[any]string{Meter{}: "m", Foot{}: "ft"}[u]
	return fmt.Sprintf("%.2f%s", float64(l), name)
}

func ToFeet(l Length[Meter]) Length[Foot] { return Length[Foot](l * 3.28084) }

type Draft struct{ edits int }

type Published struct{ url string }

type Doc[State any] struct {
	Title string
	State State
}

func (d Doc[S]) Map(f func(string) string) Doc[S] { d.Title = f(d.Title); return d }

func Publish(d Doc[Draft]) Doc[Published] {
	return Doc[Published]{d.Title, Published{fmt.Sprintf("/%s/%d", strings.ToLower(d.Title), d.State.edits)}}
}

type ID[T any] int

func (id ID[T]) String() string {
	return fmt.Sprintf("%s:%d", strings.TrimPrefix(fmt.Sprintf("%T", *new(T)), "main."), int(id))
}

type User struct{ Name string }

type Order struct{ Buyer ID[User] }

type Builder[T any, Ready any] struct {
	value T
	ready Ready
	log   []string
}

type no struct{}

type yes struct{}

func Start[T any]() Builder[T, no] { return Builder[T, no]{} }

func (b Builder[T, R]) Log(s string) Builder[T, R] { b.log = append(b.log, s); return b }

func With[T, R any](b Builder[T, R], set func(*T)) Builder[T, yes] {
	set(&b.value)
	return Builder[T, yes]{value: b.value, log: append(b.log, fmt.Sprintf("%T->%T", b.ready, yes{}))}
}

func Build[T any](b Builder[T, yes]) (T, string) { return b.value, strings.Join(b.log, ",") }

func main() {
	height := Length[Meter](1.80).Plus(0.05)
	fmt.Println(height, ToFeet(height), ToFeet(height).Plus(1))
	fmt.Printf("%T %v\n", height, []Length[Foot]{1, 2.5})
	d := Doc[Draft]{Title: "Intro", State: Draft{2}}
	p := Publish(d.Map(strings.ToUpper))
	fmt.Printf("%+v %T\n", p, p.Map(strings.TrimSpace))
	o := Order{Buyer: 7}
	ids := map[any]string{ID[User](7): "a user", ID[Order](7): "an order"}
	fmt.Println(o.Buyer, ids[o.Buyer], ids[ID[Order](7)], ID[map[string]int](1))
	fmt.Printf("%v %+v %d\n", o, o, o.Buyer)
	u, log := Build(With(Start[User]().Log("begin"), func(u *User) { u.Name = "ann" }).Log("end"))
	fmt.Println(u, log)
	n, log := Build(With(With(Start[int](), func(n *int) { *n += 2 }), func(n *int) { *n *= 21 }))
	fmt.Println(n, log)
	switch any(height).(type) {
	case Length[Foot]:
		fmt.Println("feet")
	case Length[Meter]:
		fmt.Println("meters")
	}
}

// Output:
// 1.85m 6.07ft 7.07ft
// main.Length[main.Meter] [1.00ft 2.50ft]
// {Title:INTRO State:{url:/intro/2}} main.Doc[main.Published]
// User:7 a user an order map[string]int:1
// {User:7} {Buyer:User:7} 7
// {ann} begin,main.no->main.yes,end
// 42 main.no->main.yes,main.yes->main.yes
// meters
