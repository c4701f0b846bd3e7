package admin

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"gateway/internal/catalog"
)

// expected is what a change says it was made from. The zero value is a change that says nothing.
type expected struct {
	match    []string // ETags of If-Match
	any      bool     // If-Match: *
	revision *int64   // from the body
	version  *int     // from the body
}

// expect reads If-Match. revision and version come from the body, nil where it has none.
func expect(r *http.Request, revision *int64, version *int) (expected, error) {
	x := expected{revision: revision, version: version}
	for _, line := range r.Header.Values("If-Match") {
		for tag := range strings.SplitSeq(line, ",") {
			tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/")
			switch {
			case tag == "*":
				x.any = true
			case tag == "":
			default:
				x.match = append(x.match, strings.Trim(tag, `"`))
			}
		}
	}
	if len(r.Header.Values("If-Match")) > 0 && !x.any && len(x.match) == 0 {
		return x, &catalog.Error{Code: catalog.CodeInvalid, Field: "If-Match", Message: "If-Match is empty"}
	}
	return x, nil
}

// unconditional reports whether the change is to be made to whatever is stored.
func (x expected) unconditional() bool {
	return len(x.match) == 0 && x.revision == nil && x.version == nil
}

// check fails with CodeVersionMismatch when the stored object is not the expected one. version is 0 for objects that
// have none.
func (x expected) check(revision int64, version int) error {
	fits := x.revision == nil || *x.revision == revision
	fits = fits && (x.version == nil || *x.version == version)
	if len(x.match) > 0 && !x.any {
		found := false
		for _, tag := range x.match {
			found = found || tag == fmt.Sprint(revision)
		}
		fits = fits && found
	}
	if fits {
		return nil
	}
	e := &catalog.Error{
		Code:    catalog.CodeVersionMismatch,
		Message: fmt.Sprintf("it was changed meanwhile: it has revision %d now", revision),
		Hint:    "read it again and repeat the change",
	}
	if x.version != nil {
		e.Message = fmt.Sprintf("it was changed meanwhile: it has version %d and revision %d now", version, revision)
	}
	return e
}

// maxTries is how often a change that expects nothing is tried when others change the same object all the time.
const maxTries = 5

// retry runs a change, again where it lost a race that its client did not ask to be told about.
func (x expected) retry(change func() error) error {
	for try := 1; ; try++ {
		err := change()
		if catalog.CodeOf(err) != catalog.CodeVersionMismatch || !x.unconditional() || try == maxTries {
			return err
		}
	}
}

// resource is how objects of one kind, which have revisions, are found and kept.
type resource[T any] struct {
	load   func(ctx context.Context, ref string) (T, error)
	mark   func(*T) (id string, revision int64)
	update func(context.Context, *T) error
	delete func(ctx context.Context, id string, revision int64) error
}

// edit changes the object that the path of a request names. change may be called more than once, each time with the
// object as it is stored.
func (x resource[T]) edit(r *http.Request, revision *int64, change func(*T) error) (T, error) {
	var v T
	want, err := expect(r, revision, nil)
	if err != nil {
		return v, err
	}
	err = want.retry(func() (err error) {
		if v, err = x.load(r.Context(), r.PathValue("id")); err != nil {
			return err
		}
		_, stored := x.mark(&v)
		if err := want.check(stored, 0); err != nil {
			return err
		}
		if err := change(&v); err != nil {
			return err
		}
		return x.update(r.Context(), &v)
	})
	return v, err
}

// remove deletes the object that the path of a request names.
func (x resource[T]) remove(r *http.Request) error {
	want, err := expect(r, nil, nil)
	if err != nil {
		return err
	}
	return want.retry(func() error {
		v, err := x.load(r.Context(), r.PathValue("id"))
		if err != nil {
			return err
		}
		id, stored := x.mark(&v)
		if err := want.check(stored, 0); err != nil {
			return err
		}
		return x.delete(r.Context(), id, stored)
	})
}

// locks are mutexes by name, which exist while somebody holds or waits for them. Changes of one endpoint wait for each
// other here, so that none is checked and loaded only to find that it came too late.
type locks struct {
	mu   sync.Mutex // guards held
	held map[string]*heldLock
}

type heldLock struct {
	mu    sync.Mutex
	users int // guarded by locks.mu
}

// lock waits for a name and returns what frees it.
func (l *locks) lock(name string) (unlock func()) {
	l.mu.Lock()
	if l.held == nil {
		l.held = make(map[string]*heldLock)
	}
	h := l.held[name]
	if h == nil {
		h = &heldLock{}
		l.held[name] = h
	}
	h.users++
	l.mu.Unlock()
	h.mu.Lock()
	return func() {
		h.mu.Unlock()
		l.mu.Lock()
		defer l.mu.Unlock()
		if h.users--; h.users == 0 {
			delete(l.held, name)
		}
	}
}
