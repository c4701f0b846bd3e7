package admin_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"slices"
	"strings"
	"testing"
)

// withStore is a populated world with the object store uploads, which has objects.
func withStore(t *testing.T) (*world, *fakeObjects) {
	t.Helper()
	w := populated(t)
	store := newFakeObjects("a/1.txt", "a/2.txt", "b.txt", "a b/ä.txt")
	w.services.stores["uploads"] = store
	w.make("uploads", "POST", "/api/services", `{"name":"uploads","service_type":"sqlite","config":{"path":"x"}}`)
	return w, store
}

func TestListAndDeleteObjects(t *testing.T) {
	for _, sc := range []scenario{
		{name: "list", method: "GET", path: "/api/minio/objects", status: 200, contains: []string{
			`"bucket":"uploads"`, `"service":"uploads"`, `"prefix":""`, `"truncated":false`,
			`{"key":"a/1.txt","size":18,"content_type":"text/plain","etag":"tag","last_modified":"2026-01-02T03:04:05Z"}`,
		}},
		{name: "list with prefix", method: "GET", path: "/api/minio/objects?prefix=a/", status: 200, contains: []string{`"prefix":"a/"`, "a/1.txt", "a/2.txt"}, lacks: []string{"b.txt"}},
		{name: "list nothing", method: "GET", path: "/api/minio/objects?prefix=zzz", status: 200, contains: []string{`"objects":[]`}},
		{name: "list a page", method: "GET", path: "/api/minio/objects?limit=2", status: 200, contains: []string{`"truncated":true`, "a b/ä.txt", "a/1.txt"}, lacks: []string{"a/2.txt"}},
		{name: "list the rest", method: "GET", path: "/api/minio/objects?limit=2&after=a/1.txt", status: 200, contains: []string{`"truncated":false`, "a/2.txt", `"b.txt"`}, lacks: []string{"a/1.txt"}},
		{name: "list of a service", method: "GET", path: "/api/minio/objects?service=uploads", status: 200, contains: []string{"b.txt"}},
		{name: "list of a service by ID", method: "GET", path: "/api/minio/objects?service={uploads}", status: 200, contains: []string{"b.txt"}},
		{name: "list of no object store", method: "GET", path: "/api/minio/objects?service=main", status: 409, contains: []string{"keeps no objects"}},
		{name: "list of what is not there", method: "GET", path: "/api/minio/objects?service=nothing", status: 404},
		{name: "list with a wrong parameter", method: "GET", path: "/api/minio/objects?prefx=a", status: 400, contains: []string{`"field":"prefx"`}},
		{name: "delete", method: "DELETE", path: "/api/minio/objects/a/1.txt", status: 200, contains: []string{`"key":"a/1.txt"`, `"bucket":"uploads"`, `"deleted":true`}},
		{name: "delete what is not there", method: "DELETE", path: "/api/minio/objects/a/9.txt", status: 404},
		{name: "delete what cannot be", method: "DELETE", path: "/api/minio/objects/a%20b", status: 400},
		{name: "delete nothing", method: "DELETE", path: "/api/minio/objects/", status: 400},
		{name: "download what is not there", method: "GET", path: "/api/minio/objects/a/9.txt", status: 404},
		{name: "download what cannot be", method: "GET", path: "/api/minio/objects/%20", status: 400},
		{name: "upload JSON", method: "POST", path: "/api/minio/objects", body: `{}`, status: 415, contains: []string{"multipart/form-data"}},
	} {
		t.Run(sc.name, func(t *testing.T) {
			w, store := withStore(t)
			res := w.call(sc.method, sc.path, sc.body)
			if res.status != sc.status {
				t.Errorf("status %d, want %d: %s", res.status, sc.status, res.body)
			}
			checkEnvelope(t, res)
			for _, text := range sc.contains {
				if !strings.Contains(res.body, text) {
					t.Errorf("%s is not in %s", text, res.body)
				}
			}
			for _, text := range sc.lacks {
				if strings.Contains(res.body, text) {
					t.Errorf("%s is in %s", text, res.body)
				}
			}
			if deleted := store.get("a/1.txt").data == ""; deleted != (sc.name == "delete") {
				t.Errorf("a/1.txt is deleted: %v", deleted)
			}
		})
	}
}

