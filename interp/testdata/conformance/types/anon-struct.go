package main

import "fmt"

func main() {
	pts := []struct{ X, Y int }{{1, 2}, {3, 4}}
	for _, p := range pts {
		fmt.Print(" ", p.X+p.Y)
	}
	m := map[struct{ a, b int }]string{{1, 2}: "x"}
	fmt.Println(m[struct{ a, b int }{1, 2}])
	v := struct{ N string }{"n"}
	fmt.Println(v)
}

// Output:
//  3 7x
// {n}
