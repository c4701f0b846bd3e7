package files

import (
	"crypto/rand"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"gateway"
)

// session is what a file server can do in single steps. Paths are as [CleanPath]
// gives them. What does not exist is [gateway.ErrNotFound].
type session interface {
	// store writes a file in place. With exclusive, one that exists is
	// [gateway.ErrConflict]. Where its folder is missing it gives ErrNotFound and has
	// read nothing of body.
	store(path string, body io.Reader, exclusive bool) error
	open(path string) (io.ReadCloser, error)
	list(path string) ([]gateway.FileInfo, error)
	stat(path string) (gateway.FileInfo, error)
	remove(info gateway.FileInfo) error
	// rename moves a file or folder. Where to exists it is replaced, or, without
	// replace, ErrConflict given.
	rename(from, to string, replace bool) error
	// mkdir makes one folder. One that exists is an error of any kind.
	mkdir(path string) error
}

// put writes a file with the steps of a session and makes its folders. atomic
// writes under another name first.
func put(s session, name string, body io.Reader, exclusive, atomic bool) error {
	watched := &watchedBody{body: body}
	target := name
	if atomic {
		target = path.Join(path.Dir(name), partial+strings.ToLower(rand.Text())+".tmp")
	}
	err := s.store(target, watched, exclusive || atomic)
	if errors.Is(err, gateway.ErrNotFound) && !watched.read {
		if err := mkdirAll(s, path.Dir(name)); err != nil {
			return err
		}
		err = s.store(target, watched, exclusive || atomic)
	}
	if watched.err != nil {
		err = watched.err
	}
	if err == nil && atomic {
		err = s.rename(target, name, !exclusive)
	}
	if err != nil && atomic && watched.read {
		// The connection may be gone: then the file stays, and nobody sees it.
		_ = s.remove(gateway.FileInfo{Path: target})
	}
	if err == nil || watched.err != nil || exclusive && errors.Is(err, gateway.ErrConflict) {
		return err
	}
	if info, e := s.stat(name); e == nil && info.IsDir {
		return isFolder(name)
	}
	return err
}

// watchedBody tells the errors of a body from those of a server.
type watchedBody struct {
	body io.Reader
	read bool
	err  error
}

func (w *watchedBody) Read(p []byte) (int, error) {
	w.read = true
	n, err := w.body.Read(p)
	if err != nil && err != io.EOF {
		w.err = &bodyError{err}
		err = w.err
	}
	return n, err
}

// bodyError is an error of the bytes to be stored: the connection is all right.
type bodyError struct{ err error }

func (e *bodyError) Error() string { return e.err.Error() }
func (e *bodyError) Unwrap() error { return e.err }

// mkdirAll makes a folder and its missing parents.
func mkdirAll(s session, name string) error {
	if name == "/" {
		// The base path itself, which may be missing too.
		if _, err := s.stat(name); err == nil {
			return nil
		}
		return s.mkdir(name)
	}
	err := s.mkdir(name)
	if err == nil {
		return nil
	}
	info, statErr := s.stat(name)
	switch {
	case statErr == nil && info.IsDir:
		return nil
	case statErr == nil:
		return notFolder(name)
	case !errors.Is(statErr, gateway.ErrNotFound):
		return err
	}
	if parentErr := mkdirAll(s, path.Dir(name)); parentErr != nil {
		return parentErr
	}
	if again := s.mkdir(name); again == nil {
		return nil
	}
	if info, statErr := s.stat(name); statErr == nil && info.IsDir {
		return nil // made by another meanwhile
	}
	return err
}

// remove deletes a file or an empty folder.
func remove(s session, name string) (bool, error) {
	info, err := s.stat(name)
	if errors.Is(err, gateway.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	err = s.remove(info)
	if errors.Is(err, gateway.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// rename moves a file or folder and makes the missing folders of its new place.
func rename(s session, from, to string) error {
	if _, err := s.stat(from); err != nil {
		return err
	}
	if from == to {
		return nil
	}
	err := s.rename(from, to, true)
	if err == nil {
		return nil
	}
	if _, e := s.stat(path.Dir(to)); !errors.Is(e, gateway.ErrNotFound) {
		return err
	}
	if err := mkdirAll(s, path.Dir(to)); err != nil {
		return err
	}
	return s.rename(from, to, true)
}

func sortByName(entries []gateway.FileInfo) {
	slices.SortFunc(entries, func(a, b gateway.FileInfo) int { return strings.Compare(a.Name, b.Name) })
}
