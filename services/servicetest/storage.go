package servicetest

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gateway"
	"gateway/services"
)

// Storage holds a kind of service to what gateway.Storage promises. fetch gets what
// is at a presigned URL.
func Storage(t *testing.T, m *services.Manager, fetch func(url string) (*http.Response, error)) {
	open := func(t *testing.T) gateway.Storage {
		s, err := view(m).Storage(within(t), Name)
		must(t, err, "open storage")
		return s
	}
	t.Run("put and get", func(t *testing.T) { storagePutGet(t, open(t)) })
	t.Run("content types and metadata", func(t *testing.T) { storageDescription(t, open(t)) })
	t.Run("overwrite", func(t *testing.T) { storageOverwrite(t, open(t)) })
	t.Run("missing", func(t *testing.T) { storageMissing(t, open(t)) })
	t.Run("keys", func(t *testing.T) { storageKeys(t, open(t)) })
	t.Run("list", func(t *testing.T) { storageList(t, open(t)) })
	t.Run("copy", func(t *testing.T) { storageCopy(t, open(t)) })
	t.Run("streams", func(t *testing.T) { storageStreams(t, open(t)) })
	t.Run("bad bodies", func(t *testing.T) { storageBadBodies(t, open(t)) })
	t.Run("conditions", func(t *testing.T) { storageConditions(t, open(t)) })
	t.Run("presigned", func(t *testing.T) { storagePresigned(t, open(t), fetch) })
	t.Run("concurrent", func(t *testing.T) { concurrently(t, open(t), 5) })
	t.Run("held streams end with the request", func(t *testing.T) { storageHeld(t, m) })
}

// folder gives a key prefix of the test's own.
func folder(t testing.TB) string {
	return strings.Map(func(r rune) rune {
		if r == '/' || r == ' ' || r == '#' {
			return '-'
		}
		return r
	}, strings.ToLower(t.Name())) + "-" + strings.ToLower(rand.Text()[:8]) + "/"
}

func storagePutGet(t *testing.T, s gateway.Storage) {
	at := folder(t)
	for name, data := range map[string][]byte{
		"text.txt":           []byte("hello"),
		"empty":              {},
		"binary.bin":         {0, 1, 2, 0xff, 0xfe, '\r', '\n'},
		"with space & + %":   []byte("odd"),
		"ünïcödé/日本語.json":   []byte(`{"a":1}`),
		"deep/er/and/deeper": bytes.Repeat([]byte("x"), 100_000),
	} {
		must(t, s.Put(at+name, data), "put "+name)
		got, err := s.Get(at + name)
		must(t, err, "get "+name)
		if !bytes.Equal(got, data) {
			t.Errorf("%s: got %d bytes, want %d", name, len(got), len(data))
		}
		info, err := s.Stat(at + name)
		must(t, err, "stat "+name)
		if info.Key != at+name || info.Size != int64(len(data)) || info.ETag == "" || time.Since(info.LastModified).Abs() > time.Hour {
			t.Errorf("%s: described as %+v", name, info)
		}
	}
}

func storageDescription(t *testing.T, s gateway.Storage) {
	at := folder(t)
	for name, want := range map[string]string{"a.json": "application/json", "a.png": "image/png", "a.html": "text/html; charset=utf-8", "a": "application/octet-stream"} {
		must(t, s.Put(at+name, []byte("x")), "put")
		info, err := s.Stat(at + name)
		must(t, err, "stat")
		if info.ContentType != want {
			t.Errorf("%s has content type %q, want %q", name, info.ContentType, want)
		}
	}
	options := gateway.PutOptions{ContentType: "text/x-own; charset=utf-8", Metadata: map[string]string{"owner": "ada", "note-2": "a b; c=d"}}
	must(t, s.PutObject(at+"own.json", strings.NewReader("data"), 4, options), "put with options")
	for what, describe := range map[string]func() (gateway.ObjectInfo, error){
		"stat": func() (gateway.ObjectInfo, error) { return s.Stat(at + "own.json") },
		"open": func() (gateway.ObjectInfo, error) {
			body, info, err := s.Open(at + "own.json")
			if err == nil {
				body.Close()
			}
			return info, err
		},
	} {
		info, err := describe()
		must(t, err, what)
		if info.ContentType != options.ContentType || len(info.Metadata) != 2 || info.Metadata["owner"] != "ada" || info.Metadata["note-2"] != "a b; c=d" {
			t.Errorf("%s: described as %+v", what, info)
		}
	}
	for name, metadata := range map[string]map[string]string{
		"upper case": {"Owner": "x"}, "line break": {"a": "x\r\ny: z"}, "no name": {"": "x"}, "too much": {"a": strings.Repeat("x", 3000)},
	} {
		err := s.PutObject(at+"bad", strings.NewReader("x"), 1, gateway.PutOptions{Metadata: metadata})
		wantCode(t, err, gateway.ErrBadRequest, "metadata with "+name)
	}
}

