package services

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Field describes one field of a configuration, for documentation and forms.
type Field struct {
	Name     string   `json:"name"`
	Type     string   `json:"type"` // string, boolean, integer, number, list or map
	Default  any      `json:"default,omitempty"`
	Required bool     `json:"required,omitempty"`
	Secret   bool     `json:"secret,omitempty"`
	OneOf    []string `json:"one_of,omitempty"`
	Min      *int64   `json:"min,omitempty"`
	Max      *int64   `json:"max,omitempty"`
	Doc      string   `json:"doc,omitempty"`
}

// FieldError is a configuration field that is wrong.
type FieldError struct {
	Field   string
	Problem string // lower case, completes "field X: …"
}

// Error names the field and what is wrong with it.
func (e *FieldError) Error() string { return fmt.Sprintf("field %q: %s", e.Field, e.Problem) }

// BadField makes a [FieldError].
func BadField(field, format string, args ...any) error {
	return &FieldError{Field: field, Problem: fmt.Sprintf(format, args...)}
}

// layout is how a configuration struct is written as a map.
type layout struct {
	fields []Field
	index  [][]int // of fields[i] in the struct
}

// layoutOf reads the tags of a struct; fields with a value in defaults have that
// as their default.
func layoutOf(defaults any) layout {
	var l layout
	l.add(reflect.ValueOf(defaults), nil)
	return l
}

func (l *layout) add(v reflect.Value, prefix []int) {
	t := v.Type()
	if t.Kind() != reflect.Struct {
		panic(fmt.Sprintf("services: configuration %s is not a struct", t))
	}
	for i := range t.NumField() {
		sf := t.Field(i)
		index := append(slices.Clone(prefix), i)
		if sf.Anonymous {
			l.add(v.Field(i), index)
			continue
		}
		tag, ok := sf.Tag.Lookup("config")
		if !ok {
			panic(fmt.Sprintf("services: field %s of %s has no config tag", sf.Name, t))
		}
		options := strings.Split(tag, ",")
		f := Field{
			Name:     options[0],
			Required: slices.Contains(options[1:], "required"),
			Secret:   slices.Contains(options[1:], "secret"),
			OneOf:    strings.Fields(sf.Tag.Get("oneof")),
			Doc:      sf.Tag.Get("doc"),
			Min:      bound(sf, "min"),
			Max:      bound(sf, "max"),
		}
		switch sf.Type.Kind() {
		case reflect.String:
			f.Type = "string"
		case reflect.Bool:
			f.Type = "boolean"
		case reflect.Int, reflect.Int64:
			f.Type = "integer"
		case reflect.Float64:
			f.Type = "number"
		case reflect.Slice:
			f.Type = "list"
		case reflect.Map:
			f.Type = "map"
		default:
			panic(fmt.Sprintf("services: field %s of %s has unsupported type %s", sf.Name, t, sf.Type))
		}
		if d := v.Field(i); !d.IsZero() || f.Type == "boolean" || f.Type == "integer" {
			f.Default = d.Interface()
		}
		if f.Required {
			f.Default = nil
		}
		if l.find(f.Name) >= 0 {
			panic(fmt.Sprintf("services: field %q of %s is declared twice", f.Name, t))
		}
		l.fields = append(l.fields, f)
		l.index = append(l.index, index)
	}
}

func bound(sf reflect.StructField, tag string) *int64 {
	text, ok := sf.Tag.Lookup(tag)
	if !ok {
		return nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		panic(fmt.Sprintf("services: field %s: tag %s: %v", sf.Name, tag, err))
	}
	return &n
}

func (l layout) find(name string) int {
	return slices.IndexFunc(l.fields, func(f Field) bool { return f.Name == name })
}

// decode fills the struct that target points to from config and reports every
// field that is wrong. Where references is true, ${…} references stand for any
// value and leave the default; otherwise they are taken to be resolved already
// and marked as [resolved], which may hold numbers and booleans as text.
func (l layout) decode(config map[string]any, target any, references bool) error {
	var errs []error
	v := reflect.ValueOf(target).Elem()
	for name := range config {
		if l.find(name) < 0 {
			errs = append(errs, BadField(name, "unknown field%s", l.suggest(name)))
		}
	}
	for i, f := range l.fields {
		value, ok := config[f.Name]
		if !ok || value == nil {
			if f.Required {
				errs = append(errs, BadField(f.Name, "required"))
			}
			continue
		}
		if references && hasReference(value) {
			continue
		}
		if err := setField(v.FieldByIndex(l.index[i]), f, value); err != nil {
			errs = append(errs, err)
		}
	}
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(errs...)
}

// suggest names the field that was probably meant.
func (l layout) suggest(name string) string {
	plain := func(s string) string { return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(s)) }
	best, nearest := "", 3 // two typing errors at most
	for _, f := range l.fields {
		a, b := plain(f.Name), plain(name)
		if d := distance(a, b); d < nearest && d < min(len(a), len(b))-1 {
			best, nearest = f.Name, d
		}
	}
	if best != "" {
		return fmt.Sprintf(", did you mean %q?", best)
	}
	names := make([]string, len(l.fields))
	for i, f := range l.fields {
		names[i] = f.Name
	}
	return "; known are " + strings.Join(names, ", ")
}

