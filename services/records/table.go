package records

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"gateway"
	"gateway/services"
)

// table is a collection in a table of a database.
type table struct {
	ctx      context.Context
	database gateway.Database
	dialect  dialect
	schemas  *schemas
	service  string
	name     string // as given
	quoted   string
}

var _ gateway.Records = (*table)(nil)

func newTable(ctx context.Context, database gateway.Database, h services.Handle, name string, known *schemas) (*table, error) {
	quoted, err := dialect(h.Type).table(name)
	if err != nil {
		return nil, err
	}
	return &table{ctx: ctx, database: database, dialect: dialect(h.Type), schemas: known, service: h.Name, name: name, quoted: quoted}, nil
}

// Get implements gateway.Records.
func (t *table) Get(id string) (gateway.Record, error) {
	s, key, err := t.key(id)
	if err != nil {
		return nil, err
	}
	row, err := t.database.QueryOne("SELECT * FROM "+t.quoted+" WHERE "+t.dialect.quote("id")+" = ?", key)
	if errors.Is(err, gateway.ErrNotFound) {
		return nil, notFound(id)
	}
	if err != nil {
		return nil, t.failed(err)
	}
	return s.record(row)
}

// key checks an id and gives the argument that finds it. An id that the column
// cannot hold is not there.
func (t *table) key(id string) (schema, any, error) {
	if err := checkID(id); err != nil {
		return schema{}, nil, err
	}
	s, err := t.schema()
	if err != nil {
		return schema{}, nil, err
	}
	key, err := s.idArgument(id)
	return s, key, err
}

// Create implements gateway.Records.
func (t *table) Create(id string, v any) error {
	if err := checkID(id); err != nil {
		return err
	}
	record, err := encode(id, v)
	if err != nil {
		return err
	}
	s, err := t.schemaWith(record)
	if err != nil {
		return err
	}
	if _, err := s.idArgument(id); err != nil {
		return gateway.ErrBadRequest.Newf("id %q does not fit the table's column", id)
	}
	var names, places []string
	var arguments []any
	for _, field := range sortedKeys(record) {
		argument, err := s.argument(field, record[field])
		if err != nil {
			return err
		}
		names, places, arguments = append(names, t.dialect.quote(field)), append(places, "?"), append(arguments, argument)
	}
	statement := "INSERT INTO " + t.quoted + " (" + strings.Join(names, ", ") + ") VALUES (" + strings.Join(places, ", ") + ")"
	if _, err = t.database.Execute(statement, arguments...); !errors.Is(err, gateway.ErrConflict) {
		return t.failed(err)
	}
	if found, e := t.exists(id); e == nil && found {
		return exists(id)
	}
	return err // another key of the table
}

// Update implements gateway.Records.
func (t *table) Update(id string, v any) error {
	if err := checkID(id); err != nil {
		return err
	}
	record, err := encode(id, v)
	if err != nil {
		return err
	}
	delete(record, "id")
	s, err := t.schemaWith(record)
	if err != nil {
		return err
	}
	key, err := s.idArgument(id)
	if err != nil {
		return err
	}
	var sets []string
	var arguments []any
	for _, field := range sortedKeys(record) {
		argument, err := s.argument(field, record[field])
		if err != nil {
			return err
		}
		sets, arguments = append(sets, t.dialect.quote(field)+" = ?"), append(arguments, argument)
	}
	if len(sets) > 0 {
		result, err := t.database.Execute("UPDATE "+t.quoted+" SET "+strings.Join(sets, ", ")+" WHERE "+t.dialect.quote("id")+" = ?", append(arguments, key)...)
		if err != nil {
			return t.failed(err)
		}
		if result.RowsAffected > 0 {
			return nil
		}
	}
	// Nothing to change; or mysql, which does not count rows that stay as they are.
	found, err := t.exists(id)
	if err == nil && !found {
		err = notFound(id)
	}
	return err
}

func (t *table) exists(id string) (bool, error) {
	_, key, err := t.key(id)
	if err != nil {
		return false, err
	}
	_, err = t.database.QueryOne("SELECT 1 FROM "+t.quoted+" WHERE "+t.dialect.quote("id")+" = ?", key)
	if errors.Is(err, gateway.ErrNotFound) {
		return false, nil
	}
	return err == nil, t.failed(err)
}

