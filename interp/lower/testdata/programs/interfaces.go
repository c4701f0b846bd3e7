package main

import (
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
)

type Shape interface {
	Area() float64
	Name() string
}
type Named interface{ Name() string }

type Sq struct{ side float64 }
type Circle float64
type base struct{ name string }
type Wrapped struct {
	*base
	Shape
}
type empty struct{}
type Names []string
type F func(int) int

func (s Sq) Area() float64      { return s.side * s.side }
func (s Sq) Name() string       { return "sq" }
func (c *Circle) Area() float64 { return float64(*c) * 3 }
func (c *Circle) Name() string  { return "circle" }
func (b *base) Name() string    { return "base " + b.name }
func (w Wrapped) Name() string  { return w.base.Name() + "/" + w.Shape.Name() }
func (n Names) Len() int        { return len(n) }
func (n Names) Less(i, j int) bool {
	return n[i] < n[j]
}
func (n Names) Swap(i, j int) { n[i], n[j] = n[j], n[i] }
func (f F) Name() string      { return fmt.Sprint("f", f(1)) }
func (empty) Name() string    { return "empty" }

type E struct{ code int }

func (e *E) Error() string        { return fmt.Sprint("E", e.code) }
func (e *E) Is(target error) bool { return target == io.EOF }

func fails(n int) error {
	var e *E
	if n > 0 {
		e = &E{n}
	}
	return e
}

func kind(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case int, string:
		return fmt.Sprintf("basic %v", v)
	case Names:
		return "names " + strings.Join(v, ",")
	case []string:
		return "strings"
	case *Circle:
		return "circle pointer " + v.Name()
	case Shape:
		return "shape " + v.Name()
	case error:
		return "error " + v.Error()
	case Named:
		return "named " + v.Name()
	case func() int:
		return fmt.Sprint("func ", v())
	default:
		return fmt.Sprintf("%T", v)
	}
}

func main() {
	c := Circle(2)
	shapes := []Shape{Sq{3}, &c, Wrapped{&base{"b"}, Sq{1}}}
	for _, s := range shapes {
		fmt.Print(s.Name(), " ", s.Area(), "; ")
	}
	fmt.Println()
	for _, v := range []any{nil, 1, "s", Names{"x"}, []string{"y"}, &c, Sq{1}, fails(3), F(func(i int) int { return i + 1 }), empty{},
		func() int { return 4 }, struct{}{}, c, [2]Names{}, map[Sq]*Circle{}} {
		fmt.Print(kind(v), "; ")
	}
	fmt.Println()
	var n Named = shapes[1]
	s, ok := n.(Shape)
	_, bad := n.(interface{ Missing() })
	fmt.Println(s == shapes[1], ok, bad, n == Named(&c))
	err := fmt.Errorf("w: %w", fails(4))
	var e *E
	fmt.Println(errors.As(err, &e), e.code, errors.Is(err, io.EOF), fails(0) == nil, err)
	var none error
	_, ok = none.(*E)
	fmt.Println(ok, none == nil, any(none) == nil)
	names := Names{"c", "a", "b"}
	sort.Sort(sort.Reverse(names))
	fmt.Println(names, any(Sq{1}) == any(Sq{1}), any(names[0]) == any("c"), any(Circle(1)) == any(1.0))
	m := map[any]string{Sq{1}: "sq", 1: "int", Circle(1): "c", "k": "s", [1]Sq{}: "arr"}
	fmt.Println(m[Sq{1}], m[1], m[Circle(1)], m["k"], m[[1]Sq{{}}], m[1.0] == "", len(m))
	f := Named.Name
	g := shapes[0].Area
	shapes[0] = Sq{10}
	fmt.Println(f(empty{}), g())
	defer func() {
		r := recover()
		_, isErr := r.(error)
		fmt.Println(r, isErr)
	}()
	fmt.Println(any(c).(Shape))
}

// Output:
// sq 9; circle 6; base b/sq 1;
// nil; basic 1; basic s; names x; strings; circle pointer circle; shape sq; error E3; named f2; named empty; func 4; struct {}; main.Circle; [2]main.Names; map[main.Sq]*main.Circle;
// true true false true
// true 4 true false w: E4
// false true true
// [c b a] true true false
// sq int c s arr true 5
// empty 9
// interface conversion: main.Circle is not main.Shape: missing method Area true
