package boltstore_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gateway/internal/boltstore"
	"gateway/internal/catalog"

	bolt "go.etcd.io/bbolt"
)

// tryOpen opens a file that may be broken.
func tryOpen(path string) (*boltstore.Store, error) {
	return boltstore.Open(path, boltstore.Options{LockTimeout: 60 * time.Millisecond})
}

// wantOpenError opens the file and expects an error with a code and a text.
func wantOpenError(t *testing.T, path string, code catalog.Code, texts ...string) {
	t.Helper()
	s, err := tryOpen(path)
	if err == nil {
		_ = s.Close()
		t.Fatalf("opened, want %s", code)
	}
	if catalog.CodeOf(err) != code {
		t.Errorf("error %q has code %s, want %s", err, catalog.CodeOf(err), code)
	}
	for _, text := range texts {
		if !strings.Contains(err.Error(), text) {
			t.Errorf("error %q does not say %q", err, text)
		}
	}
}

// fill makes a closed file with some endpoints and versions, and returns its path and the IDs.
func fill(t *testing.T) (path string, ids []string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), boltstore.FileName)
	s, err := tryOpen(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 40 {
		e := &catalog.Endpoint{Name: fmt.Sprint("e", i), Method: "GET", Path: fmt.Sprint("/", i)}
		if err := s.CreateEndpoint(t.Context(), e, &catalog.Version{Code: code(i, 1)}); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, e.ID)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path, ids
}

func TestOpenTellsWhatIsWrong(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(t *testing.T, path string)
		code  catalog.Code
		texts []string
	}{
		{"empty", func(t *testing.T, path string) { truncate(t, path, 0) }, catalog.CodeCorrupt, []string{"cut off", "backup"}},
		{"one page", func(t *testing.T, path string) { truncate(t, path, 4096) }, catalog.CodeCorrupt, []string{"cut off"}},
		{"half", func(t *testing.T, path string) { truncate(t, path, size(t, path)/2) }, catalog.CodeCorrupt, []string{"backup"}},
		{"text", func(t *testing.T, path string) { write(t, path, bytes.Repeat([]byte("not a database\n"), 4000)) }, catalog.CodeCorrupt, []string{"not a catalog"}},
		{"first two pages zero", func(t *testing.T, path string) { overwrite(t, path, 0, make([]byte, 8192)) }, catalog.CodeCorrupt, []string{"first pages"}},
		{"newer schema", func(t *testing.T, path string) { setSchema(t, path, boltstore.SchemaVersion+6) }, catalog.CodeTooNew, []string{"schema 7", "newer gateway"}},
		{"schema 0", func(t *testing.T, path string) { setSchema(t, path, 0) }, catalog.CodeCorrupt, []string{"schema 0"}},
		{"another program's bbolt file", func(t *testing.T, path string) {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			change(t, path, func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("theirs")); return err })
		}, catalog.CodeCorrupt, []string{"not a catalog"}},
		{"bucket gone", func(t *testing.T, path string) {
			change(t, path, func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte("endpoint_name")) })
		}, catalog.CodeCorrupt, []string{"endpoint_name"}},
		{"record changed", func(t *testing.T, path string) {
			change(t, path, func(tx *bolt.Tx) error {
				b := tx.Bucket([]byte("endpoint"))
				k, v := b.Cursor().First()
				v = bytes.Clone(v)
				v[len(v)/2] ^= 1
				return b.Put(k, v)
			})
		}, catalog.CodeCorrupt, []string{"checksum"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path, _ := fill(t)
			test.spoil(t, path)
			before := read(t, path)
			wantOpenError(t, path, test.code, test.texts...)
			if !bytes.Equal(before, read(t, path)) {
				t.Error("the broken file was changed")
			}
			// The failure holds nothing: with the file out of the way a new one can be begun.
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			open(t, path)
		})
	}
}

// TestOneFirstPageIsEnough damages each of the two pages that describe the file. Everything acknowledged is there, as
// both describe the last state once a store was closed.
func TestOneFirstPageIsEnough(t *testing.T) {
	for page := range 2 {
		path, ids := fill(t)
		overwrite(t, path, int64(page*4096), make([]byte, 4096))
		s := open(t, path)
		for i, id := range ids {
			v, err := s.Version(t.Context(), id, 1)
			if err != nil || v.Code != code(i, 1) {
				t.Errorf("without page %d, version of endpoint %d: %q, %v", page, i, v.Code, err)
			}
		}
	}
}

// TestDamageAnywhere overwrites one page after another. Either that is noticed with the right code, on opening or by
// the method that meets it, or everything reads as it was written: never a wrong answer, never the end of the process.
func TestDamageAnywhere(t *testing.T) {
	path, ids := fill(t)
	whole := read(t, path)
	noticed := 0
	for at := 0; at < len(whole); at += 4096 {
		for kind, garbage := range [][]byte{make([]byte, 4096), noise(at), bytes.Repeat([]byte{0xff}, 4096)} {
			broken := bytes.Clone(whole)
			copy(broken[at:], garbage)
			copyPath := filepath.Join(t.TempDir(), boltstore.FileName)
			write(t, copyPath, broken)
			if err := useAll(t, copyPath, ids); err != nil {
				noticed++
				if code := catalog.CodeOf(err); code != catalog.CodeCorrupt {
					t.Errorf("page %d, garbage %d: %v has code %s", at/4096, kind, err, code)
				}
			}
		}
	}
	if noticed == 0 {
		t.Error("no damage was ever noticed")
	}
}

