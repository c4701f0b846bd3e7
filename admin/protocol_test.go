package admin_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gateway/admin"
	"gateway/internal/catalog"
	"gateway/internal/observe"
)

func TestCredential(t *testing.T) {
	const wrong = "gw_wrong-key-0123456789abcdef"
	tests := []struct {
		name    string
		path    string
		headers []string
		status  int
	}{
		{"bearer", "/api/stats", nil, 200},
		{"bearer in lower case", "/api/stats", []string{"Authorization", "bearer " + adminKey}, 200},
		{"api-key", "/api/stats", []string{"Authorization", "", "api-key", adminKey}, 200},
		{"basic and api-key", "/api/stats", []string{"Authorization", "Basic eDp5", "api-key", adminKey}, 200},
		{"none", "/api/stats", []string{"Authorization", ""}, 401},
		{"wrong", "/api/stats", []string{"Authorization", "Bearer " + wrong}, 401},
		{"empty", "/api/stats", []string{"Authorization", "Bearer "}, 401},
		{"beginning of the right one", "/api/stats", []string{"Authorization", "Bearer " + adminKey[:20]}, 401},
		{"right one and more", "/api/stats", []string{"Authorization", "Bearer " + adminKey + "x"}, 401},
		{"wrong api-key", "/api/stats", []string{"Authorization", "", "api-key", wrong}, 401},
		{"wrong bearer and right api-key", "/api/stats", []string{"Authorization", "Bearer " + wrong, "api-key", adminKey}, 401},
		{"in the query", "/api/stats?api-key=" + adminKey, []string{"Authorization", ""}, 401},
		{"as a cookie", "/api/stats", []string{"Authorization", "", "Cookie", "api-key=" + adminKey}, 401},
		{"health", "/api/health", []string{"Authorization", ""}, 200},
		{"metrics", "/metrics", []string{"Authorization", ""}, 401},
		{"unknown path", "/api/nothing", []string{"Authorization", ""}, 401},
		{"wrong method", "/api/check", []string{"Authorization", ""}, 401},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t)
			res := w.call("GET", test.path, "", test.headers...)
			if res.status != test.status {
				t.Errorf("status %d, want %d: %s", res.status, test.status, res.body)
			}
			checkEnvelope(t, res)
			if strings.Contains(res.body, wrong) || strings.Contains(w.log.String(), wrong) {
				t.Error("a wrong key is shown")
			}
			if res.status == 401 && res.header.Get("WWW-Authenticate") != "Bearer" {
				t.Error("WWW-Authenticate is missing")
			}
		})
	}
}

