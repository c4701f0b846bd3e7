package gateway

import "encoding/json"

// Record is one JSON object. Its id is under "id". Whole numbers in it are int64,
// others float64, lists []any and objects map[string]any, whatever keeps it.
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

// Records keeps JSON records by id: rows of a table, objects {collection}/{id}.json
// of a storage service, or files {collection}/{id}.json of a file server. An id has
// 1 to 128 letters, digits, '-', '_' and '.', and does not begin with a dot.
//
// A table must exist and have a column id; the fields of a record are its columns,
// and a field without one is [ErrBadRequest]. Lists and objects are kept in text
// columns as JSON, and come back as what they were.
//
// Storage and file servers read all records to filter or order them, up to 10,000
// and 256 MiB; more are [ErrPayloadTooLarge].
//
// Errors: [ErrNotFound], [ErrConflict] and [ErrBadRequest] as said below,
// [ErrValidation] for a value that does not fit its column, and those of the
// backend.
type Records interface {
	// Get gives a record, or [ErrNotFound].
	Get(id string) (Record, error)
	// List gives the records that options select.
	List(options ListOptions) ([]Record, error)
	// Create stores a new record: v is a Record, or anything that encodes to a
	// JSON object. An id that exists is [ErrConflict]; over FTP, another who creates
	// it in the same moment may go unnoticed.
	Create(id string, v any) error
	// Update replaces the fields that v has and keeps the others. An id that does
	// not exist is [ErrNotFound]. Of two updates in the same moment both are kept,
	// except on file servers, where the later wins.
	Update(id string, v any) error
	// Delete removes a record and reports whether it existed.
	Delete(id string) (bool, error)
}

// ListOptions selects, orders and bounds records.
type ListOptions struct {
	// Filter has fields and the texts, numbers, booleans or nil that they must equal.
	// A text equals the number or boolean it writes.
	Filter map[string]any
	Order  string // a field name, descending with a leading "-"; by id where empty
	Limit  int    // all where zero
	Offset int
}

type noRecords struct{ err error }

func (n noRecords) Get(string) (Record, error)         { return nil, n.err }
func (n noRecords) List(ListOptions) ([]Record, error) { return nil, n.err }
func (n noRecords) Create(string, any) error           { return n.err }
func (n noRecords) Update(string, any) error           { return n.err }
func (n noRecords) Delete(string) (bool, error)        { return false, n.err }
