package main

import (
	"encoding/json"
	"fmt"
)

type Tree struct {
	V    int     `json:"v"`
	Kids []*Tree `json:"kids,omitempty"`
}

func main() {
	t := &Tree{1, []*Tree{{2, nil}, {3, []*Tree{{4, nil}}}}}
	b, _ := json.Marshal(t)
	fmt.Println(string(b))
	var u Tree
	fmt.Println(json.Unmarshal(b, &u), u.Kids[1].Kids[0].V)
}

// Output:
// {"v":1,"kids":[{"v":2},{"v":3,"kids":[{"v":4}]}]}
// <nil> 4
