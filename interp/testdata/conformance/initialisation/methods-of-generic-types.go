package main

import "fmt"

type box[V any] struct{ v V }

func (b box[V]) get() int { return base + len(name) }

var (
	a    = box[int]{}.get()
	f    = box[string].get
	x, y = f(box[string]{}), a
	base = 40 + 1
)

var name = "four"

func main() { fmt.Println(a, x, y, base, name) }

// Output:
// 45 45 45 41 four
