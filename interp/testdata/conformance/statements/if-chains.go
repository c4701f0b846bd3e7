package main

import (
	"errors"
	"fmt"
	"strconv"
)

var errNegative = errors.New("negative")

func parse(s string) (int, error) {
	if n, err := strconv.Atoi(s); err != nil {
		return -1, err
	} else if n < 0 {
		return n, errNegative
	} else if half, odd := n/2, n%2 == 1; odd {
		n := half*10 + 1
		return n, nil
	} else if n == half {
		return 0, nil
	} else {
		return half, err
	}
}

type config struct {
	values map[string]string
	strict bool
}

func (c config) get(key string) (string, error) {
	if v, ok := c.values[key]; ok {
		return v, nil
	} else if !c.strict {
		return v + "default", nil
	} else if err := fmt.Errorf("no value for %q", key); len(key) > 3 {
		return "", err
	} else {
		return key, errors.Join(err, errNegative)
	}
}

func main() {
	for _, s := range []string{"7", "8", "0", "-4", "x"} {
		n, err := parse(s)
		fmt.Println(n, err)
	}
	c := config{values: map[string]string{"a": "1"}}
	for _, strict := range []bool{false, true} {
		c.strict = strict
		for _, k := range []string{"a", "b", "long"} {
			v, err := c.get(k)
			fmt.Printf("%q %q\n", v, fmt.Sprint(err))
		}
	}
	x := 1
	if x := x + 1; x > 1 {
		x *= 10
		fmt.Println("inner", x)
		if x := "text"; len(x) == 4 {
			fmt.Println("innermost", x)
		}
	} else {
		fmt.Println("else sees it", x)
	}
	fmt.Println("outer", x)
	if x++; x == 2 {
		fmt.Println("statement first", x)
	}
	if func() bool { x += 5; return x > 6 }() {
		fmt.Println("literal called", x)
	}
	if (struct{ a, b int }{1, 2}) == (struct{ a, b int }{a: 1, b: 2}) {
		fmt.Println("literals compared")
	}
	if p := &x; *p > 0 && (p != nil || false) {
		*p = -1
	}
	if !(x > 0) {
		fmt.Println(x)
	}
	if ch := make(chan int, 1); len(ch) == 0 {
		ch <- 3
		if v, ok := <-ch; ok {
			fmt.Println(v)
		}
	}
}

// Output:
// 31 <nil>
// 4 <nil>
// 0 <nil>
// -4 negative
// -1 strconv.Atoi: parsing "x": invalid syntax
// "1" "<nil>"
// "default" "<nil>"
// "default" "<nil>"
// "1" "<nil>"
// "b" "no value for \"b\"\nnegative"
// "" "no value for \"long\""
// inner 20
// innermost text
// outer 1
// statement first 2
// literal called 7
// literals compared
// -1
// 3
