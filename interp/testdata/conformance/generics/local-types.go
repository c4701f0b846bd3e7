package main

import "fmt"

type Box[T any] struct{ v T }

type Int int

func plain() {
	type L struct{ n int }
	type M[T any] struct{ v T }
	fmt.Printf("%T %T %T %T\n", L{}, M[int]{}, M[L]{}, M[Int]{})
	fmt.Printf("%T %T %T\n", Box[L]{}, Box[M[L]]{}, Box[M[int]]{})
	fmt.Printf("%T %T\n", Box[*L]{}, map[L]M[Int]{})
}

func generic[A any]() {
	type L struct{ a A }
	type N struct{ n int }
	type M[T any] struct{ v T }
	fmt.Printf("%T %T %T %T\n", L{}, N{}, M[int]{}, M[L]{})
	fmt.Printf("%T %T %T %T\n", M[A]{}, Box[L]{}, Box[N]{}, Box[M[A]]{})
	fmt.Printf("%T %T\n", Box[M[N]]{}, []M[N]{})
}

// made gives a value of a type that each instance of the function has for itself.
func made[A any]() any {
	type N struct{ n int }
	return N{1}
}

func is[A any](x any) bool {
	type N struct{ n int }
	switch x.(type) {
	case N:
		return true
	}
	return false
}

func counted[A any]() any {
	type list struct {
		next *list
		a    A
	}
	type kind int
	const first kind = 7
	return map[any]any{first: &list{next: &list{}}}[first]
}

func main() {
	fmt.Println(made[int]() == made[int](), made[int]() == made[string](), is[int](made[int]()))
	fmt.Printf("%T %T\n", counted[int](), counted[Box[Int]]())
	type L struct{}
	plain()
	generic[int]()
	generic[L]()
	generic[Box[L]]()
	generic[*Box[Int]]()
	generic[[]string]()
	func() {
		type L struct{ x int }
		fmt.Printf("%T %T\n", L{}, Box[L]{})
		generic[L]()
	}()
}

// Output:
// true false false
// *main.list[int] *main.list[main.Box[main.Int]]
// main.L main.M[int] main.M[main.L·1] main.M[main.Int]
// main.Box[main.L·1] main.Box[main.M[main.L·1]·2] main.Box[main.M[int]·2]
// main.Box[*main.L·1] map[main.L]main.M[main.Int]
// main.L[int] main.N[int] main.M[int;int] main.M[int;main.L[int]·3]
// main.M[int;int] main.Box[main.L[int]·3] main.Box[main.N[int]·4] main.Box[main.M[int;int]·5]
// main.Box[main.M[int;main.N[int]·4]·5] []main.M[int;main.N[int]·4]
// main.L[main.L·10] main.N[main.L·10] main.M[main.L·10;int] main.M[main.L·10;main.L[main.L·10]·3]
// main.M[main.L·10;main.L·10] main.Box[main.L[main.L·10]·3] main.Box[main.N[main.L·10]·4] main.Box[main.M[main.L·10;main.L·10]·5]
// main.Box[main.M[main.L·10;main.N[main.L·10]·4]·5] []main.M[main.L·10;main.N[main.L·10]·4]
// main.L[main.Box[main.L·10]] main.N[main.Box[main.L·10]] main.M[main.Box[main.L·10];int] main.M[main.Box[main.L·10];main.L[main.Box[main.L·10]]·3]
// main.M[main.Box[main.L·10];main.Box[main.L·10]] main.Box[main.L[main.Box[main.L·10]]·3] main.Box[main.N[main.Box[main.L·10]]·4] main.Box[main.M[main.Box[main.L·10];main.Box[main.L·10]]·5]
// main.Box[main.M[main.Box[main.L·10];main.N[main.Box[main.L·10]]·4]·5] []main.M[main.Box[main.L·10];main.N[main.Box[main.L·10]]·4]
// main.L[*main.Box[main.Int]] main.N[*main.Box[main.Int]] main.M[*main.Box[main.Int];int] main.M[*main.Box[main.Int];main.L[*main.Box[main.Int]]·3]
// main.M[*main.Box[main.Int];*main.Box[main.Int]] main.Box[main.L[*main.Box[main.Int]]·3] main.Box[main.N[*main.Box[main.Int]]·4] main.Box[main.M[*main.Box[main.Int];*main.Box[main.Int]]·5]
// main.Box[main.M[*main.Box[main.Int];main.N[*main.Box[main.Int]]·4]·5] []main.M[*main.Box[main.Int];main.N[*main.Box[main.Int]]·4]
// main.L[[]string] main.N[[]string] main.M[[]string;int] main.M[[]string;main.L[[]string]·3]
// main.M[[]string;[]string] main.Box[main.L[[]string]·3] main.Box[main.N[[]string]·4] main.Box[main.M[[]string;[]string]·5]
// main.Box[main.M[[]string;main.N[[]string]·4]·5] []main.M[[]string;main.N[[]string]·4]
// main.L main.Box[main.L·11]
// main.L[main.L·11] main.N[main.L·11] main.M[main.L·11;int] main.M[main.L·11;main.L[main.L·11]·3]
// main.M[main.L·11;main.L·11] main.Box[main.L[main.L·11]·3] main.Box[main.N[main.L·11]·4] main.Box[main.M[main.L·11;main.L·11]·5]
// main.Box[main.M[main.L·11;main.N[main.L·11]·4]·5] []main.M[main.L·11;main.N[main.L·11]·4]
