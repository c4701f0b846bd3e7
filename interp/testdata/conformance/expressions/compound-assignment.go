package main

import "fmt"

type counter struct {
	n     int
	parts [3]int
	by    map[string]int
}

var calls int

func (c *counter) self() *counter { calls++; return c }

func index(i int) int { calls++; return i }

func main() {
	c := &counter{by: map[string]int{}}
	c.self().n += 3
	c.self().parts[index(1)] -= 2
	c.self().by["a"]++
	c.self().by["a"] += c.self().by["a"] + 10
	c.parts[index(2)]++
	fmt.Println(*c, calls)
	words := map[string]string{}
	for _, w := range []string{"x", "y", "x"} {
		words[w] += w + "."
	}
	fmt.Println(words)
	lists := map[string][]int{}
	for i := range 4 {
		k := []string{"even", "odd"}[i%2]
		lists[k] = append(lists[k], i)
	}
	fmt.Println(lists)
	f := 10.0
	f /= 4
	f *= f
	f -= 0.25
	f++
	fmt.Println(f)
	n := 0b1100
	n |= 0b0011
	n &= 0b0110
	n ^= 0b1111
	n <<= 2
	n >>= 1
	n &^= 0b10
	n %= 13
	fmt.Println(n)
	s := "a"
	s += "b" + s
	s += string(s[0])
	fmt.Println(s)
	p := &c.parts[0]
	*p += 5
	*p *= *p
	(*p)--
	fmt.Println(c.parts)
	z := 1 + 1i
	z *= z
	z -= 1
	fmt.Println(z)
	var u8 uint8 = 250
	u8 += 10
	u8 <<= 7
	fmt.Println(u8)
	m := map[[2]int]struct{ a, b int }{}
	v := m[[2]int{1, 2}]
	v.a += 7
	m[[2]int{1, 2}] = v
	fmt.Println(m)
	grid := [][]float64{{1, 2}, {3, 4}}
	for i := range grid {
		for j := range grid[i] {
			grid[i][j] *= grid[len(grid)-1-i][j]
		}
	}
	fmt.Println(grid)
	a, b, i := 1, 2, 0
	arr := []int{5, 6, 7}
	a, b, i, arr[i], arr[i+1] = b, a+b, 2, arr[i+1], arr[i]
	fmt.Println(a, b, i, arr)
	type duration int64
	d := duration(3)
	d *= 1000
	d /= 7
	fmt.Printf("%v %T\n", d, d)
}

// Output:
// {3 [0 -2 1] map[a:12]} 7
// map[x:x.x. y:y.]
// map[even:[0 2] odd:[1 3]]
// 7
// 3
// abaa
// [24 -2 1]
// (-1+2i)
// 0
// map[[1 2]:{7 0}]
// [[3 8] [9 32]]
// 2 3 2 [6 5 7]
// 428 main.duration