func storageOverwrite(t *testing.T, s gateway.Storage) {
	key := folder(t) + "file.txt"
	must(t, s.PutObject(key, strings.NewReader("first"), -1, gateway.PutOptions{ContentType: "text/x-first", Metadata: map[string]string{"n": "1"}}), "put")
	first, err := s.Stat(key)
	must(t, err, "stat")
	must(t, s.Put(key, []byte("the second")), "put again")
	second, err := s.Stat(key)
	must(t, err, "stat again")
	if second.Size != 10 || second.ETag == first.ETag || len(second.Metadata) != 0 || second.ContentType != "text/plain; charset=utf-8" {
		t.Errorf("after overwriting: %+v, before: %+v", second, first)
	}
}

func storageMissing(t *testing.T, s gateway.Storage) {
	key := folder(t) + "no"
	_, err := s.Get(key)
	wantCode(t, err, gateway.ErrNotFound, "get")
	_, _, err = s.Open(key)
	wantCode(t, err, gateway.ErrNotFound, "open")
	_, err = s.Stat(key)
	wantCode(t, err, gateway.ErrNotFound, "stat")
	wantCode(t, s.Copy(key, key+"2"), gateway.ErrNotFound, "copy")
	if existed, err := s.Delete(key); existed || err != nil {
		t.Errorf("delete gave %v, %v", existed, err)
	}
	must(t, s.Put(key, nil), "put")
	if existed, err := s.Delete(key); !existed || err != nil {
		t.Errorf("delete of an object gave %v, %v", existed, err)
	}
	_, err = s.Get(key)
	wantCode(t, err, gateway.ErrNotFound, "get after delete")
	objects, err := s.List(key)
	if err != nil || len(objects) != 0 {
		t.Errorf("list after delete gave %v, %v", objects, err)
	}
}

func storageKeys(t *testing.T, s gateway.Storage) {
	for _, key := range []string{
		"", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a/..", "a/./b", "./a", "a\x00b", "a\nb", `a\b`, "\xff",
		strings.Repeat("x", 256), strings.Repeat("x/", 600) + "x", ".gateway/presign.key",
	} {
		_, err := s.Get(key)
		wantCode(t, err, gateway.ErrBadRequest, fmt.Sprintf("get %.20q", key))
		wantCode(t, s.Put(key, nil), gateway.ErrBadRequest, fmt.Sprintf("put %.20q", key))
		wantCode(t, s.Copy("a", key), gateway.ErrBadRequest, fmt.Sprintf("copy to %.20q", key))
		_, err = s.Delete(key)
		wantCode(t, err, gateway.ErrBadRequest, fmt.Sprintf("delete %.20q", key))
		_, err = s.PresignedURL(key, time.Minute)
		wantCode(t, err, gateway.ErrBadRequest, fmt.Sprintf("presign %.20q", key))
	}
	for _, prefix := range []string{"/", "../", "a//b", "a/../b", "a\x00"} {
		_, err := s.List(prefix)
		wantCode(t, err, gateway.ErrBadRequest, fmt.Sprintf("list %q", prefix))
	}
}

