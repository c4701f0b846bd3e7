package main

import (
	"encoding/json"
	"fmt"
)

type Page[T any] struct {
	Items []T `json:"items"`
	Total int `json:"total"`
}
type It struct {
	A int `json:"a"`
}

func main() {
	b, _ := json.Marshal(Page[It]{Items: []It{{1}}, Total: 1})
	fmt.Println(string(b))
	var p Page[It]
	fmt.Println(json.Unmarshal([]byte(`{"items":[{"a":4}],"total":2}`), &p), p.Items[0].A, p.Total)
}

// Output:
// {"items":[{"a":1}],"total":1}
// <nil> 4 2
