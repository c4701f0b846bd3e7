package main

import "fmt"

type Point struct{ X, Y int }

type Line struct {
	From, To Point
	Style    *Style
}

type Style struct {
	Color string
	Dash  []float64
}

type Shape struct {
	Points  []Point
	Named   map[string]Point
	Nested  map[Point][]*Point
	Grid    [2][3]Point
	Lookup  map[[2]int]struct{ ok bool }
	Handler func(Point) int
	Any     []any
}

func main() {
	l := Line{From: Point{1, 2}, Style: &Style{Color: "red", Dash: []float64{1, 0.5}}}
	fmt.Printf("%+v %+v\n", l.From, *l.Style)
	s := Shape{
		Points: []Point{{1, 2}, {Y: 3}, 4: {5, 6}},
		Named:  map[string]Point{"origin": {}, "unit": {1, 1}},
		Nested: map[Point][]*Point{{0, 0}: {{1, 1}, nil, {Y: 2}}},
		Grid:   [2][3]Point{1: {2: {7, 8}}},
		Lookup: map[[2]int]struct{ ok bool }{{1, 2}: {true}},
		Handler: func(p Point) int {
			return p.X * p.Y
		},
		Any: []any{1, "two", []int{3}, map[string]int{"four": 4}, Point{5, 6}, &Point{7, 8}, nil},
	}
	fmt.Println(s.Points, len(s.Points), s.Named)
	fmt.Println(len(s.Nested[Point{}]), *s.Nested[Point{0, 0}][2], s.Grid, s.Lookup[[2]int{1, 2}].ok)
	fmt.Println(s.Handler(s.Points[4]), s.Any[:5], *s.Any[5].(*Point))
	pp := &[]*Point{{1, 2}, {3, 4}}
	(*pp)[1].X = 30
	fmt.Println(*(*pp)[0], (*pp)[1].X)
	m := &map[string][]Point{"a": {{1, 1}}}
	(*m)["a"] = append((*m)["a"], Point{})
	fmt.Println(*m)
	vowels := [128]bool{'a': true, 'e': true, 'i': true, 'o': true, 'u': true}
	count := 0
	for _, c := range "composite literals" {
		if vowels[c] {
			count++
		}
	}
	fmt.Println(count)
	const top = 3
	table := [...]struct {
		name string
		sq   int
	}{{"zero", 0}, top: {"three", 9}, {sq: 16}}
	fmt.Println(len(table), table)
	deep := map[string]map[string][]map[int]string{"a": {"b": {{1: "one"}, nil, {2: "two"}}}}
	fmt.Println(deep, deep["x"]["y"] == nil)
	if p := (Point{1, 2}); p == (Point{1, 2}) {
		fmt.Println("equal", struct{}{} == struct{}{})
	}
	for _, p := range []Point{{1, 0}, {0, 1}} {
		fmt.Print(p.X-p.Y, " ")
	}
	fmt.Println(len([]int{9: 1}), [...]string{"only"}[0], map[bool]string{true: "yes"}[1 < 2])
}

// Output:
// {X:1 Y:2} {Color:red Dash:[1 0.5]}
// [{1 2} {0 3} {0 0} {0 0} {5 6}] 5 map[origin:{0 0} unit:{1 1}]
// 3 {0 2} [[{0 0} {0 0} {0 0}] [{0 0} {0 0} {7 8}]] true
// 30 [1 two [3] map[four:4] {5 6}] {7 8}
// {1 2} 30
// map[a:[{1 1} {0 0}]]
// 7
// 5 [{zero 0} { 0} { 0} {three 9} { 16}]
// map[a:map[b:[map[1:one] map[] map[2:two]]]] true
// equal true
// 1 -1 10 only yes
