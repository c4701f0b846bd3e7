package sql

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"gateway"
	"gateway/services/sql/internal/pgarray"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// asText asks for results in text form: it is exact for every type, and the only
// one for types that pgx does not know.
var asText any = pgx.QueryResultFormats{pgx.TextFormatCode}

// postgresCursor reads rows of pgx.
type postgresCursor struct {
	ctx        context.Context
	rows       pgx.Rows
	ahead      bool // a row was advanced to already
	names      []string
	converters []func(text []byte) (any, error)
}

// describe decides for each column how its values are read.
func (r *postgresCursor) describe(types *pgtype.Map) {
	fields := r.rows.FieldDescriptions()
	r.names = make([]string, len(fields))
	r.converters = make([]func([]byte) (any, error), len(fields))
	for i, f := range fields {
		r.names[i] = f.Name
		r.converters[i] = postgresConverter(types, f.DataTypeOID)
	}
}

func (r *postgresCursor) columns() []string { return r.names }

func (r *postgresCursor) next() ([]any, bool, error) {
	if !r.ahead && !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return nil, false, postgresFailure(r.ctx, err)
		}
		return nil, false, nil
	}
	r.ahead = false
	raw := r.rows.RawValues()
	values := make([]any, len(raw))
	for i, text := range raw {
		if text == nil {
			continue
		}
		v, err := r.converters[i](text)
		if err != nil {
			return nil, false, gateway.ErrDatabase.Wrap(fmt.Errorf("column %q: %w", r.names[i], err), "database error")
		}
		values[i] = v
	}
	return values, true, nil
}

func (r *postgresCursor) close() { r.rows.Close() }

// postgresConverter gives what reads values of a type. The text is valid during
// the call only. Types that are not listed come as the database writes them.
func postgresConverter(types *pgtype.Map, oid uint32) func(text []byte) (any, error) {
	switch oid {
	case pgtype.BoolOID:
		return func(text []byte) (any, error) { return string(text) == "t", nil }
	case pgtype.Int2OID, pgtype.Int4OID, pgtype.Int8OID, pgtype.OIDOID:
		return func(text []byte) (any, error) { return strconv.ParseInt(string(text), 10, 64) }
	case pgtype.Float4OID, pgtype.Float8OID:
		return func(text []byte) (any, error) { return strconv.ParseFloat(string(text), 64) }
	case pgtype.NumericOID:
		return func(text []byte) (any, error) { return gateway.Decimal(text), nil }
	case pgtype.JSONOID, pgtype.JSONBOID:
		return func(text []byte) (any, error) { return json.RawMessage(bytes.Clone(text)), nil }
	case pgtype.ByteaOID:
		return func(text []byte) (any, error) { return hexBytes(text) }
	case pgtype.DateOID, pgtype.TimestampOID, pgtype.TimestamptzOID:
		if t, ok := types.TypeForOID(oid); ok {
			return func(text []byte) (any, error) {
				v, err := t.Codec.DecodeValue(types, oid, pgtype.TextFormatCode, text)
				if err != nil {
					return nil, err
				}
				return postgresTime(v)
			}
		}
	}
	if element, ok := elements[oid]; ok {
		convert := postgresConverter(types, element)
		return func(text []byte) (any, error) {
			list, err := pgarray.Parse(text, convert)
			if err != nil {
				return nil, err
			}
			data, err := json.Marshal(list)
			return json.RawMessage(data), err
		}
	}
	return func(text []byte) (any, error) { return string(text), nil }
}

// elements are the types of arrays with those of their elements.
var elements = map[uint32]uint32{
	pgtype.BoolArrayOID:        pgtype.BoolOID,
	pgtype.Int2ArrayOID:        pgtype.Int2OID,
	pgtype.Int4ArrayOID:        pgtype.Int4OID,
	pgtype.Int8ArrayOID:        pgtype.Int8OID,
	pgtype.OIDArrayOID:         pgtype.OIDOID,
	pgtype.Float4ArrayOID:      pgtype.Float4OID,
	pgtype.Float8ArrayOID:      pgtype.Float8OID,
	pgtype.NumericArrayOID:     pgtype.NumericOID,
	pgtype.TextArrayOID:        pgtype.TextOID,
	pgtype.VarcharArrayOID:     pgtype.VarcharOID,
	pgtype.BPCharArrayOID:      pgtype.BPCharOID,
	pgtype.NameArrayOID:        pgtype.NameOID,
	pgtype.UUIDArrayOID:        pgtype.UUIDOID,
	pgtype.InetArrayOID:        pgtype.InetOID,
	pgtype.CIDRArrayOID:        pgtype.CIDROID,
	pgtype.IntervalArrayOID:    pgtype.IntervalOID,
	pgtype.JSONArrayOID:        pgtype.JSONOID,
	pgtype.JSONBArrayOID:       pgtype.JSONBOID,
	pgtype.ByteaArrayOID:       pgtype.ByteaOID,
	pgtype.DateArrayOID:        pgtype.DateOID,
	pgtype.TimestampArrayOID:   pgtype.TimestampOID,
	pgtype.TimestamptzArrayOID: pgtype.TimestamptzOID,
}

// hexBytes reads bytes as the server writes them: \x00ff.
func hexBytes(text []byte) ([]byte, error) {
	digits, ok := bytes.CutPrefix(text, []byte(`\x`))
	if !ok {
		return nil, errors.New("bytes are not in hexadecimal form (bytea_output)")
	}
	data := make([]byte, hex.DecodedLen(len(digits)))
	_, err := hex.Decode(data, digits)
	return data, err
}

// postgresTime gives what pgx decodes of a time as a value of a Row.
func postgresTime(v any) (any, error) {
	switch v := v.(type) {
	case time.Time:
		return v.UTC(), nil
	case pgtype.InfinityModifier:
		return v.String(), nil
	default:
		return nil, fmt.Errorf("a time of type %T", v)
	}
}

// lenientTexts lets numbers, booleans and JSON be given where the statement wants
// a text, as other backends do.
func lenientTexts(types *pgtype.Map) {
	for name, oid := range map[string]uint32{
		"text": pgtype.TextOID, "varchar": pgtype.VarcharOID, "bpchar": pgtype.BPCharOID, "name": pgtype.NameOID, "unknown": pgtype.UnknownOID,
	} {
		types.RegisterType(&pgtype.Type{Name: name, OID: oid, Codec: lenientText{}})
	}
}

type lenientText struct{ pgtype.TextCodec }

// PlanEncode is asked for a plan for each kind of argument.
func (c lenientText) PlanEncode(m *pgtype.Map, oid uint32, format int16, value any) pgtype.EncodePlan {
	switch value.(type) {
	case int64, float64, bool, gateway.Decimal, json.RawMessage, []string, []int64, []float64, []bool, time.Time:
		return textPlan{}
	}
	return c.TextCodec.PlanEncode(m, oid, format, value)
}

type textPlan struct{}

func (textPlan) Encode(value any, buf []byte) ([]byte, error) {
	switch v := value.(type) {
	case int64:
		return strconv.AppendInt(buf, v, 10), nil
	case float64:
		return strconv.AppendFloat(buf, v, 'g', -1, 64), nil
	case bool:
		return strconv.AppendBool(buf, v), nil
	case gateway.Decimal:
		return append(buf, v...), nil
	case json.RawMessage:
		return append(buf, v...), nil
	case time.Time:
		return v.AppendFormat(buf, time.RFC3339Nano), nil
	default:
		data, err := json.Marshal(v)
		return append(buf, data...), err
	}
}
