package main

import (
	"errors"
	"fmt"
	"time"
)

type Level int

func (l Level) String() string { return [...]string{"low", "high"}[l] }

type Tag struct{ name string }

func (t *Tag) String() string { return "#" + t.name }

type Code struct{ n int }

func (c Code) Error() string { return fmt.Sprint("E", c.n) }

type Both struct{}

func (Both) Error() string { return "error wins" }

func (Both) String() string { return "stringer loses" }

type Record struct {
	Level   Level
	private Level
	Tag     Tag
	PtrTag  *Tag
	Err     error
	Any     any
	List    []Level
	ByLevel map[Level]Tag
	Inner   struct{ L Level }
	Fn      func()
	When    time.Duration
	bytes   []byte
	arr     [2]Code
}

type Self struct {
	Name string
	Next *Self
}

type Stack []Level

type Names map[string]*Tag

func main() {
	r := Record{
		Level: 1, private: 1, Tag: Tag{"t"}, PtrTag: nil, Err: Code{4}, Any: Level(0),
		List: []Level{0, 1}, ByLevel: map[Level]Tag{1: {"one"}, 0: {"zero"}}, When: 1500 * time.Millisecond,
		bytes: []byte("hi"), arr: [2]Code{{1}, {2}},
	}
	r.Inner.L = 1
	fmt.Printf("%v\n", r)
	fmt.Printf("%+v\n", r)
	fmt.Println(&r.Tag, r.Tag, []*Tag{nil}, []any{&r.Tag == nil, Level(1)}, r.Err, &Code{9})
	fmt.Printf("%d %v %s %q %x %05d %T\n", r.Level, r.Level, r.Level, r.Level, r.Level, r.Level, r.Level)
	fmt.Println(Both{}, []error{Both{}}, errors.Join(Both{}, Code{1}))
	fmt.Printf("%s %v %+v\n", Stack{0, 1, 1}, map[Level]Level{1: 0}, struct {
		L Level
		E error
	}{1, Code{7}})
	fmt.Printf("%v %+v\n", Self{"a", nil}, Self{Name: "b"})
	fmt.Printf("%v %d %s\n", map[string]Stack{"k": {1}}, Stack{1}, []fmt.Stringer{Level(0), &Tag{"x"}})
	fmt.Printf("%v %v %v\n", Code{1}, &r.arr, r.arr[:])
	fmt.Printf("%6v|%-6v|%6.2s|%t\n", r.Level, r.Level, r.Level, r.Level)
	var nilTag *Tag
	var nilErr error
	var nilStringer fmt.Stringer
	fmt.Printf("%v %v %v %s %+v\n", nilTag == nil, nilErr, nilStringer, nilErr, nilStringer)
	fmt.Println(Names{"a": nil}["a"] == nil, fmt.Sprint(Names{}), fmt.Sprint([]Names(nil)), fmt.Sprint(struct{}{}))
	fmt.Printf("%v %v\n", struct{ a, b any }{Level(1), Code{3}}, [1]struct{ e error }{{Code{5}}})
	type local struct {
		*Tag
		Level
	}
	fmt.Printf("%v\n", struct {
		X int
		Y *int
	}{X: 1})
	fmt.Println(local{&Tag{"emb"}, 1}.Tag, local{Level: 1}.Level)
}

// Output:
// {high 1 {t} <nil> E4 low [low high] map[low:{zero} high:{one}] {high} <nil> 1.5s [104 105] [{1} {2}]}
// {Level:high private:1 Tag:{name:t} PtrTag:<nil> Err:E4 Any:low List:[low high] ByLevel:map[low:{name:zero} high:{name:one}] Inner:{L:high} Fn:<nil> When:1.5s bytes:[104 105] arr:[{n:1} {n:2}]}
// #t {t} [<nil>] [false high] E4 E9
// 1 high high "high" 68696768 00001 main.Level
// error wins [error wins] error wins
// E1
// [low high high] map[high:low] {L:high E:E7}
// {a <nil>} {Name:b Next:<nil>}
// map[k:[high]] [1] [low #x]
// E1 &[E1 E2] [E1 E2]
//   high|high  |    hi|%!t(main.Level=1)
// true <nil> <nil> %!s(<nil>) <nil>
// true map[] [] {}
// {1 {3}} [{{5}}]
// {1 <nil>}
// #emb high
