package main

import "fmt"

type Path []string

func (p Path) Join(more ...string) Path { return append(p[:len(p):len(p)], more...) }

type Grid [][]rune

type Stack []any

func (s *Stack) Push(vs ...any) int { *s = append(*s, vs...); return len(*s) }

func (s *Stack) Pop() (v any) {
	v, *s = (*s)[len(*s)-1], (*s)[:len(*s)-1]
	return
}

func grow[S ~[]E, E any](s S, n int) S { return append(s, make(S, n)...) }

func remove[S ~[]E, E comparable](s S, v E) S {
	out := s[:0]
	for _, e := range s {
		if e != v {
			out = append(out, e)
		}
	}
	clear(s[len(out):])
	return out
}

func wipe[M ~map[K]V, K comparable, V any](m M) int {
	n := len(m)
	clear(m)
	return n
}

func main() {
	root := make(Path, 1, 10)
	root[0] = "root"
	a, b := root.Join("a"), root.Join("b", "c")
	fmt.Println(root, a, b, len(root[:3]), root[:3][1] == "")
	s := []int{1, 2, 3, 4, 5}
	fmt.Println(copy(s[2:], s), s, copy(s, []int{9}), s, copy(s[:0], s))
	bytes := append([]byte("ab"), "cd"...)
	n := copy(bytes[1:], "xyz!")
	fmt.Println(string(bytes), n, len(append([]byte(nil), ""...)), append([]byte(nil), "héé"...)[1:3])
	g := Grid{[]rune("ab"), nil}
	g[1] = append(g[1], g[0]...)
	g[1][0] = 'z'
	g = append(g, []rune("row"), g[0][:1])
	for _, row := range g {
		fmt.Print(string(row), " ")
	}
	fmt.Println(len(g))
	var st Stack
	fmt.Println(st.Push(1, "two", nil), st.Push(), st.Push(st), st.Pop().(Stack)[1], st.Pop(), st.Pop())
	fmt.Println(grow(Path{"x"}, 2), len(grow([]int(nil), 3)), remove(Path{"a", "b", "a"}, "a"), remove([]any{1, "1", nil, 1}, any(1)))
	m := map[string][]int{"k": {1}}
	m["k"] = append(m["k"], 2)
	m["new"] = append(m["new"], append(m["k"], 3)...)
	fmt.Println(m, len(m["none"]), wipe(m), m)
	type pt struct{ x, y int }
	pts := make(map[pt]*[2]int, 4)
	pts[pt{1, 2}] = new([2]int)
	pts[pt{1, 2}][1]++
	delete(pts, pt{2, 1})
	fmt.Println(len(pts), *pts[pt{1, 2}], pts[pt{}] == nil)
	arr := [5]int{1, 2, 3, 4, 5}
	clear(arr[1:3])
	fmt.Println(arr, len(arr[1:3]), cap(arr[1:3]), cap(arr[1:3:3]), len(&arr), cap(&arr))
	fmt.Println(min(3, 1, 2), max(2.5, 1), min("b", "a", "c"), max('a', 98), min(pt{3, 4}.x, len(arr)), max(uint8(200), 100))
	const c = max(1, 2.5) + min(3, 4)
	fmt.Println(c, len("const"), cap(make(chan int, c*2-6)))
	p, q := new(int), new("text"+"!")
	*p += len(*q)
	r := new(pt{*p, 1})
	r.y = *p
	fmt.Println(*p, *q, *r, *new(pt), *new(max(1, *p)))
	x := append([]int{}, 1, 2, 3)
	y := append(x[:1], x[2:]...)
	fmt.Println(y, x[:3])
	var nested [][]string
	for i := range 3 {
		nested = append(nested, append([]string(nil), fmt.Sprint(i), "-"))
	}
	fmt.Println(nested, real(complex(1, 2))+imag(3i))
	ch := make(chan []int, 2)
	ch <- x
	ch <- nil
	close(ch)
	fmt.Println(len(ch), cap(ch), len(<-ch), <-ch == nil, <-ch)
	defer func() { fmt.Println(recover()) }()
	var fn func(...int) int
	panic(append([]any{"panic with a slice"}, fn == nil, len(s)))
}

// Output:
// [root] [root a] [root b c] 3 true
// 3 [9 2 1 2 3] 1 [9 2 1 2 3] 0
// axyz 3 0 [195 169]
// ab zb row a 4
// 3 3 4 two <nil> two
// [x  ] 3 [b] [1 <nil>]
// map[] 0 2 map[]
// 1 [0 1] true
// [1 0 0 4 5] 2 4 2 5 5
// 1 2.5 a 98 3 200
// 5.5 5 5
// 5 text! {5 5} {0 0} 5
// [1 3] [1 3 3]
// [[0 -] [1 -] [2 -]] 4
// 2 2 3 true []
// [panic with a slice true 5]
