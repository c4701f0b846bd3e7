package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

type T struct{ s string }

func (t *T) UnmarshalJSON(b []byte) error { t.s = "U" + strings.Trim(string(b), `"`); return nil }

type W struct {
	A T
	L []T
}

func main() {
	var t T
	err := json.Unmarshal([]byte(`"x"`), &t)
	fmt.Println(t.s, err)
	var w W
	err = json.Unmarshal([]byte(`{"A":"q","L":["z"]}`), &w)
	fmt.Println(w.A.s, len(w.L), err)
}

// Output:
// Ux <nil>
// Uq 1 <nil>
