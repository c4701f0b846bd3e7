package gateway_test

import (
	"encoding/json"
	"fmt"
	"time"

	"gateway"
)

// order is a row as a database gives it.
var order = gateway.Row{
	Columns: []string{"id", "paid", "weight", "total", "note", "placed"},
	Values:  []any{int64(7), true, 1.25, gateway.Decimal("19.90"), nil, time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)},
}

func ExampleRow_Get() {
	fmt.Println(order.Get("id"), order.Get("note"), order.Get("nothing"))
	// Output: 7 <nil> <nil>
}

// Has tells a column that is NULL from one that is not there.
func ExampleRow_Has() {
	fmt.Println(order.Has("note"), order.Has("nothing"))
	// Output: true false
}

func ExampleRow_Text() {
	text, err := order.Text("total")
	fmt.Println(text, err)
	_, err = order.Text("nothing")
	fmt.Println(err)
	// Output:
	// 19.90 <nil>
	// a value of the database does not fit: there is no column "nothing"
}

func ExampleRow_Float() {
	fmt.Println(order.Float("weight"))
	// Output: 1.25 <nil>
}

func ExampleRow_Bool() {
	fmt.Println(order.Bool("paid"))
	// Output: true <nil>
}

func ExampleRow_Time() {
	placed, err := order.Time("placed")
	fmt.Println(placed.Format(time.DateOnly), err)
	// Output: 2026-01-02 <nil>
}

// Rows are a JSON array of objects whose fields are in the order of the columns.
func ExampleRows_MarshalJSON() {
	data, err := json.Marshal(gateway.Rows{order})
	fmt.Println(string(data), err)
	// Output: [{"id":7,"paid":true,"weight":1.25,"total":19.90,"note":null,"placed":"2026-01-02T00:00:00Z"}] <nil>
}

// A Decimal keeps every digit, which a float64 would not.
func ExampleDecimal() {
	var total = gateway.Decimal("12345678901234567890.10")
	fmt.Println(total)
	// Output: 12345678901234567890.10
}

// In JSON a Decimal is a number.
func ExampleDecimal_MarshalJSON() {
	data, err := json.Marshal(map[string]gateway.Decimal{"total": "19.90"})
	fmt.Println(string(data), err)
	// Output: {"total":19.90} <nil>
}
