package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
)

type Task struct {
	ID    int      `json:"id"`
	Title string   `json:"title"`
	Done  bool     `json:"done"`
	Tags  []string `json:"tags,omitempty"`
	rev   int
}

type Patch struct {
	Title *string  `json:"title"`
	Done  *bool    `json:"done"`
	Tags  []string `json:"tags"`
}

type statusError struct {
	status int
	error
}

func fail(status int, format string, args ...any) error {
	return statusError{status, fmt.Errorf(format, args...)}
}

type Store struct {
	mu    sync.Mutex
	tasks map[int]*Task
	next  int
}

type endpoint func(*Store, *http.Request) (any, error)

func body[T any](r *http.Request) (v T, err error) {
	d := json.NewDecoder(http.MaxBytesReader(nil, io.NopCloser(r.Body), 100))
	d.DisallowUnknownFields()
	var tooLarge *http.MaxBytesError
	switch err = d.Decode(&v); {
	case errors.As(err, &tooLarge):
		return v, fail(413, "more than %d bytes", tooLarge.Limit)
	case err != nil:
		return v, fail(400, "body: %w", err)
	}
	return v, nil
}

func (s *Store) find(r *http.Request) (*Task, error) {
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil {
		return nil, fail(400, "id: %w", err)
	}
	if t, ok := s.tasks[id]; ok {
		return t, nil
	}
	return nil, fail(404, "no task %d", id)
}

func (s *Store) create(r *http.Request) (any, error) {
	t, err := body[Task](r)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(t.Title) == "" {
		return nil, fail(422, "title is required")
	}
	s.next++
	t.ID = s.next
	s.tasks[t.ID] = &t
	return t, nil
}

func (s *Store) list(r *http.Request) (any, error) {
	out := []Task{}
	for _, t := range s.tasks {
		if tag := r.FormValue("tag"); tag == "" || slices.Contains(t.Tags, tag) {
			out = append(out, *t)
		}
	}
	slices.SortFunc(out, func(a, b Task) int { return a.ID - b.ID })
	return struct {
		Tasks []Task `json:"tasks"`
		Count int    `json:"count"`
	}{out, len(out)}, nil
}

func (s *Store) patch(r *http.Request) (any, error) {
	t, err := s.find(r)
	if err != nil {
		return nil, err
	}
	p, err := body[Patch](r)
	if err != nil {
		return nil, err
	}
	if p.Title != nil {
		t.Title = *p.Title
	}
	if p.Done != nil {
		t.Done = *p.Done
	}
	if p.Tags != nil {
		t.Tags = p.Tags
	}
	t.rev++
	return t, nil
}

func (s *Store) remove(r *http.Request) (any, error) {
	t, err := s.find(r)
	if err == nil {
		delete(s.tasks, t.ID)
	}
	return nil, err
}

func (s *Store) handle(f endpoint) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		v, err := f(s, r)
		w.Header().Set("Content-Type", "application/json")
		var se statusError
		switch {
		case errors.As(err, &se):
			w.WriteHeader(se.status)
			v = map[string]string{"error": err.Error()}
		case v == nil:
			w.WriteHeader(http.StatusNoContent)
			return
		}
		json.NewEncoder(w).Encode(v)
	}
}

func main() {
	s := &Store{tasks: map[int]*Task{}}
	mux := http.NewServeMux()
	for pattern, f := range map[string]endpoint{
		"POST /tasks":        (*Store).create,
		"GET /tasks":         (*Store).list,
		"GET /tasks/{id}":    func(s *Store, r *http.Request) (any, error) { return s.find(r) },
		"PATCH /tasks/{id}":  (*Store).patch,
		"DELETE /tasks/{id}": (*Store).remove,
	} {
		mux.HandleFunc(pattern, s.handle(f))
	}
	for _, c := range [][3]string{
		{"POST", "/tasks", `{"title":"write","tags":["a","b"]}`}, {"POST", "/tasks", `{"title":"read"}`}, {"POST", "/tasks", `{"title":" "}`},
		{"POST", "/tasks", `{"name":"x"}`}, {"POST", "/tasks", `{"title":` + strings.Repeat(" ", 120)}, {"POST", "/tasks", ``},
		{"GET", "/tasks?tag=a", ""}, {"PATCH", "/tasks/2", `{"done":true,"tags":["a"]}`}, {"PATCH", "/tasks/1", `{"tags":[],"title":"rewrite"}`},
		{"PATCH", "/tasks/1", `{"done":"yes"}`}, {"GET", "/tasks", ""}, {"DELETE", "/tasks/1", ""}, {"GET", "/tasks/1", ""}, {"GET", "/tasks/x", ""}, {"PUT", "/tasks/2", ""},
	} {
		rec := httptest.NewRecorder()
		mux.ServeHTTP(rec, httptest.NewRequest(c[0], c[1], strings.NewReader(c[2])))
		fmt.Println(c[0], c[1], rec.Code, strings.TrimSpace(rec.Body.String()))
	}
}

// Output:
// POST /tasks 200 {"id":1,"title":"write","done":false,"tags":["a","b"]}
// POST /tasks 200 {"id":2,"title":"read","done":false}
// POST /tasks 422 {"error":"title is required"}
// POST /tasks 400 {"error":"body: json: unknown field \"name\""}
// POST /tasks 413 {"error":"more than 100 bytes"}
// POST /tasks 400 {"error":"body: EOF"}
// GET /tasks?tag=a 200 {"tasks":[{"id":1,"title":"write","done":false,"tags":["a","b"]}],"count":1}
// PATCH /tasks/2 200 {"id":2,"title":"read","done":true,"tags":["a"]}
// PATCH /tasks/1 200 {"id":1,"title":"rewrite","done":false}
// PATCH /tasks/1 400 {"error":"body: json: cannot unmarshal string into Go struct field Patch.done of type bool"}
// GET /tasks 200 {"tasks":[{"id":1,"title":"rewrite","done":false},{"id":2,"title":"read","done":true,"tags":["a"]}],"count":2}
// DELETE /tasks/1 204
// GET /tasks/1 404 {"error":"no task 1"}
// GET /tasks/x 400 {"error":"id: strconv.Atoi: parsing \"x\": invalid syntax"}
// PUT /tasks/2 405 Method Not Allowed
