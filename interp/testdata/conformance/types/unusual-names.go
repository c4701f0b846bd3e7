package main

import "fmt"

type Größe float64

func (g Größe) In(einheit string) string { return fmt.Sprintf("%.1f %s", float64(g), einheit) }

type String struct{ String string }

func (s String) Len() int { return len(s.String) }

type _x struct{ x, X, _x int }

type Type struct {
	Type  *Type
	Func  func(Type) Type
	Map   map[string]Type
	Chan  chan Type
	Value any
}

func (t Type) Interface() any { return t.Value }

func (t *Type) Main() string { return "a method named Main" }

type T1 struct{ T1_ int }

type T1_T1 struct{ T1 }

func T1_String(t T1) string { return "function that looks mangled" }

func (t T1) String() string { return "method" }

type rt_ int

type X_n struct{ n, X_n int }

func Box(v any) any { return v }

func fmt_Println() string { return "not fmt" }

var π = 3.14159

const Δx, αβγ = 1e-3, "greek"

func 世界(名 string) string { return "你好 " + 名 }

func main() {
	fmt.Println(Größe(1.85).In("m"), π, Δx, αβγ, 世界("go"))
	s := String{String: "field"}
	fmt.Println(s.String, s.Len(), s)
	v := _x{1, 2, 3}
	fmt.Println(v.x, v.X, v._x, v == _x{x: 1, X: 2, _x: 3})
	fmt.Printf("%+v %T\n", v, v)
	t := &Type{Value: 5, Func: func(t Type) Type { t.Value = "changed"; return t }}
	t.Type = t
	t.Map = map[string]Type{"self": *t}
	fmt.Println(t.Type.Type.Value, t.Func(*t).Interface(), t.Map["self"].Func != nil, t.Main())
	fmt.Println(T1_String(T1{}), T1{}, T1_T1{T1{3}}.T1.T1_, T1_T1{})
	var rt, rt_rt, result rt_ = 1, 2, 3
	fmt.Println(rt+rt_rt*result, Box(rt), fmt_Println())
	fmt.Printf("%T %+v\n", rt, X_n{1, 2})
	var main, init2, any2 = 1, 2, 3
	fmt.Println(main + init2 + any2)
	a, b, c, ok, err, x, y, z, i, j, n, tmp, ret, recv := 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
	fmt.Println(a + b + c + ok + err + x + y + z + i + j + n + tmp + ret + recv)
	type main_main struct{ init, main func() string }
	m := main_main{main: func() string { return "field named main" }}
	fmt.Println(m.main(), m.init == nil)
	const len_, cap_ = len("four"), cap([3]int{})
	fmt.Println(len_, cap_)
}

// Output:
// 1.9 m 3.14159 0.001 greek 你好 go
// field 5 {field}
// 1 2 3 true
// {x:1 X:2 _x:3} main._x
// 5 changed true a method named Main
// function that looks mangled method 3 method
// 7 1 not fmt
// main.rt_ {n:1 X_n:2}
// 6
// 105
// field named main true
// 4 3
