package rtype_test

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"

	"gateway/interp/rtype"
)

const poolSource = `package handler
	type T struct { n int; u *U }
	type U struct { s string }
	func (t T) String() string { return "" }
	func (u *U) Get() *U { return u }
`

// mustInstantiate returns a set that the test releases itself.
func (p *program) mustInstantiate() *set {
	p.t.Helper()
	p.table.Freeze()
	ts, err := p.table.Instantiate()
	if err != nil {
		p.t.Fatal(err)
	}
	return &set{ts, p}
}

func TestReleasedTypesAreUsedAgain(t *testing.T) {
	p := check(t, poolSource).add("T", "U", "[]T")
	a, b := p.mustInstantiate(), p.mustInstantiate()
	ta, tb := a.outer("T"), b.outer("T")
	if ta == tb {
		t.Fatal("two instances share a type with methods")
	}
	if a.inner("T") != b.inner("T") {
		t.Error("inner types of the same structure differ")
	}
	a.Release()
	a.Release() // no effect
	// The same source, checked anew, with other composite types.
	q := check(t, poolSource).add("U", "map[string]T", "T")
	if p.table.Key() != q.table.Key() {
		t.Error("keys of the same types differ")
	}
	c, d := q.mustInstantiate(), q.mustInstantiate()
	if c.outer("T") != ta {
		t.Error("a released type is not used again")
	}
	if d.outer("T") == ta || d.outer("T") == tb {
		t.Error("a type in use was given away")
	}
	if got := c.outer("map[string]T").Elem(); got != ta {
		t.Errorf("element of the map type is %v", got)
	}
	b.Release()
	c.Release()
	d.Release()
}

func TestAChangedTypeLeavesOthersAlone(t *testing.T) {
	p := check(t, poolSource).add("T", "U")
	a := p.mustInstantiate()
	ta, ua := a.outer("T"), a.outer("U")
	a.Release()
	q := check(t, strings.Replace(poolSource, "n int", "m int", 1)).add("T", "U")
	if p.table.Key() == q.table.Key() {
		t.Error("keys of different types are equal")
	}
	b := q.instantiate()
	if b.outer("U") != ua {
		t.Error("U did not change, but its type did")
	}
	if b.outer("T") == ta {
		t.Error("T changed, but its type did not")
	}
	if b.outer("T").Field(1).Type != reflect.PointerTo(ua) {
		t.Error("T does not refer to U")
	}
}

// What an identity depends on must be in the key.
func TestKeysTellTypesApart(t *testing.T) {
	keys := make(map[string]string)
	for _, decl := range []string{
		"type T struct { a int }", "type T struct { a int8 }", "type T struct { b int }", "type T struct { A int }",
		"type T struct { a int `x:\"y\"` }", "type T struct { a, b int }", "type T struct { U }; type U struct{}",
		"type T struct { U U }; type U struct{}", "type T struct { U *U }; type U struct{}",
		"type T int", "type T string", "type T []int", "type T [2]int", "type T [3]int", "type T map[string]int",
		"type T map[int]string", "type T chan int", "type T <-chan int", "type T func(int)", "type T func() int",
		"type T func(...int)", "type T func([]int)", "type T *int", "type T any", "type T interface { M() }", "type T interface { m() }",
		"type T interface { M() int }", "type T int; func (T) M() {}", "type T int; func (*T) M() {}", "type T int; func (T) M() int { return 0 }",
		"type T int; func (T) m() {}", "type T struct { t *T }", "type T struct { t []T }", "type T []T", "type T map[string]T",
		"type T struct { a struct { b int } }", "type T struct { a interface { M() } }", "import \"time\"; type T time.Time", "import \"time\"; type T struct { t time.Time }",
	} {
		p := check(t, "package handler; "+decl).add("T")
		if other, dup := keys[p.table.Key()]; dup {
			t.Errorf("%s and %s have the same key", decl, other)
		}
		keys[p.table.Key()] = decl
		p.instantiate()
	}
}

