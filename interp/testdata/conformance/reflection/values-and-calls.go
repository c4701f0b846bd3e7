package main

import (
	"fmt"
	"reflect"
	"sort"
	"strings"
)

type Celsius float64

func (c Celsius) String() string { return fmt.Sprintf("%.1f°", float64(c)) }

type Sensor struct {
	Name    string
	Temps   []Celsius
	limits  [2]Celsius
	Labels  map[string]string
	Next    *Sensor
	Handler func(Celsius) bool
}

func (s *Sensor) Add(ts ...Celsius) int { s.Temps = append(s.Temps, ts...); return len(s.Temps) }

func (s Sensor) Max() (m Celsius, err error) {
	if len(s.Temps) == 0 {
		return 0, fmt.Errorf("%s has no temperatures", s.Name)
	}
	for _, t := range s.Temps {
		m = max(m, t)
	}
	return m, nil
}

func (s Sensor) Rename(name string) Sensor { s.Name = name; return s }

func (s Sensor) Ping() {}

func try(name string, f func()) {
	defer func() {
		if v := recover(); v != nil {
			fmt.Println(name, "->", v)
		}
	}()
	f()
}

func swap[T any](a, b T) (T, T) { return b, a }

func main() {
	s := &Sensor{Name: "roof", limits: [2]Celsius{-10, 40}}
	v := reflect.ValueOf(s).Elem()
	v.FieldByName("Name").SetString("cellar")
	v.Field(1).Set(reflect.Append(v.Field(1), reflect.ValueOf(Celsius(3))))
	v.FieldByName("Labels").Set(reflect.MakeMap(v.FieldByName("Labels").Type()))
	v.FieldByName("Labels").SetMapIndex(reflect.ValueOf("k"), reflect.ValueOf("v"))
	v.FieldByName("Next").Set(reflect.New(v.Type()))
	v.FieldByName("Next").Elem().Field(0).SetString("inner")
	v.Field(1).Index(0).SetFloat(7.5)
	fmt.Println(s.Name, s.Temps, s.Labels, s.Next.Name, v.Field(2).CanSet(), v.Field(0).CanSet(), v.Field(2).Index(1).Float())
	add := reflect.ValueOf(s).MethodByName("Add")
	out := add.Call([]reflect.Value{reflect.ValueOf(Celsius(20)), reflect.ValueOf(Celsius(1))})
	fmt.Println(out[0].Int(), add.CallSlice([]reflect.Value{reflect.ValueOf([]Celsius{5})})[0], s.Temps, add.Type())
	res := v.MethodByName("Max").Call(nil)
	fmt.Println(res[0], res[0].Interface().(fmt.Stringer).String(), res[1].IsNil(), res[1].Type())
	res = v.Field(4).MethodByName("Max").Call(nil)
	err, _ := res[1].Interface().(error)
	fmt.Println(err, v.MethodByName("None").IsValid())
	renamed := v.MethodByName("Rename").Call([]reflect.Value{reflect.ValueOf("attic")})[0].Interface().(Sensor)
	fmt.Println(renamed.Name, s.Name, len(renamed.Temps))
	t := reflect.TypeOf(s)
	m, ok := t.MethodByName("Add")
	fmt.Println(m.Func.Call([]reflect.Value{reflect.ValueOf(s)})[0], ok, m.Type.IsVariadic())
	hot := reflect.MakeFunc(v.Field(5).Type(), func(args []reflect.Value) []reflect.Value {
		return []reflect.Value{reflect.ValueOf(args[0].Float() > 30)}
	})
	v.Field(5).Set(hot)
	fmt.Println(s.Handler(31), s.Handler(5))
	sw := reflect.ValueOf(swap[Celsius]).Call([]reflect.Value{reflect.ValueOf(Celsius(1)), reflect.ValueOf(Celsius(2))})
	fmt.Println(sw[0], sw[1])
	sl := reflect.MakeSlice(reflect.TypeFor[[]Sensor](), 2, 4)
	sl.Index(1).Set(reflect.ValueOf(Sensor{Name: "made"}))
	fmt.Println(sl.Len(), sl.Cap(), sl.Interface().([]Sensor)[1].Name)
	reflect.Swapper(s.Temps)(0, 1)
	sort.Slice(s.Temps[1:], func(i, j int) bool { return s.Temps[1+i] < s.Temps[1+j] })
	fmt.Println(s.Temps, reflect.ValueOf(Celsius(2)).Convert(reflect.TypeFor[int]()), reflect.Zero(reflect.TypeOf(*s)).IsZero(), reflect.Indirect(reflect.ValueOf(s)).Kind())
	try("unexported", func() { v.Field(2).Set(reflect.ValueOf([2]Celsius{})) })
	try("not addressable", func() { reflect.ValueOf(*s).Field(0).SetString("x") })
	try("wrong type", func() { v.Field(0).Set(reflect.ValueOf(5)) })
	try("too few", func() { v.MethodByName("Rename").Call(nil) })
	try("wrong kind", func() { v.Field(0).Int() })
	try("interface of unexported", func() { v.Field(2).Interface() })
	try("nil", func() { reflect.ValueOf(nil).Type() })
	iter := reflect.ValueOf(map[string]Celsius{"only": 4}).MapRange()
	for iter.Next() {
		fmt.Println(iter.Key(), iter.Value(), strings.ToUpper(iter.Key().String()))
	}
	for i, e := range reflect.ValueOf([]Celsius{8, 9}).Seq2() {
		fmt.Print(i, e, " ")
	}
	ch := reflect.ValueOf(make(chan Celsius, 1))
	fmt.Println(ch.TrySend(reflect.ValueOf(Celsius(6))), ch.TrySend(reflect.ValueOf(Celsius(6))))
	got, ok := ch.Recv()
	fmt.Println(got, ok)
}

// Output:
// cellar [7.5°] map[k:v] inner false true 40
// 3 4 [7.5° 20.0° 1.0° 5.0°] func(...main.Celsius) int
// 20.0° 20.0° true error
// inner has no temperatures false
// attic cellar 4
// 4 true true
// true false
// 2.0° 1.0°
// 2 4 made
// [20.0° 1.0° 5.0° 7.5°] 2 true struct
// unexported -> reflect: reflect.Value.Set using value obtained using unexported field
// not addressable -> reflect: reflect.Value.SetString using unaddressable value
// wrong type -> reflect.Set: value of type int is not assignable to type string
// too few -> reflect: Call with too few input arguments
// wrong kind -> reflect: call of reflect.Value.Int on string Value
// interface of unexported -> reflect.Value.Interface: cannot return value obtained from unexported field or method
// nil -> reflect: call of reflect.Value.Type on zero Value
// only 4.0° ONLY
// 0 8.0° 1 9.0° true false
// 6.0° true
