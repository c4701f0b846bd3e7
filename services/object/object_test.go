package object_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"go.uber.org/goleak"

	"gateway"
	"gateway/services"
	"gateway/services/object"
	"gateway/services/servicetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestLocalConforms(t *testing.T) {
	m := servicetest.Start(t, object.Kinds(), "local", t.TempDir(), map[string]any{"path": "my objects"})
	server := httptest.NewServer(http.StripPrefix(object.DefaultPresignBase, object.PresignHandler(m)))
	defer server.Close()
	servicetest.Storage(t, m, func(url string) (*http.Response, error) { return server.Client().Get(server.URL + url) })
}

// local is a local store with its folder and presigned URLs.
type local struct {
	manager *services.Manager
	folder  string
	server  *httptest.Server
}

func newLocal(t *testing.T) local {
	folder := t.TempDir()
	m := servicetest.Start(t, object.Kinds(), "local", folder, map[string]any{"path": "objects"})
	server := httptest.NewServer(http.StripPrefix(object.DefaultPresignBase, object.PresignHandler(m)))
	t.Cleanup(server.Close)
	return local{m, filepath.Join(folder, "objects"), server}
}

func (l local) storage(t *testing.T) gateway.Storage {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	s, err := l.manager.View(nil).Storage(ctx, servicetest.Name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (l local) get(t *testing.T, method, url string, header http.Header) (int, string, http.Header) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, l.server.URL+url, nil)
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(request.Header, header)
	response, err := l.server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body), response.Header
}

func TestPresignedURLsCannotBeForged(t *testing.T) {
	l := newLocal(t)
	s := l.storage(t)
	for _, key := range []string{"page.html", "other"} {
		if err := s.Put(key, []byte("0123456789")); err != nil {
			t.Fatal(err)
		}
	}
	signed, err := s.PresignedURL("page.html", time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	status, body, header := l.get(t, "GET", signed, nil)
	if status != 200 || body != "0123456789" || !strings.Contains(header.Get("Content-Security-Policy"), "sandbox") || header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("got %d %q %v", status, body, header)
	}
	if status, body, _ := l.get(t, "GET", signed, http.Header{"Range": {"bytes=2-4"}}); status != 206 || body != "234" {
		t.Errorf("a range gave %d %q", status, body)
	}
	if status, body, header := l.get(t, "HEAD", signed, nil); status != 200 || body != "" || header.Get("Content-Length") != "10" {
		t.Errorf("HEAD gave %d %q %v", status, body, header)
	}
	if status, _, _ := l.get(t, "GET", signed, http.Header{"If-None-Match": {header.Get("ETag")}}); status != 304 {
		t.Errorf("a known ETag gave %d", status)
	}

	parsed, err := url.Parse(signed)
	if err != nil {
		t.Fatal(err)
	}
	query := func(change func(url.Values)) string {
		values := parsed.Query()
		change(values)
		return parsed.Path + "?" + values.Encode()
	}
	base := object.DefaultPresignBase + "/" + servicetest.Name + "/"
	for name, forged := range map[string]string{
		"another key":       strings.Replace(signed, "page.html", "other", 1),
		"another service":   strings.Replace(signed, servicetest.Name, "another", 1),
		"a later end":       query(func(v url.Values) { v.Set("expires", v.Get("expires")+"0") }),
		"no signature":      query(func(v url.Values) { v.Del("signature") }),
		"another signature": query(func(v url.Values) { v.Set("signature", strings.Repeat("0", 64)) }),
		"no end":            query(func(v url.Values) { v.Del("expires") }),
		"bare":              parsed.Path,
		"outside":           base + "..%2f..%2fetc%2fpasswd?" + parsed.RawQuery,
		"the key file":      base + ".gateway/presign.key?" + parsed.RawQuery,
		"no key":            base + "?" + parsed.RawQuery,
		"missing object":    base + "missing?" + parsed.RawQuery,
	} {
		if status, body, _ := l.get(t, "GET", forged, nil); status != 403 || strings.Contains(body, "0123") {
			t.Errorf("%s gave %d %q", name, status, body)
		}
	}
	if status, _, _ := l.get(t, "DELETE", signed, nil); status != 405 {
		t.Errorf("DELETE gave %d", status)
	}
	if _, err := s.Delete("page.html"); err != nil {
		t.Fatal(err)
	}
	if status, _, _ := l.get(t, "GET", signed, nil); status != 404 {
		t.Errorf("a deleted object gave %d", status)
	}
}

func TestPresignedURLsExpire(t *testing.T) {
	l := newLocal(t)
	s := l.storage(t)
	if err := s.Put("a", []byte("x")); err != nil {
		t.Fatal(err)
	}
	signed, err := s.PresignedURL("a", time.Second)
	if err != nil {
		t.Fatal(err)
	}
	deadline := time.NewTimer(5 * time.Second)
	defer deadline.Stop()
	ticker := time.NewTicker(50 * time.Millisecond)
	defer ticker.Stop()
	for {
		if status, _, _ := l.get(t, "GET", signed, nil); status == 403 {
			return
		}
		select {
		case <-ticker.C:
		case <-deadline.C:
			t.Fatal("the URL does not expire")
		}
	}
}

