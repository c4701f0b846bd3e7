package admin

import (
	"context"
	"net/http"
	"strconv"

	"gateway/internal/catalog"
)

// history is what the saved states of a source have alike, an endpoint's or a library's: they are listed, read and
// brought back. V is one of them.
type history[V any] struct {
	of      func(ctx context.Context, ref string) (id string, current int, err error) // whose versions they are
	list    func(ctx context.Context, id string, p catalog.Page) ([]V, int, error)
	load    func(ctx context.Context, id string, number int) (V, error)
	view    func(v V, current int, whole bool) any // whole is with the source
	restore func(r *http.Request, number int, want expected) (answer, error)
}

func (h history[V]) listAll(r *http.Request) (answer, error) {
	p, err := pageOf(r)
	if err != nil {
		return answer{}, err
	}
	id, current, err := h.of(r.Context(), r.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	found, total, err := h.list(r.Context(), id, p)
	if err != nil {
		return answer{}, err
	}
	var views []any
	for _, v := range found {
		views = append(views, h.view(v, current, false))
	}
	return list(views, total)
}

func (h history[V]) get(r *http.Request) (answer, error) {
	id, current, err := h.of(r.Context(), r.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	n, err := versionNumber(r)
	if err != nil {
		return answer{}, err
	}
	v, err := h.load(r.Context(), id, n)
	if err != nil {
		return answer{}, err
	}
	return ok(h.view(v, current, true))
}

// rollbackTo brings back the version in the path.
func (h history[V]) rollbackTo(r *http.Request) (answer, error) {
	n, err := versionNumber(r)
	if err != nil {
		return answer{}, err
	}
	want, err := expect(r, nil, nil)
	if err != nil {
		return answer{}, err
	}
	return h.restore(r, n, want)
}

// rollback brings back the version in the body, or the one before the current one.
func (h history[V]) rollback(r *http.Request) (answer, error) {
	var in struct {
		Version  *int   `json:"version"` // to bring back
		Revision *int64 `json:"revision"`
	}
	if r.ContentLength != 0 {
		if err := readJSON(r, &in); err != nil {
			return answer{}, err
		}
	}
	n := beforeCurrent
	if in.Version != nil {
		if n = *in.Version; n < 1 {
			return answer{}, &catalog.Error{Code: catalog.CodeInvalid, Field: "version", Message: "versions are numbered from 1"}
		}
	}
	want, err := expect(r, in.Revision, nil)
	if err != nil {
		return answer{}, err
	}
	return h.restore(r, n, want)
}

// beforeCurrent stands for the version before the current one.
const beforeCurrent = 0

// versionToRestore is the number of a version to bring back, which may be beforeCurrent.
func versionToRestore(number, current int) (int, error) {
	if number == beforeCurrent {
		number = current - 1
	}
	if number < 1 {
		return 0, &catalog.Error{Code: catalog.CodeConflict, Message: "there is no version before the current one"}
	}
	return number, nil
}

func versionNumber(r *http.Request) (int, error) {
	n, err := strconv.Atoi(r.PathValue("number"))
	if err != nil || n < 1 {
		return 0, &catalog.Error{Code: catalog.CodeNotFound, Message: "versions are numbered from 1"}
	}
	return n, nil
}
