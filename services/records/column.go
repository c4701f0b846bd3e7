package records

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"gateway"
)

// kind is what a column holds, as far as records care.
type kind int

const (
	textual kind = iota // texts, and lists and maps as JSON
	jsonKind
	integer
	fractional // floats and decimals
	boolean
	temporal
	binary
	uuid
	other // what the database makes of texts: addresses, intervals, …
)

// kindOf classifies a column's type as its database writes it.
func kindOf(typ string) kind {
	typ = strings.ToLower(strings.TrimSpace(typ))
	name, _, _ := strings.Cut(typ, "(")
	name = strings.TrimSpace(name)
	switch {
	case typ == "tinyint(1)":
		return boolean
	case name == "uuid":
		return uuid
	case strings.HasPrefix(name, "json"):
		return jsonKind
	case strings.HasPrefix(name, "bool"):
		return boolean
	case strings.HasPrefix(name, "date"), strings.HasPrefix(name, "timestamp"):
		return temporal
	case strings.HasPrefix(name, "interval"), name == "point":
		return other
	case strings.Contains(name, "int"), name == "serial", name == "bigserial", name == "year":
		return integer
	case strings.Contains(name, "real"), strings.Contains(name, "floa"), strings.Contains(name, "doub"), strings.Contains(name, "dec"), strings.Contains(name, "numeric"):
		return fractional
	case strings.Contains(name, "blob"), strings.Contains(name, "binary"), name == "bytea":
		return binary
	case name == "", strings.Contains(name, "char"), strings.Contains(name, "text"), strings.Contains(name, "clob"), name == "enum", name == "set", name == "string":
		return textual
	default:
		return other
	}
}

// column is a column of a table.
type column struct {
	name string
	kind kind
}

// argument gives the argument of a statement for a plain value.
func (c column) argument(v any) (any, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case []any, map[string]any:
		if c.kind != textual && c.kind != jsonKind {
			return nil, gateway.ErrValidation.Newf("field %s: the column holds no lists or objects", c.name)
		}
		return jsonText(v)
	case string:
		return c.textArgument(v)
	case bool:
		switch c.kind {
		case textual:
			return strconv.FormatBool(v), nil
		case jsonKind:
			return jsonText(v)
		case boolean:
			return v, nil
		default:
			return nil, gateway.ErrValidation.Newf("field %s: the column holds no booleans", c.name)
		}
	default:
		return c.numberArgument(v)
	}
}

// numberArgument is argument for an int64, float64 or Decimal.
func (c column) numberArgument(v any) (any, error) {
	switch c.kind {
	case textual:
		return text(v), nil
	case jsonKind:
		return jsonText(v)
	case fractional:
		return v, nil
	case integer:
		if f, ok := v.(float64); ok && f == float64(int64(f)) {
			return int64(f), nil
		}
		if _, ok := v.(int64); !ok {
			return nil, gateway.ErrValidation.Newf("field %s: want a whole number of 64 bits", c.name)
		}
		return v, nil
	default:
		return nil, gateway.ErrValidation.Newf("field %s: the column holds no numbers", c.name)
	}
}

func (c column) textArgument(v string) (any, error) {
	switch c.kind {
	case textual:
		return quoteText(v), nil
	case jsonKind:
		return jsonText(v)
	case temporal:
		if t, err := time.Parse(time.RFC3339Nano, v); err == nil {
			return t, nil
		}
		return v, nil // another way of writing a time, which the database may know
	case binary:
		data, err := base64.StdEncoding.DecodeString(v)
		if err != nil {
			return nil, gateway.ErrValidation.Newf("field %s: want bytes in base64", c.name)
		}
		return data, nil
	case boolean:
		if b, err := strconv.ParseBool(v); err == nil {
			return b, nil
		}
		return nil, gateway.ErrValidation.Newf("field %s: want true or false", c.name)
	case integer, fractional:
		if !validNumber(v) {
			return nil, gateway.ErrValidation.Newf("field %s: want a number", c.name)
		}
		return c.numberArgument(number(v))
	case uuid:
		if !validUUID.MatchString(v) {
			return nil, gateway.ErrValidation.Newf("field %s: want a UUID", c.name)
		}
		return v, nil
	default:
		return v, nil
	}
}

// validNumber reports whether a text is a number in JSON.
func validNumber(s string) bool {
	if s == "" || s[0] != '-' && (s[0] < '0' || s[0] > '9') {
		return false
	}
	return json.Valid([]byte(s))
}

var validUUID = regexp.MustCompile(`^(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

func jsonText(v any) (any, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, gateway.ErrSerialization.Wrap(err, "")
	}
	return string(data), nil
}

// value gives the plain value of what the column holds.
func (c column) value(v any) (any, error) {
	switch v := v.(type) {
	case string:
		if c.kind == textual {
			return unquoteText(v), nil
		}
		if c.kind == jsonKind {
			return decodeJSON([]byte(v))
		}
		return v, nil
	case json.RawMessage:
		return decodeJSON(v)
	case []byte:
		return base64.StdEncoding.EncodeToString(v), nil
	case time.Time:
		return v.UTC().Format(time.RFC3339Nano), nil
	case int64:
		if c.kind == boolean {
			return v != 0, nil
		}
		return v, nil
	case nil, bool, float64, gateway.Decimal:
		return v, nil
	default:
		return nil, fmt.Errorf("column %s holds a %T", c.name, v)
	}
}

// quoteText writes a text so that unquoteText gives it back: a text that would be
// taken for a list, a map or a quoted one is quoted.
func quoteText(s string) string {
	if !ambiguous(s) {
		return s
	}
	quoted, _ := json.Marshal(s)
	return string(quoted)
}

// unquoteText reads a text column: a JSON list or map, a quoted text, or a text.
func unquoteText(s string) any {
	if s == "" {
		return s
	}
	switch s[0] {
	case '[', '{':
		if v, err := decodeJSON([]byte(s)); err == nil {
			return v
		}
	case '"':
		if inner, ok := quoted(s); ok && ambiguous(inner) {
			return inner
		}
	}
	return s
}

// ambiguous reports whether a text must be quoted.
func ambiguous(s string) bool {
	if s == "" {
		return false
	}
	switch s[0] {
	case '[', '{':
		_, err := decodeJSON([]byte(s))
		return err == nil
	case '"':
		inner, ok := quoted(s)
		return ok && ambiguous(inner)
	default:
		return false
	}
}

// quoted gives the text that s writes as JSON.
func quoted(s string) (string, bool) {
	var inner string
	err := json.Unmarshal([]byte(s), &inner)
	return inner, err == nil
}
