package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sort"
	"strings"
)

type Code int

const (
	Internal Code = iota
	Invalid
	Missing
	Denied
)

var statuses = map[Code]int{Internal: 500, Invalid: 422, Missing: 404, Denied: 403}

func (c Code) String() string {
	switch c {
	case Invalid:
		return "invalid"
	case Missing:
		return "missing"
	case Denied:
		return "denied"
	default:
		return "internal"
	}
}

func (c Code) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

type Error struct {
	Code   Code              `json:"code"`
	Detail string            `json:"detail"`
	Fields map[string]string `json:"fields,omitempty"`
	cause  error
}

func (e *Error) Error() string {
	if e.cause != nil {
		return e.Detail + ": " + e.cause.Error()
	}
	return e.Detail
}

func (e *Error) Unwrap() error { return e.cause }

func (e *Error) With(field, problem string) *Error {
	copied := *e
	copied.Fields = map[string]string{field: problem}
	for k, v := range e.Fields {
		copied.Fields[k] = v
	}
	return &copied
}

func E(code Code, detail string, args ...any) *Error {
	e := &Error{Code: code, Detail: detail}
	for _, a := range args {
		if err, ok := a.(error); ok {
			e.cause = err
		}
	}
	return e
}

var errStore = errors.New("disk is full")

type handler func(*http.Request) (any, error)

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v, err := h(r)
	status := http.StatusOK
	if err != nil {
		var e *Error
		if !errors.As(err, &e) {
			e = E(Internal, "something went wrong")
		}
		status, v = statuses[e.Code], e
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(v)
}

func lookup(r *http.Request) (any, error) {
	switch name := r.FormValue("name"); {
	case name == "":
		return nil, E(Invalid, "bad request").With("name", "is required").With("age", "is required")
	case name == "root":
		return nil, fmt.Errorf("lookup %q: %w", name, E(Denied, "no access"))
	case strings.HasPrefix(name, "x"):
		return nil, errors.Join(errStore, E(Missing, "no such user", errStore))
	case name == "crash":
		return nil, fmt.Errorf("lookup: %w", errStore)
	default:
		return map[string]any{"name": name, "code": Missing}, nil
	}
}

func main() {
	for _, q := range []string{"", "?name=ann", "?name=root", "?name=xx", "?name=crash"} {
		rec := httptest.NewRecorder()
		handler(lookup).ServeHTTP(rec, httptest.NewRequest("GET", "/users"+q, nil))
		fmt.Println(rec.Code, strings.TrimSpace(rec.Body.String()))
	}
	err := error(E(Missing, "row", errStore))
	fmt.Println(err, errors.Is(err, errStore), statuses)
	var codes []Code
	for c := range statuses {
		codes = append(codes, c)
	}
	sort.Slice(codes, func(i, j int) bool { return statuses[codes[i]] < statuses[codes[j]] })
	fmt.Println(codes)
}

// Output:
// 422 {"code":"invalid","detail":"bad request","fields":{"age":"is required","name":"is required"}}
// 200 {"code":"missing","name":"ann"}
// 403 {"code":"denied","detail":"no access"}
// 404 {"code":"missing","detail":"no such user"}
// 500 {"code":"internal","detail":"something went wrong"}
// row: disk is full true map[internal:500 invalid:422 missing:404 denied:403]
// [denied missing invalid internal]
