package main

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
)

type Shape struct {
	Kind string
	Data any
	Raw  json.RawMessage
	Num  json.Number
	Opt  *json.RawMessage
}

func describe(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool, string:
		return fmt.Sprintf("%T(%v)", v, v)
	case float64:
		return fmt.Sprintf("num(%g)", v)
	case json.Number:
		i, err := v.Int64()
		f, _ := v.Float64()
		return fmt.Sprintf("number(%s %d %v %g)", v, i, err != nil, f)
	case []any:
		var parts []string
		for _, e := range v {
			parts = append(parts, describe(e))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case map[string]any:
		var parts []string
		for k, e := range v {
			parts = append(parts, k+":"+describe(e))
		}
		slices.Sort(parts)
		return "{" + strings.Join(parts, " ") + "}"
	}
	return fmt.Sprintf("?%T", v)
}

func main() {
	const text = `{"a":[1,2.5,-3e2,null,true,"s"],"b":{"c":{}},"big":12345678901234567890,"id":9007199254740993}`
	var v any
	fmt.Println(json.Unmarshal([]byte(text), &v), describe(v))
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	fmt.Println(d.Decode(&v), describe(v))
	out, _ := json.Marshal(v)
	fmt.Println(string(out) == text)
	var s Shape
	err := json.Unmarshal([]byte(`{"kind":"k","data":{"x":[1]},"raw": {"keep" : "spaces"} ,"num":1e3,"opt":null}`), &s)
	fmt.Println(err, describe(s.Data), string(s.Raw), s.Num, s.Opt == nil)
	s.Raw = nil
	s.Num = ""
	out, err = json.Marshal(s)
	fmt.Println(string(out), err)
	s.Num = "not a number"
	_, err = json.Marshal(s)
	fmt.Println(err)
	type point struct{ X, Y int }
	var target any = &point{1, 2}
	fmt.Println(json.Unmarshal([]byte(`{"X":5}`), target), target.(*point))
	holder := struct{ V any }{&point{7, 8}}
	fmt.Println(json.Unmarshal([]byte(`{"V":{"Y":9}}`), &holder), *holder.V.(*point))
	holder.V = point{7, 8}
	fmt.Println(json.Unmarshal([]byte(`{"V":{"Y":9}}`), &holder), describe(holder.V))
	arr := [2]int{7, 7}
	sl := []int{1, 2, 3, 4}
	m := map[string]point{"a": {1, 1}}
	fmt.Println(json.Unmarshal([]byte(`[1,2,3]`), &arr), json.Unmarshal([]byte(`[9]`), &sl), json.Unmarshal([]byte(`{"a":{"X":2},"b":{}}`), &m), arr, sl, m)
	fmt.Println(json.Unmarshal([]byte(`[]`), &arr), arr, json.Unmarshal([]byte(`null`), &sl), sl == nil)
	ints := map[int8]string{}
	fmt.Println(json.Unmarshal([]byte(`{"1":"a","-2":"b"}`), &ints), ints, json.Unmarshal([]byte(`{"300":""}`), &ints))
	for _, f := range []float64{0, 1, 1e20, 1e21, 1.0 / 3, 1e-6, 1e-7, math.MaxFloat64, -0.0} {
		out, _ := json.Marshal(f)
		fmt.Print(string(out), " ")
	}
	f32, _ := json.Marshal([]float32{0.1, 16777216, 3.4e38})
	fmt.Println(string(f32))
	for _, bad := range []any{math.NaN(), math.Inf(-1), make(chan int), func() {}, map[point]int{{}: 1}, complex(1, 2), struct{ F func() }{}} {
		_, err := json.Marshal(bad)
		fmt.Println(err)
	}
}

// Output:
// <nil> {a:[num(1) num(2.5) num(-300) null bool(true) string(s)] b:{c:{}} big:num(1.2345678901234567e+19) id:num(9.007199254740992e+15)}
// <nil> {a:[number(1 1 false 1) number(2.5 0 true 2.5) number(-3e2 0 true -300) null bool(true) string(s)] b:{c:{}} big:number(12345678901234567890 9223372036854775807 true 1.2345678901234567e+19) id:number(9007199254740993 9007199254740993 false 9.007199254740992e+15)}
// true
// <nil> {x:[num(1)]} {"keep" : "spaces"} 1e3 true
// {"Kind":"k","Data":{"x":[1]},"Raw":null,"Num":0,"Opt":null} <nil>
// json: invalid number literal "not a number"
// <nil> &{5 2}
// <nil> {7 9}
// <nil> {Y:num(9)}
// <nil> <nil> <nil> [1 2] [9] map[a:{2 0} b:{0 0}]
// <nil> [0 0] <nil> true
// <nil> map[-2:b 1:a] json: cannot unmarshal number 300 into Go value of type int8
// 0 1 100000000000000000000 1e+21 0.3333333333333333 0.000001 1e-7 1.7976931348623157e+308 0 [0.1,16777216,3.4e+38]
// json: unsupported value: NaN
// json: unsupported value: -Inf
// json: unsupported type: chan int
// json: unsupported type: func()
// json: unsupported type: map[main.point]int
// json: unsupported type: complex128
// json: unsupported type: func()
