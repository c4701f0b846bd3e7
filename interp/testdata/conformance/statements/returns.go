package main

import (
	"errors"
	"fmt"
)

var errStop = errors.New("stop")

type point struct{ x, y int }

func naked(n int) (a, b int, c string) {
	a = n
	if n > 1 {
		b = n * n
		c = "big"
		return
	}
	c = "small"
	return n + 100, n + 200, c + "!"
}

func forward(n int) (int, int, string) { return naked(n) }

func swapResults() (a, b int) {
	a, b = 1, 2
	return b, a
}

func fromDefer() (s string) {
	defer func() { s = "[" + s + "]" }()
	return s + "returned"
}

func recovered() (n int, err error) {
	defer func() {
		if e := recover(); e != nil {
			n, err = 42, fmt.Errorf("recovered: %w", e.(error))
		}
	}()
	n = 1
	panic(errStop)
}

func infinite(n int) int {
	for {
		if n > 10 {
			return n
		}
		n *= 3
	}
}

func byType(v any) error {
	switch v := v.(type) {
	case error:
		return v
	case *point:
		return nil
	default:
		panic(fmt.Sprintf("bad %T", v))
	}
}

func structs() (p point, pp *point) {
	pp = &p
	pp.x = 1
	defer func() { pp.y = 7 }()
	return p, pp
}

func closureResult() func() (int, error) {
	n := 0
	return func() (v int, err error) {
		if n++; n > 2 {
			err = errStop
			return
		}
		return n, nil
	}
}

func channelResult() (<-chan int, func()) {
	c := make(chan int, 3)
	return c, func() { defer close(c); c <- 1 }
}

func main() {
	fmt.Println(naked(1))
	fmt.Println(forward(3))
	fmt.Println(swapResults())
	fmt.Println(fromDefer())
	n, err := recovered()
	fmt.Println(n, err, errors.Is(err, errStop))
	fmt.Println(infinite(1), byType(errStop), byType(&point{}))
	p, pp := structs()
	fmt.Println(p, *pp, p == *pp)
	next := closureResult()
	for {
		v, err := next()
		if err != nil {
			fmt.Println(v, err)
			break
		}
		fmt.Print(v, " ")
	}
	c, fill := channelResult()
	fill()
	v, ok := <-c
	w, more := <-c
	fmt.Println(v, ok, w, more)
	defer fmt.Println("main returns")
	if n > 0 {
		return
	}
	fmt.Println("not reached")
}

// Output:
// 101 201 small!
// 3 9 big
// 2 1
// [returned]
// 42 recovered: stop true
// 27 stop <nil>
// {1 7} {1 7} true
// 1 2 0 stop
// 1 true 0 false
// main returns
