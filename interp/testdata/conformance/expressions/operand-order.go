package main

import "fmt"

type recorder struct{ steps []string }

func (r *recorder) int(name string, v int) int {
	r.steps = append(r.steps, name)
	return v
}

func (r *recorder) slice(name string, s []int) []int {
	r.steps = append(r.steps, name)
	return s
}

func (r *recorder) fn(name string) func(...int) *recorder {
	r.steps = append(r.steps, name)
	return func(args ...int) *recorder {
		r.steps = append(r.steps, fmt.Sprint(name, args))
		return r
	}
}

func (r *recorder) flush(title string) {
	fmt.Println(title, r.steps)
	r.steps = nil
}

func main() {
	r := &recorder{}
	s := []int{10, 20, 30, 40}
	r.slice("base", s)[r.int("index", 1)] += r.int("value", 5)
	r.flush("compound")
	_ = r.slice("s", s)[r.int("lo", 0):r.int("hi", 3):r.int("max", 4)]
	r.flush("slice")
	r.fn("f")(r.int("a", 1), r.int("b", 2)).fn("g")(r.int("c", 3))
	r.flush("calls")
	m := map[int]int{}
	m[r.int("k", 1)], s[r.int("i", 0)] = r.int("v", 2), r.int("w", 3)
	r.flush("map and slice")
	_ = []any{r.int("e0", 0), map[int]int{r.int("key", 1): r.int("val", 2)}, [2]int{r.int("x", 1), r.int("y", 2)}}
	r.flush("literals")
	ch := make(chan int, 1)
	channel := func() chan int { r.int("chan", 0); return ch }
	channel() <- r.int("sent", 7)
	fmt.Println(<-channel()+r.int("after", 1), s)
	r.flush("channels")
	if r.int("p", 1) > 0 && (r.int("q", 0) > 0 || r.int("r", 1) > 0) && r.int("s", 0) > 0 || r.int("t", 1) > 0 {
		r.flush("logic")
	}
	defer r.fn("deferred")(r.int("arg", 1)).flush("never flushed twice")
	r.flush("defer")
	switch r.int("tag", 2) {
	case r.int("one", 1), r.int("two", 2), r.int("three", 3):
		r.flush("switch")
	case r.int("four", 4):
	}
	var x, y = r.int("x", 1), r.int("y", 2)
	x, y = y*r.int("m", 2), x+r.int("n", 3)
	r.flush(fmt.Sprint("pair ", x, y))
	for i := r.int("init", 0); i < r.int("limit", 2); i += r.int("step", 1) {
	}
	r.flush("for")
	for range r.int("times", 3) {
		r.int("body", 0)
	}
	r.flush("range")
}

// Output:
// compound [base index value]
// slice [s lo hi max]
// calls [f a b f[1 2] g c g[3]]
// map and slice [k i v w]
// literals [e0 key val x y]
// 8 [3 25 30 40]
// channels [chan sent chan after]
// logic [p q r s t]
// defer [deferred arg deferred[1]]
// switch [tag one two]
// pair 4 4 [x y m n]
// for [init limit step limit step limit]
// range [times body body body]
// never flushed twice []
