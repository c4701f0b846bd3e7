package main

import (
	"fmt"
	"strconv"
)

type Parser[T any] interface {
	*T
	Parse(string) error
}

type Celsius float64

func (c *Celsius) Parse(s string) error {
	f, err := strconv.ParseFloat(s, 64)
	*c = Celsius(f)
	return err
}

type Point struct{ X, Y int }

func (p *Point) Parse(s string) error {
	_, err := fmt.Sscanf(s, "%d,%d", &p.X, &p.Y)
	return err
}

func All[T any, P Parser[T]](in ...string) ([]T, error) {
	out := make([]T, len(in))
	for i, s := range in {
		if err := P(&out[i]).Parse(s); err != nil {
			return nil, fmt.Errorf("item %d: %w", i, err)
		}
	}
	return out, nil
}

func main() {
	fmt.Println(All[Celsius]("1.5", "-3"))
	fmt.Println(All[Point]("1,2", "3,4"))
	_, err := All[Celsius]("x")
	fmt.Println(err)
}

// Output:
// [1.5 -3] <nil>
// [{1 2} {3 4}] <nil>
// item 0: strconv.ParseFloat: parsing "x": invalid syntax
