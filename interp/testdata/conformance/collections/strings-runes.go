package main

import (
	"fmt"
	"strings"
	"unicode"
)

func main() {
	for i, r := range "héy" {
		fmt.Print(" ", i, string(r))
	}
	fmt.Println(len("héy"), []rune("hé"), []byte("hé"), strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return -1
		}
		return r
	}, "aBc"))
	s := "hello"
	fmt.Println(s[1:3], s[1], string(s[0]), strings.Fields(" a b "), strings.Split("a,b", ","))
	a, b, ok := strings.Cut("k=v", "=")
	fmt.Println(a, b, ok)
}

// Output:
//  0h 1é 3y4 [104 233] [104 195 169] ac
// el 101 h [a b] [a b]
// k v true
