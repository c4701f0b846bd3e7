package admin_test

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"gateway/admin"
	"gateway/internal/catalog"
)

// Render writes a service so that a test sees whether it was masked.
func (f *fakeServices) Render(v catalog.Service, format string) ([]byte, error) {
	if format != "json" && format != "yaml" && format != "toml" {
		return nil, &catalog.Error{Code: catalog.CodeInvalid, Field: "format", Message: "unknown format " + format}
	}
	password, _ := v.Config["password"].(string)
	return []byte(format + ": " + v.Name + " " + password), nil
}

func (f *fakeServices) ObjectStores() []catalog.Service {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []catalog.Service
	for _, v := range f.applied {
		if f.stores[v.Name] != nil && f.active[v.ID] {
			list = append(list, v)
		}
	}
	slices.SortFunc(list, func(a, b catalog.Service) int { return strings.Compare(a.Name, b.Name) })
	return list
}

func (f *fakeServices) Objects(_ context.Context, id string) (admin.Objects, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	v := f.applied[id]
	switch {
	case f.stores[v.Name] == nil:
		return nil, &catalog.Error{Code: catalog.CodeConflict, Message: "service " + v.Name + " keeps no objects"}
	case !f.active[id]:
		return nil, &catalog.Error{Code: catalog.CodeUnavailable, Message: "service " + v.Name + " is not active"}
	}
	return f.stores[v.Name], nil
}

func (f *fakeServices) Outbox(_ context.Context, id string) (admin.Outbox, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.outbox == nil {
		return nil, &catalog.Error{Code: catalog.CodeConflict, Message: "service " + f.applied[id].Name + " is no outbox"}
	}
	return f.outbox, nil
}

// fakeObjects keeps objects in memory. A key with a space cannot be; the content type is guessed to be text/guessed.
type fakeObjects struct {
	mu      sync.Mutex // guards what follows
	objects map[string]fakeObject
	sizes   []int64 // that were said when something was put
	broken  error   // of everything
	cut     bool    // downloads break off
}

type fakeObject struct{ data, contentType string }

func newFakeObjects(keys ...string) *fakeObjects {
	f := &fakeObjects{objects: make(map[string]fakeObject)}
	for _, key := range keys {
		f.objects[key] = fakeObject{"content of " + key, "text/plain"}
	}
	return f
}

func (f *fakeObjects) check(key string) error {
	if strings.Contains(key, " ") || key == "" {
		return &catalog.Error{Code: catalog.CodeInvalid, Message: "this cannot be a key"}
	}
	return f.broken
}

func (f *fakeObjects) List(prefix string) ([]admin.Object, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []admin.Object
	for key, o := range f.objects {
		if strings.HasPrefix(key, prefix) {
			list = append(list, f.describe(key, o))
		}
	}
	slices.SortFunc(list, func(a, b admin.Object) int { return strings.Compare(a.Key, b.Key) })
	return list, f.broken
}

func (f *fakeObjects) describe(key string, o fakeObject) admin.Object {
	return admin.Object{Key: key, Size: int64(len(o.data)), ContentType: o.contentType, ETag: "tag", LastModified: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
}

func (f *fakeObjects) Put(key string, body io.Reader, size int64, contentType string) error {
	data, err := io.ReadAll(body)
	if err != nil { // as stores do, in words of their own
		return &catalog.Error{Code: catalog.CodeInternal, Message: "storage error"}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.check(key); err != nil {
		return err
	}
	if contentType == "" {
		contentType = "text/guessed"
	}
	f.objects[key] = fakeObject{string(data), contentType}
	f.sizes = append(f.sizes, size)
	return nil
}

func (f *fakeObjects) Open(key string) (io.ReadCloser, admin.Object, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	o, found := f.objects[key]
	if err := f.check(key); err != nil {
		return nil, admin.Object{}, err
	}
	if !found {
		return nil, admin.Object{}, &catalog.Error{Code: catalog.CodeNotFound, Message: "there is no object " + key}
	}
	body := io.Reader(strings.NewReader(o.data))
	if f.cut {
		body = io.MultiReader(io.LimitReader(body, 4), brokenReader{})
	}
	return io.NopCloser(body), f.describe(key, o), nil
}

func (f *fakeObjects) Delete(key string) (bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, found := f.objects[key]
	delete(f.objects, key)
	return found, f.check(key)
}

func (f *fakeObjects) get(key string) fakeObject {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.objects[key]
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errBackend }

// fakeOutbox has the messages 1 to 3, and 3 is the newest.
type fakeOutbox struct{ removed []string }

func (f *fakeOutbox) Messages() ([]admin.Mail, error) {
	var list []admin.Mail
	for _, id := range []string{"3", "2", "1"} {
		if !slices.Contains(f.removed, id) {
			list = append(list, admin.Mail{ID: id, From: "gateway@localhost", To: "ada@example.com", Recipients: []string{"ada@example.com", "blind@example.com"}, Subject: "subject " + id, Size: 7})
		}
	}
	return list, nil
}

func (f *fakeOutbox) Message(id string) ([]byte, error) {
	if id > "3" || slices.Contains(f.removed, id) {
		return nil, &catalog.Error{Code: catalog.CodeNotFound, Message: "there is no message " + id}
	}
	return []byte("Subject: subject " + id + "\r\n\r\ntext"), nil
}

func (f *fakeOutbox) Remove(id string) (bool, error) {
	if _, err := f.Message(id); err != nil {
		return false, nil
	}
	f.removed = append(f.removed, id)
	return true, nil
}

// fakeSecrets encrypts by writing backwards.
type fakeSecrets struct {
	mu        sync.Mutex // guards what follows
	refreshes int
	broken    error // of refreshing
}

var _ admin.Secrets = (*fakeSecrets)(nil)

func (f *fakeSecrets) Encrypt(s *catalog.Secret, value string) error {
	s.KeyID, s.Nonce, s.Ciphertext = "key", []byte(s.ID), []byte(value)
	slices.Reverse(s.Ciphertext)
	return nil
}

func (f *fakeSecrets) Refresh(context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.refreshes++
	return f.broken
}

// plain undoes Encrypt, for a secret that is bound to its ID.
func plain(s catalog.Secret) string {
	if !bytes.Equal(s.Nonce, []byte(s.ID)) {
		return "bound to " + string(s.Nonce)
	}
	data := slices.Clone(s.Ciphertext)
	slices.Reverse(data)
	return string(data)
}
