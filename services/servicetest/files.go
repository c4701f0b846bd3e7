package servicetest

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"gateway"
	"gateway/services"
)

// Files holds a kind of service to what gateway.Files promises.
func Files(t *testing.T, m *services.Manager) {
	open := func(t *testing.T) gateway.Files {
		f, err := view(m).Files(within(t), Name)
		must(t, err, "open files")
		return f
	}
	t.Run("put and get", func(t *testing.T) { filesPutGet(t, open(t)) })
	t.Run("folders", func(t *testing.T) { filesFolders(t, open(t)) })
	t.Run("missing", func(t *testing.T) { filesMissing(t, open(t)) })
	t.Run("paths", func(t *testing.T) { filesPaths(t, open(t)) })
	t.Run("kinds of entries", func(t *testing.T) { filesEntries(t, open(t)) })
	t.Run("rename", func(t *testing.T) { filesRename(t, open(t)) })
	t.Run("streams", func(t *testing.T) { filesStreams(t, open(t)) })
	t.Run("bad bodies", func(t *testing.T) { filesBadBodies(t, open(t)) })
	t.Run("new files", func(t *testing.T) { filesNew(t, open(t)) })
	t.Run("concurrent", func(t *testing.T) { concurrently(t, open(t), 3) })
	t.Run("held streams end with the request", func(t *testing.T) { filesHeld(t, m) })
}

func filesPutGet(t *testing.T, f gateway.Files) {
	at := folder(t)
	for name, data := range map[string][]byte{
		"text.txt":           []byte("hello"),
		"empty":              {},
		"binary.bin":         {0, 1, 2, 0xff, 0xfe, '\r', '\n', '\n'},
		"with space & + %":   []byte("odd"),
		"ünïcödé/日本語.json":   []byte(`{"a":1}`),
		"deep/er/and/deeper": bytes.Repeat([]byte("x"), 300_000),
	} {
		must(t, f.Put(at+name, data), "put "+name)
		for _, path := range []string{at + name, "/" + at + name, at + "x/../" + name} {
			got, err := f.Get(path)
			must(t, err, "get "+path)
			if !bytes.Equal(got, data) {
				t.Errorf("%s: got %d bytes, want %d", path, len(got), len(data))
			}
		}
		info, err := f.Stat(at + name)
		must(t, err, "stat "+name)
		if info.Path != "/"+at+name || !strings.HasSuffix(name, info.Name) || info.IsDir || info.Size != int64(len(data)) || time.Since(info.ModTime).Abs() > time.Hour {
			t.Errorf("%s: described as %+v", name, info)
		}
	}
	must(t, f.Put(at+"text.txt", []byte("replaced")), "put again")
	if got, err := f.Get(at + "text.txt"); err != nil || string(got) != "replaced" {
		t.Errorf("got %q, %v", got, err)
	}
}

func names(entries []gateway.FileInfo) []string {
	names := []string{}
	for _, e := range entries {
		names = append(names, e.Name)
	}
	return names
}

func filesFolders(t *testing.T, f gateway.Files) {
	at := folder(t)
	must(t, f.Mkdir(at+"a/b/c"), "mkdir")
	must(t, f.Mkdir(at+"a/b/c"), "mkdir again")
	entries, err := f.List(at + "a/b/c")
	if err != nil || len(entries) != 0 {
		t.Errorf("an empty folder has %v, %v", entries, err)
	}
	for _, name := range []string{"a/z", "a/.hidden", "a/10", "a/9"} {
		must(t, f.Put(at+name, []byte(name)), "put")
	}
	entries, err = f.List(at + "a")
	must(t, err, "list")
	if got, want := names(entries), []string{".hidden", "10", "9", "b", "z"}; !slices.Equal(got, want) {
		t.Errorf("list gave %q, want %q", got, want)
	}
	for _, e := range entries {
		if e.IsDir != (e.Name == "b") || e.Path != "/"+at+"a/"+e.Name || !e.IsDir && e.Size != int64(len("a/"+e.Name)) || time.Since(e.ModTime).Abs() > 48*time.Hour {
			t.Errorf("listed as %+v", e)
		}
	}
	info, err := f.Stat(at + "a/b")
	if err != nil || !info.IsDir || info.Name != "b" {
		t.Errorf("a folder is described as %+v, %v", info, err)
	}
	if info, err := f.Stat("/"); err != nil || !info.IsDir {
		t.Errorf("the base is described as %+v, %v", info, err)
	}
	if entries, err := f.List(""); err != nil || !slices.Contains(names(entries), strings.TrimSuffix(at, "/")) {
		t.Errorf("the base has %v, %v", entries, err)
	}
	_, err = f.Delete(at + "a/b")
	wantCode(t, err, gateway.ErrConflict, "delete of a folder that is not empty")
	if existed, err := f.Delete(at + "a/b/c"); !existed || err != nil {
		t.Errorf("delete of an empty folder gave %v, %v", existed, err)
	}
	if existed, err := f.Delete(at + "a/b"); !existed || err != nil {
		t.Errorf("delete of its parent gave %v, %v", existed, err)
	}
	must(t, f.Mkdir("/"), "mkdir of the base")
}

