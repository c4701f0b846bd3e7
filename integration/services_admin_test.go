package integration

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Credentials that may appear in no answer and no log.
const (
	servicePassword = "pa55-word-of-the-service"
	secretValue     = "va1ue-of-the-secret"
	// environmentValue is SERVICE_CREDENTIAL in the environment of the gateway.
	environmentValue = `tr3asure+environment/p&ss "w0rd`
)

// embedded are services that need no server.
var embedded = []struct {
	name, kind string
	config     map[string]any
}{
	{"main", "sqlite", map[string]any{"path": "main.db"}},
	{"sessions", "memory", map[string]any{}},
	{"uploads", "local", map[string]any{}},
	{"vendor", "folder", map[string]any{"path": "vendor"}},
	{"notify", "outbox", map[string]any{"from_address": "shop@example.com"}},
}

// handler is the code of a handler around a body, whose results are a value to be sent as JSON and an error.
func handler(imports, declarations, body string) string {
	return `package handler

import (
	"gateway"
` + imports + `
)

` + declarations + `

func answer(ctx *gateway.Context, req *gateway.Request) (any, error) {
` + body + `
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	v, err := answer(ctx, req)
	if err != nil {
		return nil, err
	}
	return gateway.OK(v), nil
}
`
}

// serviceHandlers use the embedded services, each with a struct of its own. The answers are the same however often
// they are called.
var serviceHandlers = map[string]struct{ code, want string }{
	"database": {handler(`"errors"`, `type pet struct {
	ID   int64
	Name string
	Born *string `+"`db:\"birthday\"`"+`
}`, `
	db := ctx.Database("main")
	if _, err := db.Execute("CREATE TABLE IF NOT EXISTS animals (id INTEGER PRIMARY KEY, name TEXT, birthday TEXT)"); err != nil {
		return nil, err
	}
	if _, err := db.Execute("INSERT INTO animals (id, name) VALUES (?, ?) ON CONFLICT DO NOTHING", 1, "Rex"); err != nil {
		return nil, err
	}
	undo := errors.New("undo")
	err := db.Transaction(func(tx gateway.Transaction) error {
		if _, err := tx.Execute("INSERT INTO animals (id, name) VALUES ($1, $2)", 99, "Ghost"); err != nil {
			return err
		}
		row, err := tx.QueryOne("SELECT count(*) AS n FROM animals")
		if err != nil {
			return err
		}
		if n, err := row.Int("n"); err != nil || n != 2 {
			return errors.New("the transaction does not see its own row")
		}
		return undo
	})
	if !errors.Is(err, undo) {
		return nil, err
	}
	rows, err := db.Query("SELECT id, name, birthday FROM animals ORDER BY id")
	if err != nil {
		return nil, err
	}
	var pets []pet
	err = rows.Scan(&pets)
	return pets, err`), `[{"ID":1,"Name":"Rex","Born":null}]`},
	"cache": {handler(`"time"`, `type session struct {
	User  string   `+"`json:\"user\"`"+`
	Roles []string `+"`json:\"roles\"`"+`
}`, `
	cache := ctx.Cache("sessions")
	if err := cache.Set("s1", session{"ada", []string{"admin"}}, time.Minute); err != nil {
		return nil, err
	}
	var s session
	found, err := cache.GetJSON("s1", &s)
	if err != nil {
		return nil, err
	}
	computed := 0
	text := ""
	for range 3 {
		text, err = cache.Remember("remembered-"+req.RequestID, time.Minute, func() (any, error) {
			computed++
			return session{User: "computed"}, nil
		})
		if err != nil {
			return nil, err
		}
	}
	return map[string]any{"found": found, "session": s, "computed": computed, "text": text}, nil`),
		`{"computed":1,"found":true,"session":{"user":"ada","roles":["admin"]},"text":"{\"user\":\"computed\",\"roles\":null}"}`},
	"storage": {handler(`"strings"`, ``, `
	store := ctx.Storage("uploads")
	if err := store.PutObject("notes/today.txt", strings.NewReader("hello"), 5, gateway.PutOptions{ContentType: "text/plain"}); err != nil {
		return nil, err
	}
	data, err := store.Get("notes/today.txt")
	if err != nil {
		return nil, err
	}
	list, err := store.List("notes/")
	if err != nil {
		return nil, err
	}
	info, err := store.Stat("notes/today.txt")
	return []any{string(data), len(list), list[0].Key, info.ContentType}, err`), `["hello",1,"notes/today.txt","text/plain"]`},
	"files": {handler(``, ``, `
	files := ctx.Files("vendor")
	if err := files.Put("in/list.csv", []byte("a,b")); err != nil {
		return nil, err
	}
	data, err := files.Get("/in/list.csv")
	if err != nil {
		return nil, err
	}
	_, outside := files.Get("../admin.key")
	list, err := files.List("in")
	if err != nil {
		return nil, err
	}
	return []any{string(data), outside != nil, len(list), list[0].Path}, nil`), `["a,b",true,1,"/in/list.csv"]`},
	"mail": {handler(``, ``, `
	return "sent", ctx.Email("notify").SendMessage(gateway.Message{To: []string{"Ada <ada@example.com>"}, Subject: "Order 7", Text: "thank you"})`), `"sent"`},
	"records": {handler(`"errors"`, `type order struct {
	Item  string `+"`json:\"item\"`"+`
	Count int    `+"`json:\"count\"`"+`
}`, `
	var all []order
	for _, service := range []string{"uploads", "vendor"} {
		records := ctx.Records(service, "orders")
		if err := records.Create("o1", order{"tea", 2}); err != nil && !errors.Is(err, gateway.ErrConflict) {
			return nil, err
		}
		list, err := records.List(gateway.ListOptions{Filter: map[string]any{"item": "tea"}})
		if err != nil {
			return nil, err
		}
		for _, record := range list {
			var o order
			if err := record.Decode(&o); err != nil {
				return nil, err
			}
			all = append(all, o)
		}
	}
	return all, nil`), `[{"item":"tea","count":2},{"item":"tea","count":2}]`},
	"secret": {handler(``, ``, `
	value, err := ctx.Secret("token")
	if err != nil {
		return nil, err
	}
	return len(value), nil`), fmt.Sprint(len(secretValue))},
	"presign": {handler(`"time"`, ``, `
	return ctx.Storage("uploads").PresignedURL("notes/today.txt", time.Minute)`), ``},
}

