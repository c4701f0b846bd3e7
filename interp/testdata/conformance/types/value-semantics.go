package main

import "fmt"

type inner struct{ a [2]int }
type outer struct {
	in  inner
	ptr *inner
	s   []int
	m   map[string]inner
}

func change(o outer) { o.in.a[0] = 100; o.ptr.a[0] = 100; o.s[0] = 100 }

func (o outer) value() outer     { o.in.a[1] = 7; return o }
func (o *outer) pointer() *outer { o.in.a[1] = 8; return o }

func main() {
	o := outer{ptr: &inner{}, s: make([]int, 1), m: map[string]inner{"k": {}}}
	change(o)
	fmt.Println(o.in, *o.ptr, o.s)
	p := o
	p.in.a[0] = 1
	p.s[0] = 2
	fmt.Println(o.in, o.s, p.in)
	fmt.Println(o.value().in, o.in, o.pointer().in, o.in)
	k := o.m["k"]
	k.a[0] = 5
	fmt.Println(o.m["k"], k)
	o.m["k"] = k
	fmt.Println(o.m)
	arr := [2]inner{}
	brr := arr
	brr[0].a[0] = 9
	q := &arr[1]
	q.a[1] = 3
	fmt.Println(arr, brr, arr == brr, arr[0] == inner{})
	list := []outer{o, p}
	for _, x := range list {
		x.in.a[0] = 77
	}
	for i := range list {
		list[i].in.a[1]++
	}
	fmt.Println(list[0].in, list[1].in)
	c := make(chan inner, 1)
	c <- arr[1]
	arr[1].a[1] = 0
	fmt.Println(<-c)
	f := func() inner { return arr[0] }
	x := f()
	x.a[0] = 4
	fmt.Println(arr[0], x)
	var iface any = arr
	arr[0].a[0] = 55
	fmt.Println(iface.([2]inner)[0], arr[0])
	pp := &list[0]
	list = append(list, outer{})
	pp.in.a[0] = 1000
	fmt.Println(list[0].in.a[0])
}

// Output:
// {[0 0]} {[100 0]} [100]
// {[0 0]} [2] {[1 0]}
// {[0 7]} {[0 8]} {[0 8]} {[0 8]}
// {[0 0]} {[5 0]}
// map[k:{[5 0]}]
// [{[0 0]} {[0 3]}] [{[9 0]} {[0 0]}] false true
// {[0 9]} {[1 1]}
// {[0 3]}
// {[0 0]} {[4 0]}
// {[0 0]} {[55 0]}
// 0