func filesMissing(t *testing.T, f gateway.Files) {
	for _, path := range []string{folder(t) + "no", folder(t) + "no/where"} {
		_, err := f.Get(path)
		wantCode(t, err, gateway.ErrNotFound, "get")
		_, err = f.Open(path)
		wantCode(t, err, gateway.ErrNotFound, "open")
		_, err = f.Stat(path)
		wantCode(t, err, gateway.ErrNotFound, "stat")
		_, err = f.List(path)
		wantCode(t, err, gateway.ErrNotFound, "list")
		wantCode(t, f.Rename(path, path+"2"), gateway.ErrNotFound, "rename")
		if existed, err := f.Delete(path); existed || err != nil {
			t.Errorf("delete gave %v, %v", existed, err)
		}
	}
	path := folder(t) + "file"
	must(t, f.Put(path, nil), "put")
	if existed, err := f.Delete(path); !existed || err != nil {
		t.Errorf("delete of a file gave %v, %v", existed, err)
	}
	_, err := f.Get(path)
	wantCode(t, err, gateway.ErrNotFound, "get after delete")
}

func filesPaths(t *testing.T, f gateway.Files) {
	for _, path := range []string{"..", "../a", "/../a", "a/../../b", "a/../..", "a\nb", "a\r\nDELE b", "a\x00", `a\b`, "\xff", strings.Repeat("x", 256), strings.Repeat("x/", 3000)} {
		_, err := f.Get(path)
		wantCode(t, err, gateway.ErrBadRequest, fmt.Sprintf("get %.20q", path))
		wantCode(t, f.Put(path, nil), gateway.ErrBadRequest, fmt.Sprintf("put %.20q", path))
		_, err = f.List(path)
		wantCode(t, err, gateway.ErrBadRequest, fmt.Sprintf("list %.20q", path))
		_, err = f.Stat(path)
		wantCode(t, err, gateway.ErrBadRequest, fmt.Sprintf("stat %.20q", path))
		_, err = f.Delete(path)
		wantCode(t, err, gateway.ErrBadRequest, fmt.Sprintf("delete %.20q", path))
		wantCode(t, f.Rename("a", path), gateway.ErrBadRequest, fmt.Sprintf("rename to %.20q", path))
		wantCode(t, f.Rename(path, "a"), gateway.ErrBadRequest, fmt.Sprintf("rename %.20q", path))
		wantCode(t, f.Mkdir(path), gateway.ErrBadRequest, fmt.Sprintf("mkdir %.20q", path))
	}
	for _, path := range []string{"", "/", ".", "a/.."} {
		wantCode(t, f.Put(path, nil), gateway.ErrBadRequest, fmt.Sprintf("put %q", path))
		_, err := f.Delete(path)
		wantCode(t, err, gateway.ErrBadRequest, fmt.Sprintf("delete %q", path))
		wantCode(t, f.Rename("a", path), gateway.ErrBadRequest, fmt.Sprintf("rename to %q", path))
	}
}

// filesEntries takes files for folders and folders for files.
func filesEntries(t *testing.T, f gateway.Files) {
	at := folder(t)
	must(t, f.Put(at+"file", []byte("x")), "put")
	must(t, f.Mkdir(at+"folder"), "mkdir")
	_, err := f.Get(at + "folder")
	wantCode(t, err, gateway.ErrBadRequest, "get of a folder")
	wantCode(t, f.Put(at+"folder", nil), gateway.ErrBadRequest, "put to a folder")
	_, err = f.List(at + "file")
	wantCode(t, err, gateway.ErrBadRequest, "list of a file")
	wantCode(t, f.Mkdir(at+"file"), gateway.ErrBadRequest, "mkdir of a file")
	if err := f.Put(at+"file/below", nil); err == nil {
		t.Error("a file can have files")
	}
	if entries, err := f.List(at); err != nil || !slices.Equal(names(entries), []string{"file", "folder"}) {
		t.Errorf("refused operations left %q, %v", names(entries), err)
	}
}

