package main

import (
	"fmt"
	"reflect"
	"strings"
)

type Place struct {
	City string `form:"city"`
	zip  int
}

type Visit struct {
	Place
	Days  []string `form:"days,many"`
	Notes map[string]int
}

func (v Visit) Length(unit string, more ...int) (int, error) { return len(v.Days), nil }
func (v *Visit) Extend(day string)                           { v.Days = append(v.Days, day) }

// shape has the method that a type has its iterator of fields from, too.
type shape interface{ Fields() []string }

func (p Place) Fields() []string { return []string{"city", "zip"} }

func tags(t reflect.Type) (names []string) {
	for f := range t.Fields() {
		if tag, ok := f.Tag.Lookup("form"); ok {
			name, _, _ := strings.Cut(tag, ",")
			names = append(names, f.Name+"="+name)
		}
		if f.Anonymous {
			names = append(names, tags(f.Type)...)
		}
	}
	return names
}

func main() {
	t := reflect.TypeFor[Visit]()
	fmt.Println(tags(t))
	for m := range reflect.PointerTo(t).Methods() {
		fmt.Print(m.Name, ":")
		for in := range m.Type.Ins() {
			fmt.Print(" ", in)
		}
		fmt.Print(" ->")
		for out := range m.Type.Outs() {
			fmt.Print(" ", out)
		}
		fmt.Println()
	}
	v := reflect.ValueOf(&Visit{Place{"Rome", 7}, []string{"mon", "tue"}, map[string]int{"a": 1}})
	for f, field := range v.Elem().Fields() {
		fmt.Printf("%s %v %v\n", f.Name, f.Type, field)
	}
	for m, method := range v.Methods() {
		if m.Name == "Extend" {
			method.Call([]reflect.Value{reflect.ValueOf("wed")})
		}
	}
	for i, day := range v.Elem().FieldByName("Days").Seq2() {
		fmt.Print(i, "=", day, " ")
	}
	for i := range reflect.ValueOf(int8(3)).Seq() {
		fmt.Print(i.Type(), i, " ")
	}
	fmt.Println(t.Field(1).Type.CanSeq2(), t.CanSeq())
	var s shape = v.Interface().(shape)
	fields := t.Fields
	for f := range fields() {
		fmt.Println(s.Fields(), f.Name)
		break
	}
}

// Output:
// [City=city Days=days]
// Extend: *main.Visit string ->
// Fields: *main.Visit -> []string
// Length: *main.Visit string []int -> int error
// Place main.Place {Rome 7}
// Days []string [mon tue]
// Notes map[string]int map[a:1]
// 0=mon 1=tue 2=wed int8 0 int8 1 int8 2 true false
// [city zip] Place
