package main

import (
	"fmt"
	"time"
)

type Color int

const (
	Red Color = iota
	Green
	Blue
	numColors
)

var colorNames = [...]string{
	Green: "green",
	Blue:  "blue",
	Red:   "red",
}

func (c Color) String() string {
	if c < 0 || int(c) >= len(colorNames) {
		return fmt.Sprintf("Color(%d)", int(c))
	}
	return colorNames[c]
}

func (c Color) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

var mixes = [numColors][numColors]string{
	Red:  {Green: "yellow", Blue: "magenta"},
	Blue: {Green: "cyan"},
}

var next = map[Color]Color{Red: Green, Green: Blue, Blue: Red}

const (
	Timeout = 90 * time.Second
	Retry   = Timeout / 4
	Poll    = 1500 * time.Millisecond
)

func main() {
	for c := Red; c < numColors+1; c++ {
		fmt.Print(c, " ")
	}
	fmt.Println(len(colorNames))
	fmt.Println(mixes[Red][Blue], mixes[Blue][Green], mixes[Green] == [3]string{})
	c := Red
	for range 4 {
		c = next[c]
	}
	fmt.Println(c, next)
	fmt.Println(Timeout, Retry, Poll, Timeout.Minutes(), Poll*2 == 3*time.Second)
	fmt.Printf("%v %d %T %q %x %s\n", Poll, Poll, Poll, Green, Green, Blue)
	var sparse = [...]rune{2: 'c', 'd', 0: 'a', 'b', 6: 'g'}
	fmt.Println(len(sparse), string(sparse[1]), string(sparse[3]), sparse[4])
	type Weekday = time.Weekday
	hours := [7]int{time.Monday: 8, time.Friday: 6}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if hours[d] > 0 {
			fmt.Println(Weekday(d), hours[d])
		}
	}
}

// Output:
// red green blue Color(3) 3
// magenta cyan true
// green map[red:green green:blue blue:red]
// 1m30s 22.5s 1.5s 1.5 true
// 1.5s 1500000000 time.Duration "green" 677265656e blue
// 7 b d 0
// Monday 8
// Friday 6
