package petstore_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"gateway"
	createpet "gateway/examples/petstore/handlers/create_pet"
	deletepet "gateway/examples/petstore/handlers/delete_pet"
	getpet "gateway/examples/petstore/handlers/get_pet"
	listpets "gateway/examples/petstore/handlers/list_pets"
	updatepet "gateway/examples/petstore/handlers/update_pet"
	"gateway/internal/catalog"
	"gateway/services"
	"gateway/services/files"
	"gateway/services/object"
	"gateway/services/records"
	"gateway/services/sql"
)

type handler func(*gateway.Context, *gateway.Request) (*gateway.Response, error)

// store calls the handlers as compiled Go, with a service behind them.
type store struct {
	t   *testing.T
	env *gateway.Environment
}

func open(t *testing.T, typ string, config map[string]any) store {
	m, err := services.NewManager(services.Options{
		Kinds: slices.Concat(sql.Kinds(), object.Kinds(), files.Kinds()), DataDir: t.TempDir(), Records: records.New(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := m.Activate(ctx, catalog.Service{ID: "petstore", Name: "petstore", Type: typ, Config: config}, true); err != nil {
		t.Fatal(err)
	}
	return store{t, &gateway.Environment{Services: m.View(nil)}}
}

// call gives the status of the answer, and its JSON.
func (s store) call(h handler, method, id, query string, body []byte) (int, map[string]any) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 10*time.Second)
	defer cancel()
	values, err := url.ParseQuery(query)
	if err != nil {
		s.t.Fatal(err)
	}
	request := &gateway.Request{
		Method: method, Path: "/pets", Query: values, Headers: http.Header{"Content-Type": {"application/json"}}, Body: body,
		Params: map[string]string{"petId": id},
	}
	response, err := h(gateway.NewContext(ctx, s.env, "test"), request)
	if err != nil {
		return gateway.AsError(err).Status, nil
	}
	var answer map[string]any
	if len(response.Body) > 0 {
		if err := json.Unmarshal(response.Body, &answer); err != nil {
			s.t.Fatalf("%s %s answered %q: %v", method, id, response.Body, err)
		}
	}
	return response.Status, answer
}

func (s store) ids(query string) string {
	s.t.Helper()
	status, answer := s.call(listpets.Handle, "GET", "", query, nil)
	if status != 200 {
		s.t.Fatalf("list?%s gave %d", query, status)
	}
	ids := ""
	for _, pet := range answer["pets"].([]any) {
		ids += pet.(map[string]any)["id"].(string) + " "
	}
	return ids
}

func TestWalk(t *testing.T) {
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for typ, config := range map[string]map[string]any{
		"sqlite": {"path": "petstore.db", "migrations": here}, "local": nil, "folder": nil,
	} {
		t.Run(typ, func(t *testing.T) { walk(t, open(t, typ, config)) })
	}
}

func walk(t *testing.T, s store) {
	seeds, err := filepath.Glob("seed/*.json")
	if err != nil || len(seeds) != 3 {
		t.Fatalf("seeds are %v, %v", seeds, err)
	}
	for _, seed := range seeds {
		data, err := os.ReadFile(seed)
		if err != nil {
			t.Fatal(err)
		}
		if status, _ := s.call(createpet.Handle, "POST", "", "", data); status != 201 {
			t.Fatalf("%s gave %d", seed, status)
		}
		if status, _ := s.call(createpet.Handle, "POST", "", "", data); status != 409 {
			t.Errorf("%s for the second time gave %d", seed, status)
		}
	}
	for query, want := range map[string]string{
		"": "pet-001 pet-002 pet-003 ", "status=available": "pet-001 pet-002 ", "status=gone": "", "limit=1&offset=1": "pet-002 ",
	} {
		if got := s.ids(query); got != want {
			t.Errorf("list?%s gave %q, want %q", query, got, want)
		}
	}

	status, made := s.call(createpet.Handle, "POST", "", "", []byte(`{"name": " Rex ", "category": "dog"}`))
	id, _ := made["id"].(string)
	if status != 201 || len(id) < 8 || made["name"] != "Rex" || made["status"] != "available" {
		t.Fatalf("create gave %d %v", status, made)
	}
	status, changed := s.call(updatepet.Handle, "PUT", id, "", []byte(`{"status": "sold", "tags": ["big", "[odd]"]}`))
	if status != 200 || changed["status"] != "sold" || changed["name"] != "Rex" || changed["category"] != "dog" {
		t.Errorf("update gave %d %v", status, changed)
	}
	status, got := s.call(getpet.Handle, "GET", id, "", nil)
	tags, _ := json.Marshal(got["tags"])
	if status != 200 || string(tags) != `["big","[odd]"]` || got["created_at"] != made["created_at"] {
		t.Errorf("get gave %d %v", status, got)
	}
	if status, _ := s.call(deletepet.Handle, "DELETE", id, "", nil); status != 204 {
		t.Errorf("delete gave %d", status)
	}

	for name, c := range map[string]struct {
		handler handler
		id      string
		body    string
		want    int
	}{
		"get of none":        {getpet.Handle, id, "", 404},
		"update of none":     {updatepet.Handle, id, `{"status": "sold"}`, 404},
		"delete of none":     {deletepet.Handle, id, "", 404},
		"get of a bad id":    {getpet.Handle, "../x", "", 400},
		"create of no name":  {createpet.Handle, "", `{"category": "dog"}`, 400},
		"create of no JSON":  {createpet.Handle, "", `{`, 400},
		"create bad status":  {createpet.Handle, "", `{"name": "x", "status": "eaten"}`, 400},
		"update bad status":  {updatepet.Handle, "pet-001", `{"status": "eaten"}`, 400},
		"update to no name":  {updatepet.Handle, "pet-001", `{"name": " "}`, 400},
		"create of a bad id": {createpet.Handle, "", `{"id": "a/b", "name": "x"}`, 400},
	} {
		if status, answer := s.call(c.handler, "POST", c.id, "", []byte(c.body)); status != c.want {
			t.Errorf("%s gave %d %v, want %d", name, status, answer, c.want)
		}
	}
}
