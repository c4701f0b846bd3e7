package main

import "fmt"

type Repo[T any] interface{ Get(id int) (T, error) }
type mem[T any] struct{ m map[int]T }

func (r *mem[T]) Get(id int) (T, error) {
	v, ok := r.m[id]
	if !ok {
		return v, fmt.Errorf("no %d", id)
	}
	return v, nil
}

type U struct{ N string }

func use(r Repo[U]) { fmt.Println(r.Get(1)); fmt.Println(r.Get(2)) }
func main()         { use(&mem[U]{map[int]U{1: {"a"}}}) }

// Output:
// {a} <nil>
// {} no 2