func storageList(t *testing.T, s gateway.Storage) {
	at := folder(t)
	for _, name := range []string{"b", "a/2", "a/1", "a-b", "a.b", "ab/c/d", "c/1"} {
		must(t, s.Put(at+name, []byte(name)), "put")
	}
	for prefix, want := range map[string][]string{
		"":     {"a-b", "a.b", "a/1", "a/2", "ab/c/d", "b", "c/1"},
		"a":    {"a-b", "a.b", "a/1", "a/2", "ab/c/d"},
		"a/":   {"a/1", "a/2"},
		"ab":   {"ab/c/d"},
		"ab/c": {"ab/c/d"},
		"b":    {"b"},
		"b/":   {},
		"x":    {},
		"x/y":  {},
	} {
		objects, err := s.List(at + prefix)
		must(t, err, "list")
		got := []string{}
		for _, o := range objects {
			name := strings.TrimPrefix(o.Key, at)
			got = append(got, name)
			if o.Size != int64(len(name)) || time.Since(o.LastModified).Abs() > time.Hour {
				t.Errorf("listed as %+v", o)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("list %q gave %q, want %q", prefix, got, want)
		}
	}
}

func storageCopy(t *testing.T, s gateway.Storage) {
	at := folder(t)
	options := gateway.PutOptions{ContentType: "text/x-own", Metadata: map[string]string{"owner": "ada"}}
	must(t, s.PutObject(at+"from", strings.NewReader("data"), 4, options), "put")
	must(t, s.Put(at+"to/there", []byte("old")), "put")
	must(t, s.Copy(at+"from", at+"to/there"), "copy")
	got, err := s.Get(at + "to/there")
	must(t, err, "get the copy")
	info, err := s.Stat(at + "to/there")
	must(t, err, "stat the copy")
	if string(got) != "data" || info.ContentType != "text/x-own" || info.Metadata["owner"] != "ada" {
		t.Errorf("the copy is %q, %+v", got, info)
	}
	must(t, s.Copy(at+"from", at+"from"), "copy to itself")
	if got, err := s.Get(at + "from"); err != nil || string(got) != "data" {
		t.Errorf("after a copy to itself: %q, %v", got, err)
	}
}

// plainReader hides what else a reader is.
type plainReader struct{ io.Reader }

func storageStreams(t *testing.T, s gateway.Storage) {
	at := folder(t)
	big := make([]byte, 20<<20+7)
	rand.Read(big[:1<<20])
	for name, size := range map[string]int64{"sized": int64(len(big)), "unsized": -1} {
		must(t, s.PutObject(at+name, plainReader{bytes.NewReader(big)}, size, gateway.PutOptions{}), "put "+name)
		body, info, err := s.Open(at + name)
		must(t, err, "open "+name)
		got, err := io.ReadAll(body)
		must(t, err, "read "+name)
		must(t, body.Close(), "close")
		must(t, body.Close(), "close again")
		if !bytes.Equal(got, big) || info.Size != int64(len(big)) {
			t.Errorf("%s: got %d bytes, described as %d, want %d", name, len(got), info.Size, len(big))
		}
	}
	body, _, err := s.Open(at + "sized")
	must(t, err, "open")
	if _, err := io.ReadFull(body, make([]byte, 1000)); err != nil {
		t.Errorf("read the beginning: %v", err)
	}
	must(t, body.Close(), "close early")
	if _, err := body.Read(make([]byte, 1)); err == nil {
		t.Error("a closed stream can still be read")
	}
	must(t, s.PutObject(at+"empty", plainReader{strings.NewReader("")}, -1, gateway.PutOptions{}), "put nothing")
	if got, err := s.Get(at + "empty"); err != nil || len(got) != 0 {
		t.Errorf("got %q, %v", got, err)
	}
}

type readFunc func(p []byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

func storageBadBodies(t *testing.T, s gateway.Storage) {
	at := folder(t)
	must(t, s.Put(at+"file", []byte("good")), "put")
	failure := errors.New("the body broke")
	endless := func(n int, err error) io.Reader {
		left := 700 << 10
		return readFunc(func(p []byte) (int, error) {
			if left == 0 {
				return n, err
			}
			got := min(left, len(p))
			left -= got
			return got, nil
		})
	}
	for name, c := range map[string]struct {
		body io.Reader
		size int64
	}{
		"too short":      {plainReader{strings.NewReader("abc")}, 4},
		"too long":       {plainReader{strings.NewReader("abcde")}, 4},
		"too long, none": {plainReader{strings.NewReader("a")}, 0},
		"in memory":      {strings.NewReader("abc"), 4},
		"fails":          {endless(0, failure), -1},
		"fails, sized":   {endless(0, failure), 900 << 10},
		"no progress":    {endless(0, nil), -1},
		"none":           {nil, 0},
	} {
		err := s.PutObject(at+"file", c.body, c.size, gateway.PutOptions{})
		if err == nil {
			t.Errorf("%s: no error", name)
		}
		if got, err := s.Get(at + "file"); err != nil || string(got) != "good" {
			t.Errorf("%s: the object is now %.10q, %v", name, got, err)
		}
	}
	wantCode(t, s.PutObject(at+"file", plainReader{strings.NewReader("abc")}, 4, gateway.PutOptions{}), gateway.ErrBadRequest, "too short")
}

func storageConditions(t *testing.T, s gateway.Storage) {
	conditional, ok := s.(interface {
		PutIf(key string, data []byte, absent bool, match string) error
	})
	if !ok {
		t.Fatal("the handle has no PutIf")
	}
	key := folder(t) + "file"
	must(t, conditional.PutIf(key, []byte("1"), true, ""), "put where absent")
	wantCode(t, conditional.PutIf(key, []byte("2"), true, ""), gateway.ErrConflict, "put where present")
	info, err := s.Stat(key)
	must(t, err, "stat")
	must(t, conditional.PutIf(key, []byte("3"), false, info.ETag), "put where it matches")
	wantCode(t, conditional.PutIf(key, []byte("4"), false, info.ETag), gateway.ErrConflict, "put where it does not match")
	if got, err := s.Get(key); err != nil || string(got) != "3" {
		t.Errorf("the object is %q, %v", got, err)
	}
	var won sync.Map
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			if conditional.PutIf(key+"-race", fmt.Appendf(nil, "%d", i), true, "") == nil {
				won.Store(i, true)
			}
		})
	}
	all.Wait()
	winners := []int{}
	won.Range(func(i, _ any) bool { winners = append(winners, i.(int)); return true })
	if got, err := s.Get(key + "-race"); err != nil || len(winners) != 1 || string(got) != fmt.Sprint(winners[0]) {
		t.Errorf("the object is %q, %v, and these believe it is theirs: %v", got, err, winners)
	}
}

