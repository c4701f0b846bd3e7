package gateway

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// scanError says for the client no more than that something is wrong on this
// side, and for the log what.
func scanError(cause error) error {
	return ErrSerialization.Wrap(cause, "a value of the database does not fit")
}

// scanTarget gives what v points to.
func scanTarget(v any) (reflect.Value, error) {
	target := reflect.ValueOf(v)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return reflect.Value{}, scanError(fmt.Errorf("want a pointer to fill, not %T", v))
	}
	return target.Elem(), nil
}

// scanPlan says where the columns of a row go in a type.
type scanPlan struct {
	fields [][]int // for each column the index of its field; nil where it has none
	whole  bool    // the type takes the row's only column itself
	asMap  bool    // the type is a map[string]any
}

// scanner is sql.Scanner.
type scanner interface{ Scan(any) error }

var (
	timeType    = reflect.TypeFor[time.Time]()
	mapType     = reflect.TypeFor[map[string]any]()
	scannerType = reflect.TypeFor[scanner]()
	textType    = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// maxPlans bounds how many types plans are kept for: every version of a script may
// bring types of its own.
const maxPlans = 512

// planCache keeps the last plan for each type, as package json keeps what it knows
// of types.
type planCache struct {
	mu   sync.RWMutex // guards kept
	kept map[reflect.Type]keptPlan
}

type keptPlan struct {
	columns []string
	plan    scanPlan
}

var plans = planCache{kept: make(map[reflect.Type]keptPlan)}

func planFor(t reflect.Type, columns []string) scanPlan {
	plans.mu.RLock()
	k, ok := plans.kept[t]
	plans.mu.RUnlock()
	if ok && slices.Equal(k.columns, columns) {
		return k.plan
	}
	plan := makePlan(t, columns)
	plans.mu.Lock()
	defer plans.mu.Unlock()
	if len(plans.kept) == maxPlans {
		clear(plans.kept)
	}
	plans.kept[t] = keptPlan{slices.Clone(columns), plan}
	return plan
}

func makePlan(t reflect.Type, columns []string) scanPlan {
	if t.Kind() == reflect.Map && t.Key().Kind() == reflect.String && t.Elem() == mapType.Elem() {
		return scanPlan{asMap: true}
	}
	if t.Kind() != reflect.Struct || t == timeType || reflect.PointerTo(t).Implements(scannerType) || reflect.PointerTo(t).Implements(textType) {
		return scanPlan{whole: true}
	}
	var exact, loose []namedField
	collectFields(t, nil, &exact, &loose)
	plan := scanPlan{fields: make([][]int, len(columns))}
	taken := make(map[string]bool)
	for i, column := range columns {
		if taken[column] {
			continue
		}
		taken[column] = true
		if index := findField(exact, column); index != nil {
			plan.fields[i] = index
		} else {
			plan.fields[i] = findField(loose, looseName(column))
		}
	}
	return plan
}

type namedField struct {
	name  string
	index []int
}

// findField gives the shallowest field of a name; of those the first.
func findField(fields []namedField, name string) []int {
	var found []int
	for _, f := range fields {
		if f.name == name && (found == nil || len(f.index) < len(found)) {
			found = f.index
		}
	}
	return found
}

func collectFields(t reflect.Type, prefix []int, exact, loose *[]namedField) {
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(append([]int(nil), prefix...), i)
		db, _, _ := strings.Cut(f.Tag.Get("db"), ",")
		if db == "-" {
			continue
		}
		if f.Anonymous && db == "" {
			inner := f.Type
			if inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			if inner.Kind() == reflect.Struct && inner != timeType && (f.IsExported() || f.Type.Kind() == reflect.Struct) && len(index) < 8 {
				collectFields(inner, index, exact, loose)
				continue
			}
		}
		if !f.IsExported() {
			continue
		}
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case db != "":
			*exact = append(*exact, namedField{db, index})
			continue
		case tag != "" && tag != "-":
			*exact = append(*exact, namedField{tag, index})
			*loose = append(*loose, namedField{looseName(tag), index})
		}
		*loose = append(*loose, namedField{looseName(f.Name), index})
	}
}

