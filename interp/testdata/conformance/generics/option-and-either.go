package main

import (
	"encoding/json"
	"errors"
	"fmt"
)

type Option[T any] struct {
	value T
	set   bool
}

func Some[T any](v T) Option[T] { return Option[T]{v, true} }

func None[T any]() (o Option[T]) { return }

func (o Option[T]) Get() (T, bool) { return o.value, o.set }

func (o Option[T]) String() string {
	if !o.set {
		return "None"
	}
	return fmt.Sprintf("Some(%v)", o.value)
}

func (o Option[T]) MarshalJSON() ([]byte, error) {
	if !o.set {
		return []byte("null"), nil
	}
	return json.Marshal(o.value)
}

func (o *Option[T]) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*o = None[T]()
		return nil
	}
	o.set = true
	return json.Unmarshal(b, &o.value)
}

func (o Option[T]) IsZero() bool { return !o.set }

type Either[L, R any] interface{ isEither(L, R) }

type Left[L, R any] struct{ Value L }

type Right[L, R any] struct{ Value R }

func (Left[L, R]) isEither(L, R) {}

func (Right[L, R]) isEither(L, R) {}

func Match[L, R, T any](e Either[L, R], left func(L) T, right func(R) T) T {
	switch e := e.(type) {
	case Left[L, R]:
		return left(e.Value)
	case Right[L, R]:
		return right(e.Value)
	}
	panic("no such case")
}

func Then[T, U any](o Option[T], f func(T) Option[U]) Option[U] {
	if v, ok := o.Get(); ok {
		return f(v)
	}
	return None[U]()
}

type Profile struct {
	Name  string                 `json:"name"`
	Age   Option[int]            `json:"age"`
	Nick  Option[string]         `json:"nick,omitzero"`
	Prefs Option[map[string]int] `json:"prefs,omitzero"`
	Inner Option[Option[bool]]   `json:"inner"`
}

func divide(a, b int) Either[error, float64] {
	if b == 0 {
		return Left[error, float64]{errors.New("division by zero")}
	}
	return Right[error, float64]{float64(a) / float64(b)}
}

func main() {
	fmt.Println(Some(3), None[int](), Some("x"), Some(Some(1.5)))
	half := func(n int) Option[int] {
		if n%2 != 0 {
			return None[int]()
		}
		return Some(n / 2)
	}
	fmt.Println(Then(Then(Some(12), half), half), Then(Some(6), half), Then(Then(Some(6), half), half))
	b, err := json.Marshal(Profile{Name: "ann", Age: Some(0), Inner: Some(None[bool]())})
	fmt.Println(string(b), err)
	var p Profile
	err = json.Unmarshal([]byte(`{"name":"bob","age":null,"nick":"b","prefs":{"dark":1},"inner":true}`), &p)
	fmt.Printf("%+v %v\n", p, err)
	fmt.Println(json.Unmarshal([]byte(`{"age":"old"}`), &p))
	for _, d := range []int{4, 0} {
		fmt.Println(Match(divide(1, d), func(e error) string { return "error: " + e.Error() }, func(f float64) string { return fmt.Sprint("value ", f) }))
	}
	fmt.Printf("%T %T\n", divide(1, 2), None[[]string]())
	fmt.Println(Some(1) == Some(1), Some("a") == None[string](), any(Some(1)) == any(Some(int64(1))))
}

// Output:
// Some(3) None Some(x) Some(Some(1.5))
// Some(3) Some(3) None
// {"name":"ann","age":0,"inner":null} <nil>
// {Name:bob Age:None Nick:Some(b) Prefs:Some(map[dark:1]) Inner:Some(Some(true))} <nil>
// json: cannot unmarshal string into Go struct field Profile.age of type int
// value 0.25
// error: division by zero
// main.Right[error,float64] main.Option[[]string]
// true false false
