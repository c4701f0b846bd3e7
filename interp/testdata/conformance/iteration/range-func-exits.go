package main

import (
	"errors"
	"fmt"
	"iter"
)

func numbers(log *[]string, name string, n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer func() { *log = append(*log, name+" done") }()
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func pairs[K, V any](ks []K, vs []V) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for i := range min(len(ks), len(vs)) {
			if !yield(ks[i], vs[i]) {
				return
			}
		}
	}
}

func find(log *[]string, target int) (result string, err error) {
	defer func() { result += "!" }()
	for i := range numbers(log, "a", 10) {
		for j := range numbers(log, "b", 10) {
			switch {
			case i*j == target:
				return fmt.Sprint(i, "*", j), nil
			case i+j > 12:
				return "", errors.New("sum too large")
			}
		}
	}
	err = errors.New("none")
	return
}

func labels(log *[]string) (seen []int) {
outer:
	for i := range numbers(log, "o", 5) {
	inner:
		for j := range numbers(log, "i", 5) {
			for k := range 3 {
				switch {
				case k == 1 && j == 0:
					continue inner
				case j == 2 && i < 2:
					continue outer
				case i == 2:
					break outer
				case k == 2:
					break inner
				}
				seen = append(seen, i*100+j*10+k)
			}
		}
	}
	return seen
}

func deferred(log *[]string) (out string) {
	defer func() { out += "end" }()
	for i := range numbers(log, "d", 3) {
		defer func() { out += fmt.Sprint("d", i, " ") }()
		if i == 1 {
			defer func() {
				if e := recover(); e != nil {
					out += fmt.Sprint("recovered ", e, " ")
				}
			}()
		}
		if i == 2 {
			panic("in body")
		}
	}
	return "unreachable"
}

func gotos(log *[]string) (n int) {
	for i := range numbers(log, "g", 100) {
		n += i
		if n > 20 {
			goto done
		}
	}
	n = -1
done:
	return n
}

func multi(log *[]string) (a int, b string, c error) {
	for k, v := range pairs([]int{1, 2, 3}, []string{"x", "y"}) {
		if v == "y" {
			return k, v, fmt.Errorf("at %d", k)
		}
	}
	return
}

func main() {
	var log []string
	fmt.Println(find(&log, 12))
	fmt.Println(find(&log, 97))
	fmt.Println(labels(&log), len(log))
	log = nil
	fmt.Println(deferred(&log), log)
	fmt.Println(gotos(&log), log)
	fmt.Println(multi(&log))
	var fns []func() int
	for i := range numbers(&log, "c", 3) {
		fns = append(fns, func() int { i *= 2; return i })
	}
	for _, f := range fns {
		fmt.Print(f(), f(), " ")
	}
	var i int
	for i = range numbers(&log, "assign", 4) {
	}
	fmt.Println(i)
	for range numbers(&log, "none", 2) {
		fmt.Print("tick ")
	}
	func() {
		for v := range numbers(&log, "nested", 3) {
			func() {
				for w := range numbers(&log, "deep", 3) {
					if w == v {
						return
					}
					fmt.Print(v, w, " ")
				}
			}()
		}
	}()
	fmt.Println(len(log))
}

// Output:
// 2*6! <nil>
// ! sum too large
// [0 10 11 100 110 111] 14
// d2 recovered in body d1 d0 end [d done]
// 21 [d done g done]
// 2 y at 2
// 0 0 2 4 4 8 3
// tick tick 1 0 2 0 2 1 9
