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
	"sync/atomic"
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
	file *os.File // db's own, see finish
	path string
	now  func() time.Time

	writes  chan *pending // unbuffered: senders wait while a commit is under way
	closing chan struct{} // closed by Close
	writer  sync.WaitGroup

	// broken is set when bbolt panicked where its own locks and lists may be left in disorder. From then on the file is
	// not written any more; and not read either where unreadable is set.
	broken     atomic.Pointer[catalog.Error]
	unreadable atomic.Bool

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
		s.closeErr = s.finish()
		removeHolder(s.path)
	})
	return s.closeErr
}

// finish closes the file. bbolt describes its last two commits in two places, and takes the older where the newer is
// damaged. So there is one commit more, and both places have everything that was acknowledged.
func (s *Store) finish() error {
	if s.broken.Load() == nil {
		if err := s.write(func(*bolt.Tx) error { return nil }); s.broken.Load() == nil {
			return errors.Join(err, s.db.Close())
		}
	}
	// bbolt's Close could wait for a lock that is never released. Closing the file under it gives back the operating
	// system's lock; the memory map stays until the process ends.
	return errors.Join(s.broken.Load(), s.file.Close())
}

// view runs fn in a reading transaction. A broken page that fn meets fails this call only.
func (s *Store) view(ctx context.Context, fn func(*tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.unreadable.Load() {
		return s.broken.Load()
	}
	var err error
	panicked, txErr := s.contain(func() error {
		btx, err2 := s.db.Begin(false)
		if err2 != nil {
			return err2
		}
		_, err = s.contain(func() error { return fn(&tx{Tx: btx}) })
		return btx.Rollback()
	})
	if panicked {
		s.broken.CompareAndSwap(nil, txErr.(*catalog.Error))
		s.unreadable.Store(true)
	}
	if err == nil {
		err = txErr
	}
	return err
}

// write runs fn in a writing transaction. A broken page ends all writing. It is for the writer's goroutine, and for
// Close after that has ended.
func (s *Store) write(fn func(*bolt.Tx) error) error {
	panicked, err := s.contain(func() error { return s.db.Update(fn) })
	if panicked {
		s.broken.CompareAndSwap(nil, err.(*catalog.Error))
	}
	return err
}

// contain runs fn and turns bbolt's panics about broken pages, and faults from a file that became shorter under the
// memory map, into a *catalog.Error.
func (s *Store) contain(fn func() error) (panicked bool, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			panicked = true
			err = corrupt(s.path, "the catalog in %s is damaged", s.path, fmt.Errorf("%v\n%s", p, debug.Stack()))
		}
	}()
	err = fn()
	if errors.Is(err, bolterrors.ErrDatabaseNotOpen) {
		return false, errClosed()
	}
	return false, err
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

	_, err = s.contain(func() error {
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
