package main

import "fmt"

func pr[T any](v ...[]T) { fmt.Println(v) }
func main()              { pr([]string{"a", "b"}) }

// Output:
// [[a b]]
