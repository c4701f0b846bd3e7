package gateway

import (
	"bytes"
	"encoding/json"
	"slices"
)

// Row is one row of a query: its columns in the order selected, with values of
// their true types: int64, float64, [Decimal], bool, string, []byte, time.Time,
// json.RawMessage, or nil for NULL. As JSON it is an object with the columns in
// that order.
type Row struct {
	Columns []string
	Values  []any
}

// Rows are the rows of a query. As JSON they are an array of objects.
type Rows []Row

// Decimal is an exact decimal number as its digits. As JSON it is a number.
type Decimal string

// Get is the value of a column, or nil where there is no such column.
func (r Row) Get(column string) any {
	if i := slices.Index(r.Columns, column); i >= 0 {
		return r.Values[i]
	}
	return nil
}

// MarshalJSON encodes the row as an object in column order.
func (r Row) MarshalJSON() ([]byte, error) {
	var buf bytes.Buffer
	buf.WriteByte('{')
	for i, column := range r.Columns {
		if i > 0 {
			buf.WriteByte(',')
		}
		name, err := json.Marshal(column)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(r.Values[i])
		if err != nil {
			return nil, err
		}
		buf.Write(name)
		buf.WriteByte(':')
		buf.Write(value)
	}
	buf.WriteByte('}')
	return buf.Bytes(), nil
}

// MarshalJSON encodes the decimal as a JSON number with all its digits.
func (d Decimal) MarshalJSON() ([]byte, error) { return json.Marshal(json.Number(d)) }
