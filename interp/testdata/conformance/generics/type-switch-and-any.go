package main

import "fmt"

type Option[T any] struct {
	value T
	some  bool
}

func Some[T any](v T) Option[T] { return Option[T]{v, true} }
func None[T any]() Option[T]    { return Option[T]{} }

func (o Option[T]) OrElse(v T) T {
	if o.some {
		return o.value
	}
	return v
}

func (o Option[T]) String() string {
	if !o.some {
		return "None"
	}
	return fmt.Sprintf("Some(%v)", o.value)
}

func Kind[T any](v T) string {
	switch x := any(v).(type) {
	case int:
		return fmt.Sprint("int ", x)
	case string:
		return "string " + x
	case []T:
		return "slice of itself"
	case Option[T]:
		return "option of itself"
	case fmt.Stringer:
		return "stringer " + x.String()
	}
	return fmt.Sprintf("%T", v)
}

func MapOption[A, B any](o Option[A], f func(A) B) Option[B] {
	if !o.some {
		return None[B]()
	}
	return Some(f(o.value))
}

type Either[L, R any] interface{ isEither(L, R) }
type Left[L, R any] struct{ v L }
type Right[L, R any] struct{ v R }

func (Left[L, R]) isEither(L, R)  {}
func (Right[L, R]) isEither(L, R) {}

func Fold[L, R, T any](e Either[L, R], l func(L) T, r func(R) T) T {
	switch x := e.(type) {
	case Left[L, R]:
		return l(x.v)
	case Right[L, R]:
		return r(x.v)
	}
	panic("unreachable")
}

func main() {
	fmt.Println(Some(3), None[string](), Some(Some("x")))
	fmt.Println(None[int]().OrElse(7), MapOption(Some(4), func(i int) string { return fmt.Sprint(i, "!") }))
	fmt.Println(Kind(1), Kind("s"), Kind([]int{}), Kind(Some(1)), Kind(2.5))
	var e Either[error, int] = Right[error, int]{5}
	fmt.Println(Fold(e, func(err error) string { return err.Error() }, func(i int) string { return fmt.Sprint("ok ", i) }))
	e = Left[error, int]{fmt.Errorf("bad")}
	fmt.Println(Fold(e, func(err error) string { return err.Error() }, func(i int) string { return "ok" }))
	fmt.Printf("%T %v\n", e, Some[error](nil))
}

// Output:
// Some(3) None Some(Some(x))
// 7 Some(4!)
// int 1 string s []int stringer Some(1) float64
// ok 5
// bad
// main.Left[error,int] Some(<nil>)