// TestEmbeddedServices makes the services that need no server over the API, uses them from interpreted handlers, and
// does so again after a restart.
func TestEmbeddedServices(t *testing.T) {
	data := t.TempDir()
	gateway := serve(t, data)
	var said strings.Builder // everything the admin API answered
	call := func(method, path string, in any, status int) json.RawMessage {
		t.Helper()
		return gateway.mustAPI(&said, method, path, in, status)
	}
	call("POST", "/api/secrets", map[string]any{"name": "token", "value": secretValue}, 201)
	for _, s := range embedded {
		call("POST", "/api/services", map[string]any{"name": s.name, "service_type": s.kind, "config": s.config}, 201)
		call("POST", "/api/services/"+s.name+"/activate", nil, 200)
		if test := call("POST", "/api/services/"+s.name+"/test", nil, 200); !bytes.Contains(test, []byte(`"connected":true`)) {
			t.Errorf("test of %s: %s", s.name, test)
		}
	}
	for name, h := range serviceHandlers {
		gateway.deploy(name, "GET", "/"+name, h.code, nil)
	}
	use := func() {
		t.Helper()
		for _, name := range []string{"database", "cache", "storage", "files", "mail", "records", "secret"} {
			want := serviceHandlers[name].want
			if status, body := gateway.get("/" + name); status != 200 || strings.TrimSpace(body) != want {
				t.Errorf("%s: %d %s, want %s\n%s", name, status, body, want, call("GET", "/api/endpoints/"+name+"/logs?limit=5", nil, 200))
			}
		}
		gateway.fetchSigned("hello")
	}
	use()
	if box := call("GET", "/api/services/notify/outbox", nil, 200); !bytes.Contains(box, []byte(`"subject":"Order 7"`)) {
		t.Errorf("outbox: %s", box)
	}
	gateway.stop()
	log := gateway.logged()

	gateway = serve(t, data)
	use()
	var sent []struct{ ID, From, Subject string }
	if err := json.Unmarshal(call("GET", "/api/services/notify/outbox", nil, 200), &sent); err != nil || len(sent) != 2 {
		t.Fatalf("outbox: %+v, %v", sent, err)
	}
	if status, mail := gateway.adminGet("/api/services/notify/outbox/" + sent[0].ID); status != 200 || !strings.Contains(mail, "thank you") {
		t.Errorf("%d %s", status, mail)
	}
	for _, text := range []string{secretValue, gateway.key} {
		if strings.Contains(said.String(), text) {
			t.Errorf("%q is in an answer", text)
		}
	}
	if strings.Contains(log+gateway.logged(), secretValue) {
		t.Error("the secret is in the log")
	}
}

