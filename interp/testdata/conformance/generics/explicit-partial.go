package main

import "fmt"

func Conv[To, From any](f From, c func(From) To) To { return c(f) }
func main()                                         { fmt.Println(Conv[string](3, func(i int) string { return fmt.Sprint("n", i) })) }

// Output:
// n3
