package main

import (
	"encoding/json"
	"fmt"
	"time"
)

type Plain struct {
	Exported   int
	unexported int
	Renamed    string `json:"new_name"`
	Skipped    string `json:"-"`
	Dash       string `json:"-,"`
	OnlyOpts   string `json:",omitempty"`
	BadTag     int    `json:"has \"quote\""`
	Unicode    string `json:"ключ"`
	Symbols    bool   `json:"a.b/c$%"`
}

type Empties struct {
	Int     int               `json:"int,omitempty"`
	Str     string            `json:"str,omitempty"`
	Slice   []int             `json:"slice,omitempty"`
	Map     map[string]int    `json:"map,omitempty"`
	Ptr     *int              `json:"ptr,omitempty"`
	Arr     [0]int            `json:"arr,omitempty"`
	Arr1    [1]int            `json:"arr1,omitempty"`
	Struct  struct{ X int }   `json:"struct,omitempty"`
	Any     any               `json:"any,omitempty"`
	Time    time.Time         `json:"time,omitempty"`
	ZeroT   time.Time         `json:"zerot,omitzero"`
	ZeroS   struct{ X int }   `json:"zeros,omitzero"`
	ZeroV   Version           `json:"zerov,omitzero"`
	Both    []string          `json:"both,omitempty,omitzero"`
	Strings map[string]string `json:"strings,omitzero"`
}

type Version struct{ Major, Minor int }

func (v Version) IsZero() bool { return v.Major == 0 }

type Quoted struct {
	N    int      `json:"n,string"`
	F    float64  `json:",string"`
	B    bool     `json:"b,string"`
	S    string   `json:"s,string"`
	P    *int64   `json:"p,string"`
	List []int    `json:"list,string"`
	K    Kind     `json:"k,string"`
	U    *Version `json:"u"`
}

type Kind uint8

func show(v any) {
	b, err := json.Marshal(v)
	fmt.Println(string(b), err)
}

func main() {
	show(Plain{1, 2, "r", "s", "d", "", 3, "u", true})
	show(Empties{})
	show(Empties{Int: 1, Str: "s", Slice: []int{}, Map: map[string]int{"a": 0}, Ptr: new(int), Any: 0, ZeroV: Version{0, 5}, Both: []string{}, Strings: map[string]string{}})
	show(Empties{ZeroV: Version{1, 0}, Any: []int(nil), Slice: []int{0}})
	n := int64(9)
	show(Quoted{1, 2.5, true, "q\"", &n, []int{1}, 7, nil})
	var q Quoted
	fmt.Println(json.Unmarshal([]byte(`{"n":"12","F":"-1.5","b":"false","s":"\"in\"","p":"77","k":"3","u":{"major":4}}`), &q), q.N, q.F, q.B, q.S, *q.P, q.K, *q.U)
	fmt.Println(json.Unmarshal([]byte(`{"n":12}`), &q))
	fmt.Println(json.Unmarshal([]byte(`{"b":"maybe"}`), &q))
	var p Plain
	err := json.Unmarshal([]byte(`{"EXPORTED":5,"unexported":6,"Renamed":"no","NEW_NAME":"yes","Skipped":"no","-":"dash","ключ":"у","a.b/c$%":true,"extra":[1,{}]}`), &p)
	fmt.Printf("%+v %v\n", p, err)
	p.Exported = 100
	err = json.Unmarshal([]byte(`{"exported":null,"new_name":null,"Exported":1,"eXported":2}`), &p)
	fmt.Println(p.Exported, p.Renamed, err)
}

// Output:
// {"Exported":1,"new_name":"r","-":"d","BadTag":3,"ключ":"u","a.b/c$%":true} <nil>
// {"arr1":[0],"struct":{"X":0},"time":"0001-01-01T00:00:00Z"} <nil>
// {"int":1,"str":"s","map":{"a":0},"ptr":0,"arr1":[0],"struct":{"X":0},"any":0,"time":"0001-01-01T00:00:00Z","strings":{}} <nil>
// {"slice":[0],"arr1":[0],"struct":{"X":0},"any":null,"time":"0001-01-01T00:00:00Z","zerov":{"Major":1,"Minor":0}} <nil>
// {"n":"1","F":"2.5","b":"true","s":"\"q\\\"\"","p":"9","list":[1],"k":"7","u":null} <nil>
// <nil> 12 -1.5 false in 77 3 {4 0}
// json: invalid use of ,string struct tag, trying to unmarshal unquoted value into int
// json: invalid use of ,string struct tag, trying to unmarshal "maybe" into bool
// {Exported:5 unexported:0 Renamed:yes Skipped: Dash:dash OnlyOpts: BadTag:0 Unicode:у Symbols:true} <nil>
// 2 yes <nil>
