package main

import "fmt"

type Set[T comparable] map[T]struct{}

func (s Set[T]) Add(v T)      { s[v] = struct{}{} }
func (s Set[T]) Has(v T) bool { _, ok := s[v]; return ok }
func main()                   { s := Set[string]{}; s.Add("x"); fmt.Println(s.Has("x"), s.Has("y"), len(s)) }

// Output:
// true false 1