func looseName(s string) string { return strings.ToLower(strings.ReplaceAll(s, "_", "")) }

// scan fills target from a row.
func (p scanPlan) scan(target reflect.Value, row Row) error {
	switch {
	case p.asMap:
		m := reflect.MakeMapWithSize(target.Type(), len(row.Columns))
		for column, value := range row.Map() {
			v := reflect.New(target.Type().Elem()).Elem()
			if value != nil {
				v.Set(reflect.ValueOf(value))
			}
			m.SetMapIndex(reflect.ValueOf(column).Convert(target.Type().Key()), v)
		}
		target.Set(m)
		return nil
	case p.whole:
		if len(row.Columns) != 1 {
			return scanError(fmt.Errorf("%d columns do not fit into one %s", len(row.Columns), target.Type()))
		}
		if err := assign(target, row.Values[0]); err != nil {
			return scanError(fmt.Errorf("column %q: %w", row.Columns[0], err))
		}
		return nil
	}
	for i, index := range p.fields {
		if index == nil {
			continue
		}
		if err := assign(fieldAt(target, index), row.Values[i]); err != nil {
			return scanError(fmt.Errorf("column %q: %w", row.Columns[i], err))
		}
	}
	return nil
}

// fieldAt is v.FieldByIndex that makes embedded structs behind nil pointers.
func fieldAt(v reflect.Value, index []int) reflect.Value {
	for i, x := range index {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(x)
	}
	return v
}

// assign puts the value of a column into dst.
func assign(dst reflect.Value, value any) error {
	if dst.CanAddr() && dst.Kind() != reflect.Pointer {
		if s, ok := dst.Addr().Interface().(scanner); ok {
			return s.Scan(scanValue(value))
		}
	}
	if value == nil {
		dst.SetZero()
		return nil
	}
	if dst.Kind() == reflect.Pointer {
		fresh := reflect.New(dst.Type().Elem())
		if err := assign(fresh.Elem(), value); err != nil {
			return err
		}
		dst.Set(fresh)
		return nil
	}
	src := reflect.ValueOf(value)
	if dst.Kind() == reflect.Interface {
		if !src.Type().AssignableTo(dst.Type()) {
			return cannot(value, dst)
		}
		dst.Set(src)
		return nil
	}
	if src.Type() == dst.Type() {
		dst.Set(src)
		return nil
	}
	if dst.Type() == timeType {
		t, err := toTime(value)
		if err != nil {
			return cannot(value, dst)
		}
		dst.Set(reflect.ValueOf(t))
		return nil
	}
	if dst.CanAddr() {
		if u, ok := dst.Addr().Interface().(encoding.TextUnmarshaler); ok {
			if text, ok := toText(value); ok {
				return u.UnmarshalText([]byte(text))
			}
		}
	}
	return assignKind(dst, value)
}

// scanValue is what a Scan method expects: driver.Value types only.
func scanValue(value any) any {
	switch v := value.(type) {
	case Decimal:
		return string(v)
	case json.RawMessage:
		return []byte(v)
	default:
		return value
	}
}

func assignKind(dst reflect.Value, value any) error {
	switch dst.Kind() {
	case reflect.String:
		text, ok := toText(value)
		if !ok {
			return cannot(value, dst)
		}
		dst.SetString(text)
	case reflect.Bool:
		b, ok := toBool(value)
		if !ok {
			return cannot(value, dst)
		}
		dst.SetBool(b)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		n, ok := toInteger(value)
		if !ok || !n.IsInt64() || dst.OverflowInt(n.Int64()) {
			return cannot(value, dst)
		}
		dst.SetInt(n.Int64())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		n, ok := toInteger(value)
		if !ok || !n.IsUint64() || dst.OverflowUint(n.Uint64()) {
			return cannot(value, dst)
		}
		dst.SetUint(n.Uint64())
	case reflect.Float32, reflect.Float64:
		f, ok := toFloat(value)
		if !ok || dst.OverflowFloat(f) {
			return cannot(value, dst)
		}
		dst.SetFloat(f)
	default:
		return assignJSON(dst, value)
	}
	return nil
}

