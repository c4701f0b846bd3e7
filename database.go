package gateway

// Database runs SQL. Placeholders may be written ? or $1, $2, … on every
// backend. Arguments are strings, numbers, booleans, []byte, time.Time, nil,
// pointers to these, and driver.Valuer; anything else is passed as JSON.
//
// In a postgres statement with ? placeholders the operators ?, ?| and ?& are
// written ??, ??| and ??&.
//
// A statement that only reads is repeated where the connection breaks; one that
// changes data is not, since it may have been carried out.
//
// Errors: [ErrDatabase] when the backend refuses a statement, [ErrConflict] when
// it breaks a unique or foreign key, [ErrServiceUnavailable] when the backend
// cannot be reached or its queue stays full, [ErrTimeout] at the deadline.
type Database interface {
	// Query runs a statement and gives all its rows. Large results are better
	// read with Each: there are at most as many as the service's max_rows.
	Query(query string, args ...any) (Rows, error)
	// QueryOne gives the first row, or [ErrNotFound] where there is none.
	QueryOne(query string, args ...any) (Row, error)
	// Each calls fn for every row as it arrives, and stops at fn's first error,
	// which it returns.
	Each(fn func(Row) error, query string, args ...any) error
	// Execute runs a statement that changes data.
	Execute(query string, args ...any) (Result, error)
	// Transaction runs fn in a transaction: committed when fn returns nil, rolled
	// back when it returns an error, panics or is stopped. Each operation of tx
	// uses the transaction; tx is of no use after fn has returned, nor after an
	// operation of it that failed with ErrTimeout or ErrServiceUnavailable.
	Transaction(fn func(tx Transaction) error) error
}

// Transaction is a [Database] inside Database.Transaction. Its Each reads all rows
// before it calls fn for the first, so that fn may use the transaction too.
type Transaction interface {
	Query(query string, args ...any) (Rows, error)
	QueryOne(query string, args ...any) (Row, error)
	Each(fn func(Row) error, query string, args ...any) error
	Execute(query string, args ...any) (Result, error)
}

// Result is what Execute did.
type Result struct {
	RowsAffected int64
	// LastInsertID is the generated key of an insert on sqlite and mysql; on
	// postgres use INSERT … RETURNING with QueryOne.
	LastInsertID int64
}

// noDatabase answers for a database that was not found.
type noDatabase struct{ err error }

func (n noDatabase) Query(string, ...any) (Rows, error)           { return nil, n.err }
func (n noDatabase) QueryOne(string, ...any) (Row, error)         { return Row{}, n.err }
func (n noDatabase) Each(func(Row) error, string, ...any) error   { return n.err }
func (n noDatabase) Execute(string, ...any) (Result, error)       { return Result{}, n.err }
func (n noDatabase) Transaction(func(tx Transaction) error) error { return n.err }
