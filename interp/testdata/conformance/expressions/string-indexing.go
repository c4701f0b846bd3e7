package main

import (
	"fmt"
	"strings"
	"unicode"
)

func reverse(s string) string {
	var b strings.Builder
	for i := len(s); i > 0; i-- {
		b.WriteByte(s[i-1])
	}
	return b.String()
}

func isPalindrome(s string) bool {
	var letters []rune
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters = append(letters, unicode.ToLower(r))
		}
	}
	for i, j := 0, len(letters)-1; i < j; i, j = i+1, j-1 {
		if letters[i] != letters[j] {
			return false
		}
	}
	return true
}

func caesar(s string, shift int) string {
	out := []byte(s)
	for i, c := range out {
		switch {
		case 'a' <= c && c <= 'z':
			out[i] = 'a' + (c-'a'+byte(shift+26))%26
		case 'A' <= c && c <= 'Z':
			out[i] = 'A' + (c-'A'+byte(shift+26))%26
		}
	}
	return string(out)
}

func frequencies(s string) (top byte, n int) {
	var counts [256]int
	for i := range len(s) {
		counts[s[i]]++
	}
	for c, k := range counts {
		if k > n {
			top, n = byte(c), k
		}
	}
	return
}

func main() {
	s := "Grüße, 世界\x80!"
	for i, r := range s {
		fmt.Printf("%d:%q ", i, r)
	}
	fmt.Println()
	for i := range s {
		if s[i] >= 0x80 && s[i] < 0xc0 {
			fmt.Print("continuation byte at ", i)
		}
	}
	fmt.Println()
	fmt.Println(s[0], s[2], string(s[0]), s[0] == 'G', len(s))
	fmt.Printf("%T %T %c %U\n", s[0], []rune(s)[0], s[1], []rune(s)[7])
	fmt.Println(reverse("stressed"), isPalindrome("A man, a plan, a canal: Panama"), isPalindrome("Été"))
	fmt.Println(caesar("Hello, World", 3), caesar(caesar("Round trip", 9), -9))
	top, n := frequencies("mississippi")
	fmt.Println(string(top), n)
	const hex = "0123456789abcdef"
	b := byte(0xc5)
	fmt.Println(string(hex[b>>4])+string(hex[b&15]), hex[10:][1], "const"[2])
	raw := `back\slash "quoted"
second line`
	fmt.Println(len(raw), strings.Count(raw, "\n"), "\a\b\f\v"[3], '\'', "\"", "\101\x42\u0043\U00000044")
	fmt.Println("a"+"b" == "ab", "abc"[1:2] < "c", s[len(s)-1:])
}

// Output:
// 0:'G' 1:'r' 2:'ü' 4:'ß' 6:'e' 7:',' 8:' ' 9:'世' 12:'界' 15:'�' 16:'!'
// continuation byte at 15
// 71 195 G true 17
// uint8 int32 r U+4E16
// desserts true true
// Khoor, Zruog Round trip
// i 4
// c5 98 110
// 31 1 11 39 " ABCD
// true true !