// TestEveryRouteWantsTheKey goes through the routes of the API, so that a new one is not forgotten.
func TestEveryRouteWantsTheKey(t *testing.T) {
	w := populated(t)
	before, err := w.store.Sequence(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, method := range []string{"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"} {
		for _, path := range []string{
			"/api/stats", "/api/deploy", "/api/check", "/api/endpoints", "/api/endpoints/{hello}", "/api/endpoints/{hello}/compile",
			"/api/endpoints/{hello}/start", "/api/endpoints/{hello}/stop", "/api/endpoints/{hello}/versions/1/rollback",
			"/api/endpoints/{hello}/services", "/api/endpoints/{hello}/services/{service}", "/api/endpoints/{hello}/logs",
			"/api/endpoints/{hello}/logs/stream", "/api/domains", "/api/domains/{domain}", "/api/collections",
			"/api/collections/{collection}", "/api/services", "/api/services/{service}", "/api/services/{service}/test", "/api/scripts", "/metrics",
		} {
			if r := w.call(method, path, "{}", "Authorization", ""); r.status != 401 {
				t.Errorf("%s %s: %d %s", method, path, r.status, r.body)
			}
		}
	}
	after, err := w.store.Sequence(t.Context())
	if err != nil || after != before {
		t.Errorf("something was changed: %d and %d, %v", before, after, err)
	}
}

func TestProtocol(t *testing.T) {
	allow := func(want string) func(*testing.T, *world, response) {
		return func(t *testing.T, _ *world, r response) {
			if got := r.header.Get("Allow"); got != want {
				t.Errorf("Allow is %q, want %q", got, want)
			}
		}
	}
	run(t, []scenario{
		{name: "health", method: "GET", path: "/api/health", status: 200, contains: []string{`{"ok":true,"data":{"status":"healthy","version":"1.2.3"}}`}},
		{name: "unknown path", method: "GET", path: "/api/nothing", status: 404, contains: []string{`"code":"not_found"`, "/api/nothing"}},
		{name: "root of the api", method: "GET", path: "/api", status: 404},
		{name: "page that is not there", method: "GET", path: "/admin/", status: 404},
		{name: "wrong method", method: "PATCH", path: "/api/endpoints/{hello}", body: `{}`, status: 405, contains: []string{`"code":"method_not_allowed"`}, after: allow("DELETE, GET, HEAD, PUT")},
		{name: "get of a post", method: "GET", path: "/api/deploy", status: 405, after: allow("POST")},
		{name: "wrong content type", method: "POST", path: "/api/check", body: `{"code":"x"}`, headers: []string{"Content-Type", "text/plain"}, status: 415, contains: []string{`"code":"unsupported_media"`}},
		{name: "form", method: "POST", path: "/api/check", body: `code=x`, headers: []string{"Content-Type", "application/x-www-form-urlencoded"}, status: 415},
		{name: "no content type", method: "POST", path: "/api/check", body: `{"code":"x"}`, headers: []string{"Content-Type", ""}, status: 415},
		{name: "another charset", method: "POST", path: "/api/check", body: `{"code":"x"}`, headers: []string{"Content-Type", "application/json; charset=latin1"}, status: 415},
		{name: "charset", method: "POST", path: "/api/check", body: `{"code":"x"}`, headers: []string{"Content-Type", "application/json; charset=UTF-8"}, status: 200},
		{name: "no body", method: "POST", path: "/api/check", headers: []string{"Content-Type", "application/json"}, status: 400, contains: []string{"body is missing"}},
		{name: "half a body", method: "POST", path: "/api/check", body: `{"code":`, status: 400, contains: []string{"in the middle"}},
		{name: "no JSON", method: "POST", path: "/api/check", body: `{code}`, status: 400, contains: []string{"not JSON", "at byte 2"}},
		{name: "array", method: "POST", path: "/api/check", body: `[]`, status: 400, contains: []string{"must be a JSON object"}},
		{name: "more than one object", method: "POST", path: "/api/check", body: `{"code":"x"}{}`, status: 400, contains: []string{"goes on"}},
		{name: "null", method: "POST", path: "/api/check", body: `null`, status: 400, contains: []string{`"field":"code"`}},
		{name: "panic", method: "POST", path: "/api/check", body: `{"code":"PANIC"}`, status: 500, contains: []string{`"error":"internal error"`, `"code":"internal"`}, lacks: []string{"panics", "goroutine"}, after: func(t *testing.T, w *world, _ response) {
			if log := w.log.String(); !strings.Contains(log, "the deployer panics") || !strings.Contains(log, "fake_test.go") {
				t.Errorf("the log does not say what happened: %s", log)
			}
			if r := w.call("GET", "/api/stats", ""); r.status != 200 {
				t.Errorf("the server is broken: %s", r.body)
			}
		}},
		{name: "HTML in code", method: "PUT", path: "/api/endpoints/{hello}", body: `{"code":"<b>&</b>"}`, status: 200, contains: []string{`"code":"<b>&</b>"`}, after: func(t *testing.T, _ *world, r response) {
			if r.header.Get("X-Content-Type-Options") != "nosniff" || r.header.Get("Cache-Control") != "no-store" {
				t.Errorf("headers %v", r.header)
			}
		}},
	})
}

func TestInternalErrorsStayInside(t *testing.T) {
	w := populated(t)
	w.deployer.mu.Lock()
	w.deployer.fail = fmt.Errorf("open /var/lib/gateway: permission denied")
	w.deployer.mu.Unlock()
	r := w.call("PUT", "/api/endpoints/{hello}", `{"code":"x"}`)
	if r.status != 500 || strings.Contains(r.body, "/var/lib") || !strings.Contains(r.body, `"code":"internal"`) {
		t.Errorf("%d %s", r.status, r.body)
	}
	if !strings.Contains(w.log.String(), "permission denied") {
		t.Error("the operator is not told")
	}
	if err := w.store.Close(); err != nil {
		t.Fatal(err)
	}
	r = w.call("GET", "/api/endpoints", "")
	if r.status != 503 || !strings.Contains(r.body, `"code":"unavailable"`) || r.header.Get("Retry-After") == "" {
		t.Errorf("%d %s", r.status, r.body)
	}
}

func TestStats(t *testing.T) {
	w := populated(t)
	log := w.observer.Endpoint(w.ids["hello"], "hello")
	for i := range 4 {
		log.Begin()
		log.End(&observe.Request{Method: "GET", Path: "/hello", Status: 200 + 300*(i%2), Duration: 10 * time.Millisecond, Start: time.Now()})
	}
	run := func(path string, want ...string) {
		t.Helper()
		r := w.call("GET", path, "")
		checkEnvelope(t, r)
		for _, text := range want {
			if !strings.Contains(r.body, text) {
				t.Errorf("%s is not in %s", text, r.body)
			}
		}
	}
	run("/api/stats", `"endpoints_total":3`, `"endpoints_running":1`, `"requests_handled":4`, `"uptime_seconds":`, `"2xx":2`, `"5xx":2`)
	run("/api/endpoints/hello/stats", `"requests_handled":4`, `"mean":10`)
	run("/api/endpoints/draft/stats", `"requests_handled":0`)
	if r := w.call("GET", "/metrics", ""); r.status != 200 || !strings.Contains(r.body, "# TYPE") {
		t.Errorf("%d %s", r.status, r.body)
	}
}

func TestIdempotency(t *testing.T) {
	w := populated(t)
	key := []string{"Idempotency-Key", "abc"}
	body := `{"name":"once","method":"GET","path":"/once","code":"package handler"}`
	first := w.call("POST", "/api/endpoints", body, key...)
	again := w.call("POST", "/api/endpoints", body, key...)
	if first.status != 201 || again.status != 201 || first.body != again.body || first.header.Get("ETag") != again.header.Get("ETag") {
		t.Errorf("%d %s\n%d %s", first.status, first.body, again.status, again.body)
	}
	if first.header.Get("Idempotency-Replayed") != "" || again.header.Get("Idempotency-Replayed") != "true" {
		t.Error("a repeated answer does not say so, or the first does")
	}
	for name, r := range map[string]response{
		"another body": w.call("POST", "/api/endpoints", `{"name":"twice","method":"GET","path":"/twice"}`, key...),
		"another path": w.call("POST", "/api/deploy", body, key...),
	} {
		if r.status != 422 || !strings.Contains(r.body, `"field":"Idempotency-Key"`) {
			t.Errorf("%s: %d %s", name, r.status, r.body)
		}
	}
	// A failure is not kept: the same request may succeed later.
	late := `{"name":"late","method":"GET","path":"/hello","code":"package handler"}`
	if r := w.call("POST", "/api/endpoints", late, "Idempotency-Key", "late"); r.status != 409 {
		t.Errorf("%d %s", r.status, r.body)
	}
	w.make("", "DELETE", "/api/endpoints/{hello}", "")
	if r := w.call("POST", "/api/endpoints", late, "Idempotency-Key", "late"); r.status != 201 {
		t.Errorf("%d %s", r.status, r.body)
	}
	if r := w.call("POST", "/api/endpoints", late, "Idempotency-Key", strings.Repeat("x", 300)); r.status != 400 {
		t.Errorf("%d %s", r.status, r.body)
	}
	// Without a body, too.
	stop := func() response { return w.call("POST", "/api/endpoints/once/stop", "", "Idempotency-Key", "stop") }
	if a, b := stop(), stop(); a.status != 200 || a.body != b.body {
		t.Errorf("%s\n%s", a.body, b.body)
	}
}

// TestIdempotencyWhileTheFirstIsWorkedOn repeats a request before its first answer.
func TestIdempotencyWhileTheFirstIsWorkedOn(t *testing.T) {
	w := populated(t)
	w.deployer.mu.Lock()
	w.deployer.hold = make(chan struct{})
	w.deployer.mu.Unlock()
	const body = `{"name":"slow","method":"GET","path":"/slow","code":"package handler"}`
	first := make(chan response)
	go func() { first <- w.call("POST", "/api/deploy", body, "Idempotency-Key", "k") }()
	<-w.deployer.held
	if r := w.call("POST", "/api/deploy", body, "Idempotency-Key", "k"); r.status != 409 || !strings.Contains(r.body, "still being worked on") {
		t.Errorf("%d %s", r.status, r.body)
	}
	close(w.deployer.hold)
	if r := <-first; r.status != 200 {
		t.Errorf("%d %s", r.status, r.body)
	}
	if r := w.call("POST", "/api/deploy", body, "Idempotency-Key", "k"); r.status != 200 || r.header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("%d %s", r.status, r.body)
	}
	if e := w.endpoint("slow"); e.Version != 1 {
		t.Errorf("version %d", e.Version)
	}
}

