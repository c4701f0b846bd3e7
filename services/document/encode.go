package document

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"gateway"
)

// maxDepth bounds the nesting of documents, as MongoDB does. A value that contains
// itself ends there too.
const maxDepth = 100

// encodeDocument makes a document of a map, Pairs or struct. nil is an empty one.
func encodeDocument(what string, v any) (bson.D, error) {
	if v == nil {
		return bson.D{}, nil
	}
	encoded, err := encode(reflect.ValueOf(v), 0)
	if err != nil {
		return nil, gateway.ErrBadRequest.Newf("%s: %v", what, err)
	}
	switch d := encoded.(type) {
	case bson.D:
		return d, nil
	case nil:
		return bson.D{}, nil
	default:
		return nil, gateway.ErrBadRequest.Newf("%s: want a document, not %T", what, v)
	}
}

// encode makes a value of the database's language.
func encode(v reflect.Value, depth int) (any, error) {
	for v.IsValid() && (v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer) {
		if v.IsNil() {
			return nil, nil
		}
		if depth++; depth > maxDepth {
			return nil, errTooDeep
		}
		v = v.Elem()
	}
	if !v.IsValid() {
		return nil, nil
	}
	if depth > maxDepth {
		return nil, errTooDeep
	}
	if v.CanInterface() {
		if known, ok, err := encodeKnown(v.Interface()); ok || err != nil {
			return known, err
		}
	}
	switch v.Kind() {
	case reflect.Bool:
		return v.Bool(), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int(), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		if v.Uint() > math.MaxInt64 {
			return nil, fmt.Errorf("%d is too large for an integer of the database", v.Uint())
		}
		return int64(v.Uint()), nil
	case reflect.Float32, reflect.Float64:
		return v.Float(), nil
	case reflect.String:
		return v.String(), nil
	case reflect.Slice, reflect.Array:
		return encodeList(v, depth)
	case reflect.Map:
		return encodeMap(v, depth)
	case reflect.Struct:
		return encodeStruct(v, depth)
	default:
		return nil, fmt.Errorf("a value of type %s cannot be stored", v.Type())
	}
}

var errTooDeep = fmt.Errorf("values are nested more than %d deep", maxDepth)

// encodeKnown handles the types that mean more than their kind.
func encodeKnown(v any) (any, bool, error) {
	switch v := v.(type) {
	case time.Time:
		return bson.NewDateTimeFromTime(v), true, nil
	case gateway.Decimal:
		return encodeDecimal(string(v))
	case json.Number:
		return encodeNumber(v)
	case json.RawMessage:
		decoded, err := decodeJSON(v)
		if err != nil {
			return nil, true, err
		}
		encoded, err := encode(reflect.ValueOf(decoded), 0)
		return encoded, true, err
	case []byte:
		return bson.Binary{Data: slices.Clone(v)}, true, nil
	case bson.ObjectID, bson.DateTime, bson.Decimal128, bson.Binary, bson.Regex:
		return v, true, nil
	default:
		return nil, false, nil
	}
}

func encodeDecimal(text string) (any, bool, error) {
	d, err := bson.ParseDecimal128(text)
	if err != nil {
		return nil, true, fmt.Errorf("%q is not a decimal number", text)
	}
	return d, true, nil
}

// encodeNumber gives the smallest type that holds a number exactly.
func encodeNumber(n json.Number) (any, bool, error) {
	if i, err := n.Int64(); err == nil {
		return i, true, nil
	}
	if f, err := n.Float64(); err == nil && strings.ContainsAny(n.String(), ".eE") {
		return f, true, nil
	}
	return encodeDecimal(n.String())
}

func encodeList(v reflect.Value, depth int) (any, error) {
	if v.Kind() == reflect.Slice && v.IsNil() {
		return nil, nil
	}
	if pairs, ok := v.Interface().(gateway.Pairs); ok {
		return encodePairs(pairs, depth)
	}
	list := make(bson.A, v.Len())
	for i := range v.Len() {
		var err error
		if list[i], err = encode(v.Index(i), depth+1); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func encodePairs(pairs gateway.Pairs, depth int) (any, error) {
	document := make(bson.D, 0, len(pairs))
	for _, pair := range pairs {
		if err := checkField(pair.Key); err != nil {
			return nil, err
		}
		value, err := encode(reflect.ValueOf(pair.Value), depth+1)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", pair.Key, err)
		}
		document = append(document, bson.E{Key: pair.Key, Value: value})
	}
	return extended(document)
}

// encodeMap gives the fields in the order of their names, so that equal maps are
// equal documents.
func encodeMap(v reflect.Value, depth int) (any, error) {
	if v.IsNil() {
		return nil, nil
	}
	if v.Type().Key().Kind() != reflect.String {
		return nil, fmt.Errorf("a document has text keys: %s has not", v.Type())
	}
	document := make(bson.D, 0, v.Len())
	for entries := v.MapRange(); entries.Next(); {
		key := entries.Key().String()
		if err := checkField(key); err != nil {
			return nil, err
		}
		value, err := encode(entries.Value(), depth+1)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
		document = append(document, bson.E{Key: key, Value: value})
	}
	slices.SortFunc(document, func(a, b bson.E) int { return strings.Compare(a.Key, b.Key) })
	return extended(document)
}

func checkField(name string) error {
	if strings.ContainsRune(name, 0) {
		return fmt.Errorf("field name %q has a zero byte", name)
	}
	return nil
}

// encodeStruct takes the names of json tags, and omitempty, omitzero and "-" from
// them. Embedded structs without a name count as the struct's own fields.
func encodeStruct(v reflect.Value, depth int) (any, error) {
	document := bson.D{}
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if !field.IsExported() {
			continue
		}
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "-" && options == "" {
			continue
		}
		value := v.Field(i)
		if omitted(value, strings.Split(options, ",")) {
			continue
		}
		encoded, err := encode(value, depth+1)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", field.Name, err)
		}
		if inner, ok := encoded.(bson.D); ok && field.Anonymous && name == "" {
			document = append(document, inner...)
			continue
		}
		if name == "" {
			name = field.Name
		}
		document = append(document, bson.E{Key: name, Value: encoded})
	}
	return document, nil
}

func omitted(v reflect.Value, options []string) bool {
	if slices.Contains(options, "omitzero") && v.IsZero() {
		return true
	}
	if !slices.Contains(options, "omitempty") {
		return false
	}
	switch v.Kind() {
	case reflect.Slice, reflect.Map, reflect.String, reflect.Array:
		return v.Len() == 0
	case reflect.Struct:
		return false
	default:
		return v.IsZero()
	}
}

// extended replaces a document that is a value in MongoDB's extended JSON.
func extended(document bson.D) (any, error) {
	if len(document) != 1 {
		return document, nil
	}
	text, isText := document[0].Value.(string)
	if !isText {
		return document, nil
	}
	switch document[0].Key {
	case "$oid":
		id, err := bson.ObjectIDFromHex(text)
		if err != nil {
			return nil, fmt.Errorf("$oid: %q is not an ObjectID of 24 hexadecimal digits", text)
		}
		return id, nil
	case "$date":
		t, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			return nil, fmt.Errorf("$date: %q is not a time such as 2026-01-31T12:00:00Z", text)
		}
		return bson.NewDateTimeFromTime(t), nil
	case "$numberDecimal":
		d, _, err := encodeDecimal(text)
		return d, err
	default:
		return document, nil
	}
}