func TestWhichObjectStore(t *testing.T) {
	w, store := withStore(t)
	w.services.stores["archive"] = newFakeObjects("old.txt")
	w.make("archive", "POST", "/api/services", `{"name":"archive","service_type":"sqlite","config":{"path":"y"}}`)
	expect := func(path string, status int, text string) {
		t.Helper()
		if res := w.call("GET", path, ""); res.status != status || !strings.Contains(res.body, text) {
			t.Errorf("%s: %d %s", path, res.status, res.body)
		}
	}
	expect("/api/minio/objects", 400, `there are several object stores: archive, uploads`)
	expect("/api/minio/objects", 400, `?service=archive`)
	expect("/api/minio/objects/old.txt", 400, `"field":"service"`)
	expect("/api/minio/objects?service=archive", 200, "old.txt")
	w.make("", "POST", "/api/services/archive/deactivate", "")
	expect("/api/minio/objects", 200, "b.txt")
	expect("/api/minio/objects?service=archive", 503, "is not active")
	w.make("", "POST", "/api/services/uploads/deactivate", "")
	expect("/api/minio/objects", 409, "no object store is active")
	w.make("", "POST", "/api/services/uploads/activate", "")
	store.broken = errBackend
	expect("/api/minio/objects", 500, "internal error")
}

// field is one of a form: "key", "file", …
type field struct{ name, value, contentType string }

func form(t *testing.T, fields ...field) (body []byte, contentType string) {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for _, f := range fields {
		h := textproto.MIMEHeader{"Content-Disposition": {fmt.Sprintf(`form-data; name="%s"`, f.name)}}
		if f.name == "file" {
			h.Set("Content-Disposition", `form-data; name="file"; filename="x.bin"`)
		}
		if f.contentType != "" {
			h.Set("Content-Type", f.contentType)
		}
		part, err := m.CreatePart(h)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(part, f.value)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), m.FormDataContentType()
}

