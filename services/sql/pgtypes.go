package sql

import (
	"context"
	"encoding/json"
	"fmt"
	"net/netip"
	"strconv"
	"time"

	"gateway"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// postgresCursor reads rows of pgx.
type postgresCursor struct {
	ctx        context.Context
	rows       pgx.Rows
	ahead      bool // a row was advanced to already
	names      []string
	converters []func(raw []byte) (any, error)
}

// describe decides for each column how its values are read.
func (r *postgresCursor) describe(types *pgtype.Map) {
	for _, f := range r.rows.FieldDescriptions() {
		r.names = append(r.names, f.Name)
		r.converters = append(r.converters, postgresConverter(types, f.DataTypeOID, f.Format))
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
	for i, b := range raw {
		if b == nil {
			continue
		}
		v, err := r.converters[i](b)
		if err != nil {
			return nil, false, gateway.ErrDatabase.Wrap(fmt.Errorf("column %q: %w", r.names[i], err), "database error")
		}
		values[i] = v
	}
	return values, true, nil
}

func (r *postgresCursor) close() { r.rows.Close() }

// postgresConverter gives what reads values of a type. raw is valid during the
// call only.
func postgresConverter(types *pgtype.Map, oid uint32, format int16) func(raw []byte) (any, error) {
	switch oid {
	case pgtype.JSONOID:
		return func(raw []byte) (any, error) { return json.RawMessage(clone(raw)), nil }
	case pgtype.JSONBOID:
		return func(raw []byte) (any, error) {
			if format == pgtype.BinaryFormatCode && len(raw) > 0 {
				raw = raw[1:] // a version number
			}
			return json.RawMessage(clone(raw)), nil
		}
	case pgtype.ByteaOID:
		if format == pgtype.BinaryFormatCode {
			return func(raw []byte) (any, error) { return clone(raw), nil }
		}
	case pgtype.TextOID, pgtype.VarcharOID, pgtype.BPCharOID, pgtype.NameOID:
		return func(raw []byte) (any, error) { return string(raw), nil }
	}
	t, known := types.TypeForOID(oid)
	if !known {
		// Enumerations and other types of the database's own come as text.
		return func(raw []byte) (any, error) {
			if format == pgtype.BinaryFormatCode {
				return clone(raw), nil
			}
			return string(raw), nil
		}
	}
	return func(raw []byte) (any, error) {
		v, err := t.Codec.DecodeValue(types, oid, format, raw)
		if err != nil {
			return nil, err
		}
		return postgresValue(types, oid, v)
	}
}

func clone(raw []byte) []byte { return append([]byte{}, raw...) }

// postgresValue turns what pgx decodes into a value of a Row.
func postgresValue(types *pgtype.Map, oid uint32, v any) (any, error) {
	switch v := v.(type) {
	case nil, int64, float64, bool, string, []byte, json.RawMessage:
		return v, nil
	case int16:
		return int64(v), nil
	case int32:
		return int64(v), nil
	case uint32:
		return int64(v), nil
	case float32:
		return strconv.ParseFloat(strconv.FormatFloat(float64(v), 'g', -1, 32), 64)
	case pgtype.Numeric:
		text, err := v.Value()
		if err != nil {
			return nil, err
		}
		s, _ := text.(string)
		return gateway.Decimal(s), nil
	case time.Time:
		return v.UTC(), nil
	case [16]byte: // uuid
		return fmt.Sprintf("%x-%x-%x-%x-%x", v[:4], v[4:6], v[6:8], v[8:10], v[10:]), nil
	case netip.Prefix:
		if v.IsSingleIP() {
			return v.Addr().String(), nil
		}
		return v.String(), nil
	case []any:
		list := make([]any, len(v))
		for i, e := range v {
			var err error
			if list[i], err = postgresValue(types, oid, e); err != nil {
				return nil, err
			}
		}
		data, err := json.Marshal(list)
		return json.RawMessage(data), err
	}
	// The rest, such as intervals, ranges and points, as the database writes them.
	text, err := types.Encode(oid, pgtype.TextFormatCode, v, nil)
	if err != nil {
		return nil, err
	}
	return string(text), nil
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
