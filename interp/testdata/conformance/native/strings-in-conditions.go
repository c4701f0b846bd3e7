package main

import (
	"fmt"
	"strings"
)

type path string

type route struct {
	prefix string
	suffix path
}

func (r route) matches(p path) bool {
	return strings.HasPrefix(string(p), r.prefix) && strings.HasSuffix(string(p), string(r.suffix))
}

func kindOf(s string) string {
	switch {
	case s == "", strings.TrimSpace(s) == "":
		return "empty"
	case strings.HasPrefix(s, "/") && !strings.Contains(s, ".."):
		return "absolute"
	case strings.Contains(s, "://") || strings.EqualFold(s, "about:blank"):
		return "url"
	}
	return strings.ToLower(strings.ReplaceAll(s, " ", "-"))
}

func count(list []string, keep func(string, string) bool, what string) (n int) {
	for _, s := range list {
		if keep(s, what) {
			n++
		}
	}
	return n
}

func trim(s string) string {
	for strings.HasPrefix(s, "0") {
		s = strings.TrimPrefix(s, "0")
	}
	for !strings.Contains(s, ".") && strings.HasSuffix(s, "!") {
		s = s[:len(s)-1]
	}
	return s
}

func sum(v any) (total int) {
	switch v := v.(type) {
	case nil:
		return 0
	case int:
		return v
	case string:
		return len(v)
	case []any:
		for _, e := range v {
			total += sum(e)
		}
	case map[string]any:
		for _, e := range v {
			total += sum(e)
		}
	case fmt.Stringer, error:
		total = len(fmt.Sprint(v))
	default:
		total = -1
	}
	return total
}

func main() {
	r := route{"/api", ".json"}
	fmt.Println(r.matches("/api/x.json"), r.matches("/api/x.xml"), r.matches("x.json"))
	for _, s := range []string{"", "  ", "/a", "/a/../b", "http://x", "About:Blank", "Some Text"} {
		fmt.Print(kindOf(s), " ")
	}
	fmt.Println()
	words := strings.Fields("apple pear grape pea")
	fmt.Println(count(words, strings.HasPrefix, "p"), count(words, strings.Contains, "ap"), len(strings.Split("a,b,c", ",")))
	fmt.Println(trim("007"), trim("wow!!"), trim("1.5!"))
	yes, no := strings.Contains("a", "a"), strings.Contains("a", "b")
	var either bool
	either = no || strings.HasSuffix("ab", "b")
	fmt.Println(yes, no, either, !strings.HasPrefix("x", "y"), strings.Index("chicken", "ken"), strings.Compare("a", "b"))
	if ok := strings.EqualFold("Go", "GO"); ok == true {
		fmt.Println("equal")
	}
	fmt.Println(sum(1), sum("two"), sum([]any{1, "x", nil, []any{3}}), sum(map[string]any{"a": 1, "b": "cd"}), sum(fmt.Errorf("e")), sum(1.5))

	// Appending one element at a time.
	var nums []int
	before := nums
	for i := range 5 {
		nums = append(nums, i)
	}
	part := nums[:2]
	more := append(part, 9)
	fmt.Println(nums, part, more, before == nil, len(nums[:2:2]), append(nums[:2:2], 7), nums)
	type pair struct {
		k string
		v []int
	}
	var pairs []pair
	for _, w := range words {
		pairs = append(pairs, pair{w, append([]int(nil), len(w))})
	}
	pairs = append(pairs, pairs[0])
	pairs[0].k = "changed"
	fmt.Println(pairs)
	var anys []any
	anys = append(anys, 1)
	anys = append(anys, anys)
	anys = append(anys, nil)
	fmt.Println(len(anys), anys[1])
	type tree []tree
	var t tree
	t = append(t, t)
	t = append(t, t)
	fmt.Println(len(t), len(t[1]), t)
	var fs []func() int
	for i := range 3 {
		fs = append(fs, func() int { return i })
	}
	fmt.Println(fs[0](), fs[2]())
	b := []byte("ab")
	b = append(b, 'c')
	b = append(b, "de"...)
	var err error
	errs := append([]error{}, err)
	errs = append(errs, fmt.Errorf("x"))
	fmt.Println(string(b), errs, len(append([]string{}, "x")))
	m := map[string][]string{}
	m["a"] = append(m["a"], "1")
	m["a"] = append(m["a"], "2")
	grid := make([][]int, 2)
	grid[1] = append(grid[1], 5)
	grid = append(grid, grid[1])
	p := &pairs[0]
	p.v = append(p.v, 4)
	fmt.Println(m, grid, pairs[0].v)
}

// Output:
// true false false
// empty empty absolute /a/../b url url some-text
// 2 2 3
// 7 wow 1.5!
// true false true true 4 -1
// equal
// 1 3 5 3 1 -1
// [0 1 9 3 4] [0 1] [0 1 9] true 2 [0 1 7] [0 1 9 3 4]
// [{changed [5]} {pear [4]} {grape [5]} {pea [3]} {apple [5]}]
// 3 [1]
// 2 1 [[] [[]]]
// 0 2
// abcde [<nil> x] 1
// map[a:[1 2]] [[] [5] [5]] [5 4]