// distance is the Levenshtein distance of two short strings.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost++
			}
			diagonal = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}

// setField sets one field. The value itself is never part of an error where the
// field is a secret.
func setField(v reflect.Value, f Field, value any) error {
	wrong := func(want string) error {
		if f.Secret {
			return BadField(f.Name, "want %s", want)
		}
		return BadField(f.Name, "want %s, not %s", want, describe(value))
	}
	text, fromReference := value.(resolved)
	switch v.Kind() {
	case reflect.String:
		s, ok := value.(string)
		if fromReference {
			s, ok = string(text), true
		}
		if !ok {
			return wrong("a text")
		}
		if f.Secret && s == masked {
			return BadField(f.Name, "%s stands for the value that is kept, and there is none: give the value itself", masked)
		}
		if f.Required && s == "" {
			return BadField(f.Name, "required")
		}
		if len(f.OneOf) > 0 && !slices.Contains(f.OneOf, s) {
			return wrong("one of " + strings.Join(f.OneOf, ", "))
		}
		v.SetString(s)
	case reflect.Bool:
		b, ok := value.(bool)
		if fromReference {
			var err error
			b, err = strconv.ParseBool(string(text))
			ok = err == nil
		}
		if !ok {
			return wrong("true or false")
		}
		v.SetBool(b)
	case reflect.Int, reflect.Int64:
		n, ok := toInt(value)
		if !ok {
			return wrong("a whole number")
		}
		if f.Min != nil && n < *f.Min || f.Max != nil && n > *f.Max {
			return wrong(f.bounds())
		}
		v.SetInt(n)
	case reflect.Float64:
		n, ok := toFloat(value)
		if !ok {
			return wrong("a number")
		}
		if f.Min != nil && n < float64(*f.Min) || f.Max != nil && n > float64(*f.Max) {
			return wrong(f.bounds())
		}
		v.SetFloat(n)
	case reflect.Slice:
		list, ok := toStrings(value)
		if !ok {
			return wrong("a list of texts")
		}
		if f.Required && len(list) == 0 {
			return BadField(f.Name, "required")
		}
		v.Set(reflect.ValueOf(list))
	case reflect.Map:
		m, ok := toStringMap(value)
		if !ok {
			return wrong("a map of texts")
		}
		v.Set(reflect.ValueOf(m))
	}
	return nil
}

func (f Field) bounds() string {
	switch {
	case f.Min != nil && f.Max != nil:
		return fmt.Sprintf("a number from %d to %d", *f.Min, *f.Max)
	case f.Min != nil:
		return fmt.Sprintf("a number of at least %d", *f.Min)
	default:
		return fmt.Sprintf("a number of at most %d", *f.Max)
	}
}

func describe(value any) string {
	switch v := value.(type) {
	case string:
		return strconv.Quote(v)
	case resolved:
		return "what the reference stands for"
	case []any, []string:
		return "a list"
	case map[string]any:
		return "a map"
	default:
		return fmt.Sprint(v)
	}
}

// toInt takes what JSON, YAML and TOML decoders give for whole numbers.
func toInt(value any) (int64, bool) {
	switch n := value.(type) {
	case int:
		return int64(n), true
	case int64:
		return n, true
	case uint64:
		return int64(n), n <= math.MaxInt64
	case float64:
		return int64(n), n == math.Trunc(n) && math.Abs(n) < 1<<53
	case json.Number:
		i, err := n.Int64()
		return i, err == nil
	case resolved:
		i, err := strconv.ParseInt(string(n), 10, 64)
		return i, err == nil
	default:
		return 0, false
	}
}

func toFloat(value any) (float64, bool) {
	switch n := value.(type) {
	case float64:
		return n, true
	case json.Number:
		f, err := n.Float64()
		return f, err == nil
	case resolved:
		f, err := strconv.ParseFloat(string(n), 64)
		return f, err == nil
	default:
		i, ok := toInt(value)
		return float64(i), ok
	}
}

func toStrings(value any) ([]string, bool) {
	switch list := value.(type) {
	case []string:
		return list, true
	case []any:
		texts := make([]string, len(list))
		for i, e := range list {
			s, ok := toText(e)
			if !ok {
				return nil, false
			}
			texts[i] = s
		}
		return texts, true
	default:
		return nil, false
	}
}

func toStringMap(value any) (map[string]string, bool) {
	switch m := value.(type) {
	case map[string]string:
		return m, true
	case map[string]any:
		texts := make(map[string]string, len(m))
		for k, e := range m {
			s, ok := toText(e)
			if !ok {
				return nil, false
			}
			texts[k] = s
		}
		return texts, true
	default:
		return nil, false
	}
}

func toText(value any) (string, bool) {
	switch s := value.(type) {
	case string:
		return s, true
	case resolved:
		return string(s), true
	default:
		return "", false
	}
}
