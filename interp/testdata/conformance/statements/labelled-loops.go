package main

import (
	"fmt"
	"strings"
)

func primes(limit int) (out []int) {
next:
	for n := 2; n < limit; n++ {
		for _, p := range out {
			if p*p > n {
				break
			}
			if n%p == 0 {
				continue next
			}
		}
		out = append(out, n)
	}
	return out
}

func tokens(src string) (out []string) {
	i := 0
scan:
	for {
		switch {
		case i >= len(src):
			break scan
		case src[i] == ' ':
			i++
			continue scan
		case src[i] == '#':
			for ; i < len(src); i++ {
				if src[i] == '\n' {
					continue scan
				}
			}
			break scan
		case src[i] == '\n':
			out = append(out, "EOL")
		case strings.ContainsRune("+-*/()", rune(src[i])):
			out = append(out, src[i:i+1])
		default:
			start := i
			for i < len(src) && src[i] >= '0' && src[i] <= '9' {
				i++
			}
			if start == i {
				out = append(out, "?"+src[i:i+1])
				break
			}
			out = append(out, src[start:i])
			continue
		}
		i++
	}
	return
}

func common(lists ...[]int) (int, bool) {
candidates:
	for _, c := range lists[0] {
	others:
		for _, l := range lists[1:] {
			for _, v := range l {
				if v == c {
					continue others
				}
			}
			continue candidates
		}
		return c, true
	}
	return 0, false
}

func main() {
	fmt.Println(primes(50))
	fmt.Printf("%q\n", tokens("1 + 23*(4-x) # note\n77"))
	fmt.Println(common([]int{1, 2, 3}, []int{3, 2}, []int{5, 3, 2}))
	fmt.Println(common([]int{1}, nil))
block:
	switch {
	default:
		for i := range 3 {
			if i == 1 {
				break block
			}
			fmt.Println("in block", i)
		}
		fmt.Println("unreachable")
	}
	ch := make(chan int, 5)
	for i := range 5 {
		ch <- i
	}
	close(ch)
	sum := 0
recv:
	for {
		select {
		case v, ok := <-ch:
			if !ok {
				break recv
			}
			if v == 2 {
				continue recv
			}
			sum += v
		}
	}
	fmt.Println(sum)
x:
	for x := range map[string]int{"x": 1} {
		if x == "x" {
			continue x
		}
	}
decide:
	switch n := len("abc"); n {
	case 3:
		if sum > 1 {
			break decide
		}
		fmt.Println("not printed")
	default:
		fmt.Println("not here")
	}
}

// Output:
// [2 3 5 7 11 13 17 19 23 29 31 37 41 43 47]
// ["1" "+" "23" "*" "(" "4" "-" "?x" ")" "EOL" "77"]
// 2 true
// 0 false
// in block 0
// 8
