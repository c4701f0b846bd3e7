package main

import "fmt"

func Kind[T any](v T) string {
	switch any(v).(type) {
	case int:
		return "int"
	case string:
		return "string"
	}
	return "?"
}
func Zero[T any]() T    { var z T; return z }
func Ptr[T any](v T) *T { return &v }
func main()             { fmt.Println(Kind(1), Kind("a"), Kind(1.5), Zero[int](), Zero[string]() == "", *Ptr(4)) }

// Output:
// int string ? 0 true 4
