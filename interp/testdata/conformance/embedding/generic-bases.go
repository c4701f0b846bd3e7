package main

import (
	"fmt"
	"strings"
)

type Entity[ID comparable] struct {
	ID      ID
	version int
}

func (e *Entity[ID]) Bump() int { e.version++; return e.version }

func (e Entity[ID]) Key() ID { return e.ID }

type Timestamps struct{ Created, Updated int }

func (t *Timestamps) Touch(now int) {
	if t.Created == 0 {
		t.Created = now
	}
	t.Updated = now
}

type User struct {
	Entity[string]
	Timestamps
	Name string
}

type Order struct {
	*Entity[int]
	Timestamps
	Lines []string
}

type Keyed[ID comparable] interface {
	Key() ID
	Bump() int
}

type Repo[ID comparable, T Keyed[ID]] struct {
	Index[ID, T]
	log []string
}

type Index[K comparable, V any] struct{ items map[K]V }

func (x *Index[K, V]) put(k K, v V) {
	if x.items == nil {
		x.items = map[K]V{}
	}
	x.items[k] = v
}

func (x Index[K, V]) Len() int { return len(x.items) }

func (r *Repo[ID, T]) Save(e T) {
	r.log = append(r.log, fmt.Sprintf("%v v%d", e.Key(), e.Bump()))
	r.put(e.Key(), e)
}

type Tagged[T any] struct {
	Value T
	Tags[string]
}

type Tags[T ~string] []T

func (t Tags[T]) Join() string {
	var parts []string
	for _, x := range t {
		parts = append(parts, string(x))
	}
	return strings.Join(parts, ",")
}

type Decorated[T fmt.Stringer] struct{ Inner T }

func (d Decorated[T]) String() string { return "<" + d.Inner.String() + ">" }

type name string

func (n name) String() string { return string(n) }

func main() {
	u := &User{Entity: Entity[string]{ID: "u1"}, Name: "ann"}
	u.Touch(10)
	u.Touch(20)
	fmt.Printf("%+v %s\n", *u, u.Key())
	o := Order{Entity: &Entity[int]{ID: 7}}
	o.Bump()
	fmt.Println(o.Key(), o.version, o.Entity.ID)
	var users Repo[string, *User]
	users.Save(u)
	users.Save(u)
	users.Save(&User{Entity: Entity[string]{ID: "u2"}})
	fmt.Println(users.Len(), users.log, users.items["u1"].Name)
	orders := Repo[int, Order]{}
	orders.Save(o)
	fmt.Println(orders.log, orders.Index.Len())
	t := Tagged[int]{5, Tags[string]{"a", "b"}}
	fmt.Println(t.Join(), t.Tags[1], t.Value, len(t.Tags))
	d := Decorated[Decorated[name]]{Decorated[name]{"core"}}
	fmt.Println(d, d.Inner.Inner)
	fmt.Printf("%T %T %T\n", users, u.Entity, d)
}

// Output:
// {Entity:{ID:u1 version:0} Timestamps:{Created:10 Updated:20} Name:ann} u1
// 7 1 7
// 2 [u1 v1 u1 v2 u2 v1] ann
// [7 v2] 1
// a,b b 5 2
// <<core>> core
// main.Repo[string,*main.User] main.Entity[string] main.Decorated[main.Decorated[main.name]]
