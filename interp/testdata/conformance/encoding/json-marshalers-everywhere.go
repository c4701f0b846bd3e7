package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

type Temp float64

func (t Temp) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, `{"c":%.1f}`, float64(t)), nil }

func (t *Temp) UnmarshalJSON(b []byte) error {
	var v struct{ C *float64 }
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	if v.C == nil {
		return errors.New("no temperature")
	}
	*t = Temp(*v.C)
	return nil
}

type PtrOnly struct{ n int }

func (p *PtrOnly) MarshalJSON() ([]byte, error) {
	if p == nil {
		return []byte(`"nil receiver"`), nil
	}
	return strconv.AppendInt(nil, int64(p.n), 10), nil
}

func (p *PtrOnly) UnmarshalJSON(b []byte) (err error) {
	p.n, err = strconv.Atoi(strings.Trim(string(b), `"`))
	return err
}

type Point struct{ X, Y int }

func (p Point) MarshalText() ([]byte, error) {
	if p.X < 0 {
		return nil, errors.New("negative")
	}
	return fmt.Appendf(nil, "%d,%d", p.X, p.Y), nil
}

func (p *Point) UnmarshalText(b []byte) error {
	_, err := fmt.Sscanf(string(b), "%d,%d", &p.X, &p.Y)
	return err
}

type Both struct{}

func (Both) MarshalJSON() ([]byte, error) { return []byte(" [ 1 , \"json\" ] "), nil }

func (Both) MarshalText() ([]byte, error) { return []byte("text"), nil }

type Bad struct{ out string }

func (b Bad) MarshalJSON() ([]byte, error) {
	if b.out == "" {
		return nil, errors.New("refused")
	}
	return []byte(b.out), nil
}

type Level int8

func (l Level) MarshalText() ([]byte, error) { return []byte{"lmh"[l]}, nil }

func (l *Level) UnmarshalText(b []byte) error {
	i := bytes.IndexByte([]byte("lmh"), b[0])
	if i < 0 {
		return fmt.Errorf("level %q", b)
	}
	*l = Level(i)
	return nil
}

type All struct {
	T      Temp            `json:"t"`
	PT     *Temp           `json:"pt"`
	Ptr    PtrOnly         `json:"ptr"`
	PPtr   *PtrOnly        `json:"pptr"`
	P      Point           `json:"p"`
	ByP    map[Point]Temp  `json:"by_p"`
	ByL    map[Level][]any `json:"by_l"`
	Temps  []Temp          `json:"temps"`
	Levels [2]Level        `json:"levels"`
	B      any             `json:"b"`
	Empty  Temp            `json:"empty,omitempty"`
}

func show(v any) {
	b, err := json.Marshal(v)
	fmt.Println(string(b), err)
}

func main() {
	t := Temp(21.55)
	a := All{T: 1, PT: &t, Ptr: PtrOnly{5}, P: Point{1, 2}, ByP: map[Point]Temp{{3, 4}: 5, {1, 1}: 0}, ByL: map[Level][]any{2: {Level(1), t}, 0: nil}, Temps: []Temp{1, 2}, Levels: [2]Level{1, 2}, B: Both{}}
	show(a)
	show(&a)
	show([]PtrOnly{{1}})
	show([]*PtrOnly{{1}, nil})
	show(map[string]PtrOnly{"k": {2}})
	show([1]PtrOnly{{3}})
	show(&[1]PtrOnly{{3}})
	show(Bad{})
	show([]Bad{{`{"a":`}})
	show(map[string]any{"x": Bad{`"fine"`}})
	show(map[Point]int{{-1, 0}: 1})
	show(Point{-1, 0})
	var back All
	err := json.Unmarshal([]byte(`{"t":{"c":3},"pt":{"C":4.5},"ptr":"6","pptr":7,"p":"8,9","by_p":{"1,2":{"c":1}},"by_l":{"h":[1,"m"]},"temps":[{"c":-1}],"levels":["m","h"]}`), &back)
	fmt.Println(err, float64(back.T), float64(*back.PT), back.Ptr.n, back.PPtr.n, back.P, back.ByP, back.ByL, back.Temps, back.Levels)
	fmt.Println(json.Unmarshal([]byte(`{"t":{}}`), &back))
	fmt.Println(json.Unmarshal([]byte(`{"levels":["x"]}`), &back))
	fmt.Println(json.Unmarshal([]byte(`{"p":5}`), &back))
	fmt.Println(json.Unmarshal([]byte(`{"by_l":{"z":[]}}`), &back))
	fmt.Println(json.Unmarshal([]byte(`{"pt":null,"pptr":null}`), &back), back.PT == nil, back.PPtr == nil)
}

// Output:
// {"t":{"c":1.0},"pt":{"c":21.6},"ptr":{},"pptr":null,"p":"1,2","by_p":{"1,1":{"c":0.0},"3,4":{"c":5.0}},"by_l":{"h":["m",{"c":21.6}],"l":null},"temps":[{"c":1.0},{"c":2.0}],"levels":["m","h"],"b":[1,"json"]} <nil>
// {"t":{"c":1.0},"pt":{"c":21.6},"ptr":5,"pptr":null,"p":"1,2","by_p":{"1,1":{"c":0.0},"3,4":{"c":5.0}},"by_l":{"h":["m",{"c":21.6}],"l":null},"temps":[{"c":1.0},{"c":2.0}],"levels":["m","h"],"b":[1,"json"]} <nil>
// [1] <nil>
// [1,null] <nil>
// {"k":{}} <nil>
// [{}] <nil>
// [3] <nil>
//  json: error calling MarshalJSON for type main.Bad: refused
//  json: error calling MarshalJSON for type main.Bad: unexpected end of JSON input
// {"x":"fine"} <nil>
//  json: encoding error for type "map[main.Point]int": "negative"
//  json: error calling MarshalText for type main.Point: negative
// <nil> 3 4.5 6 7 {8 9} map[{1 2}:1] map[2:[1 m]] [-1] [1 2]
// no temperature
// level "x"
// json: cannot unmarshal number into Go struct field All.p of type main.Point
// level "z"
// <nil> true true
