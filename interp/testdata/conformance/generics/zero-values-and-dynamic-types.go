package main

import (
	"fmt"
	"strconv"
	"time"
)

type Tagged[Tag, T any] struct{ Value T }

type usd struct{}

type eur struct{}

type Kilo int

func Zero[T any]() (z T) { return }

func IsZero[T comparable](v T) bool { return v == *new(T) }

func TypeName[T any]() string { return fmt.Sprintf("%T", *new(T)) }

func Show[T any](v T) string {
	switch x := any(v).(type) {
	case nil:
		return "nil"
	case int, Kilo:
		return fmt.Sprintf("number %v", x)
	case string:
		return strconv.Quote(x)
	case []T:
		return fmt.Sprintf("slice of itself, %d long", len(x))
	case fmt.Stringer:
		return "stringer " + x.String()
	case func() T:
		return "function: " + Show(x())
	case map[string]T:
		return "map of itself"
	case error:
		return "error " + x.Error()
	}
	return fmt.Sprintf("%T", v)
}

func Cast[T any](v any) (t T, err error) {
	t, ok := v.(T)
	if !ok {
		return t, fmt.Errorf("%T is not %T", v, t)
	}
	return t, nil
}

func Default[T comparable](v T, defaults ...T) T {
	for _, d := range append([]T{v}, defaults...) {
		if !IsZero(d) {
			return d
		}
	}
	return v
}

func Count[T any](vs ...any) (n int) {
	for _, v := range vs {
		if _, ok := v.(T); ok {
			n++
		}
	}
	return
}

type Registry[T any] struct{ make map[string]func() T }

func (r Registry[T]) Build(name string) (t T, err error) {
	if f, ok := r.make[name]; ok {
		return f(), nil
	}
	return Zero[T](), fmt.Errorf("no %T named %q", t, name)
}

func main() {
	fmt.Println(Zero[int](), Zero[string]() == "", Zero[*int]() == nil, Zero[error]() == nil, Zero[[2]Kilo](), Zero[struct{ A Kilo }]())
	fmt.Println(IsZero(Kilo(0)), IsZero("x"), IsZero(struct{ a int }{}), IsZero[any](nil), IsZero[error](fmt.Errorf("e")))
	fmt.Println(TypeName[Kilo](), TypeName[Tagged[usd, float64]](), TypeName[Tagged[eur, []Kilo]](), TypeName[error](), TypeName[map[Kilo]Tagged[int, string]]())
	fmt.Println(Show(1), Show(Kilo(2)), Show("s"), Show(time.Second), Show[any](nil), Show[any]([]any{1, 2}), Show(fmt.Errorf("e")))
	fmt.Println(Show([]int{1}), Show(Tagged[usd, int]{}), Show[fmt.Stringer](time.Minute), Show[any](func() any { return "deep" }))
	fmt.Println(Cast[int](5))
	fmt.Println(Cast[Kilo](5))
	fmt.Println(Cast[fmt.Stringer](time.Hour))
	fmt.Println(Cast[Tagged[usd, int]](Tagged[eur, int]{}))
	_, err := Cast[error](nil)
	fmt.Println(err)
	fmt.Println(Default(0, 0, 7, 8), Default("", "fallback"), Default(Kilo(3), 9), Default[any](nil, nil))
	fmt.Println(Count[int](1, Kilo(1), "a", 2), Count[any](1, nil), Count[error](fmt.Errorf("e"), nil), Count[Tagged[usd, int]](Tagged[usd, int]{}, Tagged[eur, int]{}))
	price, cost := Tagged[usd, int]{5}, Tagged[eur, int]{5}
	fmt.Println(any(price) == any(cost), price.Value == cost.Value, price == Tagged[usd, int](cost))
	r := Registry[fmt.Stringer]{map[string]func() fmt.Stringer{"d": func() fmt.Stringer { return 90 * time.Second }}}
	fmt.Println(r.Build("d"))
	fmt.Println(r.Build("x"))
}

// Output:
// 0 true true true [0 0] {0}
// true false true true false
// main.Kilo main.Tagged[main.usd,float64] main.Tagged[main.eur,[]main.Kilo] <nil> map[main.Kilo]main.Tagged[int,string]
// number 1 number 2 "s" stringer 1s nil slice of itself, 2 long error e
// []int main.Tagged[main.usd,int] stringer 1m0s function: "deep"
// 5 <nil>
// 0 int is not main.Kilo
// 1h0m0s <nil>
// {0} main.Tagged[main.eur,int] is not main.Tagged[main.usd,int]
// <nil> is not <nil>
// 7 fallback 3 <nil>
// 2 1 1 1
// false true true
// 1m30s <nil>
// <nil> no <nil> named "x"