func TestLocalStaysInItsFolder(t *testing.T) {
	l := newLocal(t)
	outside := filepath.Join(filepath.Dir(l.folder), "outside")
	if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for link, target := range map[string]string{"link": outside, "up": "..", "absolute": "/etc"} {
		if err := os.Symlink(target, filepath.Join(l.folder, link)); err != nil {
			t.Fatal(err)
		}
	}
	s := l.storage(t)
	for _, key := range []string{"link", "up/outside", "absolute/passwd"} {
		if data, err := s.Get(key); err == nil {
			t.Errorf("%s gives %q", key, data)
		}
		if _, err := s.Stat(key); err == nil {
			t.Errorf("%s can be described", key)
		}
	}
	for _, key := range []string{"up/new", "absolute/new"} {
		if err := s.Put(key, []byte("x")); err == nil {
			t.Errorf("%s can be written", key)
		}
	}
	// The link itself may be replaced; what it leads to may not change.
	_ = s.Put("link", []byte("x"))
	if data, err := os.ReadFile(outside); err != nil || string(data) != "secret" {
		t.Errorf("the file outside is %q, %v", data, err)
	}
	if objects, err := s.List(""); err != nil || slices.ContainsFunc(objects, func(o gateway.ObjectInfo) bool { return o.Key != "link" }) {
		t.Errorf("listed are %v, %v", objects, err)
	}
}

func TestLocalTakesFilesOfOthers(t *testing.T) {
	l := newLocal(t)
	if err := os.WriteFile(filepath.Join(l.folder, "dropped.json"), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := l.storage(t)
	info, err := s.Stat("dropped.json")
	if err != nil || info.ContentType != "application/json" || info.ETag == "" || info.Size != 2 {
		t.Errorf("described as %+v, %v", info, err)
	}
	// A file that something else has changed does not keep what was said of the old one.
	if err := s.PutObject("mine", strings.NewReader("x"), 1, gateway.PutOptions{ContentType: "text/x-own"}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(l.folder, "mine"), []byte("another"), 0o600); err != nil {
		t.Fatal(err)
	}
	if info, err := s.Stat("mine"); err != nil || info.ContentType != "application/octet-stream" || info.Size != 7 {
		t.Errorf("described as %+v, %v", info, err)
	}
}

func TestLocalKeysThatExcludeEachOther(t *testing.T) {
	s := newLocal(t).storage(t)
	if err := s.Put("a/b", nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Put("a", nil); gateway.AsError(err).Code != gateway.ErrConflict {
		t.Errorf("got %v", err)
	}
	if err := s.Put("a/b/c", nil); gateway.AsError(err).Code != gateway.ErrConflict {
		t.Errorf("got %v", err)
	}
	if _, err := s.Get("a"); gateway.AsError(err).Code != gateway.ErrNotFound {
		t.Errorf("a folder is an object: %v", err)
	}
	if _, err := s.Delete("a/b"); err != nil {
		t.Fatal(err)
	}
	if err := s.Put("a", nil); err != nil {
		t.Errorf("after the folder is gone: %v", err)
	}
}

func TestLocalLeavesNothingBehind(t *testing.T) {
	l := newLocal(t)
	s := l.storage(t)
	for range 3 {
		if err := s.PutObject("deep/er/file", strings.NewReader("x"), -1, gateway.PutOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.PutObject("broken", iotest.ErrReader(errors.New("no")), -1, gateway.PutOptions{}); err == nil {
		t.Fatal("no error")
	}
	if _, err := s.Delete("deep/er/file"); err != nil {
		t.Fatal(err)
	}
	var left []string
	err := filepath.WalkDir(l.folder, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			left = append(left, name)
		}
		return err
	})
	if err != nil || len(left) != 1 || filepath.Base(left[0]) != "presign.key" {
		t.Errorf("left are %v, %v", left, err)
	}
	if _, err := os.Stat(filepath.Join(l.folder, "deep")); err == nil {
		t.Error("an empty folder is left")
	}
}

func FuzzKeysStayInside(f *testing.F) {
	for _, key := range []string{"a", "a/b", "../a", "a/../../b", "/a", ".gateway/x", "a//b", "a\x00", strings.Repeat("a", 300)} {
		f.Add(key)
	}
	f.Fuzz(func(t *testing.T, key string) {
		if object.CheckKey(key) != nil {
			return
		}
		if !fs.ValidPath(key) || !filepath.IsLocal(key) || strings.HasPrefix(key, ".gateway/") || key == ".gateway" {
			t.Errorf("key %q is allowed", key)
		}
		if err := object.CheckPrefix(key); err != nil {
			t.Errorf("key %q is no prefix: %v", key, err)
		}
	})
}
