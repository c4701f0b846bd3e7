package main

import (
	"fmt"
	"strings"
)

var (
	total  = sum(parts...)
	parts  = []int{first, second()}
	first  = 10
	lookup = func() map[string]int {
		m := map[string]int{}
		for i, w := range strings.Fields(words) {
			m[w] = i
		}
		return m
	}()
	words    = "zero one two"
	x, y     = y0 + 1, x0 + 1
	x0, y0   = pair()
	_        = log("blank")
	registry []string
)

func second() int { return first * 2 }

func sum(xs ...int) (s int) {
	for _, x := range xs {
		s += x
	}
	return s
}

func pair() (int, int) { return 100, 200 }

func log(s string) bool { order = append(order, s); return true }

var order []string

type plugin struct{ name string }

var plugins = map[string]*plugin{}

func register(name string) *plugin {
	p := &plugin{name}
	plugins[name] = p
	return p
}

var main1 = register("one")

func init() { registry = append(registry, "first init", fmt.Sprint(total)) }

func init() { registry = append(registry, "second init"); register("two") }

func main() {
	fmt.Println(total, parts, lookup["two"], x, y, order)
	fmt.Println(registry, len(plugins), main1.name, plugins["two"].name)
}

// Output:
// 30 [10 20] 2 201 101 [blank]
// [first init 30 second init] 2 one two
