package sql

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"time"

	"gateway"
)

// normalize gives arguments as what drivers take: nil, string, bool, int64,
// float64, []byte, time.Time, gateway.Decimal, json.RawMessage, and slices of
// string, int64, float64 and bool for backends that have arrays. What it gives
// shares no memory with args that a handler could change, byte slices aside: it is
// used in another goroutine.
func normalize(args []any) ([]any, error) {
	out := make([]any, len(args))
	for i, arg := range args {
		v, err := value(arg)
		if err != nil {
			return nil, gateway.ErrDatabase.Wrap(fmt.Errorf("argument %d: %w", i+1, err), "database: an argument cannot be used")
		}
		out[i] = v
	}
	return out, nil
}

func value(arg any) (any, error) {
	switch v := arg.(type) {
	case nil, string, bool, int64, []byte, time.Time, gateway.Decimal, json.RawMessage:
		return v, nil
	case int:
		return int64(v), nil
	case float64:
		return v, nil
	case json.Number:
		return gateway.Decimal(v), nil
	case driver.Valuer:
		if rv := reflect.ValueOf(v); rv.Kind() == reflect.Pointer && rv.IsNil() {
			return nil, nil
		}
		inner, err := v.Value()
		if err != nil {
			return nil, err
		}
		if _, again := inner.(driver.Valuer); again {
			return nil, fmt.Errorf("%T gives no plain value", v)
		}
		return value(inner)
	}
	v := reflect.ValueOf(arg)
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil, nil
		}
		if v.Elem().Kind() != reflect.Struct || v.Elem().Type() == reflect.TypeFor[time.Time]() {
			return value(v.Elem().Interface())
		}
	case reflect.String:
		return v.String(), nil
	case reflect.Bool:
		return v.Bool(), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int(), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if u := v.Uint(); u > math.MaxInt64 {
			return gateway.Decimal(strconv.FormatUint(u, 10)), nil
		} else {
			return int64(u), nil
		}
	case reflect.Float32:
		// The shortest text of the float32 is what was meant: 0.1, not 0.10000000149.
		return strconv.ParseFloat(strconv.FormatFloat(v.Float(), 'g', -1, 32), 64)
	case reflect.Float64:
		return v.Float(), nil
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return v.Bytes(), nil
		}
		if list, ok := plainSlice(v); ok {
			return list, nil
		}
	case reflect.Map:
		if v.IsNil() {
			return nil, nil
		}
	}
	data, err := json.Marshal(arg)
	if err != nil {
		return nil, err
	}
	return json.RawMessage(data), nil
}

// plainSlice copies a slice of plain values.
func plainSlice(v reflect.Value) (any, bool) {
	switch v.Type().Elem().Kind() {
	case reflect.String:
		return copySlice(v, reflect.Value.String), true
	case reflect.Bool:
		return copySlice(v, reflect.Value.Bool), true
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return copySlice(v, reflect.Value.Int), true
	case reflect.Float32, reflect.Float64:
		return copySlice(v, reflect.Value.Float), true
	default:
		return nil, false
	}
}

func copySlice[T any](v reflect.Value, get func(reflect.Value) T) []T {
	list := make([]T, v.Len())
	for i := range list {
		list[i] = get(v.Index(i))
	}
	return list
}

// replaceArrays makes arguments fit for backends that have no arrays: as JSON text.
func replaceArrays(args []any) error {
	for i, arg := range args {
		switch v := arg.(type) {
		case gateway.Decimal:
			args[i] = string(v)
		case json.RawMessage:
			args[i] = string(v)
		case []string, []int64, []float64, []bool:
			data, err := json.Marshal(v)
			if err != nil {
				return err
			}
			args[i] = string(data)
		}
	}
	return nil
}
