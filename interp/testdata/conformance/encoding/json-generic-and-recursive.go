package main

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"net/url"
	"time"
)

type Response[T any] struct {
	Data  T         `json:"data"`
	Meta  *Meta     `json:"meta,omitempty"`
	Links []Link[T] `json:"links"`
}

type Meta struct {
	Page  int       `json:"page"`
	At    time.Time `json:"at"`
	Parts [2]uint8  `json:"parts"`
	Bytes []byte    `json:"bytes"`
	U8s   []U8      `json:"u8s"`
}

type U8 uint8

type Link[T any] struct {
	Rel  string `json:"rel"`
	Item *T     `json:"item,omitempty"`
}

type Tree struct {
	Value any              `json:"value"`
	Kids  []*Tree          `json:"kids,omitempty"`
	Index map[string]*Tree `json:"index,omitempty"`
}

type Matrix [2][2]float64

type Dict map[string]Dict

type List []List

type Pair[A, B any] struct {
	A A
	B B
}

func (p Pair[A, B]) MarshalJSON() ([]byte, error) { return json.Marshal([2]any{p.A, p.B}) }

func (p *Pair[A, B]) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, &[]any{&p.A, &p.B})
}

func Decode[T any](text string) (v T, err error) {
	err = json.Unmarshal([]byte(text), &v)
	return
}

func show(v any) {
	b, err := json.Marshal(v)
	fmt.Println(string(b), err)
}

func main() {
	at := time.Date(2024, 2, 29, 23, 59, 59, 500_000_000, time.FixedZone("", -3*3600))
	n := 5
	show(Response[int]{Data: 3, Meta: &Meta{1, at, [2]uint8{1, 2}, []byte{1, 2, 255}, []U8{3, 4}}, Links: []Link[int]{{"self", &n}}})
	show(Response[map[string][]Pair[int, bool]]{Data: map[string][]Pair[int, bool]{"k": {{1, true}}}})
	show(Tree{Value: 1, Kids: []*Tree{{Value: "a"}, nil}, Index: map[string]*Tree{"b": {}, "a": {Value: []int{}}}})
	show(Matrix{{1, 2}, {3.5}})
	show(Dict{"a": {"b": nil, "c": {}}})
	show(List{{}, {{}, nil}})
	r, err := Decode[Response[[]Pair[string, int]]](`{"data":[["x",1],["y",2]],"meta":{"at":"2020-01-02T03:04:05Z","bytes":"AQID","u8s":"CQ==","parts":[7]}}`)
	fmt.Println(r.Data, r.Meta.At.Year(), r.Meta.Bytes, r.Meta.U8s, r.Meta.Parts, err)
	t, err := Decode[Tree](`{"value":{"k":[1]},"kids":[{"kids":[{"value":null}]},null],"index":{"x":{"value":"deep"}}}`)
	fmt.Println(t.Value, len(t.Kids), t.Kids[0].Kids[0].Value, t.Kids[1] == nil, t.Index["x"].Value, err)
	d, err := Decode[Dict](`{"a":{"b":{"c":null}}}`)
	fmt.Println(d, err, d["a"]["b"]["c"] == nil)
	l, err := Decode[List](`[[],[[]],null]`)
	fmt.Println(l, err, len(l))
	p, err := Decode[Pair[Pair[int, string], *float64]](`[[1,"in"],2.5]`)
	fmt.Println(p.A, *p.B, err)
	_, err = Decode[Pair[int, string]](`["x","y"]`)
	fmt.Println(err)
	u, _ := url.Parse("https://example.org/a?b=c")
	show(struct {
		URL  *url.URL
		IP   netip.Addr
		Dur  time.Duration
		Day  time.Weekday
		Zero time.Time
	}{URL: u, IP: netip.MustParseAddr("10.0.0.1"), Dur: time.Second, Day: time.Friday})
	when, err := Decode[struct{ T time.Time }](`{"T":"yesterday"}`)
	fmt.Println(when.T.IsZero(), err)
}

// Output:
// {"data":3,"meta":{"page":1,"at":"2024-02-29T23:59:59.5-03:00","parts":[1,2],"bytes":"AQL/","u8s":"AwQ="},"links":[{"rel":"self","item":5}]} <nil>
// {"data":{"k":[[1,true]]},"links":null} <nil>
// {"value":1,"kids":[{"value":"a"},null],"index":{"a":{"value":[]},"b":{"value":null}}} <nil>
// [[1,2],[3.5,0]] <nil>
// {"a":{"b":null,"c":{}}} <nil>
// [[],[[],null]] <nil>
// [{x 1} {y 2}] 2020 [1 2 3] [9] [7 0] <nil>
// map[k:[1]] 2 <nil> true deep <nil>
// map[a:map[b:map[c:map[]]]] <nil> true
// [[] [[]] []] <nil> 3
// {1 in} 2.5 <nil>
// json: cannot unmarshal string into Go value of type int
// {"URL":{"Scheme":"https","Opaque":"","User":null,"Host":"example.org","Path":"/a","Fragment":"","RawQuery":"b=c","RawPath":"","RawFragment":"","ForceQuery":false,"OmitHost":false},"IP":"10.0.0.1","Dur":1000000000,"Day":5,"Zero":"0001-01-01T00:00:00Z"} <nil>
// true parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"