// assignJSON fills bytes as they are, and structs, maps, slices and arrays from JSON.
func assignJSON(dst reflect.Value, value any) error {
	if dst.Kind() == reflect.Slice && dst.Type().Elem().Kind() == reflect.Uint8 {
		switch v := value.(type) {
		case []byte:
			dst.SetBytes(v)
			return nil
		default:
			text, ok := toText(v)
			if !ok {
				return cannot(value, dst)
			}
			dst.SetBytes([]byte(text))
			return nil
		}
	}
	switch dst.Kind() {
	case reflect.Struct, reflect.Map, reflect.Slice, reflect.Array:
	default:
		return cannot(value, dst)
	}
	var data []byte
	switch v := value.(type) {
	case json.RawMessage:
		data = v
	case []byte:
		data = v
	case string:
		data = []byte(v)
	default:
		return cannot(value, dst)
	}
	if err := json.Unmarshal(data, dst.Addr().Interface()); err != nil {
		return fmt.Errorf("as JSON: %w", err)
	}
	return nil
}

// cannot names types only: values may be anything.
func cannot(value any, dst reflect.Value) error {
	return fmt.Errorf("the value, %T, does not fit into %s", value, dst.Type())
}

func toText(value any) (string, bool) {
	switch v := value.(type) {
	case string:
		return v, true
	case Decimal:
		return string(v), true
	case json.RawMessage:
		return string(v), true
	case []byte:
		return string(v), true
	case int64:
		return strconv.FormatInt(v, 10), true
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64), true
	case bool:
		return strconv.FormatBool(v), true
	case time.Time:
		return v.Format(time.RFC3339Nano), true
	default:
		return "", false
	}
}

func toBool(value any) (b, ok bool) {
	switch v := value.(type) {
	case bool:
		return v, true
	case int64:
		return v == 1, v == 0 || v == 1
	case []byte: // BIT(1) of mysql
		if len(v) == 1 && v[0] <= 1 {
			return v[0] == 1, true
		}
		b, err := strconv.ParseBool(string(v))
		return b, err == nil
	case string:
		b, err := strconv.ParseBool(v)
		return b, err == nil
	default:
		return false, false
	}
}

// maxDigits bounds what a text may make toInteger compute: 1e999999999 is short.
const maxDigits = 100

func toInteger(value any) (*big.Int, bool) {
	var text string
	switch v := value.(type) {
	case int64:
		return big.NewInt(v), true
	case bool:
		if v {
			return big.NewInt(1), true
		}
		return big.NewInt(0), true
	case float64:
		if v != math.Trunc(v) || math.Abs(v) > 1<<63 {
			return nil, false
		}
		n, _ := big.NewFloat(v).Int(nil)
		return n, true
	case Decimal:
		text = string(v)
	case string:
		text = v
	case json.RawMessage:
		text = string(v)
	default:
		return nil, false
	}
	if whole, fraction, ok := strings.Cut(text, "."); ok && strings.Trim(fraction, "0") == "" {
		text = whole
	}
	if len(text) > maxDigits {
		return nil, false
	}
	return new(big.Int).SetString(text, 10)
}

func toFloat(value any) (float64, bool) {
	switch v := value.(type) {
	case float64:
		return v, true
	case int64:
		return float64(v), true
	case Decimal:
		f, err := strconv.ParseFloat(string(v), 64)
		return f, err == nil
	case string:
		f, err := strconv.ParseFloat(v, 64)
		return f, err == nil
	case json.RawMessage:
		f, err := strconv.ParseFloat(string(v), 64)
		return f, err == nil
	default:
		return 0, false
	}
}

var errNoTime = errors.New("not a time")

// toTime takes times, and the texts in which backends without a time type keep
// them.
func toTime(value any) (time.Time, error) {
	if t, ok := value.(time.Time); ok {
		return t, nil
	}
	text, ok := value.(string)
	if !ok {
		if b, isBytes := value.([]byte); isBytes {
			text, ok = string(b), true
		}
	}
	if !ok {
		return time.Time{}, errNoTime
	}
	for _, layout := range []string{
		time.RFC3339Nano, "2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999 -0700 MST",
		"2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999", "2006-01-02 15:04", "2006-01-02",
	} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	return time.Time{}, errNoTime
}
