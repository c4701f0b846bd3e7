package main

import "fmt"

type grade byte

func side(log *[]string, s string, v int) int { *log = append(*log, s); return v }

func classify(n int) (out []string) {
	switch {
	default:
		out = append(out, "default")
		fallthrough
	case n > 100:
		out = append(out, "large")
	case n < 0:
		out = append(out, "negative")
		if n < -10 {
			break
		}
		fallthrough
	case n == 0:
		out = append(out, "not positive")
	case n < 10:
		out = append(out, "digit")
	}
	return
}

func month(m int, leap bool) (days int) {
	switch m {
	case 4, 6, 9, 11:
		days = 30
	case 2:
		days = 28
		switch leap {
		case true:
			days++
		}
	case 1, 3, 5, 7, 8, 10, 12:
		return 31
	}
	return
}

func letter(g grade) string {
	switch g {
	case 'A', 'B':
		return "good"
	case 'C':
		return "fine"
	}
	return string(rune(g)) + "?"
}

func kind(v any) string {
	switch v {
	case nil:
		return "nil"
	case 1, 2:
		return "small int"
	case "x":
		return "text x"
	case 1.0:
		return "float one"
	case [2]int{1, 2}:
		return "pair"
	case grade('A'):
		return "grade A"
	case error(nil):
		return "unreachable: the same as nil"
	}
	return fmt.Sprintf("other %T", v)
}

func main() {
	for _, n := range []int{-50, -5, 0, 5, 50, 500} {
		fmt.Println(n, classify(n))
	}
	fmt.Println(month(2, true), month(2, false), month(4, true), month(12, false), month(13, true))
	fmt.Println(letter('B'), letter('C'), letter('F'))
	for _, v := range []any{nil, 2, int64(2), "x", 1.0, float32(1), [2]int{1, 2}, grade(65), byte(65)} {
		fmt.Print(kind(v), "; ")
	}
	fmt.Println()
	var log []string
	switch side(&log, "tag", 2) {
	case side(&log, "a", 1), side(&log, "b", 2), side(&log, "c", 2):
		log = append(log, "hit")
	case side(&log, "d", 2):
	}
	fmt.Println(log)
	switch x := 5; {
	case x > 3:
		x := "shadow"
		fmt.Println(x)
	}
	switch x, y := 1, 2; x + y {
	case 3:
		fmt.Println("sum")
	}
	switch side(&log, "only", 1); {
	}
	switch {
	}
	switch f := func() bool { return true }; f() {
	case false:
		fmt.Println("no")
	case !false:
		fmt.Println("yes", len(log))
	}
	const c = 3
	switch c {
	case 1 + 2:
		fmt.Println("constant")
	}
}

// Output:
// -50 [negative]
// -5 [negative not positive]
// 0 [not positive]
// 5 [digit]
// 50 [default large]
// 500 [large]
// 29 28 30 31 0
// good fine F?
// nil; small int; other int64; text x; float one; other float32; pair; grade A; other uint8;
// [tag a b hit]
// shadow
// sum
// yes 5
// constant
