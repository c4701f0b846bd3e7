package storetest

import (
	"crypto/sha256"
	"fmt"
	"testing"

	"gateway/internal/catalog"
)

func serviceCRUD(t *testing.T, s catalog.Store) {
	v := &catalog.Service{Name: "main", Type: "Postgres", Config: map[string]any{
		"host": "db.example.com", "port": 5432.0, "nested": map[string]any{"a": []any{true, nil}},
	}}
	must(t, s.CreateService(t.Context(), v))
	wantCode(t, s.CreateService(t.Context(), &catalog.Service{Name: "main", Type: "redis"}), catalog.CodeAlreadyExists, "name")
	wantCode(t, s.CreateService(t.Context(), &catalog.Service{Name: "x"}), catalog.CodeInvalid, "service_type")

	stale := *v
	v.Name, v.Enabled = "primary", true
	must(t, s.UpdateService(t.Context(), v))
	wantCode(t, s.UpdateService(t.Context(), &stale), catalog.CodeVersionMismatch, "")
	got, err := s.ServiceByName(t.Context(), "primary")
	must(t, err)
	wantEqual(t, "service", fmt.Sprint(got.ID, got.Type, got.Enabled, got.Revision), fmt.Sprint(v.ID, "postgres", true, 2))
	wantEqual(t, "config", fmt.Sprint(got.Config), fmt.Sprint(v.Config))
	_, err = s.ServiceByName(t.Context(), "main")
	wantCode(t, err, catalog.CodeNotFound, "")

	createService(t, s, "files")
	list, total, err := s.Services(t.Context(), catalog.ServiceFilter{Type: "sqlite"})
	must(t, err)
	wantEqual(t, "listed", fmt.Sprint(len(list), total), "1 1")

	_, err = s.DeleteService(t.Context(), v.ID, 1, false)
	wantCode(t, err, catalog.CodeVersionMismatch, "")
	_, err = s.DeleteService(t.Context(), v.ID, 2, false)
	must(t, err)
	_, err = s.Service(t.Context(), v.ID)
	wantCode(t, err, catalog.CodeNotFound, "")
	createService(t, s, "primary")
}

func serviceDeleteBound(t *testing.T, s catalog.Store) {
	v, other := createService(t, s, "main"), createService(t, s, "other")
	e := newEndpoint("hello")
	e.Bindings = []catalog.Binding{{Name: "db", ServiceID: v.ID}, {Name: "cache", ServiceID: other.ID}, {Name: "again", ServiceID: v.ID}}
	createEndpoint(t, s, e)
	if b, ok := e.Binding("db"); !ok || b.ServiceID != v.ID || b.CreatedAt.IsZero() {
		t.Errorf("binding is %+v, %v", b, ok)
	}
	twice := newEndpoint("twice")
	twice.Bindings = []catalog.Binding{{Name: "db", ServiceID: v.ID}, {Name: "db", ServiceID: other.ID}}
	wantCode(t, s.CreateEndpoint(t.Context(), twice, nil), catalog.CodeAlreadyExists, "pool_id")

	_, err := s.DeleteService(t.Context(), v.ID, 0, false)
	wantCode(t, err, catalog.CodeConflict, "")
	changed, err := s.DeleteService(t.Context(), v.ID, 0, true)
	must(t, err)
	wantEqual(t, "changed", len(changed), 1)
	got, err := s.Endpoint(t.Context(), e.ID)
	must(t, err)
	wantEqual(t, "revision", got.Revision, 2)
	if len(got.Bindings) != 1 || got.Bindings[0].Name != "cache" {
		t.Errorf("bindings left: %+v", got.Bindings)
	}
}

func keyCRUD(t *testing.T, s catalog.Store) {
	hash := func(s string) []byte { h := sha256.Sum256([]byte(s)); return h[:] }
	k := &catalog.Key{Name: "ci", Prefix: "gw_abc", Hash: hash("one"), Scopes: []string{"deploy"}, Enabled: true}
	must(t, s.CreateKey(t.Context(), k))
	wantCode(t, s.CreateKey(t.Context(), &catalog.Key{Name: "ci", Hash: hash("two")}), catalog.CodeAlreadyExists, "name")
	wantCode(t, s.CreateKey(t.Context(), &catalog.Key{Name: "x", Hash: hash("one")}), catalog.CodeAlreadyExists, "hash")
	wantCode(t, s.CreateKey(t.Context(), &catalog.Key{Name: "x", Hash: []byte("short")}), catalog.CodeInvalid, "hash")

	got, err := s.KeyByHash(t.Context(), hash("one"))
	must(t, err)
	wantEqual(t, "key", fmt.Sprint(got.ID, got.Name, got.Scopes, got.Enabled), fmt.Sprint(k.ID, "ci", k.Scopes, true))
	_, err = s.KeyByHash(t.Context(), hash("two"))
	wantCode(t, err, catalog.CodeNotFound, "")

	stale := *k
	k.Hash = hash("three")
	must(t, s.UpdateKey(t.Context(), k))
	wantCode(t, s.UpdateKey(t.Context(), &stale), catalog.CodeVersionMismatch, "")
	_, err = s.KeyByHash(t.Context(), hash("one"))
	wantCode(t, err, catalog.CodeNotFound, "")
	_, err = s.KeyByHash(t.Context(), hash("three"))
	must(t, err)

	list, total, err := s.Keys(t.Context(), catalog.Page{Limit: 5})
	must(t, err)
	wantEqual(t, "listed", fmt.Sprint(len(list), total), "1 1")
	wantCode(t, s.DeleteKey(t.Context(), k.ID, 1), catalog.CodeVersionMismatch, "")
	must(t, s.DeleteKey(t.Context(), k.ID, 2))
	_, err = s.Key(t.Context(), k.ID)
	wantCode(t, err, catalog.CodeNotFound, "")
	_, err = s.KeyByHash(t.Context(), hash("three"))
	wantCode(t, err, catalog.CodeNotFound, "")
}

