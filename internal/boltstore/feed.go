package boltstore

import (
	"context"
	"encoding/binary"
	"fmt"

	"gateway/internal/catalog"
)

const (
	// keptChanges is how many of the latest changes the file holds. Whoever fell further behind reads everything.
	keptChanges = 10_000
	// changesPage is how many changes one call returns at most.
	changesPage = 1_000
)

// Sequence returns the sequence number of the last change.
func (s *Store) Sequence(ctx context.Context) (n int64, err error) {
	err = s.view(ctx, func(t *tx) error {
		n = t.sequence()
		return nil
	})
	return n, err
}

// Changes returns the changes after a sequence number; see catalog.Feed.
func (s *Store) Changes(ctx context.Context, after int64) ([]catalog.Change, error) {
	for {
		next := s.nextCommit() // before reading, so that no commit in between is missed
		var changes []catalog.Change
		err := s.view(ctx, func(t *tx) (err error) {
			changes, err = t.changes(after)
			return err
		})
		if err != nil || len(changes) > 0 {
			return changes, err
		}
		select {
		case <-next:
		case <-s.closing:
			return nil, errClosed()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// nextCommit returns a channel that is closed by the next commit.
func (s *Store) nextCommit() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.committed
}

// announce wakes those who wait in Changes.
func (s *Store) announce() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.committed)
	s.committed = make(chan struct{})
}

func (t *tx) sequence() int64 { return int64(t.Bucket(bucketChange).Sequence()) }

func (t *tx) changes(after int64) ([]catalog.Change, error) {
	last := t.sequence()
	if after > last {
		return nil, &catalog.Error{Code: catalog.CodeCompacted, Message: fmt.Sprintf("the last change is %d, not %d: this is another catalog", last, after)}
	}
	if after < last-keptChanges {
		return nil, &catalog.Error{Code: catalog.CodeCompacted, Message: fmt.Sprintf("changes before %d are no longer kept", last-keptChanges+1)}
	}
	var changes []catalog.Change
	c := t.Bucket(bucketChange).Cursor()
	for k, record := c.Seek(sequenceKey(after + 1)); k != nil && len(changes) < changesPage; k, record = c.Next() {
		var change catalog.Change
		if err := decode(record, &change); err != nil {
			return nil, t.damaged(bucketChange, k, err)
		}
		changes = append(changes, change)
	}
	return changes, nil
}

// record adds a change to the feed, and drops the oldest beyond keptChanges.
func (t *tx) record(kind catalog.Kind, id string, deleted bool) error {
	t.dirty = true
	b := t.Bucket(bucketChange)
	n, err := b.NextSequence()
	if err != nil {
		return err
	}
	if err := t.save(bucketChange, sequenceKey(int64(n)), catalog.Change{Sequence: int64(n), Kind: kind, ID: id, Deleted: deleted}); err != nil {
		return err
	}
	if n <= keptChanges {
		return nil
	}
	return b.Delete(sequenceKey(int64(n) - keptChanges))
}

// sequenceKey is big-endian, so that changes lie in their order.
func sequenceKey(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }
