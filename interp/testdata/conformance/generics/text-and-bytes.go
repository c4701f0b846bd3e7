package main

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

type Text interface{ ~string | ~[]byte }

type Name string

type Blob []byte

func Split[T Text](t T, sep byte) (out []T) {
	start := 0
	for i := 0; i < len(t); i++ {
		if t[i] == sep {
			out = append(out, t[start:i])
			start = i + 1
		}
	}
	return append(out, t[start:])
}

func Upper[T Text](t T) T {
	b := []byte(t)
	for i, c := range b {
		if 'a' <= c && c <= 'z' {
			b[i] = c - 32
		}
	}
	return T(b)
}

func Same[A, B Text](a A, b B) bool { return string(a) == string(b) }

func Join[T Text](parts []T, sep string) T {
	var b []byte
	for i, p := range parts {
		if i > 0 {
			b = append(b, sep...)
		}
		b = append(b, p...)
	}
	return T(b)
}

func Runes[T ~string | ~[]rune](t T) (n int) {
	for range []rune(t) {
		n++
	}
	return n
}

func Hash[T Text](t T) (h uint32) {
	h = 2166136261
	for i := range len(t) {
		h = (h ^ uint32(t[i])) * 16777619
	}
	return
}

func Convert[To, From ~int | ~uint8 | ~float64](f From) To { return To(f) }

func Replace[T Text](t T, from, to byte) T {
	switch v := any(t).(type) {
	case string:
		return T(strings.ReplaceAll(v, string(from), string(to)))
	case []byte:
		return T(bytes.ReplaceAll(v, []byte{from}, []byte{to}))
	}
	out := make([]byte, 0, len(t))
	for _, c := range []byte(t) {
		if c == from {
			c = to
		}
		out = append(out, c)
	}
	return T(out)
}

type Percent uint8

func main() {
	fmt.Printf("%q %q %v\n", Split("a,b,,c", ','), Split(Blob("x y"), ' '), Split(Name("one"), ','))
	fmt.Println(Upper("shout"), Upper(Name("name")), string(Upper(Blob("blob"))))
	fmt.Printf("%T %T %T\n", Upper(Name("")), Upper(Blob{}), Split(Name("a"), ','))
	fmt.Println(Same("abc", Blob("abc")), Same(Name("x"), "y"), Join([]Name{"a", "b"}, "-"), string(Join(Split([]byte("1.2.3"), '.'), "")))
	fmt.Println(Runes("héllo"), Runes([]rune{1, 2}), utf8.RuneCountInString("héllo"), Hash("hello"), Hash(Blob("hello")) == Hash(Name("hello")))
	fmt.Println(Convert[Percent](99.9), Convert[int](Percent(200)), Convert[float64](7)/2, Convert[uint8](300))
	fmt.Println(Replace("banana", 'a', 'o'), string(Replace([]byte("banana"), 'n', 'm')), Replace(Name("banana"), 'b', 'B'), string(Replace(Blob("aa"), 'a', 'z')))
	src := Blob("shared")
	parts := Split(src, 'r')
	parts[0][0] = 'S'
	fmt.Println(string(src))
	loud := Upper(src)
	fmt.Println(string(loud), string(src), &loud[0] == &src[0])
}

// Output:
// ["a" "b" "" "c"] ["x" "y"] [one]
// SHOUT NAME BLOB
// main.Name main.Blob []main.Name
// true false a-b 123
// 5 2 5 1335831723 true
// 99 200 3.5 44
// bonono bamama Banana zz
// Shared
// SHARED SHARED true
