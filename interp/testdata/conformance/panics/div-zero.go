package main

import "fmt"

func main() { defer func() { fmt.Println(recover()) }(); a, b := 1, 0; fmt.Println(a / b) }

// Output:
// runtime error: integer divide by zero
