package admin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"gateway/internal/catalog"
)

// answer is what a handler of this API gives for a success.
type answer struct {
	status int // 0 for 200
	data   any
	total  *int   // of a list without its page's bounds
	etag   string // see etagOf
}

// handler answers a request. The error becomes the error envelope.
type handler func(r *http.Request) (answer, error)

// ok answers with data.
func ok(data any) (answer, error) { return answer{data: data}, nil }

// list answers with a page of a list. A nil list is an empty one.
func list[T any](items []T, total int) (answer, error) {
	if items == nil {
		items = []T{}
	}
	return answer{data: items, total: &total}, nil
}

// etagOf makes the ETag of a revision.
func etagOf(revision int64) string { return `"` + strconv.FormatInt(revision, 10) + `"` }

// envelope is the form of every answer.
type envelope struct {
	OK    bool `json:"ok"`
	Data  any  `json:"data"`
	Total *int `json:"total,omitempty"`
}

// errorEnvelope is the form of every answer that is not a success.
type errorEnvelope struct {
	OK          bool         `json:"ok"`
	Error       string       `json:"error"`
	Code        catalog.Code `json:"code"`
	Hint        string       `json:"hint,omitempty"`
	Field       string       `json:"field,omitempty"`
	Diagnostics any          `json:"diagnostics,omitempty"`
}

func (s *Server) writeAnswer(w http.ResponseWriter, r *http.Request, a answer) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	if a.etag != "" {
		w.Header().Set("ETag", a.etag)
	}
	if _, again := a.data.(replay); again {
		w.Header().Set("Idempotency-Replayed", "true")
	}
	s.writeJSON(w, r, a.status, envelope{OK: true, Data: a.data, Total: a.total})
}

// writeError answers with an error. What its client may not know goes to the log.
func (s *Server) writeError(w http.ResponseWriter, r *http.Request, err error) {
	e, known := errors.AsType[*catalog.Error](err)
	switch {
	case known:
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		e = &catalog.Error{Code: catalog.CodeUnavailable, Message: "the request took too long or was given up"}
	default:
		e = &catalog.Error{Code: catalog.CodeInternal, Message: "internal error", Hint: "the gateway's log says more"}
	}
	status := catalog.HTTPStatus(e)
	if status >= http.StatusInternalServerError {
		s.log.Error("admin request failed", "method", r.Method, "path", r.URL.Path, "status", status, "error", err)
	}
	switch e.Code {
	case catalog.CodeUnauthorized:
		w.Header().Set("WWW-Authenticate", "Bearer")
	case catalog.CodeUnavailable, catalog.CodeTooManyRequests:
		w.Header().Set("Retry-After", "1")
	}
	message := e.Message
	if message == "" {
		message = string(e.Code)
	}
	s.writeJSON(w, r, status, errorEnvelope{
		Error: message, Code: e.Code, Hint: e.Hint, Field: e.Field, Diagnostics: e.Diagnostics,
	})
}

func (s *Server) writeJSON(w http.ResponseWriter, r *http.Request, status int, v any) {
	var body bytes.Buffer
	enc := json.NewEncoder(&body)
	enc.SetEscapeHTML(false) // it is JSON, sent as JSON; code stays readable
	if err := enc.Encode(v); err != nil {
		s.log.Error("admin answer cannot be encoded", "method", r.Method, "path", r.URL.Path, "error", err)
		status = http.StatusInternalServerError
		body.Reset()
		body.WriteString(`{"ok":false,"error":"internal error","code":"internal"}` + "\n")
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // the client is gone: there is nobody to tell
}
