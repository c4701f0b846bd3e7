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

// Documents works on the collections of a document database. Filters, updates
// and pipelines are written as in the database's own language, from maps and
// slices:
//
//	docs.Find("users", gateway.Document{"age": gateway.Document{"$gte": 18}}, gateway.FindOptions{Limit: 10})
//
// Errors: [ErrNotFound] from FindOne, [ErrConflict] for a duplicate key,
// [ErrDatabase] when the server refuses an operation, [ErrServiceUnavailable]
// when it cannot be reached, [ErrTimeout] at the deadline.
type Documents interface {
	Find(collection string, filter any, options FindOptions) ([]Document, error)
	FindOne(collection string, filter any) (Document, error)
	// Insert stores documents and gives their ids, made where they have none.
	Insert(collection string, documents ...any) (ids []any, err error)
	// Update changes every matching document and gives how many matched.
	Update(collection string, filter, update any) (matched int64, err error)
	// Delete removes every matching document and gives how many there were. An
	// empty filter is refused with [ErrBadRequest]; to empty a collection pass
	// Document{"_id": Document{"$exists": true}}.
	Delete(collection string, filter any) (deleted int64, err error)
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
