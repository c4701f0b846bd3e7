package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

type Shape interface{ Area() float64 }

type Circle struct {
	R float64 `json:"r"`
}

type Rect struct {
	W, H float64
}

type Group struct {
	Name   string  `json:"name"`
	Shapes []Boxed `json:"shapes"`
}

func (c Circle) Area() float64 { return 3 * c.R * c.R }

func (r *Rect) Area() float64 { return r.W * r.H }

func (g Group) Area() (sum float64) {
	for _, s := range g.Shapes {
		sum += s.Area()
	}
	return
}

type Boxed struct{ Shape }

var kinds = map[string]func() Shape{
	"circle": func() Shape { return new(Circle) },
	"rect":   func() Shape { return new(Rect) },
	"group":  func() Shape { return new(Group) },
}

func kindOf(s Shape) string {
	t := reflect.TypeOf(s)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return strings.ToLower(t.Name())
}

func (b Boxed) MarshalJSON() ([]byte, error) {
	if b.Shape == nil {
		return []byte("null"), nil
	}
	return json.Marshal(struct {
		Kind string `json:"kind"`
		Data Shape  `json:"data"`
	}{kindOf(b.Shape), b.Shape})
}

func (b *Boxed) UnmarshalJSON(data []byte) error {
	var env struct {
		Kind string
		Data json.RawMessage
	}
	if err := json.Unmarshal(data, &env); err != nil {
		return err
	}
	build, ok := kinds[env.Kind]
	if !ok {
		return fmt.Errorf("unknown kind %q", env.Kind)
	}
	s := build()
	if err := json.Unmarshal(env.Data, s); err != nil {
		return fmt.Errorf("%s: %w", env.Kind, err)
	}
	b.Shape = s
	return nil
}

type Command struct {
	Op   string `json:"op"`
	Args Args   `json:"args"`
}

type Args []any

func (a *Args) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] != '[' {
		var one any
		if err := json.Unmarshal(data, &one); err != nil {
			return err
		}
		*a = Args{one}
		return nil
	}
	type plain Args
	return json.Unmarshal(data, (*plain)(a))
}

type Duration struct{ Seconds int }

func (d *Duration) UnmarshalJSON(data []byte) error {
	type alias Duration
	if json.Unmarshal(data, &d.Seconds) == nil {
		return nil
	}
	var text string
	if json.Unmarshal(data, &text) == nil {
		_, err := fmt.Sscanf(text, "%ds", &d.Seconds)
		return err
	}
	return json.Unmarshal(data, (*alias)(d))
}

func main() {
	g := Group{"all", []Boxed{{Circle{1}}, {&Rect{2, 3}}, {Group{Name: "inner"}}, {}}}
	b, err := json.Marshal(Boxed{g})
	fmt.Println(string(b), err)
	var back Boxed
	text := strings.Replace(string(b), ",null", "", 1)
	fmt.Println(json.Unmarshal([]byte(text), &back), back.Area())
	fmt.Printf("%T %T %T\n", back.Shape, back.Shape.(*Group).Shapes[0].Shape, back.Shape.(*Group).Shapes[1].Shape)
	for _, bad := range []string{`{"kind":"blob"}`, `{"kind":"circle","data":{"r":"x"}}`, `{"kind":"group","data":{"shapes":[{"kind":"?"}]}}`, `5`} {
		fmt.Println(json.Unmarshal([]byte(bad), &back))
	}
	var cmds []Command
	fmt.Println(json.Unmarshal([]byte(`[{"op":"a","args":[1,"x"]},{"op":"b","args":"single"},{"op":"c"},{"op":"d","args":{"k":[]}}]`), &cmds), cmds)
	var ds []Duration
	fmt.Println(json.Unmarshal([]byte(`[5,"7s",{"Seconds":9}]`), &ds), ds)
}

// Output:
// {"kind":"group","data":{"name":"all","shapes":[{"kind":"circle","data":{"r":1}},{"kind":"rect","data":{"W":2,"H":3}},{"kind":"group","data":{"name":"inner","shapes":null}},null]}} <nil>
// <nil> 9
// *main.Group *main.Circle *main.Rect
// unknown kind "blob"
// circle: json: cannot unmarshal string into Go struct field Circle.r of type float64
// group: unknown kind "?"
// json: cannot unmarshal number into Go value of type struct { Kind string; Data json.RawMessage }
// <nil> [{a [1 x]} {b [single]} {c []} {d [map[k:[]]]}]
// <nil> [{5} {7} {9}]
