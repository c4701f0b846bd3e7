package boltstore

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"gateway/internal/catalog"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// SchemaVersion is the version of what this package writes into the file. A file with a greater one is refused.
// Whoever raises it also upgrades older files in Open, in one transaction.
const SchemaVersion = 1

// schemaKey is where the bucket meta has the schema version, as a big-endian uint32.
var schemaKey = []byte("schema")

// Open opens the catalog's file, and makes it when there is none. The folder must exist. Errors are CodeLocked when
// another process has the file, CodeCorrupt and CodeTooNew; each says what to do.
func Open(path string, opts Options) (*Store, error) {
	if opts.LockTimeout == 0 {
		opts.LockTimeout = 2 * time.Second
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	path = filepath.Clean(path)
	if err := create(path); err != nil {
		return nil, fmt.Errorf("open catalog: %w", err)
	}
	db, file, err := openFile(path, opts)
	if err != nil {
		return nil, fmt.Errorf("open catalog: %w", err)
	}
	writeHolder(path, opts.Now())
	s := &Store{
		db:        db,
		file:      file,
		path:      path,
		now:       opts.Now,
		writes:    make(chan *pending),
		closing:   make(chan struct{}),
		committed: make(chan struct{}),
	}
	s.writer.Go(s.runWriter)
	return s, nil
}

// create makes the file with its buckets when there is none. It is made under another name and then linked, so that a
// crash leaves either no file or a whole one; an empty file is therefore a damaged one.
func create(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	part, err := os.CreateTemp(dirOf(path), ".new-*")
	if err != nil {
		return err
	}
	_ = part.Close()
	defer func() { _ = os.Remove(part.Name()) }()
	db, err := bolt.Open(part.Name(), 0o600, &bolt.Options{Timeout: time.Second})
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for _, name := range allBuckets {
			if _, err := tx.CreateBucket(name); err != nil {
				return err
			}
		}
		return tx.Bucket(bucketMeta).Put(schemaKey, binary.BigEndian.AppendUint32(nil, SchemaVersion))
	})
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	if err := publish(part.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// publish gives a finished file its name, unless the name is taken, and flushes the folder.
func publish(from, to string) error {
	err := os.Link(from, to)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		// A file system without links. The rename cannot be told to fail when the name is taken.
		if _, statErr := os.Stat(to); statErr == nil {
			return &fs.PathError{Op: "create", Path: to, Err: fs.ErrExist}
		}
		err = os.Rename(from, to)
	}
	if err != nil {
		return err
	}
	dir, err := os.Open(dirOf(to))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

func dirOf(path string) string { return filepath.Dir(path) }

// openFile opens an existing file and checks it as far as can be done without reading all of it.
func openFile(path string, opts Options) (db *bolt.DB, file *os.File, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			// Its lock must not outlive that. bbolt's own Close could wait or panic, so the file is closed under it.
			if file != nil {
				_ = file.Close()
			}
			db, file = nil, nil
			err = corrupt(path, "%s is damaged", path, fmt.Errorf("%v", p))
		}
	}()

	db, err = bolt.Open(path, 0o600, &bolt.Options{
		Timeout:      opts.LockTimeout,
		FreelistType: bolt.FreelistMapType,
		NoStatistics: true,
		OpenFile: func(name string, flag int, perm os.FileMode) (*os.File, error) {
			var err error
			file, err = os.OpenFile(name, flag&^os.O_CREATE, perm)
			if err == nil {
				err = checkSize(file)
			}
			return file, err
		},
	})
	switch {
	case err == nil:
		if err := check(db, path, opts.Logger); err != nil {
			return nil, nil, errors.Join(err, db.Close())
		}
		return db, file, nil
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, nil, locked(path)
	case errors.Is(err, bolterrors.ErrVersionMismatch):
		return nil, nil, tooNew(path, "its format is not one that this gateway knows")
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum):
		return nil, nil, corrupt(path, "%s is not a catalog, or its first pages are damaged", path, err)
	case errors.Is(err, errTruncated):
		return nil, nil, corrupt(path, "%s is cut off", path, err)
	}
	return nil, nil, err
}

var errTruncated = errors.New("file is shorter than its pages")

// checkSize refuses what bbolt would take for a new file, or could not read the first pages of.
func checkSize(file *os.File) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if info.Size() < int64(2*os.Getpagesize()) {
		return errTruncated
	}
	return nil
}

// check looks for damage that bbolt itself does not notice on opening: a file that is shorter than its tree says, a
// newer schema, missing buckets, and broken pages of everything but the sources of versions.
func check(db *bolt.DB, path string, logger *slog.Logger) error {
	return db.View(func(btx *bolt.Tx) error {
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		if info.Size() < btx.Size() {
			return corrupt(path, "%s is cut off", path, fmt.Errorf("%w: %d of %d bytes", errTruncated, info.Size(), btx.Size()))
		}
		meta := btx.Bucket(bucketMeta)
		if meta == nil || len(meta.Get(schemaKey)) != 4 {
			return corrupt(path, "%s is not a catalog", path, errors.New("no schema version"))
		}
		if v := binary.BigEndian.Uint32(meta.Get(schemaKey)); v > SchemaVersion {
			return tooNew(path, fmt.Sprintf("it has schema %d, and this gateway knows %d", v, SchemaVersion))
		} else if v == 0 {
			return corrupt(path, "%s is damaged", path, errors.New("schema 0"))
		}
		for _, name := range allBuckets {
			if btx.Bucket(name) == nil {
				return corrupt(path, "%s is damaged", path, fmt.Errorf("no bucket %s", name))
			}
		}
		records := 0
		for _, name := range recordBuckets {
			err := btx.Bucket(name).ForEach(func(k, v []byte) error {
				records++
				if _, err := payload(v); err != nil {
					return corrupt(path, "%s is damaged", path, fmt.Errorf("%s %q: %w", name, k, err))
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		for _, name := range plainBuckets {
			if err := btx.Bucket(name).ForEach(func(_, _ []byte) error { return nil }); err != nil {
				return err
			}
		}
		logger.Debug("catalog opened", "file", path, "bytes", btx.Size(), "records", records)
		return nil
	})
}

// corrupt makes the error of a damaged file. format has one %s, for the path.
func corrupt(path, format string, arg string, cause error) *catalog.Error {
	return &catalog.Error{
		Code:    catalog.CodeCorrupt,
		Message: fmt.Sprintf(format, arg),
		Hint:    "stop the gateway, move " + filepath.Base(path) + " away and put a backup in its place; without a file the gateway begins with an empty catalog",
		Err:     cause,
	}
}

func tooNew(path, what string) error {
	return &catalog.Error{
		Code:    catalog.CodeTooNew,
		Message: path + " was written by a newer gateway: " + what,
		Hint:    "run the newer gateway, or put a backup made by this one in its place",
	}
}
