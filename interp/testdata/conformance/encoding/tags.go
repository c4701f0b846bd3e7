package main

import (
	"encoding/json"
	"fmt"
	"time"
)

type Base struct {
	ID      int       `json:"id"`
	Created time.Time `json:"created"`
}
type Addr struct {
	Street string  `json:"street,omitempty"`
	Zip    *string `json:"zip,omitempty"`
}
type U struct {
	Base
	Name  string          `json:"name"`
	Addr  Addr            `json:"addr"`
	Raw   json.RawMessage `json:"raw,omitempty"`
	Skip  string          `json:"-"`
	N     int             `json:",string"`
	M     map[string]any  `json:"m"`
	L     []Addr          `json:"l"`
	P     *Addr           `json:"p"`
	unexp int
}

func main() {
	u := U{Base: Base{1, time.Unix(0, 0).UTC()}, Name: "n", Raw: json.RawMessage(`{"a":1}`), N: 5}
	b, err := json.Marshal(u)
	fmt.Println(string(b), err)
	var v U
	err = json.Unmarshal([]byte(`{"id":3,"created":"2024-01-02T03:04:05Z","name":"x","addr":{"street":"s","zip":"1"},"raw":[1, 2],"N":"7","m":{"k":[1,"a",null]},"l":[{"street":"q"}],"p":{}}`), &v)
	fmt.Println(v.ID, v.Created, v.Name, v.Addr.Street, *v.Addr.Zip, string(v.Raw), v.N, v.M, v.L[0].Street, v.P != nil, err)
}

// Output:
// {"id":1,"created":"1970-01-01T00:00:00Z","name":"n","addr":{},"raw":{"a":1},"N":"5","m":null,"l":null,"p":null} <nil>
// 3 2024-01-02 03:04:05 +0000 UTC x s 1 [1, 2] 7 map[k:[1 a <nil>]] q true <nil>
