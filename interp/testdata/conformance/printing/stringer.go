package main

import "fmt"

type T struct{ n int }

func (t T) String() string { return fmt.Sprintf("T<%d>", t.n) }

type P struct{ n int }

func (t *P) String() string { return fmt.Sprintf("P<%d>", t.n) }
func main() {
	fmt.Println(T{1})
	fmt.Printf("%v %s %+v\n", T{2}, T{3}, T{4})
	fmt.Println(&P{5})
	fmt.Println([]T{{6}})
	fmt.Println(map[string]T{"a": {7}})
	fmt.Println(struct{ X T }{T{8}})
}

// Output:
// T<1>
// T<2> T<3> T<4>
// P<5>
// [T<6>]
// map[a:T<7>]
// {T<8>}
