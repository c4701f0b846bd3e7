package main

import (
	"fmt"
	"unicode/utf8"
)

type Text string
type Bytes []byte
type Octet byte
type Octets []Octet
type Runes []rune
type Char rune

func (t Text) Len() int { return len(t) }

func main() {
	s := "héllo, 世界\xff!"
	fmt.Println(len(s), utf8.RuneCountInString(s), utf8.ValidString(s))
	fmt.Println([]byte("hé"), []rune("hé世"), []rune("\xff\xc3"))
	fmt.Printf("%q %+q %x\n", s, s, s[1:3])
	fmt.Println(string([]rune{0x4e16, 0x10ffff + 1, -1, 'x', 0xd800}) == "世\uFFFD\uFFFDx\uFFFD")
	t := Text(s[:6])
	fmt.Println(t.Len(), Bytes(t), Runes(t), string(Bytes(t)) == string(t))
	o := Octets("ab")
	fmt.Println(o, string(o), Text(o)+"c")
	fmt.Println(string(Char(65)), string(Runes{'o', 'k'}), Text(Runes{'y'}))
	b := Bytes("abc")
	copied := string(b)
	b[0] = 'X'
	fmt.Println(copied, string(b), b)
	again := []byte(copied)
	again = append(again, t...)
	again = append(again, "tail"...)
	fmt.Printf("%s %d\n", again, copy(b, "0123456"))
	fmt.Printf("%s %v %T %x\n", b, Text("x"), o, Bytes{1, 171})
	r := []rune(copied)
	r[1] = 'β'
	fmt.Println(string(r), string(r[1:2]), string(r[1]))
	var none []byte
	fmt.Println(string(none) == "", []byte("") == nil, len([]rune("")))
	m := map[string]int{"key": 1}
	fmt.Println(m[string([]byte{'k', 'e', 'y'})])
	for i, c := range []byte("né") {
		fmt.Print(i, ":", c, " ")
	}
	for i, c := range Text("né") {
		fmt.Print(i, ":", string(c), " ")
	}
	fmt.Println()
}

// Output:
// 16 11 false
// [104 195 169] [104 233 19990] [65533 65533]
// "héllo, 世界\xff!" "h\u00e9llo, \u4e16\u754c\xff!" c3a9
// true
// 6 [104 195 169 108 108 111] [104 233 108 108 111] true
// [97 98] ab abc
// A ok y
// abc Xbc [88 98 99]
// abchéllotail 3
// 012 x main.Octets 01ab
// aβc β β
// true false 0
// 1
// 0:110 1:195 2:169 0:n 1:é
