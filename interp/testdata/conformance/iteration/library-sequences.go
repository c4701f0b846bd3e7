package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
)

type Celsius float64

func (c Celsius) String() string { return fmt.Sprintf("%g°", float64(c)) }

type Temps []Celsius

func main() {
	t := Temps{20, 25.5, 18}
	for i, c := range slices.All(t) {
		fmt.Print(i, "=", c, " ")
	}
	for i, c := range slices.Backward(t) {
		fmt.Print(i, "=", c, " ")
	}
	fmt.Println()
	fmt.Printf("%v %T\n", slices.Sorted(slices.Values(t)), slices.Sorted(slices.Values(t)))
	fmt.Println(slices.Collect(slices.Chunk(t, 2)), slices.AppendSeq(Temps{1}, slices.Values(t[1:])))
	m := map[string]Celsius{"b": 2, "a": 1, "c": 3}
	fmt.Println(slices.Sorted(maps.Keys(m)), slices.Sorted(maps.Values(m)))
	byTemp := slices.SortedFunc(maps.Keys(m), func(x, y string) int { return int(m[y] - m[x]) })
	fmt.Println(byTemp)
	inverted := map[Celsius]string{}
	maps.Insert(inverted, func(yield func(Celsius, string) bool) {
		for k, v := range m {
			if !yield(v, k) {
				return
			}
		}
	})
	fmt.Println(inverted, maps.Collect(slices.All([]string{"x", "y"})))
	for part := range strings.SplitSeq("a,b,,c", ",") {
		fmt.Printf("%q ", part)
	}
	for part := range strings.SplitAfterSeq("k=v;x", ";") {
		fmt.Printf("%q ", part)
	}
	for f := range strings.FieldsFuncSeq("one1two22three", func(r rune) bool { return r < 'a' }) {
		fmt.Printf("%q ", f)
	}
	fmt.Println()
	n := 0
	for line := range strings.Lines("first\nsecond\n\nlast") {
		n++
		if strings.TrimSpace(line) == "" {
			fmt.Println("blank line", n)
			break
		}
	}
	for b := range bytes.FieldsSeq([]byte(" x  yy ")) {
		fmt.Print(len(b), cap(b), " ")
	}
	fmt.Println()
	for chunk := range slices.Chunk([]int{1, 2, 3, 4, 5, 6, 7}, 3) {
		if chunk[0] == 4 {
			continue
		}
		fmt.Print(chunk, len(chunk), cap(chunk), " ")
	}
	fmt.Println()
	fmt.Println(slices.Collect(maps.Values(map[int]*Celsius{})) == nil, slices.Repeat(t[:1], 3), slices.Concat(t, nil, t[:1]))
	func() {
		defer func() { fmt.Println(recover()) }()
		_ = slices.Chunk(t, 0)
	}()
}

// Output:
// 0=20° 1=25.5° 2=18° 2=18° 1=25.5° 0=20°
// [18° 20° 25.5°] []main.Celsius
// [[20° 25.5°] [18°]] [1° 25.5° 18°]
// [a b c] [1° 2° 3°]
// [c b a]
// map[1°:a 2°:b 3°:c] map[0:x 1:y]
// "a" "b" "" "c" "k=v;" "x" "one" "two" "three"
// blank line 3
// 1 1 2 2
// [1 2 3] 3 3 [7] 1 1
// true [20° 20° 20°] [20° 25.5° 18° 20°]
// cannot be less than 1
