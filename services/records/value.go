package records

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"gateway"
)

// encode makes a record of what a handler gives, with plain values that share
// nothing with it. An id in it must be the record's.
func encode(id string, v any) (gateway.Record, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, gateway.ErrBadRequest.Newf("the record cannot be encoded as JSON: %v", err)
	}
	record, err := decode(data)
	if err != nil {
		return nil, gateway.ErrBadRequest.New("a record is a JSON object")
	}
	if own, ok := record["id"]; ok && own != nil && text(own) != id && own != "" {
		return nil, gateway.ErrBadRequest.Newf("the record has the id %v, but %q was asked for", own, id)
	}
	record["id"] = id
	return record, nil
}

// decode makes a record of JSON.
func decode(data []byte) (gateway.Record, error) {
	v, err := decodeJSON(data)
	if err != nil {
		return nil, err
	}
	record, ok := v.(map[string]any)
	if !ok {
		return nil, errors.New("not a JSON object")
	}
	return record, nil
}

// decodeJSON makes a plain value of JSON.
func decodeJSON(data []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, errors.New("more than one JSON value")
	}
	return plain(v), nil
}

// plain replaces the numbers in a decoded value.
func plain(v any) any {
	switch v := v.(type) {
	case json.Number:
		return number(v.String())
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = plain(v[k])
		}
	}
	return v
}

// number gives the type that holds a number.
func number(digits string) any {
	if i, err := strconv.ParseInt(digits, 10, 64); err == nil {
		return i
	}
	if f, err := strconv.ParseFloat(digits, 64); err == nil && strings.ContainsAny(digits, ".eE") {
		return f
	}
	return gateway.Decimal(digits)
}

// text is a simple value as text.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	default:
		return fmt.Sprint(v)
	}
}

// condition is one field of a filter with a plain value.
type condition struct {
	field string
	value any // string, bool, int64, float64, Decimal or nil
}

// conditions checks a filter. Their order is that of the fields' names, so that
// equal filters are equal statements.
func conditions(filter map[string]any) ([]condition, error) {
	var all []condition
	for _, field := range sortedKeys(filter) {
		data, err := json.Marshal(filter[field])
		if err != nil {
			return nil, gateway.ErrBadRequest.Newf("filter on %s: %v", field, err)
		}
		value, err := decodeJSON(data)
		if err != nil {
			return nil, gateway.ErrBadRequest.Newf("filter on %s: %v", field, err)
		}
		switch value.(type) {
		case []any, map[string]any:
			return nil, gateway.ErrBadRequest.Newf("filter on %s: want a text, number, boolean or nil", field)
		}
		all = append(all, condition{field, value})
	}
	return all, nil
}

// matches reports whether a record has the values of all conditions. A text also
// equals the number or boolean that it writes: filters come from query strings.
func matches(record gateway.Record, all []condition) bool {
	for _, c := range all {
		value := record[c.field]
		if equal(value, c.value) {
			continue
		}
		if wanted, ok := c.value.(string); ok && scalar(value) && text(value) == wanted {
			continue
		}
		return false
	}
	return true
}

func scalar(v any) bool {
	switch v.(type) {
	case bool, int64, float64, gateway.Decimal:
		return true
	}
	return false
}

func equal(a, b any) bool {
	if rank(a) != rank(b) || rank(a) > rankText {
		return false
	}
	return compare(a, b) == 0
}

// Ranks order values of different types.
const (
	rankNil = iota
	rankBool
	rankNumber
	rankText
	rankOther
)

func rank(v any) int {
	switch v.(type) {
	case nil:
		return rankNil
	case bool:
		return rankBool
	case int64, float64, gateway.Decimal:
		return rankNumber
	case string:
		return rankText
	default:
		return rankOther
	}
}

// compare orders values: nil first, then booleans, numbers, texts by bytes, and
// lists and maps as JSON.
func compare(a, b any) int {
	if c := cmp.Compare(rank(a), rank(b)); c != 0 {
		return c
	}
	switch rank(a) {
	case rankNil:
		return 0
	case rankBool:
		x, y := a.(bool), b.(bool)
		switch {
		case x == y:
			return 0
		case y:
			return -1
		default:
			return 1
		}
	case rankNumber:
		return compareNumbers(a, b)
	case rankText:
		return strings.Compare(a.(string), b.(string))
	default:
		x, _ := json.Marshal(a)
		y, _ := json.Marshal(b)
		return bytes.Compare(x, y)
	}
}

func compareNumbers(a, b any) int {
	x, xOK := a.(int64)
	y, yOK := b.(int64)
	if xOK && yOK {
		return cmp.Compare(x, y)
	}
	return cmp.Compare(float(a), float(b))
}

func float(v any) float64 {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case float64:
		return v
	default:
		f, _ := strconv.ParseFloat(text(v), 64)
		return f
	}
}
