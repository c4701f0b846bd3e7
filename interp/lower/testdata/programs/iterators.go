package main

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Print("<", n, ">")
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func pairs(s string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i, w := range strings.Fields(s) {
			if !yield(i, w) {
				break
			}
		}
	}
}

func find(n int) (int, error) {
	for i := range count(10) {
		for j := range count(10) {
			if i*j == n && i > 1 {
				return i, nil
			}
			if j > 4 {
				break
			}
		}
	}
	return 0, fmt.Errorf("no %d", n)
}

func deferred() (s string) {
	for i := range count(3) {
		defer func() { s += fmt.Sprint(i) }()
	}
	return "d"
}

func labels() (out []string) {
outer:
	for i := range count(5) {
		for k, w := range pairs("x y z") {
			switch {
			case k == 1 && i%2 == 0:
				continue outer
			case i == 3:
				break outer
			case w == "z":
				continue
			}
			out = append(out, fmt.Sprint(i, w))
		}
	}
	return out
}

func jump(n int) string {
	for i := range count(n) {
		if i == 2 {
			goto end
		}
	}
	return "fell"
end:
	return "jumped"
}

func bad() (v any) {
	defer func() { v = recover() }()
	misuse := func(yield func(int) bool) {
		yield(1)
		yield(2)
	}
	for i := range misuse {
		fmt.Print("once ", i, " ")
		break
	}
	return "not reached"
}

func closures() []func() int {
	var fs []func() int
	sum := 0
	for i := range count(3) {
		sum += i
		fs = append(fs, func() int { i++; return i + sum })
	}
	return fs
}

func main() {
	fmt.Println(find(6))
	fmt.Println(find(49))
	fmt.Println(deferred())
	fmt.Println(labels())
	fmt.Println(jump(2), jump(5))
	fmt.Println(bad())
	for _, f := range closures() {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	next, stop := iter.Pull2(pairs("p q r"))
	fmt.Println(next())
	fmt.Println(next())
	stop()
	fmt.Println(next())
	var k int
	var v string
	for k, v = range pairs("u v") {
	}
	fmt.Println(k, v)
	for range count(2) {
		fmt.Print(".")
	}
	fmt.Println(slices.Collect(count(3)), slices.Sorted(maps.Keys(map[string]bool{"b": true, "a": false})))
	for i, c := range strings.Split("a,b", ",") {
		fmt.Print(i, c, " ")
	}
	for s := range strings.SplitSeq("m-n", "-") {
		fmt.Print(s, " ")
	}
	for i, r := range "é\xffz" {
		fmt.Print(i, ":", r, " ")
	}
	for i := range "日本" {
		fmt.Print(i, " ")
	}
	for i := range uint8(3) {
		fmt.Printf("%T%d ", i, i)
	}
	fmt.Println()
	panicking := func(yield func() bool) {
		defer func() { fmt.Println("iterator sees", recover() != nil) }()
		yield()
	}
	defer func() { fmt.Println(recover()) }()
	for range panicking {
		panic("body")
	}
}

// Output:
// <10><10><10><10>2 <nil>
// <10><10><10><10><10><10><10><10><10><10><10>0 no 49
// <3>d210
// <5>[0x 1x 1y 2x]
// <2><5>fell jumped
// once 1 runtime error: range function continued iteration after function for loop body returned false
// <3>4 5 5 6 6 7
// 0 p true
// 1 q true
// 0  false
// 1 v
// ..<2><3>[0 1 2] [a b]
// 0a 1b m n 0:233 2:65533 3:122 0 3 uint80 uint81 uint82
// iterator sees true
// runtime error: range function recovered a loop body panic and did not resume panicking
