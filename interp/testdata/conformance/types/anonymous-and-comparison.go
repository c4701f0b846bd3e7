package main

import "fmt"

type key struct {
	a string
	b any
}

type pt struct{ x, y float64 }

type withArr struct {
	a [2]pt
	i interface{ M() }
}

type impl int

func (impl) M() {}

func main() {
	cfg := struct {
		Host string
		Port int
		TLS  struct {
			On    bool
			Names []string
		}
	}{Host: "h", Port: 1}
	cfg.TLS.On = true
	cfg.TLS.Names = append(cfg.TLS.Names, "n")
	fmt.Printf("%v %+v\n", cfg, cfg)
	tests := []struct {
		name string
		in   []int
		want int
	}{{"empty", nil, 0}, {name: "some", in: []int{1, 2}, want: 3}}
	for _, tt := range tests {
		s := 0
		for _, x := range tt.in {
			s += x
		}
		fmt.Println(tt.name, s == tt.want)
	}
	m := map[key]int{{"a", 1}: 1, {"a", "1"}: 2, {"b", pt{1, 2}}: 3}
	fmt.Println(m[key{"a", 1}], m[key{"a", "1"}], m[key{"b", pt{1, 2}}], m[key{"b", pt{2, 1}}])
	a := withArr{a: [2]pt{{1, 2}, {3, 4}}, i: impl(1)}
	b := a
	fmt.Println(a == b)
	b.i = impl(2)
	fmt.Println(a == b, a != b)
	b.i = nil
	fmt.Println(b.i == nil, a.i == impl(1))
	var x struct{ A, B int }
	y := struct{ A, B int }{1, 2}
	x = y
	type local struct{ A, B int }
	l := local(x)
	x = l
	fmt.Println(x == y, l == local{1, 2}, any(x) == any(y), any(l) == any(x))
	ptrs := map[*pt]string{}
	p := &pt{1, 1}
	ptrs[p] = "p"
	fmt.Println(ptrs[p], ptrs[&pt{1, 1}] == "", *p == pt{1, 1})
	list := []*struct{ v int }{{1}, {2}}
	list[0].v = 10
	fmt.Println(list[0].v+list[1].v, [...]pt{{1, 2}}[0].y)
	matrix := [2][3]int{{1, 2, 3}, {4, 5, 6}}
	t := matrix
	t[0][0] = 100
	fmt.Println(matrix[0][0], len(matrix), len(matrix[0]), t[1] == matrix[1])
	nested := map[string][]map[int]pt{"k": {{1: {1, 1}}, {}}}
	nested["k"][1][5] = pt{5, 5}
	fmt.Println(nested)
	ch := make(chan struct{}, 1)
	ch <- struct{}{}
	fmt.Println(len(ch), struct{}{} == struct{}{})
}

// Output:
// {h 1 {true [n]}} {Host:h Port:1 TLS:{On:true Names:[n]}}
// empty true
// some true
// 1 2 3 0
// true
// false true
// true true
// true true true false
// p true true
// 12 2
// 1 2 3 true
// map[k:[map[1:{1 1}] map[5:{5 5}]]]
// 1 true