func TestUploadAndDownload(t *testing.T) {
	large := strings.Repeat("0123456789abcdef", 9<<16) // 9 MiB: more than other bodies may have
	for _, test := range []struct {
		name        string
		query       string
		fields      []field
		cut         int // bytes that the form lacks at its end
		status      int
		contains    string
		stored      string // under up/new.bin
		contentType string
		size        int64 // that the store was told
	}{
		{name: "key first", fields: []field{{"key", "up/new.bin", ""}, {"file", "hello", "image/png"}}, status: 200, contains: `"size":5`, stored: "hello", contentType: "image/png", size: -1},
		{name: "file first", fields: []field{{"file", "hello", "image/png"}, {"key", "up/new.bin", ""}}, status: 200, contains: `{"key":"up/new.bin","bucket":"uploads","service":"uploads","size":5,"message":"upload successful"}`, stored: "hello", contentType: "image/png", size: 5},
		{name: "key as a parameter", query: "?key=up/new.bin", fields: []field{{"file", "hello", ""}}, status: 200, stored: "hello", contentType: "text/guessed", size: -1},
		{name: "type that says nothing", fields: []field{{"key", "up/new.bin", ""}, {"file", "x", "application/octet-stream"}}, status: 200, stored: "x", contentType: "text/guessed", size: -1},
		{name: "large", fields: []field{{"key", "up/new.bin", ""}, {"file", large, ""}}, status: 200, stored: large, contentType: "text/guessed", size: -1},
		{name: "large, file first", fields: []field{{"file", large, ""}, {"key", "up/new.bin", ""}}, status: 200, stored: large, contentType: "text/guessed", size: 9 << 20},
		{name: "empty file", fields: []field{{"file", "", "text/plain"}, {"key", "up/new.bin", ""}}, status: 200, contains: `"size":0`, contentType: "text/plain"},
		{name: "to a service", query: "?service=uploads", fields: []field{{"key", "up/new.bin", ""}, {"file", "x", ""}}, status: 200, stored: "x", contentType: "text/guessed", size: -1},
		{name: "to no object store", query: "?service=main", fields: []field{{"key", "up/new.bin", ""}, {"file", "x", ""}}, status: 409, contains: "keeps no objects"},
		{name: "no key", fields: []field{{"file", "x", ""}}, status: 400, contains: `"field":"key"`},
		{name: "no file", fields: []field{{"key", "up/new.bin", ""}}, status: 400, contains: `"field":"file"`},
		{name: "nothing", status: 400, contains: `"field":"file"`},
		{name: "two files", fields: []field{{"file", "x", ""}, {"file", "y", ""}, {"key", "up/new.bin", ""}}, status: 400, contains: "two files"},
		{name: "two keys", query: "?key=other", fields: []field{{"key", "up/new.bin", ""}, {"file", "x", ""}}, status: 400, contains: "two keys"},
		{name: "field there is not", fields: []field{{"bucket", "other", ""}, {"file", "x", ""}}, status: 400, contains: `"field":"bucket"`},
		{name: "key that cannot be", fields: []field{{"key", "a b", ""}, {"file", "x", ""}}, status: 400, contains: "cannot be a key"},
		{name: "breaks off in the file", fields: []field{{"key", "up/new.bin", ""}, {"file", large, ""}}, cut: 1 << 20, status: 400, contains: "breaks off"},
		{name: "breaks off in the file, which is first", fields: []field{{"file", large, ""}}, cut: 1 << 20, status: 400, contains: "breaks off"},
		{name: "breaks off before the file", fields: []field{{"key", "up/new.bin", ""}}, cut: 10, status: 400, contains: "breaks off"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w, store := withStore(t)
			body, contentType := form(t, test.fields...)
			res := w.call("POST", "/api/minio/objects"+test.query, string(body[:len(body)-test.cut]), "Content-Type", contentType)
			if res.status != test.status || !strings.Contains(res.body, test.contains) {
				t.Fatalf("%d %s", res.status, res.body)
			}
			checkEnvelope(t, res)
			if got := store.get("up/new.bin"); got.data != test.stored || got.contentType != test.contentType {
				t.Errorf("stored are %d bytes of type %q", len(got.data), got.contentType)
			}
			if test.status != 200 {
				return
			}
			if !slices.Equal(store.sizes, []int64{test.size}) {
				t.Errorf("the store was told sizes %v, want %d", store.sizes, test.size)
			}
			down := w.call("GET", "/api/minio/objects/up/new.bin", "")
			if down.status != 200 || down.body != test.stored || down.header.Get("Content-Type") != test.contentType {
				t.Errorf("%d, %d bytes of type %q", down.status, len(down.body), down.header.Get("Content-Type"))
			}
			if head := w.call("HEAD", "/api/minio/objects/up/new.bin", ""); head.body != "" || head.header.Get("Content-Length") != fmt.Sprint(len(test.stored)) {
				t.Errorf("HEAD: %v %q", head.header, head.body)
			}
		})
	}
}

func TestDownloadIsNoPage(t *testing.T) {
	w, _ := withStore(t)
	res := w.call("GET", "/api/minio/objects/a%20b/%C3%A4.txt", "")
	if res.status != 400 { // the fake refuses spaces: the key arrived decoded
		t.Errorf("%d %s", res.status, res.body)
	}
	res = w.call("GET", "/api/minio/objects/b.txt", "")
	if res.body != "content of b.txt" || res.header.Get("ETag") != `"tag"` || res.header.Get("Last-Modified") != "Fri, 02 Jan 2026 03:04:05 GMT" {
		t.Errorf("%v %s", res.header, res.body)
	}
	if res.header.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(res.header.Get("Content-Security-Policy"), "sandbox;") {
		t.Errorf("a browser may run it: %v", res.header)
	}
}

