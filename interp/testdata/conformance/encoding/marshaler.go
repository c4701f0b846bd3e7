package main

import (
	"encoding/json"
	"fmt"
)

type T struct{ n int }

func (t T) MarshalJSON() ([]byte, error) { return json.Marshal(fmt.Sprintf("t%d", t.n)) }

type W struct {
	A T   `json:"a"`
	L []T `json:"l"`
}

func main() {
	b, err := json.Marshal(T{1})
	fmt.Println(string(b), err)
	b, err = json.Marshal(W{T{1}, []T{{2}}})
	fmt.Println(string(b), err)
}

// Output:
// "t1" <nil>
// {"a":"t1","l":["t2"]} <nil>