func secretCRUD(t *testing.T, s catalog.Store) {
	v := &catalog.Secret{Name: "DB_PASSWORD", KeyID: "k1", Nonce: []byte{1, 2}, Ciphertext: []byte{3, 0, 255}}
	must(t, s.CreateSecret(t.Context(), v))
	wantCode(t, s.CreateSecret(t.Context(), &catalog.Secret{Name: "DB_PASSWORD", KeyID: "k1", Ciphertext: []byte{1}}), catalog.CodeAlreadyExists, "name")
	wantCode(t, s.CreateSecret(t.Context(), &catalog.Secret{Name: "a b", KeyID: "k1", Ciphertext: []byte{1}}), catalog.CodeInvalid, "name")
	wantCode(t, s.CreateSecret(t.Context(), &catalog.Secret{Name: "PLAIN"}), catalog.CodeInvalid, "value")
	got, err := s.SecretByName(t.Context(), "DB_PASSWORD")
	must(t, err)
	wantEqual(t, "secret", fmt.Sprint(got.ID, got.KeyID, got.Nonce, got.Ciphertext), fmt.Sprint(v.ID, "k1", v.Nonce, v.Ciphertext))

	stale := *v
	v.Name = "OTHER"
	must(t, s.UpdateSecret(t.Context(), v))
	wantCode(t, s.UpdateSecret(t.Context(), &stale), catalog.CodeVersionMismatch, "")
	_, err = s.SecretByName(t.Context(), "DB_PASSWORD")
	wantCode(t, err, catalog.CodeNotFound, "")
	_, total, err := s.Secrets(t.Context(), catalog.Page{})
	must(t, err)
	wantEqual(t, "total", total, 1)
	must(t, s.DeleteSecret(t.Context(), v.ID, 0))
	_, err = s.Secret(t.Context(), v.ID)
	wantCode(t, err, catalog.CodeNotFound, "")
	_, err = s.SecretByName(t.Context(), "OTHER")
	wantCode(t, err, catalog.CodeNotFound, "")
}

func libraryCRUD(t *testing.T, s catalog.Store) {
	l := &catalog.Library{Name: "money", Description: "amounts"}
	v := &catalog.LibraryVersion{Files: map[string]string{"money.go": "package money", "round.go": "package money"}}
	must(t, s.CreateLibrary(t.Context(), l, v))
	wantEqual(t, "numbers", fmt.Sprint(l.Revision, l.Version, v.Number), "1 1 1")
	files := map[string]string{"a.go": "package a"}
	wantCode(t, s.CreateLibrary(t.Context(), &catalog.Library{Name: "money"}, nil), catalog.CodeAlreadyExists, "name")
	wantCode(t, s.CreateLibrary(t.Context(), &catalog.Library{Name: "Money"}, nil), catalog.CodeInvalid, "name")
	wantCode(t, s.CreateLibrary(t.Context(), &catalog.Library{Name: "func"}, nil), catalog.CodeInvalid, "name")
	wantCode(t, s.CreateLibrary(t.Context(), &catalog.Library{Name: "x"}, &catalog.LibraryVersion{}), catalog.CodeInvalid, "files")
	wantCode(t, s.CreateLibrary(t.Context(), &catalog.Library{Name: "x"}, &catalog.LibraryVersion{Files: map[string]string{"../a.go": ""}}), catalog.CodeInvalid, "files")

	stale := *l
	second := &catalog.LibraryVersion{Files: files}
	must(t, s.UpdateLibrary(t.Context(), l, second))
	wantEqual(t, "numbers", fmt.Sprint(l.Revision, l.Version, second.Number), "2 2 2")
	wantCode(t, s.UpdateLibrary(t.Context(), &stale, nil), catalog.CodeVersionMismatch, "")

	list, total, err := s.LibraryVersions(t.Context(), l.ID, catalog.Page{})
	must(t, err)
	wantEqual(t, "versions", fmt.Sprint(total, list[0].Number, list[1].Number), "2 2 1")
	old, err := s.LibraryVersion(t.Context(), l.ID, 1)
	must(t, err)
	wantEqual(t, "files", fmt.Sprint(old.Files), fmt.Sprint(v.Files))
	if old.Hash == list[0].Hash || old.Hash != old.ContentHash() {
		t.Errorf("hashes are %s and %s", old.Hash, list[0].Hash)
	}
	got, err := s.LibraryByName(t.Context(), "money")
	must(t, err)
	wantEqual(t, "id", got.ID, l.ID)
	_, total, err = s.Libraries(t.Context(), catalog.Page{})
	must(t, err)
	wantEqual(t, "total", total, 1)

	must(t, s.DeleteLibrary(t.Context(), l.ID, 2))
	_, err = s.Library(t.Context(), l.ID)
	wantCode(t, err, catalog.CodeNotFound, "")
	_, err = s.LibraryVersion(t.Context(), l.ID, 1)
	wantCode(t, err, catalog.CodeNotFound, "")
}
