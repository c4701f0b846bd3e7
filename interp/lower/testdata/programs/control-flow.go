package main

import "fmt"

func classify(n int) (s string) {
	switch {
	case n < 0:
		s = "negative "
		fallthrough
	case n == 0:
		s += "small"
	default:
		s = "positive"
	case n > 100:
		s = "large"
		if n == 101 {
			break
		}
		s += "!"
	}
	return
}

func falls(n int) string {
	s := ""
	switch n {
	default:
		s += "d"
		fallthrough
	case 1:
		s += "1"
		fallthrough
	case 2, 3:
		s += "2"
	case 4:
		s += "4"
	}
	return s
}

func gotos(n int) (out []int) {
	i := 0
again:
	if i < n {
		out = append(out, i)
		i++
		if i == 3 {
			goto done
		}
		goto again
	}
	out = append(out, -1)
done:
	return append(out, i)
}

func loops() {
	i := 0
	for i < 3 {
		i++
	}
	for {
		i++
		if i > 5 {
			break
		}
	}
	for ; i < 8; i++ {
	}
	for i := range 2 {
		fmt.Print(i)
	}
	for range 2 {
		fmt.Print(".")
	}
	fmt.Println(i)
rows:
	for r := 0; r < 4; r++ {
		for c := 0; c < 4; c++ {
			switch {
			case c == 3:
				continue rows
			case r == 2:
				break rows
			case (r+c)%2 == 0:
				continue
			}
			fmt.Print(r, c, " ")
		}
	}
	fmt.Println()
	c := make(chan int, 3)
	for i := range 3 {
		c <- i * i
	}
	close(c)
loop:
	for {
		select {
		case v, ok := <-c:
			if !ok {
				break loop
			}
			if v == 1 {
				continue loop
			}
			fmt.Print(v, " ")
		}
	}
	for v := range c {
		fmt.Print("never", v)
	}
	fmt.Println()
block:
	switch {
	case i > 0:
		for {
			break block
		}
		fmt.Println("not reached")
	}
}

func shadow() {
	x := 1
	{
		x := x + 1
		x++
		fmt.Print(x, " ")
	}
	if x := x * 10; x > 5 {
		x, y := x+1, 2
		fmt.Print(x, y, " ")
	} else if z := x; z > 0 {
		fmt.Print(z)
	}
	len := func(s string) int { return 42 }
	string := "str"
	nil := 3
	true := false
	fmt.Println(x, len("a"), string, nil, true)
}

func constantConditions() {
	const debug = false
	if debug {
		fmt.Println("debug")
	} else {
		fmt.Print("plain ")
	}
	for debug {
	}
	n := 0
	if debug || n == 0 && !debug {
		fmt.Print("yes ")
	}
	if !debug && n > 0 {
		fmt.Print("no ")
	}
	for true {
		n++
		if n == 2 {
			break
		}
	}
	fmt.Println(n)
}

type color int

const (
	red color = iota
	green
)

func tags(v any, c color) string {
	s := ""
	switch v {
	case 1, "one":
		s = "one"
	case nil:
		s = "nil"
	case c:
		s = "color"
	}
	switch c {
	case red:
		s += " red"
	case green:
		s += " green"
	}
	switch x := v.(type) {
	case color:
		s += fmt.Sprint(" ", int(x))
	}
	return s
}

func main() {
	fmt.Println(classify(-1), classify(0), classify(5), classify(101), classify(500))
	fmt.Println(falls(0), falls(1), falls(2), falls(3), falls(4))
	fmt.Println(gotos(2), gotos(9))
	loops()
	shadow()
	constantConditions()
	fmt.Println(tags(1, red), tags("one", green), tags(nil, red), tags(green, green), tags(1.5, red), tags(int64(1), red))
}

// Output:
// negative small small positive large large!
// d12 12 2 2 4
// [0 1 -1 2] [0 1 2 3]
// 01..8
// 0 1 1 0 1 2
// 0 4
// 3 11 2 1 42 str 3 false
// plain yes 2
// one red one green nil red color green 1  red  red
