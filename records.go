package gateway

import "encoding/json"

// Record is one JSON object. Its id is under "id".
type Record map[string]any

// Decode fills v, usually a pointer to a struct, from the record by its json tags.
func (r Record) Decode(v any) error {
	data, err := json.Marshal(r)
	if err != nil {
		return ErrSerialization.Wrap(err, ErrInternal.Error())
	}
	if err := json.Unmarshal(data, v); err != nil {
		return ErrSerialization.Wrap(err, ErrInternal.Error())
	}
	return nil
}

// Records keeps JSON records by id: rows of a table, objects {prefix}/{id}.json
// of a store, or files {folder}/{id}.json of a file server. An id has 1 to 128
// letters, digits, '-', '_' and '.', and does not begin with a dot.
//
// Errors: [ErrNotFound], [ErrConflict] and [ErrBadRequest] as said below, and
// those of the backend.
type Records interface {
	// Get gives a record, or [ErrNotFound].
	Get(id string) (Record, error)
	// List gives the records that options select.
	List(options ListOptions) ([]Record, error)
	// Create stores a new record: v is a Record, or anything that encodes to a
	// JSON object. An id that exists is [ErrConflict].
	Create(id string, v any) error
	// Update replaces the fields that v has and keeps the others. An id that does
	// not exist is [ErrNotFound].
	Update(id string, v any) error
	// Delete removes a record and reports whether it existed.
	Delete(id string) (bool, error)
}

// ListOptions selects, orders and bounds records.
type ListOptions struct {
	Filter map[string]any // fields that must have these values
	Order  string         // a field name, descending with a leading "-"; by id where empty
	Limit  int            // all where zero
	Offset int
}

type noRecords struct{ err error }

func (n noRecords) Get(string) (Record, error)         { return nil, n.err }
func (n noRecords) List(ListOptions) ([]Record, error) { return nil, n.err }
func (n noRecords) Create(string, any) error           { return n.err }
func (n noRecords) Update(string, any) error           { return n.err }
func (n noRecords) Delete(string) (bool, error)        { return false, n.err }
