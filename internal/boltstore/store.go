package boltstore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"gateway/internal/catalog"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// FileName is the name of the catalog's file in a gateway's data folder.
const FileName = "gateway.db"

// Options are what Open may be told. The zero value is right.
type Options struct {
	// LockTimeout is how long Open waits for another process to let go of the file. Zero means two seconds, enough
	// for a predecessor that is shutting down.
	LockTimeout time.Duration
	// Logger gets what an operator has to know and no caller is told. Nil means none.
	Logger *slog.Logger
	// Now tells the time. Nil means time.Now.
	Now func() time.Time
}

// Store is a catalog.Store in a file. Its methods are safe for concurrent use.
type Store struct {
	db   *bolt.DB
	path string
	now  func() time.Time

	writes  chan *write   // unbuffered: senders wait while a commit is under way
	closing chan struct{} // closed by Close
	writer  sync.WaitGroup

	closeOnce sync.Once
	closeErr  error

	mu        sync.Mutex    // guards committed
	committed chan struct{} // closed and replaced after every commit, for those who wait in Changes
}

var _ catalog.Store = (*Store)(nil)

// Close ends the store. Changes that were accepted are committed first.
func (s *Store) Close() error {
	s.closeOnce.Do(func() {
		close(s.closing)
		s.writer.Wait()
		// bbolt describes its last two commits in two places, and takes the older where the newer is damaged. One
		// commit more, and both places have everything that was acknowledged.
		err := s.contain(func() error { return s.db.Update(func(*bolt.Tx) error { return nil }) })
		s.closeErr = errors.Join(err, s.db.Close())
		removeHolder(s.path)
	})
	return s.closeErr
}

// view runs fn in a reading transaction.
func (s *Store) view(ctx context.Context, fn func(*tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.contain(func() error {
		return s.db.View(func(btx *bolt.Tx) error { return fn(&tx{Tx: btx}) })
	})
}

// contain runs fn and turns bbolt's errors, its panics about broken pages and faults from a file that became shorter
// under the memory map into catalog errors.
func (s *Store) contain(fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = s.corrupt(fmt.Errorf("%v\n%s", p, debug.Stack()))
		}
	}()
	err = fn()
	if errors.Is(err, bolterrors.ErrDatabaseNotOpen) {
		return errClosed()
	}
	return err
}

func (s *Store) corrupt(cause error) error {
	return corrupt(s.path, "the catalog in %s is damaged", s.path, cause)
}

// WriteTo writes a copy of the whole file as it is at one moment, while the store is in use.
func (s *Store) WriteTo(w io.Writer) (n int64, err error) {
	err = s.view(context.Background(), func(tx *tx) error {
		n, err = tx.WriteTo(w)
		return err
	})
	if err != nil {
		return n, fmt.Errorf("back up catalog: %w", err)
	}
	return n, nil
}

// Backup writes a copy to a new file, which only its owner can read. The copy has no free pages, is flushed to the
// disk before Backup returns, and appears under its name only when it is whole. It fails when the file exists.
func (s *Store) Backup(path string) error {
	part, err := os.CreateTemp(dirOf(path), ".backup-*")
	if err != nil {
		return fmt.Errorf("back up catalog: %w", err)
	}
	partName := part.Name()
	_ = part.Close()
	defer func() { _ = os.Remove(partName) }()

	err = s.contain(func() error {
		copied, err := bolt.Open(partName, 0o600, &bolt.Options{Timeout: time.Second})
		if err != nil {
			return err
		}
		if err := bolt.Compact(copied, s.db, compactBytes); err != nil {
			return errors.Join(err, copied.Close())
		}
		return copied.Close()
	})
	if err == nil {
		err = publish(partName, path)
	}
	if err != nil {
		return fmt.Errorf("back up catalog to %s: %w", path, err)
	}
	return nil
}

// compactBytes bounds how much one transaction of a backup holds in memory.
const compactBytes = 8 << 20

// errClosed answers calls to a store that was closed.
func errClosed() error {
	return &catalog.Error{Code: catalog.CodeUnavailable, Message: "the catalog is closed"}
}