func TestIdempotencyKeysExpire(t *testing.T) {
	w := populated(t)
	err := w.store.SaveReply(t.Context(), catalog.Reply{Key: "old", Request: "another", Status: 200, ExpiresAt: time.Now().Add(-time.Second)})
	if err != nil {
		t.Fatal(err)
	}
	if r := w.call("POST", "/api/check", `{"code":"x"}`, "Idempotency-Key", "old"); r.status != 200 || r.header.Get("Idempotency-Replayed") != "" {
		t.Errorf("%d %s", r.status, r.body)
	}
}

func TestLogs(t *testing.T) {
	w := populated(t)
	log := w.observer.Endpoint(w.ids["hello"], "hello")
	for i := range 150 {
		log.Logger().Info(fmt.Sprint("message ", i))
	}
	var records struct {
		Data []struct{ Message string }
	}
	for query, want := range map[string]int{"": 100, "?limit=5": 5, "?limit=0": 0, "?limit=10000": 150} {
		r := w.call("GET", "/api/endpoints/hello/logs"+query, "")
		checkEnvelope(t, r)
		if err := json.Unmarshal([]byte(r.body), &records); err != nil {
			t.Fatal(err)
		}
		if len(records.Data) != want || want > 0 && records.Data[want-1].Message != "message 149" {
			t.Errorf("%s: %d records, %s", query, len(records.Data), r.body)
		}
	}
	for _, path := range []string{"/api/endpoints/hello/logs?limit=-1", "/api/endpoints/hello/logs?limit=x", "/api/endpoints/hello/logs/stream?limti=1"} {
		if r := w.call("GET", path, ""); r.status != 400 {
			t.Errorf("%s: %d %s", path, r.status, r.body)
		}
	}
	if r := w.call("GET", "/api/endpoints/nothing/logs/stream", ""); r.status != 404 {
		t.Errorf("%d %s", r.status, r.body)
	}
}