// Delete implements gateway.Records.
func (t *table) Delete(id string) (bool, error) {
	_, key, err := t.key(id)
	if errors.Is(err, gateway.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	result, err := t.database.Execute("DELETE FROM "+t.quoted+" WHERE "+t.dialect.quote("id")+" = ?", key)
	if err != nil {
		return false, t.failed(err)
	}
	return result.RowsAffected > 0, nil
}

// List implements gateway.Records. Texts are compared as the database's collation
// says.
func (t *table) List(options gateway.ListOptions) ([]gateway.Record, error) {
	if err := checkOptions(options); err != nil {
		return nil, err
	}
	wanted, err := conditions(options.Filter)
	if err != nil {
		return nil, err
	}
	field, descending := strings.CutPrefix(options.Order, "-")
	needed := gateway.Record{}
	for name := range options.Filter {
		needed[name] = nil
	}
	if field != "" {
		needed[field] = nil
	}
	s, err := t.schemaWith(needed)
	if err != nil {
		return nil, err
	}
	where, arguments, possible, err := t.where(s, wanted)
	if err != nil || !possible {
		return []gateway.Record{}, err
	}
	rows, err := t.database.Query("SELECT * FROM "+t.quoted+where+t.dialect.orderBy(field, descending)+t.dialect.limit(options), arguments...)
	if err != nil {
		return nil, t.failed(err)
	}
	all := make([]gateway.Record, 0, len(rows))
	for _, row := range rows {
		record, err := s.record(row)
		if err != nil {
			return nil, err
		}
		all = append(all, record)
	}
	return all, nil
}

// where writes conditions. possible is false where no row can fulfil them.
func (t *table) where(s schema, all []condition) (clause string, arguments []any, possible bool, err error) {
	var parts []string
	for _, c := range all {
		col := s.columns[c.field]
		if col.kind == jsonKind {
			return "", nil, false, gateway.ErrBadRequest.Newf("filter on %s: a JSON column cannot be compared", c.field)
		}
		if c.value == nil {
			parts = append(parts, t.dialect.quote(c.field)+" IS NULL")
			continue
		}
		argument, err := s.argument(c.field, c.value)
		if errors.Is(err, gateway.ErrValidation) {
			return "", nil, false, nil // nothing in the column equals it
		}
		if err != nil {
			return "", nil, false, err
		}
		parts, arguments = append(parts, t.dialect.quote(c.field)+" = ?"), append(arguments, argument)
	}
	if len(parts) == 0 {
		return "", nil, true, nil
	}
	return " WHERE " + strings.Join(parts, " AND "), arguments, true, nil
}

// failed forgets the table's columns after a refusal, which may be due to columns
// that are not there any more.
func (t *table) failed(err error) error {
	if errors.Is(err, gateway.ErrDatabase) {
		t.schemas.forget(t.service, t.name)
	}
	return err
}

// dialect is the type of a service: sqlite, postgres or mysql.
type dialect string

// table quotes the name of a table, with or without a schema before it.
func (d dialect) table(name string) (string, error) {
	parts := strings.Split(name, ".")
	for i, part := range parts {
		if !validName(part) || len(parts) > 2 {
			return "", gateway.ErrBadRequest.Newf("%.100q is not the name of a table", name)
		}
		parts[i] = d.quote(part)
	}
	return strings.Join(parts, "."), nil
}

func validName(name string) bool {
	if name == "" || len(name) > 63 || name[0] >= '0' && name[0] <= '9' {
		return false
	}
	for _, r := range name {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' {
			return false
		}
	}
	return true
}

func (d dialect) quote(name string) string {
	if d == "mysql" {
		return "`" + strings.ReplaceAll(name, "`", "``") + "`"
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// orderBy orders by a field and then by id, with NULL before everything else.
func (d dialect) orderBy(field string, descending bool) string {
	direction, nulls := " ASC", ""
	if descending {
		direction = " DESC"
	}
	if d == "postgres" {
		nulls = map[bool]string{false: " NULLS FIRST", true: " NULLS LAST"}[descending]
	}
	if field == "" || field == "id" {
		return " ORDER BY " + d.quote("id") + direction
	}
	return " ORDER BY " + d.quote(field) + direction + nulls + ", " + d.quote("id")
}

func (d dialect) limit(options gateway.ListOptions) string {
	switch {
	case options.Limit > 0:
		return fmt.Sprintf(" LIMIT %d OFFSET %d", options.Limit, options.Offset)
	case options.Offset == 0:
		return ""
	case d == "postgres":
		return fmt.Sprintf(" OFFSET %d", options.Offset)
	default:
		return " LIMIT 9223372036854775807 OFFSET " + strconv.Itoa(options.Offset)
	}
}
