package gateway

// Document is one document of a document database.
type Document map[string]any

// Pairs is a document whose fields keep their order, which matters in a sort by
// several fields:
//
//	gateway.Document{"$sort": gateway.Pairs{{"age", -1}, {"name", 1}}}
type Pairs []Pair

// Pair is one field of Pairs.
type Pair struct {
	Key   string
	Value any
}

// Documents works on the collections of a document database. Documents, filters,
// updates and pipelines are written as in the database's own language, from maps,
// [Pairs], slices, and structs with json tags:
//
//	docs.Find("users", gateway.Document{"age": gateway.Document{"$gte": 18}}, gateway.FindOptions{Limit: 10})
//
// What comes back has plain values: int64, float64, string, bool, nil, time.Time in
// UTC, []byte, [Decimal], []any and [Document]. An ObjectID of MongoDB comes back as
// its 24 hexadecimal digits, and a filter on _id finds it by them; elsewhere write
// Document{"$oid": "…"}.
//
// Errors: [ErrNotFound] from FindOne, [ErrConflict] for a duplicate key,
// [ErrBadRequest] for what is no document, filter, update or pipeline,
// [ErrDatabase] when the server refuses an operation, [ErrPayloadTooLarge] for an
// answer of more than 100,000 documents or 256 MiB, [ErrServiceUnavailable] when the
// server cannot be reached, [ErrTimeout] at the deadline.
type Documents interface {
	// Find gives the documents that match a filter; all where it is nil.
	Find(collection string, filter any, options FindOptions) ([]Document, error)
	// FindOne gives one document that matches, or [ErrNotFound].
	FindOne(collection string, filter any) (Document, error)
	// Insert stores documents and gives their ids, made where they have none.
	Insert(collection string, documents ...any) (ids []any, err error)
	// Update changes every matching document and gives how many matched. update has
	// operators, as in Document{"$set": Document{"seen": true}}, or is a pipeline.
	Update(collection string, filter, update any) (matched int64, err error)
	// Delete removes every matching document and gives how many there were. An
	// empty filter is refused with [ErrBadRequest]; to empty a collection pass
	// Document{"_id": Document{"$exists": true}}.
	Delete(collection string, filter any) (deleted int64, err error)
	// Aggregate runs a pipeline, a list of stages with one operator each.
	Aggregate(collection string, pipeline any) ([]Document, error)
}

// FindOptions bounds and orders what Find gives.
type FindOptions struct {
	Limit  int64    // all where zero
	Skip   int64    // from the first
	Sort   []string // field names; a leading "-" for descending
	Fields []string // the fields to give; all where empty
}

type noDocuments struct{ err error }

func (n noDocuments) Find(string, any, FindOptions) ([]Document, error) { return nil, n.err }
func (n noDocuments) FindOne(string, any) (Document, error)             { return nil, n.err }
func (n noDocuments) Insert(string, ...any) ([]any, error)              { return nil, n.err }
func (n noDocuments) Update(string, any, any) (int64, error)            { return 0, n.err }
func (n noDocuments) Delete(string, any) (int64, error)                 { return 0, n.err }
func (n noDocuments) Aggregate(string, any) ([]Document, error)         { return nil, n.err }
