package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

type Level int

const (
	Low Level = iota
	High
)

func (l Level) MarshalText() ([]byte, error) { return []byte([]string{"low", "high"}[l]), nil }
func (l *Level) UnmarshalText(b []byte) error {
	switch string(b) {
	case "low":
		*l = Low
	case "high":
		*l = High
	default:
		return fmt.Errorf("unknown level %q", b)
	}
	return nil
}

type Money struct{ cents int64 }

func (m Money) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, `"%d.%02d"`, m.cents/100, m.cents%100), nil
}
func (m *Money) UnmarshalJSON(b []byte) error {
	var whole, cents int64
	if _, err := fmt.Sscanf(strings.Trim(string(b), `"`), "%d.%d", &whole, &cents); err != nil {
		return fmt.Errorf("money: %w", err)
	}
	m.cents = whole*100 + cents
	return nil
}

type Base struct {
	ID     int `json:"id"`
	secret string
}

type Order struct {
	Base
	Total    Money           `json:"total"`
	Level    Level           `json:"level"`
	ByLevel  map[Level]int   `json:"by_level"`
	Notes    []string        `json:"notes,omitempty"`
	Parent   *Order          `json:"parent,omitempty"`
	Raw      json.RawMessage `json:"raw"`
	Anything any             `json:"anything"`
	When     time.Time       `json:"when"`
	Skipped  string          `json:"-"`
	Dash     int             `json:"-,"`
	Quoted   int             `json:",string"`
	Zero     time.Time       `json:"zero,omitzero"`
	private  int
}

func main() {
	o := Order{Base: Base{ID: 1, secret: "s"}, Total: Money{1999}, Level: High, ByLevel: map[Level]int{Low: 1, High: 2},
		Parent: &Order{Base: Base{ID: 2}}, Raw: json.RawMessage(`{"x":[1]}`), Anything: []any{1, "a", nil, Money{5}},
		When: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Skipped: "no", Dash: 3, Quoted: 4, private: 9}
	o.Parent.Raw = json.RawMessage("null")
	b, err := json.Marshal(o)
	fmt.Println(string(b), err)
	var back Order
	err = json.Unmarshal(b, &back)
	fmt.Println(err, back.ID, back.Total, back.Level, back.ByLevel, back.Parent.ID, string(back.Raw), back.Anything, back.When, back.Dash, back.Quoted)
	fmt.Println(json.Unmarshal([]byte(`{"level":"middle"}`), &back))
	fmt.Println(json.Unmarshal([]byte(`{"total":"x"}`), &back))
	fmt.Println(json.Unmarshal([]byte(`{"id":"x"}`), &back))
	dec := json.NewDecoder(strings.NewReader(`{"id":1,"unknown":2}`))
	dec.DisallowUnknownFields()
	fmt.Println(dec.Decode(&back))
}

// Output:
// {"id":1,"total":"19.99","level":"high","by_level":{"high":2,"low":1},"parent":{"id":2,"total":"0.00","level":"low","by_level":null,"raw":null,"anything":null,"when":"0001-01-01T00:00:00Z","-":0,"Quoted":"0"},"raw":{"x":[1]},"anything":[1,"a",null,"0.05"],"when":"2026-01-02T03:04:05Z","-":3,"Quoted":"4"} <nil>
// <nil> 1 {1999} 1 map[0:1 1:2] 2 {"x":[1]} [1 a <nil> 0.05] 2026-01-02 03:04:05 +0000 UTC 3 4
// unknown level "middle"
// money: expected integer
// json: cannot unmarshal string into Go struct field Order.Base.id of type int
// json: unknown field "unknown"