func filesRename(t *testing.T, f gateway.Files) {
	at := folder(t)
	must(t, f.Put(at+"a", []byte("a")), "put")
	must(t, f.Put(at+"b", []byte("b")), "put")
	must(t, f.Rename(at+"a", at+"new/folder/c"), "rename into a new folder")
	must(t, f.Rename(at+"new/folder/c", at+"b"), "rename to one that exists")
	must(t, f.Rename(at+"b", at+"b"), "rename to itself")
	if got, err := f.Get(at + "b"); err != nil || string(got) != "a" {
		t.Errorf("got %q, %v", got, err)
	}
	must(t, f.Rename(at+"new", at+"moved"), "rename of a folder")
	if entries, err := f.List(at); err != nil || !slices.Equal(names(entries), []string{"b", "moved"}) {
		t.Errorf("left are %q, %v", names(entries), err)
	}
	if info, err := f.Stat(at + "moved/folder"); err != nil || !info.IsDir {
		t.Errorf("the moved folder has %+v, %v", info, err)
	}
}

func filesStreams(t *testing.T, f gateway.Files) {
	at := folder(t)
	big := make([]byte, 8<<20+7)
	rand.Read(big)
	must(t, f.PutStream(at+"big", plainReader{bytes.NewReader(big)}), "put")
	body, err := f.Open(at + "big")
	must(t, err, "open")
	got, err := io.ReadAll(body)
	must(t, err, "read")
	must(t, body.Close(), "close")
	must(t, body.Close(), "close again")
	if !bytes.Equal(got, big) {
		t.Errorf("got %d bytes, want %d", len(got), len(big))
	}
	for range 3 {
		body, err = f.Open(at + "big")
		must(t, err, "open")
		if _, err := io.ReadFull(body, make([]byte, 1000)); err != nil {
			t.Errorf("read the beginning: %v", err)
		}
		must(t, body.Close(), "close early")
		if _, err := body.Read(make([]byte, 1)); err == nil {
			t.Error("a closed stream can still be read")
		}
		if _, err := f.Stat(at + "big"); err != nil {
			t.Errorf("after a stream that was closed early: %v", err)
		}
	}
	must(t, f.PutStream(at+"empty", plainReader{strings.NewReader("")}), "put nothing")
	if got, err := f.Get(at + "empty"); err != nil || len(got) != 0 {
		t.Errorf("got %q, %v", got, err)
	}
}

func filesBadBodies(t *testing.T, f gateway.Files) {
	at := folder(t)
	must(t, f.Put(at+"file", []byte("good")), "put")
	left := 300 << 10
	breaking := readFunc(func(p []byte) (int, error) {
		if left == 0 {
			return 0, errors.New("the body broke")
		}
		n := min(left, len(p))
		left -= n
		return n, nil
	})
	for name, body := range map[string]io.Reader{"breaks": breaking, "no progress": readFunc(func([]byte) (int, error) { return 0, nil }), "none": nil} {
		if err := f.PutStream(at+"file", body); err == nil {
			t.Errorf("%s: no error", name)
		}
		if got, err := f.Get(at + "file"); err != nil || string(got) != "good" {
			t.Errorf("%s: the file is now %.10q, %v", name, got, err)
		}
	}
	if entries, err := f.List(at); err != nil || !slices.Equal(names(entries), []string{"file"}) {
		t.Errorf("left are %q, %v", names(entries), err)
	}
}

func filesNew(t *testing.T, f gateway.Files) {
	creating, ok := f.(interface {
		PutNew(path string, data []byte) error
	})
	if !ok {
		t.Fatal("the handle has no PutNew")
	}
	path := folder(t) + "file"
	must(t, creating.PutNew(path, []byte("1")), "put a new file")
	wantCode(t, creating.PutNew(path, []byte("2")), gateway.ErrConflict, "put one that exists")
	if got, err := f.Get(path); err != nil || string(got) != "1" {
		t.Errorf("the file is %q, %v", got, err)
	}
}

// filesHeld leaves streams open and expects their workers and connections back
// when the request is over.
func filesHeld(t *testing.T, m *services.Manager) {
	held(t, 4<<20, 6, func(ctx context.Context) (blobs, func(string) (io.ReadCloser, error)) {
		f, err := view(m).Files(ctx, Name)
		must(t, err, "open files")
		return f, f.Open
	})
}
