package main

import "fmt"

func f(p string, xs ...int) string { return fmt.Sprint(p, len(xs), xs) }
func g(xs ...any) int              { return len(xs) }
func main() {
	fmt.Println(f("a"), f("b", 1, 2), f("c", []int{4, 5}...), g(), g(nil), g([]any{1, 2}...), g("a", 1, nil))
	s := append([]byte("ab"), "cd"...)
	fmt.Println(string(s))
}

// Output:
// a0 [] b2 [1 2] c2 [4 5] 0 1 2 3
// abcd
