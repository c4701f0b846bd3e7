package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

func main() {
	var in struct {
		A int `json:"a"`
		B []struct{ C string }
	}
	d := json.NewDecoder(strings.NewReader(`{"a":1,"B":[{"C":"x"}],"z":1}`))
	d.DisallowUnknownFields()
	err := d.Decode(&in)
	fmt.Println(in.A, len(in.B), err)
	fmt.Println(json.Unmarshal([]byte(`{"a":"x"}`), &in))
}

// Output:
// 1 1 json: unknown field "z"
// json: cannot unmarshal string into Go struct field .a of type int
