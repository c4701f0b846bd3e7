package records

import (
	"strconv"
	"strings"
	"sync"
	"time"

	"gateway"
)

// schema is what is known of a table.
type schema struct {
	columns map[string]column
	read    time.Time
}

// schemas remembers what tables look like, by service and table.
type schemas struct {
	mu    sync.Mutex // guards known
	known map[string]schema
}

const (
	// schemaAge is how long a table is taken to look the same.
	schemaAge = time.Minute
	// schemaDoubt is how old a schema must be to be read again when a record has a
	// field that it does not know.
	schemaDoubt = time.Second
)

func (s *schemas) get(service, table string) (schema, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	known, ok := s.known[service+"\x00"+table]
	return known, ok && time.Since(known.read) < schemaAge
}

func (s *schemas) put(service, table string, read schema) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.known) >= 1000 { // names come from scripts
		clear(s.known)
	}
	s.known[service+"\x00"+table] = read
}

func (s *schemas) forget(service, table string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.known, service+"\x00"+table)
}

// schema gives the table's columns.
func (t *table) schema() (schema, error) {
	if known, ok := t.schemas.get(t.service, t.name); ok {
		return known, nil
	}
	return t.readSchema()
}

// schemaWith gives the table's columns and reports a field of record that is none
// of them.
func (t *table) schemaWith(record gateway.Record) (schema, error) {
	s, err := t.schema()
	if err != nil {
		return schema{}, err
	}
	missing, ok := s.lacks(record)
	if ok && time.Since(s.read) > schemaDoubt {
		if s, err = t.readSchema(); err != nil {
			return schema{}, err
		}
		missing, ok = s.lacks(record)
	}
	if ok {
		return schema{}, gateway.ErrBadRequest.Newf("table %s has no column %q", t.name, missing)
	}
	return s, nil
}

func (s schema) lacks(record gateway.Record) (string, bool) {
	for _, field := range sortedKeys(record) {
		if _, ok := s.columns[field]; !ok {
			return field, true
		}
	}
	return "", false
}

func (t *table) readSchema() (schema, error) {
	rows, err := t.database.Query(t.dialect.columns(t.name))
	if err != nil {
		return schema{}, err
	}
	s := schema{columns: make(map[string]column, len(rows)), read: time.Now()}
	for _, row := range rows {
		name, typ := text(row.Get("name")), text(row.Get("type"))
		s.columns[name] = column{name: name, kind: kindOf(typ)}
	}
	if len(s.columns) == 0 {
		return schema{}, gateway.ErrDatabase.Newf("table %s does not exist", t.name)
	}
	if _, ok := s.columns["id"]; !ok {
		return schema{}, gateway.ErrDatabase.Newf("table %s has no column id", t.name)
	}
	t.schemas.put(t.service, t.name, s)
	return s, nil
}

// columns is the query for the columns of a table, whose name is valid.
func (d dialect) columns(table string) string {
	space, name, qualified := strings.Cut(table, ".")
	if !qualified {
		space, name = "", table
	}
	literal := func(s string) string { return "'" + s + "'" } // valid names have no quotes
	switch d {
	case "postgres":
		quoted, _ := d.table(table)
		return "SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute" +
			" WHERE attrelid = to_regclass(" + literal(quoted) + ") AND attnum > 0 AND NOT attisdropped"
	case "mysql":
		database := "DATABASE()"
		if qualified {
			database = literal(space)
		}
		return "SELECT column_name AS name, column_type AS type FROM information_schema.columns" +
			" WHERE table_schema = " + database + " AND table_name = " + literal(name)
	default:
		arguments := literal(name)
		if qualified {
			arguments += ", " + literal(space)
		}
		return "SELECT name, type FROM pragma_table_info(" + arguments + ")"
	}
}

// argument gives the argument for a field, which is a column.
func (s schema) argument(field string, v any) (any, error) { return s.columns[field].argument(v) }

// idArgument gives the argument for an id, or [gateway.ErrNotFound] where the
// column cannot hold it.
func (s schema) idArgument(id string) (any, error) {
	switch s.columns["id"].kind {
	case integer:
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil || strconv.FormatInt(n, 10) != id {
			return nil, notFound(id)
		}
		return n, nil
	case uuid:
		if !validUUID.MatchString(id) {
			return nil, notFound(id)
		}
	}
	return id, nil
}

// record makes a record of a row.
func (s schema) record(row gateway.Row) (gateway.Record, error) {
	record := make(gateway.Record, len(row.Columns))
	for i, name := range row.Columns {
		col, ok := s.columns[name]
		if !ok {
			col = column{name: name, kind: textual} // added since the schema was read
		}
		value, err := col.value(row.Values[i])
		if err != nil {
			return nil, gateway.ErrSerialization.Wrap(err, "a row of the table cannot be read as a record")
		}
		record[name] = value
	}
	record["id"] = text(record["id"])
	return record, nil
}