// TestLogStream follows a log over a real connection, until the client leaves, the endpoint goes, or the server does.
func TestLogStream(t *testing.T) {
	for name, end := range map[string]func(*world, context.CancelFunc){
		"client leaves": func(_ *world, leave context.CancelFunc) { leave() },
		"endpoint goes": func(w *world, _ context.CancelFunc) { w.observer.Remove(w.ids["hello"]) },
		"server closes": func(w *world, _ context.CancelFunc) { _ = w.server.Close(context.Background()) },
	} {
		t.Run(name, func(t *testing.T) {
			w := populated(t)
			base := serve(t, w)
			log := w.observer.Endpoint(w.ids["hello"], "hello")
			log.Logger().Info("before")
			ctx, leave := context.WithTimeout(t.Context(), patience)
			defer leave()
			res := get(t, ctx, base+w.expand("/api/endpoints/{hello}/logs/stream?limit=1"))
			defer func() { _ = res.Body.Close() }()
			if got := res.Header.Get("Content-Type"); got != "text/event-stream" {
				t.Fatalf("content type %q", got)
			}
			lines := bufio.NewScanner(res.Body)
			wantLine(t, lines, "data: ", `"message":"before"`)
			log.Logger().Warn("after", "n", 7)
			wantLine(t, lines, "event: ", "log")
			wantLine(t, lines, "data: ", `"message":"after"`)
			end(w, leave)
			for lines.Scan() { // the stream must end
			}
			if name == "endpoint goes" && lines.Err() != nil {
				t.Errorf("the stream broke: %v", lines.Err())
			}
		})
	}
}

