// Recover works in the deferred function itself and nowhere else, whoever calls it.
package main

import "fmt"

func callRecover() {
	if v := recover(); v != nil {
		fmt.Println("recovered:", v)
	}
}

type inner int

func (*inner) M()      { callRecover() }
func (i inner) Value() { fmt.Println("by value:", recover()) }

type outer struct{ *inner }

var (
	o    = outer{new(inner)}
	deep = outer.M
)

func through(f func()) { f() }

func try(name string, f func()) {
	defer func() { fmt.Println(name, "left over:", recover()) }()
	f()
}

func main() {
	try("wrapper", func() { defer deep(o); panic(1) })
	try("function", func() { defer callRecover(); panic(3) })
	try("value", func() { defer inner(0).Value(); panic(4) })
	try("closure calls", func() { defer func() { callRecover() }(); panic(5) })
	try("through", func() { defer through(func() { fmt.Println("through:", recover()) }); panic(6) })
	try("nested", func() {
		defer func() {
			defer callRecover()
		}()
		panic(7)
	})
}

// Output:
// wrapper left over: 1
// recovered: 3
// function left over: <nil>
// by value: 4
// value left over: <nil>
// closure calls left over: 5
// through: <nil>
// through left over: 6
// nested left over: 7