func TestCallsAfterReleasePanic(t *testing.T) {
	s := check(t, `package handler
		import "strings"
		type T struct { n int; strings.Builder }
		func (t *T) Error() string { return "" }
		func (t T) Value() int { return 1 }
	`).add("T", "*T").mustInstantiate()
	v := s.new("T")
	x := s.box("*T", v)
	same(t, "before bind", panicText(func() { _ = x.(error).Error() }), "method handler.T.Error called, but the program it belongs to has ended")
	s.bind("T", "*Error", func() string { return "" }, func([]reflect.Value) []reflect.Value { return values("bound") })
	s.bind("T", "Value", func() int { return 1 }, func([]reflect.Value) []reflect.Value { return values(5) })
	same(t, "bound", fmt.Sprint(x, x.(interface{ Value() int }).Value()), "bound 5")
	s.Release()
	for _, call := range []func(){
		func() { _ = x.(error).Error() },
		func() { x.(interface{ Value() int }).Value() },
		func() { reflect.ValueOf(x).Elem().MethodByName("Value").Call(nil) },
	} {
		if got := panicText(call); !strings.HasSuffix(got, "called, but the program it belongs to has ended") {
			t.Errorf("a call after Release panics with %q", got)
		}
	}
	x.(interface{ WriteString(string) (int, error) }).WriteString("still works")
	same(t, "promoted from a compiled type", x.(fmt.Stringer).String(), "still works")
}

func TestBindRefusesWhatDoesNotFit(t *testing.T) {
	s := check(t, poolSource).add("T", "U", "[]T").instantiate()
	str := func(int) string { return "" }
	for _, test := range []struct {
		typ, method string
		fn          any
		want        string
	}{
		{"T", "String", str, "function has type"},
		{"T", "String", 5, "not a function"},
		{"T", "String", (func())(nil), "not a function"},
		{"T", "Other", str, "has no method Other"},
		{"[]T", "String", str, "has no methods"},
	} {
		err := s.Bind(s.at(test.typ), test.method, reflect.ValueOf(test.fn))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("Bind %s.%s to %T: %v, want %s", test.typ, test.method, test.fn, err, test.want)
		}
	}
}

func TestInstantiateRefusesWhatCannotExist(t *testing.T) {
	for _, test := range []struct{ source, typ, want string }{
		{"type T interface { ~int | ~string }", "T", "T"},
		{"type T interface { comparable }", "T", "T"},
		{"type T chan [1<<17]byte", "T", "chan"},
		{"type U struct { a, b [1<<15]int }; type T chan U", "T", "chan"},
		{"type U [1<<60]struct { a [16]int64 }; type T struct { p *U }", "T", ""},
	} {
		p := check(t, "package handler; "+test.source).add(test.typ)
		p.table.Freeze()
		_, err := p.table.Instantiate()
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want one about %s", test.source, err, test.want)
		}
	}
	if _, err := rtype.NewTable(native).Instantiate(); err == nil {
		t.Error("a table that is not frozen could be instantiated")
	}
}

func TestSetsAreIndependent(t *testing.T) {
	p := check(t, poolSource).add("T")
	p.table.Freeze()
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 50 {
				ts, err := p.table.Instantiate()
				if err != nil {
					t.Error(err)
					return
				}
				s := &set{ts, p}
				want := fmt.Sprint(g, "-", i)
				s.bind("T", "String", func() string { return "" }, func([]reflect.Value) []reflect.Value { return values(want) })
				v := s.new("T").Elem()
				x := s.box("T", v)
				if got := fmt.Sprint(x); got != want || s.Index(x) != s.at("T") || !s.Is(s.at("T"), x) {
					t.Errorf("got %s, want %s; index %d", got, want, s.Index(x))
				}
				s.Release()
			}
		})
	}
	wg.Wait()
}