// TestDownloadBreaksOff wants a client to notice that it did not get all.
func TestDownloadBreaksOff(t *testing.T) {
	w, store := withStore(t)
	store.cut = true
	server := httptest.NewServer(w.server)
	defer server.Close()
	req, err := http.NewRequestWithContext(t.Context(), "GET", server.URL+"/api/minio/objects/b.txt", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("api-key", adminKey)
	res, err := server.Client().Do(req)
	if err != nil {
		return // before the first byte
	}
	defer res.Body.Close()
	if body, err := io.ReadAll(res.Body); err == nil {
		t.Errorf("%q looks whole", body)
	}
}

func TestOutbox(t *testing.T) {
	w := populated(t)
	if res := w.call("GET", "/api/services/main/outbox", ""); res.status != 409 || !strings.Contains(res.body, "is no outbox") {
		t.Errorf("%d %s", res.status, res.body)
	}
	w.services.outbox = &fakeOutbox{}
	for _, step := range []struct {
		method, path string
		status       int
		contains     []string
		lacks        string
	}{
		{"GET", "/api/services/main/outbox", 200, []string{`"id":"3"`, `"id":"1"`, `"subject":"subject 2"`, `"recipients":["ada@example.com","blind@example.com"]`, `"total":3`}, "sealed"},
		{"GET", "/api/services/{service}/outbox?limit=2&page=2", 200, []string{`"id":"1"`, `"total":3`}, `"id":"2"`},
		{"GET", "/api/services/main/outbox?limit=2&page=9", 200, []string{`"data":[]`, `"total":3`}, `"id"`},
		{"GET", "/api/services/main/outbox?sort=x", 400, []string{`"field":"sort"`}, `"id"`},
		{"GET", "/api/services/nothing/outbox", 404, nil, `"id"`},
		{"GET", "/api/services/main/outbox/9", 404, nil, `"id"`},
		{"DELETE", "/api/services/main/outbox/9", 404, nil, `"id"`},
		{"DELETE", "/api/services/main/outbox/2", 200, []string{`"data":null`}, `"id"`},
		{"GET", "/api/services/main/outbox", 200, []string{`"total":2`}, `"id":"2"`},
	} {
		res := w.call(step.method, step.path, "")
		checkEnvelope(t, res)
		if res.status != step.status || strings.Contains(res.body, step.lacks) {
			t.Errorf("%s %s: %d %s", step.method, step.path, res.status, res.body)
		}
		for _, text := range step.contains {
			if !strings.Contains(res.body, text) {
				t.Errorf("%s %s: %s is not in %s", step.method, step.path, text, res.body)
			}
		}
	}
	res := w.call("GET", "/api/services/main/outbox/3", "")
	if res.status != 200 || res.body != "Subject: subject 3\r\n\r\ntext" || res.header.Get("Content-Type") != "message/rfc822" {
		t.Errorf("%d %v %q", res.status, res.header, res.body)
	}
}

func TestServiceConfig(t *testing.T) {
	w := populated(t)
	for format, contentType := range map[string]string{"": "application/json", "json": "application/json", "yaml": "application/yaml", "toml": "application/toml"} {
		path := "/api/services/main/config"
		if format != "" {
			path += "?format=" + format
		}
		res := w.call("GET", path, "")
		if want := format + ": main ********"; res.status != 200 || !strings.HasSuffix(res.body, want) || res.header.Get("Content-Type") != contentType {
			t.Errorf("%s: %d %s %q", path, res.status, res.header.Get("Content-Type"), res.body)
		}
	}
	for path, status := range map[string]int{
		"/api/services/main/config?format=xml": 400, "/api/services/main/config?fromat=json": 400, "/api/services/nothing/config": 404,
	} {
		res := w.call("GET", path, "")
		checkEnvelope(t, res)
		if res.status != status {
			t.Errorf("%s: %d %s", path, res.status, res.body)
		}
	}
}