// useAll opens a file, reads everything and writes something. Values that differ from what fill wrote fail the test.
func useAll(t *testing.T, path string, ids []string) error {
	t.Helper()
	s, err := tryOpen(path)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	for i, id := range ids {
		e, err := s.Endpoint(t.Context(), id)
		if err != nil {
			return damage(t, err)
		}
		v, err := s.Version(t.Context(), id, 1)
		if err != nil {
			return damage(t, err)
		}
		if e.Name != fmt.Sprint("e", i) || v.Code != code(i, 1) {
			t.Errorf("endpoint %d reads as %s with %q", i, e.Name, v.Code)
		}
		if i%20 != 0 {
			continue // a write for every one would only take long
		}
		e.Description = "changed"
		if err := s.UpdateEndpoint(t.Context(), &e, &catalog.Version{Code: "second"}); err != nil {
			return damage(t, err)
		}
	}
	return nil
}

// damage lets pass what a missing page may look like: objects that are not found, because the tree above them is gone.
func damage(t *testing.T, err error) error {
	t.Helper()
	if catalog.CodeOf(err) == catalog.CodeNotFound {
		t.Errorf("damage looks like absence: %v", err)
	}
	return err
}

// TestShortenedWhileOpen cuts the file under a running store: a fault, which must not end the process.
func TestShortenedWhileOpen(t *testing.T) {
	path, ids := fill(t)
	s, err := tryOpen(path)
	if err != nil {
		t.Fatal(err)
	}
	truncate(t, path, 8192)
	var failed error
	for _, id := range ids {
		if _, err := s.Version(t.Context(), id, 1); err != nil {
			failed = err
		}
	}
	if catalog.CodeOf(failed) != catalog.CodeCorrupt {
		t.Errorf("reading gave %v", failed)
	}
	e := &catalog.Endpoint{Name: "x", Method: "GET", Path: "/x"}
	if err := s.CreateEndpoint(t.Context(), e, nil); catalog.CodeOf(err) != catalog.CodeCorrupt {
		t.Errorf("writing gave %v", err)
	}
	_ = s.Close() // it may fail, but it ends
}

func TestSecondProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), boltstore.FileName)
	cmd := child(t, holderEnv, path)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fscanln(out, new(string)); err != nil {
		t.Fatal(err)
	}
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	wantOpenError(t, path, catalog.CodeLocked, fmt.Sprintf("process %d on %s, since ", cmd.Process.Pid, host), "data folder of its own")

	if err := errors.Join(in.Close(), cmd.Wait()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path + ".lock"); !os.IsNotExist(err) {
		t.Errorf("the note of the holder is still there: %v", err)
	}
	open(t, path)
}

func TestStaleHolderIsNothing(t *testing.T) {
	path, _ := fill(t)
	write(t, path+".lock", []byte(`{"pid":1,"host":"elsewhere","started":"2020-01-01T00:00:00Z"}`))
	open(t, path)
	wantOpenError(t, path, catalog.CodeLocked, fmt.Sprintf("process %d ", os.Getpid()))
}

func TestFilesAreTheOwnersOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), boltstore.FileName)
	s := open(t, path)
	backup := path + ".backup"
	if err := s.Backup(backup); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 3 { // the file, its note, the backup
		t.Errorf("files: %v", entries)
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", entry.Name(), info.Mode())
		}
	}
}

func TestBackup(t *testing.T) {
	path, ids := fill(t)
	s := open(t, path)
	whole := filepath.Join(t.TempDir(), "whole.db")
	f, err := os.Create(whole)
	if err != nil {
		t.Fatal(err)
	}
	n, err := s.WriteTo(f)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	if n != size(t, whole) {
		t.Errorf("said %d bytes, wrote %d", n, size(t, whole))
	}
	compact := filepath.Join(t.TempDir(), "compact.db")
	if err := s.Backup(compact); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(compact); !errors.Is(err, os.ErrExist) {
		t.Errorf("backup over a backup: %v", err)
	}
	before, err := s.Sequence(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{whole, compact} {
		if err := useAll(t, path, ids); err != nil {
			t.Error(err)
		}
		// The feed goes on where the original was: followers must not take new changes for ones they have seen.
		copied := open(t, path)
		if n, err := copied.Sequence(t.Context()); err != nil || n != before+2 {
			t.Errorf("sequence %d, %v", n, err)
		}
	}
}

func TestMissingFolder(t *testing.T) {
	_, err := tryOpen(filepath.Join(t.TempDir(), "missing", boltstore.FileName))
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func noise(seed int) []byte {
	b := make([]byte, 4096)
	r := rand.New(rand.NewPCG(uint64(seed), 1))
	for i := 0; i < len(b); i += 8 {
		binary.LittleEndian.PutUint64(b[i:], r.Uint64())
	}
	return b
}

// change writes to the file with bbolt itself.
func change(t *testing.T, path string, fn func(*bolt.Tx) error) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(fn), db.Close()); err != nil {
		t.Fatal(err)
	}
}

func setSchema(t *testing.T, path string, version uint32) {
	t.Helper()
	change(t, path, func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("meta")).Put([]byte("schema"), binary.BigEndian.AppendUint32(nil, version))
	})
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func overwrite(t *testing.T, path string, at int64, data []byte) {
	t.Helper()
	whole := read(t, path)
	copy(whole[at:], data)
	write(t, path, whole)
}

func truncate(t *testing.T, path string, to int64) {
	t.Helper()
	if err := os.Truncate(path, to); err != nil {
		t.Fatal(err)
	}
}

func size(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}