// TestObjectsOverTheAPI goes around the file operations of the admin API, as curl would.
func TestObjectsOverTheAPI(t *testing.T) {
	gateway := serve(t, t.TempDir())
	var said strings.Builder
	gateway.mustAPI(&said, "GET", "/api/minio/objects", nil, 409)
	gateway.mustAPI(&said, "POST", "/api/services", map[string]any{"name": "uploads", "service_type": "local"}, 201)
	gateway.mustAPI(&said, "POST", "/api/services/uploads/activate", nil, 200)
	content := strings.Repeat("0123456789", 1<<20) // 10 MiB: more than other requests may have
	if status, body := gateway.upload("a/big.txt", content); status != 200 || !strings.Contains(body, `"size":10485760`) {
		t.Fatalf("%d %s", status, body)
	}
	if list := gateway.mustAPI(&said, "GET", "/api/minio/objects?prefix=a/", nil, 200); !bytes.Contains(list, []byte(`"key":"a/big.txt"`)) {
		t.Errorf("%s", list)
	}
	if status, body := gateway.adminGet("/api/minio/objects/a/big.txt"); status != 200 || body != content {
		t.Errorf("%d, %d bytes", status, len(body))
	}
	for _, key := range []string{"..%2f..%2fadmin.key", ".gateway%2Fpresign.key", "%2Fetc%2Fpasswd"} {
		if status, body := gateway.adminGet("/api/minio/objects/" + key); status != 400 {
			t.Errorf("%s: %d %s", key, status, body)
		}
	}
	gateway.mustAPI(&said, "DELETE", "/api/minio/objects/a/big.txt", nil, 200)
	gateway.mustAPI(&said, "DELETE", "/api/minio/objects/a/big.txt", nil, 404)
	gateway.mustAPI(&said, "GET", "/api/services/uploads/outbox", nil, 409)
}

