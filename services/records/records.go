package records

import (
	"context"
	"regexp"

	"gateway"
	"gateway/services"
)

const (
	// MaxRecords is how many records of storage or files are read for one List.
	MaxRecords = 10_000
	// MaxBytes is how many bytes these may have together.
	MaxBytes = 256 << 20
)

// New makes the function for services.Options.Records. It remembers the columns of
// tables for a while, so one is enough for a manager.
func New() services.RecordsFunc {
	tables := &schemas{known: map[string]schema{}}
	return func(ctx context.Context, h services.Handle, collection string) (gateway.Records, error) {
		switch value := h.Value.(type) {
		case gateway.Database:
			return newTable(ctx, value, h, collection, tables)
		case gateway.Storage:
			base, err := cleanCollection(collection)
			if err != nil {
				return nil, err
			}
			return stored{ctx: ctx, blobs: objects{value, base}}, nil
		case gateway.Files:
			base, err := cleanCollection(collection)
			if err != nil {
				return nil, err
			}
			return stored{ctx: ctx, blobs: files{value, base}}, nil
		default:
			return nil, gateway.ErrServiceNotFound.Newf("service %q keeps no records", h.Name)
		}
	}
}

var validID = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,127}$`)

func checkID(id string) error {
	if !validID.MatchString(id) {
		return gateway.ErrBadRequest.Newf("id %.140q is not valid: want 1 to 128 letters, digits, '-', '_' and '.', not beginning with '.'", id)
	}
	return nil
}

func notFound(id string) error { return gateway.ErrNotFound.Newf("record %q does not exist", id) }

func exists(id string) error { return gateway.ErrConflict.Newf("record %q exists", id) }

func checkOptions(options gateway.ListOptions) error {
	if options.Limit < 0 || options.Offset < 0 {
		return gateway.ErrBadRequest.New("limit and offset cannot be negative")
	}
	return nil
}