// TestLogStreamByAccept gets a stream from the path of the list.
func TestLogStreamByAccept(t *testing.T) {
	w := populated(t)
	w.observer.Endpoint(w.ids["hello"], "hello").Logger().Info("hi")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	r := httptest.NewRequestWithContext(ctx, "GET", serve(t, w)+"/api/endpoints/hello/logs?limit=1", nil)
	r.RequestURI = ""
	r.Header.Set("api-key", adminKey)
	r.Header.Set("Accept", "text/event-stream")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	wantLine(t, bufio.NewScanner(res.Body), "data: ", `"message":"hi"`)
}

// serve puts the API on a listener until the end of the test, and returns its address.
func serve(t *testing.T, w *world) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var serving sync.WaitGroup
	serving.Go(func() {
		if err := w.server.Serve(l); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := w.server.Close(ctx); err != nil {
			t.Error(err)
		}
		serving.Wait()
		http.DefaultClient.CloseIdleConnections()
	})
	return "http://" + l.Addr().String()
}

func get(t *testing.T, ctx context.Context, url string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+adminKey)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// wantLine reads until a line with the prefix, which must contain a text.
func wantLine(t *testing.T, lines *bufio.Scanner, prefix, text string) {
	t.Helper()
	for lines.Scan() {
		if rest, ok := strings.CutPrefix(lines.Text(), prefix); ok {
			if !strings.Contains(rest, text) {
				t.Errorf("got %s, want %s", rest, text)
			}
			return
		}
	}
	t.Fatalf("the stream ended before %s: %v", text, lines.Err())
}

func TestKey(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, admin.KeyFile)
	key, created, err := admin.LoadOrCreateKey(dir)
	if err != nil || !created || len(key) < 40 || !strings.HasPrefix(key, "gw_") {
		t.Fatalf("%q, %v, %v", key, created, err)
	}
	again, created, err := admin.LoadOrCreateKey(dir)
	if err != nil || created || again != key {
		t.Errorf("%q, %v, %v", again, created, err)
	}
	mode := func() os.FileMode {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return info.Mode().Perm()
	}
	if mode() != 0o600 {
		t.Errorf("mode %v", mode())
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := admin.LoadOrCreateKey(dir); err != nil || mode() != 0o600 {
		t.Errorf("mode %v, %v", mode(), err)
	}
	if err := os.WriteFile(path, []byte("short\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := admin.LoadOrCreateKey(dir); err == nil || strings.Contains(err.Error(), "short\n") {
		t.Errorf("a short key: %v", err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("files %v, %v", entries, err)
	}
}

// TestKeyOfManyAtOnce has many processes' worth of starts agree on one key.
func TestKeyOfManyAtOnce(t *testing.T) {
	dir := t.TempDir()
	keys := make([]string, 20)
	var wg sync.WaitGroup
	for i := range keys {
		wg.Go(func() {
			key, _, err := admin.LoadOrCreateKey(dir)
			if err != nil {
				t.Error(err)
			}
			keys[i] = key
		})
	}
	wg.Wait()
	for _, key := range keys {
		if key != keys[0] {
			t.Fatalf("%q and %q", key, keys[0])
		}
	}
}