func storagePresigned(t *testing.T, s gateway.Storage, fetch func(url string) (*http.Response, error)) {
	key := folder(t) + "a b/ü+&%.txt"
	must(t, s.Put(key, []byte("for everyone")), "put")
	signed, err := s.PresignedURL(key, time.Minute)
	must(t, err, "presign")
	get := func(url string) (int, string, http.Header) {
		response, err := fetch(url)
		must(t, err, "fetch")
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		must(t, err, "read")
		return response.StatusCode, string(body), response.Header
	}
	status, body, header := get(signed)
	if status != http.StatusOK || body != "for everyone" || header.Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("the URL gave %d %q %v", status, body, header)
	}
	if status, body, _ := get(strings.Replace(signed, "a%20b", "a%20c", 1)); status == http.StatusOK || strings.Contains(body, "for everyone") {
		t.Errorf("the URL of another key gave %d %q", status, body)
	}
	for _, expires := range []time.Duration{0, -time.Second, 8 * 24 * time.Hour} {
		_, err := s.PresignedURL(key, expires)
		wantCode(t, err, gateway.ErrBadRequest, "expires "+expires.String())
	}
}

// storageHeld leaves streams open and expects their workers back when the request
// is over: as many streams as there are workers fit then.
func storageHeld(t *testing.T, m *services.Manager) {
	held(t, 1<<20, 8, func(ctx context.Context) (blobs, func(string) (io.ReadCloser, error)) {
		s, err := view(m).Storage(ctx, Name)
		must(t, err, "open storage")
		return s, func(key string) (io.ReadCloser, error) {
			body, _, err := s.Open(key)
			return body, err
		}
	})
}
