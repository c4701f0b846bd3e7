package records

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"gateway"
)

// blobs keeps the JSON of records by id. What does not exist is
// [gateway.ErrNotFound].
type blobs interface {
	// get gives a record's JSON and a mark of its state, "" where there are none.
	get(id string) (data []byte, state string, err error)
	// create stores a record that does not exist, or is [gateway.ErrConflict].
	create(id string, data []byte) error
	// replace stores a record whose state is still the one given, or is
	// [gateway.ErrConflict].
	replace(id string, data []byte, state string) error
	remove(id string) (existed bool, err error)
	// ids gives all ids, in any order.
	ids() ([]string, error)
}

// stored is a collection of JSON objects or files.
type stored struct {
	ctx   context.Context
	blobs blobs
}

var _ gateway.Records = stored{}

// readers is how many records are read at once.
const readers = 4

// Get implements gateway.Records.
func (s stored) Get(id string) (gateway.Record, error) {
	record, _, _, err := s.get(id)
	return record, err
}

func (s stored) get(id string) (record gateway.Record, state string, size int, err error) {
	if err := checkID(id); err != nil {
		return nil, "", 0, err
	}
	data, state, err := s.blobs.get(id)
	if errors.Is(err, gateway.ErrNotFound) {
		return nil, "", 0, notFound(id)
	}
	if err != nil {
		return nil, "", 0, err
	}
	if record, err = decode(data); err != nil {
		return nil, "", 0, gateway.ErrSerialization.Wrap(err, "record \""+id+"\" is not a JSON object")
	}
	record["id"] = id
	return record, state, len(data), nil
}

// Create implements gateway.Records.
func (s stored) Create(id string, v any) error {
	if err := checkID(id); err != nil {
		return err
	}
	record, err := encode(id, v)
	if err != nil {
		return err
	}
	data, err := marshal(record)
	if err != nil {
		return err
	}
	if err := s.blobs.create(id, data); errors.Is(err, gateway.ErrConflict) {
		return exists(id)
	} else if err != nil {
		return err
	}
	return nil
}

// Update implements gateway.Records. Where another changes the record in between,
// it begins again with what that one has left.
func (s stored) Update(id string, v any) error {
	if err := checkID(id); err != nil {
		return err
	}
	change, err := encode(id, v)
	if err != nil {
		return err
	}
	for range 10 {
		record, state, _, err := s.get(id)
		if err != nil {
			return err
		}
		maps.Copy(record, change)
		data, err := marshal(record)
		if err != nil {
			return err
		}
		if err := s.blobs.replace(id, data, state); !errors.Is(err, gateway.ErrConflict) {
			return err
		}
	}
	return gateway.ErrConflict.Newf("record %q is being changed by others all the time", id)
}

// Delete implements gateway.Records.
func (s stored) Delete(id string) (bool, error) {
	if err := checkID(id); err != nil {
		return false, err
	}
	return s.blobs.remove(id)
}

// List implements gateway.Records.
func (s stored) List(options gateway.ListOptions) ([]gateway.Record, error) {
	if err := checkOptions(options); err != nil {
		return nil, err
	}
	wanted, err := conditions(options.Filter)
	if err != nil {
		return nil, err
	}
	ids, err := s.blobs.ids()
	if err != nil {
		return nil, err
	}
	field, descending := strings.CutPrefix(options.Order, "-")
	slices.Sort(ids)
	if len(wanted) == 0 && (field == "" || field == "id") { // the names say enough
		if descending {
			slices.Reverse(ids)
		}
		return s.read(page(ids, options))
	}
	all, err := s.read(ids)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(r gateway.Record) bool { return !matches(r, wanted) })
	if field != "" {
		slices.SortStableFunc(all, func(a, b gateway.Record) int {
			c := compare(a[field], b[field])
			if descending {
				return -c
			}
			return c
		})
	}
	return page(all, options), nil
}

// page gives the part of all that options ask for.
func page[T any](all []T, options gateway.ListOptions) []T {
	all = all[min(options.Offset, len(all)):]
	if options.Limit > 0 {
		all = all[:min(options.Limit, len(all))]
	}
	return all
}

// read gives the records of ids in their order. One that was deleted meanwhile is
// left out.
func (s stored) read(ids []string) ([]gateway.Record, error) {
	if len(ids) > MaxRecords {
		return nil, gateway.ErrPayloadTooLarge.Newf("the collection has %d records, and at most %d are read: keep so many in a database", len(ids), MaxRecords)
	}
	found := make([]gateway.Record, len(ids))
	var size atomic.Int64
	group, ctx := errgroup.WithContext(s.ctx)
	group.SetLimit(readers)
	for i, id := range ids {
		if ctx.Err() != nil {
			break
		}
		group.Go(func() error {
			record, _, n, err := s.get(id)
			if errors.Is(err, gateway.ErrNotFound) {
				return nil
			}
			if err == nil && size.Add(int64(n)) > MaxBytes {
				err = gateway.ErrPayloadTooLarge.Newf("the records have more than %d MiB: ask for less at a time", MaxBytes>>20)
			}
			found[i] = record
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	if err := s.ctx.Err(); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(found, func(r gateway.Record) bool { return r == nil }), nil
}

// marshal writes a record for people too.
func marshal(record gateway.Record) ([]byte, error) {
	data, err := json.MarshalIndent(record, "", "  ")
	if err != nil {
		return nil, gateway.ErrSerialization.Wrap(err, "")
	}
	return append(data, '\n'), nil
}

func sortedKeys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }
