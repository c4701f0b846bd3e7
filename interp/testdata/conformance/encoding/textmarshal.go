package main

import (
	"encoding/json"
	"fmt"
)

type Lvl int

func (l Lvl) MarshalText() ([]byte, error) { return []byte(fmt.Sprintf("L%d", int(l))), nil }
func main()                                { b, err := json.Marshal(map[string]Lvl{"a": 2}); fmt.Println(string(b), err) }

// Output:
// {"a":"L2"} <nil>
