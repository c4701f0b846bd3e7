package boltstore

import (
	"context"
	"errors"
	"fmt"

	"gateway/internal/catalog"

	bolt "go.etcd.io/bbolt"
)

// maxCommit bounds how many changes go into one commit, and with it how long each of them takes.
const maxCommit = 256

// pending is a change on its way into a commit.
type pending struct {
	ctx  context.Context
	fn   func(*tx) error // may run more than once, each time in a fresh transaction
	done chan error      // has room for the one answer
}

// update runs fn in a writing transaction, together with others, and returns when it is on the disk or was refused.
// When fn fails nothing of it is kept. When ctx ends before fn was reached it is not run; after that the answer says
// what happened, however long that takes.
func (s *Store) update(ctx context.Context, fn func(*tx) error) error {
	w := &pending{ctx: ctx, fn: fn, done: make(chan error, 1)}
	select {
	case <-s.closing:
		return errClosed()
	default:
	}
	select {
	case s.writes <- w:
		return <-w.done
	case <-s.closing:
		return errClosed()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// runWriter commits changes until the store closes. It never leaves one that it took without an answer.
func (s *Store) runWriter() {
	for {
		var batch []*pending
		select {
		case <-s.closing:
			return
		case w := <-s.writes:
			batch = append(batch, w)
		}
	collect:
		for len(batch) < maxCommit {
			select {
			case w := <-s.writes:
				batch = append(batch, w)
			default:
				break collect
			}
		}
		s.commit(batch)
	}
}

// commit makes one commit of a batch and answers every change in it. A change that is refused after it wrote
// something is taken out, and the rest begins again.
func (s *Store) commit(batch []*pending) {
	if broken := s.broken.Load(); broken != nil {
		for _, w := range batch {
			w.done <- broken
		}
		return
	}
	for len(batch) > 0 {
		results := make([]error, len(batch))
		undo := -1 // the change to take out
		err := s.write(func(btx *bolt.Tx) error {
			dirty := false
			for i, w := range batch {
				t := &tx{Tx: btx, now: s.now}
				results[i] = w.run(t)
				if results[i] != nil && t.dirty {
					undo = i
					return errUndo
				}
				dirty = dirty || t.dirty
			}
			if !dirty {
				return errNothing
			}
			return nil
		})
		switch {
		case undo >= 0 && errors.Is(err, errUndo):
			batch[undo].done <- results[undo]
			batch = append(batch[:undo:undo], batch[undo+1:]...)
			continue
		case errors.Is(err, errNothing):
			err = nil
		case err == nil:
			s.announce()
		case catalog.CodeOf(err) == catalog.CodeInternal:
			err = &catalog.Error{
				Code:    catalog.CodeUnavailable,
				Message: "the change could not be written",
				Hint:    "see whether the disk is full",
				Err:     fmt.Errorf("commit %s: %w", s.path, err),
			}
		}
		for i, w := range batch {
			if err != nil {
				w.done <- err
			} else {
				w.done <- results[i]
			}
		}
		return
	}
}

// run applies the change, unless nobody waits for it any more.
func (w *pending) run(t *tx) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	return w.fn(t)
}

var (
	errUndo    = errors.New("begin again without the refused change")
	errNothing = errors.New("nothing to commit") // spares the flush
)