// TestBindings has two endpoints use the same name for different services.
func TestBindings(t *testing.T) {
	gateway := serve(t, t.TempDir())
	var said strings.Builder
	code := handler(`"time"`, ``, `
	cache := ctx.Cache("cache")
	if v := req.QueryParam("set"); v != "" {
		return v, cache.Set("k", v, time.Minute)
	}
	v, _, err := cache.Get("k")
	return v, err`)
	ids := make(map[string]string)
	for _, name := range []string{"one", "two"} {
		var service struct{ ID string }
		if err := json.Unmarshal(gateway.mustAPI(&said, "POST", "/api/services", map[string]any{"name": name, "service_type": "memory"}, 201), &service); err != nil {
			t.Fatal(err)
		}
		ids[name] = service.ID
		gateway.mustAPI(&said, "POST", "/api/services/"+name+"/activate", nil, 200)
		gateway.deploy(name, "GET", "/"+name, code, nil)
	}
	if status, body := gateway.get("/one"); status != 500 || !strings.Contains(body, "service_not_found") {
		t.Errorf("unbound: %d %s", status, body)
	}
	for _, name := range []string{"one", "two"} {
		gateway.mustAPI(&said, "POST", "/api/endpoints/"+name+"/services", map[string]any{"service_id": ids[name], "pool_id": "cache"}, 200)
		gateway.get("/" + name + "?set=" + name)
	}
	for _, name := range []string{"one", "two"} {
		if status, body := gateway.get("/" + name); status != 200 || strings.TrimSpace(body) != `"`+name+`"` {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	gateway.mustAPI(&said, "DELETE", "/api/services/one", nil, 409)
	gateway.mustAPI(&said, "DELETE", "/api/endpoints/one/services/"+ids["one"], nil, 200)
	if status, body := gateway.get("/one"); status != 500 {
		t.Errorf("unbound again: %d %s", status, body)
	}
}

// TestRequiredBindings has endpoints see only what is bound to them.
func TestRequiredBindings(t *testing.T) {
	config := filepath.Join(t.TempDir(), "gateway.toml")
	if err := os.WriteFile(config, []byte("[services]\nrequire_bindings = true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	gateway := serve(t, t.TempDir(), "--config", config)
	var said strings.Builder
	gateway.mustAPI(&said, "POST", "/api/services", map[string]any{"name": "cache", "service_type": "memory"}, 201)
	gateway.deploy("cache", "GET", "/cache", handler(``, ``, `
	return ctx.Cache("cache").Incr("n")`), nil)
	if status, body := gateway.get("/cache"); status != 500 || !strings.Contains(body, "service_not_found") {
		t.Errorf("unbound: %d %s", status, body)
	}
	var service struct{ ID string }
	if err := json.Unmarshal(gateway.mustAPI(&said, "GET", "/api/services/cache", nil, 200), &service); err != nil {
		t.Fatal(err)
	}
	gateway.mustAPI(&said, "POST", "/api/endpoints/cache/services", map[string]any{"service_id": service.ID, "pool_id": "cache"}, 200)
	if status, body := gateway.get("/cache"); status != 200 || strings.TrimSpace(body) != "1" {
		t.Errorf("bound: %d %s", status, body)
	}
}

// TestServiceTypes wants every kind with its fields, and every password marked.
func TestServiceTypes(t *testing.T) {
	gateway := serve(t, t.TempDir())
	var said strings.Builder
	var kinds []struct {
		Type   string `json:"service_type"`
		Fields []struct {
			Name   string
			Type   string
			Secret bool
		}
	}
	if err := json.Unmarshal(gateway.mustAPI(&said, "GET", "/api/services/types", nil, 200), &kinds); err != nil {
		t.Fatal(err)
	}
	missing := map[string]bool{
		"sqlite": true, "postgres": true, "mysql": true, "memory": true, "redis": true, "memcached": true, "local": true,
		"minio": true, "s3": true, "folder": true, "ftp": true, "outbox": true, "email": true, "mongodb": true,
	}
	for _, kind := range kinds {
		delete(missing, kind.Type)
		for _, f := range kind.Fields {
			if f.Name == "" || f.Type == "" {
				t.Errorf("%s has the field %+v", kind.Type, f)
			}
			if (strings.Contains(f.Name, "password") || f.Name == "secret_key") && !f.Secret {
				t.Errorf("%s.%s is not secret", kind.Type, f.Name)
			}
		}
	}
	if len(missing) > 0 {
		t.Errorf("kinds that are missing: %v", missing)
	}
}

// TestServiceThatCannotConnect has a database at an address where nobody listens: the gateway starts all the same, the
// others answer, and what needs it gets 503. Its password comes from a secret, and shows nowhere.
func TestServiceThatCannotConnect(t *testing.T) {
	data := t.TempDir()
	gateway := serve(t, data)
	var said strings.Builder
	call := func(method, path string, in any, status int) json.RawMessage {
		t.Helper()
		return gateway.mustAPI(&said, method, path, in, status)
	}
	config := map[string]any{
		"host": "127.0.0.1", "port": closedPort(t), "database": "shop", "username": "app", "password": servicePassword,
		"connect_timeout_seconds": 1, "statement_timeout_seconds": 2,
	}
	call("POST", "/api/secrets", map[string]any{"name": "token", "value": secretValue}, 201)
	call("POST", "/api/services", map[string]any{"name": "shop", "service_type": "postgres", "config": config}, 201)
	refused := map[string]any{"host": "127.0.0.1", "port": closedPort(t), "database": "x", "username": "x", "password": "${secret:token}"}
	call("POST", "/api/services", map[string]any{"name": "other", "service_type": "mysql", "config": refused}, 201)
	for name, bad := range map[string]map[string]any{
		"pasword": {"host": "h", "database": "d", "username": "u", "pasword": servicePassword},
		"port":    {"host": "h", "database": "d", "username": "u", "port": "high", "password": servicePassword},
		"host":    {"database": "d", "username": "u"},
	} {
		if a, err := gateway.api("POST", "/api/services", map[string]any{"name": "bad", "service_type": "postgres", "config": bad}); err != nil || a.status != 400 || !strings.Contains(a.Error, name) {
			t.Errorf("%s: %d %s, %v", name, a.status, a.Error, err)
		}
	}
	gateway.deploy("shop", "GET", "/shop", handler(``, ``, `
	return ctx.Database("shop").Query("SELECT 1 AS one")`), map[string]any{"timeout": "20s"})
	gateway.deploy("hello", "GET", "/hello", textHandler("hello"), nil)
	check := func() {
		t.Helper()
		if status, body := gateway.get("/shop"); status != 503 || strings.Contains(body, servicePassword) {
			t.Errorf("%d %s", status, body)
		}
		if status, body := gateway.get("/hello"); status != 200 || body != "hello" {
			t.Errorf("%d %s", status, body)
		}
		if test := call("POST", "/api/services/shop/test", nil, 200); !bytes.Contains(test, []byte(`"connected":false`)) {
			t.Errorf("%s", test)
		}
	}
	check()
	call("PUT", "/api/services/shop", map[string]any{"config": map[string]any{"host": "127.0.0.1", "port": config["port"], "database": "shop", "username": "app", "password": "********"}}, 200)
	for _, format := range []string{"json", "yaml", "toml"} {
		for _, name := range []string{"shop", "other"} {
			_, body := gateway.adminGet("/api/services/" + name + "/config?format=" + format)
			said.WriteString(body)
		}
	}
	if !strings.Contains(said.String(), "${secret:token}") {
		t.Error("the reference to a secret is not shown")
	}
	call("PUT", "/api/secrets/token", map[string]any{"value": secretValue + "-rotated"}, 200)
	call("GET", "/api/secrets", nil, 200)
	call("POST", "/api/services/shop/deactivate", nil, 200)
	gateway.stop()
	log := gateway.logged()

	began := time.Now()
	gateway = serve(t, data)
	t.Logf("started in %v", time.Since(began))
	check()
	call("GET", "/api/services", nil, 200)
	call("GET", "/api/services/shop/stats", nil, 200)
	for _, text := range []string{servicePassword, secretValue, gateway.key} {
		if strings.Contains(said.String(), text) {
			t.Errorf("%q is in an answer", text)
		}
		if text != gateway.key && strings.Contains(log+gateway.logged(), text) {
			t.Errorf("%q is in the log", text)
		}
	}
	stored, err := os.ReadFile(filepath.Join(data, "gateway.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{servicePassword, secretValue} {
		if bytes.Contains(stored, []byte(text)) {
			t.Errorf("%q is stored as it is", text)
		}
	}
}

// TestServiceFiles configures services by files: at the start, while the gateway runs, and wrongly.
func TestServiceFiles(t *testing.T) {
	data := t.TempDir()
	folder := filepath.Join(data, "services.d")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("first.toml", "service_type = \"memory\"\n[config]\nmax_entries = 10\n")
	write("broken.yaml", "service_type: nothing\nconfig: {password: "+servicePassword+"}\n")
	gateway := serve(t, data)
	var said strings.Builder
	gateway.deploy("cache", "GET", "/cache/{service}", handler(`"time"`, ``, `
	return "stored", ctx.Cache(req.PathParam("service")).Set("k", "v", time.Minute)`), nil)
	if status, body := gateway.get("/cache/first"); status != 200 {
		t.Errorf("%d %s", status, body)
	}
	if v := gateway.mustAPI(&said, "GET", "/api/services/first", nil, 200); !bytes.Contains(v, []byte(`"source":"file"`)) {
		t.Errorf("%s", v)
	}
	gateway.mustAPI(&said, "PUT", "/api/services/first", map[string]any{"enabled": false}, 409)
	write("second.json", `{"service_type": "memory", "config": {}}`)
	noticed, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		status, body := gateway.get("/cache/second")
		if status == 200 {
			break
		}
		known := strings.Contains(body, "service_not_found") || strings.Contains(body, "is not active") // about to start
		if !known || noticed.Err() != nil {
			t.Fatalf("%d %s", status, body)
		}
	}
	if log := gateway.logged(); !strings.Contains(log, "broken.yaml") || strings.Contains(log, servicePassword) {
		t.Errorf("the log says:\n%s", log)
	}
}

// mustAPI calls the admin API, which must answer with a status, adds the answer to said, and gives its data.
func (r *running) mustAPI(said *strings.Builder, method, path string, in any, status int) json.RawMessage {
	r.t.Helper()
	a, err := r.api(method, path, in)
	if err != nil {
		r.t.Fatalf("%v\n%s", err, r.logged())
	}
	if a.status != status {
		r.t.Fatalf("%s %s: %d %s, want %d\n%s", method, path, a.status, a.Error, status, r.logged())
	}
	said.Write(a.Data)
	said.WriteString(a.Error + "\n")
	return a.Data
}

// adminGet gets what the admin API answers with as it is.
func (r *running) adminGet(path string) (int, string) {
	r.t.Helper()
	return r.adminSend("GET", path, nil, "")
}

// upload stores an object with a form, the file first.
func (r *running) upload(key, content string) (int, string) {
	r.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	file, err := form.CreateFormFile("file", "x.txt")
	if err != nil {
		r.t.Fatal(err)
	}
	_, _ = io.WriteString(file, content)
	_ = form.WriteField("key", key)
	_ = form.Close()
	return r.adminSend("POST", "/api/minio/objects", &body, form.FormDataContentType())
}

func (r *running) adminSend(method, path string, body io.Reader, contentType string) (int, string) {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), method, r.admin+path, body)
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("api-key", r.key)
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatalf("%v\n%s", err, r.logged())
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return res.StatusCode, string(text)
}

// fetchSigned fetches the URL that the handler /presign signs, without a credential, and forged ones.
func (r *running) fetchSigned(want string) {
	r.t.Helper()
	status, body := r.get("/presign")
	var url string
	if err := json.Unmarshal([]byte(body), &url); err != nil || status != 200 {
		r.t.Fatalf("%d %s %v", status, body, err)
	}
	if status, body := r.get(url); status != 200 || body != want {
		r.t.Errorf("%s: %d %s", url, status, body)
	}
	for _, forged := range []string{
		strings.Replace(url, "today", "tomorrow", 1), strings.Replace(url, "expires=", "expires=9", 1), strings.Split(url, "?")[0], "/_objects/", "/_objects/main/x",
	} {
		if status, body := r.get(forged); status != 403 || strings.Contains(body, want) {
			r.t.Errorf("%s: %d %s", forged, status, body)
		}
	}
}

// closedPort is a port of this machine that nobody listens on.
func closedPort(t *testing.T) int {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().(*net.TCPAddr).Port
}
