package gateway

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"time"
)

// Row is one row of a query: its columns in the order selected, with values of
// their true types: int64, float64, [Decimal], bool, string, []byte, time.Time,
// json.RawMessage, or nil for NULL. As JSON it is an object with the columns in
// that order; []byte is base64 there, as everywhere in Go.
//
// Of columns with the same name the first is meant by that name.
type Row struct {
	Columns []string
	Values  []any
}

// Rows are the rows of a query. As JSON they are an array of objects, [] where
// there are none.
type Rows []Row

// Decimal is an exact decimal number as its digits. As JSON it is a number.
type Decimal string

// Get is the value of a column, or nil where it is NULL or there is no such
// column.
func (r Row) Get(column string) any {
	if i := slices.Index(r.Columns, column); i >= 0 {
		return r.Values[i]
	}
	return nil
}

// Has reports whether there is such a column.
func (r Row) Has(column string) bool { return slices.Contains(r.Columns, column) }

// Map gives the values by column.
func (r Row) Map() map[string]any {
	m := make(map[string]any, len(r.Columns))
	for i, column := range slices.Backward(r.Columns) {
		m[column] = r.Values[i]
	}
	return m
}

// Text is the value of a column as text; "" where it is NULL. Like Int, Float,
// Bool and Time it fails with [ErrSerialization] where there is no such column or
// its value cannot be taken for one of the wanted type.
func (r Row) Text(column string) (string, error) { return columnAs[string](r, column) }

// Int is the value of a column as a whole number; 0 where it is NULL. A number
// with decimals and one too large fail.
func (r Row) Int(column string) (int64, error) { return columnAs[int64](r, column) }

// Float is the value of a column as a floating-point number; 0 where it is NULL.
func (r Row) Float(column string) (float64, error) { return columnAs[float64](r, column) }

// Bool is the value of a column as a boolean; false where it is NULL. Backends
// without booleans keep 0 and 1.
func (r Row) Bool(column string) (bool, error) { return columnAs[bool](r, column) }

// Time is the value of a column as a time; the zero time where it is NULL.
func (r Row) Time(column string) (time.Time, error) { return columnAs[time.Time](r, column) }

func columnAs[T any](r Row, column string) (T, error) {
	var value T
	i := slices.Index(r.Columns, column)
	if i < 0 {
		return value, scanError(fmt.Errorf("there is no column %q", column))
	}
	if err := assign(reflect.ValueOf(&value).Elem(), r.Values[i]); err != nil {
		return value, scanError(fmt.Errorf("column %q: %w", column, err))
	}
	return value, nil
}

// Scan fills v, a pointer to a struct, from the columns. A column goes into the
// field whose db tag names it, else whose json tag does, else whose name is the
// same without regard to case and underscores: user_id goes into UserID. Fields of
// embedded structs count as the struct's own. Columns without a field and fields
// without a column are left alone; a field tagged db:"-" takes no column.
//
// NULL makes a pointer nil and anything else its zero value. Numbers, text, times
// and booleans convert where nothing is lost; text that is JSON fills structs,
// maps and slices; types with a Scan(any) error or UnmarshalText method do it
// themselves. What does not fit is [ErrSerialization] and names the column.
//
// v may also be a pointer to a map[string]any, and for a row of one column a
// pointer to a value of its type.
func (r Row) Scan(v any) error {
	target, err := scanTarget(v)
	if err != nil {
		return err
	}
	return planFor(target.Type(), r.Columns).scan(target, r)
}

// Scan fills v, a pointer to a slice of structs or of pointers to structs, with
// all rows as [Row.Scan] does. The slice's former elements are dropped.
func (rs Rows) Scan(v any) error {
	list, err := scanTarget(v)
	if err != nil {
		return err
	}
	if list.Kind() != reflect.Slice {
		return scanError(fmt.Errorf("want a pointer to a slice, not %s", reflect.TypeOf(v)))
	}
	element := list.Type().Elem()
	result := reflect.MakeSlice(list.Type(), len(rs), len(rs))
	var plan scanPlan
	for i, row := range rs {
		target := result.Index(i)
		if element.Kind() == reflect.Pointer && element.Elem().Kind() == reflect.Struct {
			target.Set(reflect.New(element.Elem()))
			target = target.Elem()
		}
		if i == 0 || !slices.Equal(row.Columns, rs[i-1].Columns) {
			plan = planFor(target.Type(), row.Columns)
		}
		if err := plan.scan(target, row); err != nil {
			return err
		}
	}
	list.Set(result)
	return nil
}

// MarshalJSON encodes the row as an object in column order.
func (r Row) MarshalJSON() ([]byte, error) {
	var buf bytes.Buffer
	buf.WriteByte('{')
	for i, column := range r.Columns {
		if slices.Index(r.Columns, column) < i {
			continue
		}
		if i > 0 {
			buf.WriteByte(',')
		}
		name, err := json.Marshal(column)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(r.Values[i])
		if err != nil {
			return nil, fmt.Errorf("column %q: %w", column, err)
		}
		buf.Write(name)
		buf.WriteByte(':')
		buf.Write(value)
	}
	buf.WriteByte('}')
	return buf.Bytes(), nil
}

// MarshalJSON encodes the rows as an array.
func (rs Rows) MarshalJSON() ([]byte, error) {
	if rs == nil {
		return []byte("[]"), nil
	}
	return json.Marshal([]Row(rs))
}

// MarshalJSON encodes the decimal as a JSON number with all its digits. What JSON
// has no number for, such as NaN, is encoded as text.
func (d Decimal) MarshalJSON() ([]byte, error) {
	if !json.Valid([]byte(d)) {
		return json.Marshal(string(d))
	}
	return json.Marshal(json.Number(d))
}
