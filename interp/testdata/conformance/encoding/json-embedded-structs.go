package main

import (
	"encoding/json"
	"fmt"
)

type Base struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

type Meta struct {
	Name    string `json:"name"`
	Version int    `json:"version"`
	hidden  int
}

type inner struct {
	Visible string
	lower   string
}

type Text string

type Named struct{ Label string }

type Doc struct {
	Base
	*Meta
	inner
	Text
	Nested  Named `json:"nested"`
	Named   `json:"as_object"`
	Ignored `json:"-"`
}

type Ignored struct{ Secret string }

type Override struct {
	Base
	ID string `json:"id"`
}

type Deep struct{ L1 }

type L1 struct {
	*L2
	Level int
}

type L2 struct {
	Level int
	Only  string
	*L3
}

type L3 struct{ Far []string }

type Tie struct {
	Left
	Right
}

type Left struct {
	A int
	B int `json:"B"`
	C int `json:"c"`
}

type Right struct {
	A int
	B int
	C int `json:"c"`
}

type WithInterface struct {
	fmt.Stringer
	Count int
}

type unit struct{}

func (unit) String() string { return "unit" }

type ptrInner struct{ X int }

type Holder struct {
	*ptrInner
	Y int
}

func show(v any) {
	b, err := json.Marshal(v)
	fmt.Println(string(b), err)
}

func main() {
	show(Doc{Base: Base{1, "base"}, Meta: &Meta{"meta", 2, 3}, inner: inner{"v", "l"}, Text: "t", Nested: Named{"n"}, Named: Named{"e"}, Ignored: Ignored{"s"}})
	show(Doc{})
	show(Override{Base{1, "n"}, "text id"})
	show(Deep{L1{&L2{1, "only", &L3{[]string{"x"}}}, 0}})
	show(Deep{})
	show(Tie{Left{1, 2, 3}, Right{4, 5, 6}})
	show(WithInterface{unit{}, 3})
	show(WithInterface{})
	show(&Holder{Y: 2})
	show([]any{struct{ Base }{Base{7, "anon"}}, struct{ *Base }{}})
	var d Doc
	err := json.Unmarshal([]byte(`{"id":5,"name":"dropped","version":9,"Visible":"yes","lower":"no","Text":"tt","nested":{"label":"L"},"as_object":{"Label":"M"},"Label":"none"}`), &d)
	fmt.Println(err, d.ID, d.Base.Name == "", d.Meta.Version, d.Meta.Name == "", d.Visible, d.lower == "", d.Text, d.Nested.Label, d.Named.Label)
	var deep Deep
	err = json.Unmarshal([]byte(`{"Level":3,"Only":"o","Far":["f","g"]}`), &deep)
	fmt.Println(err, deep.Level, deep.L2.Level, deep.Only, deep.Far)
	var tie Tie
	err = json.Unmarshal([]byte(`{"A":1,"B":2,"c":3}`), &tie)
	fmt.Println(err, tie)
	var h Holder
	fmt.Println(json.Unmarshal([]byte(`{"X":1,"Y":2}`), &h), h.Y)
	w := WithInterface{Stringer: unit{}}
	fmt.Println(json.Unmarshal([]byte(`{"Count":1,"Stringer":{}}`), &w), w.Count)
}

// Output:
// {"id":1,"version":2,"Visible":"v","Text":"t","nested":{"Label":"n"},"as_object":{"Label":"e"}} <nil>
// {"id":0,"Visible":"","Text":"","nested":{"Label":""},"as_object":{"Label":""}} <nil>
// {"name":"n","id":"text id"} <nil>
// {"Only":"only","Far":["x"],"Level":0} <nil>
// {"Level":0} <nil>
// {"B":2} <nil>
// {"Stringer":{},"Count":3} <nil>
// {"Stringer":null,"Count":0} <nil>
// {"Y":2} <nil>
// [{"id":7,"name":"anon"},{}] <nil>
// <nil> 5 true 9 true yes true tt L M
// <nil> 3 0 o [f g]
// <nil> {{0 2 0} {0 0 0}}
// json: cannot set embedded pointer to unexported struct: main.ptrInner 2
// json: cannot unmarshal object into Go struct field WithInterface.Stringer of type fmt.Stringer 1
