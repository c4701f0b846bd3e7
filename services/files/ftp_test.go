package files_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"gateway"
	"gateway/services/files"
	"gateway/services/servicetest"
)

func TestFTPConforms(t *testing.T) {
	for name, weaken := range map[string]func(s *ftpServer){
		"modern":             func(*ftpServer) {},
		"no MLST":            func(s *ftpServer) { s.noMLST = true },
		"no replacing":       func(s *ftpServer) { s.noReplace = true },
		"neither of the two": func(s *ftpServer) { s.noMLST, s.noReplace = true, true },
	} {
		t.Run(name, func(t *testing.T) {
			server := newFTPServer(t)
			weaken(server)
			m := servicetest.Start(t, files.Kinds(), "ftp", t.TempDir(), server.fields(nil))
			if server.noReplace {
				// Replacing takes two steps there: readers may find nothing.
				server.noReplace = false
				servicetest.Files(t, m)
				server.noReplace = true
				f := handle(t, m)
				for _, data := range []string{"one", "two"} {
					if err := f.Put("file", []byte(data)); err != nil {
						t.Fatal(err)
					}
					if got, err := f.Get("file"); err != nil || string(got) != data {
						t.Errorf("got %q, %v", got, err)
					}
				}
				return
			}
			servicetest.Files(t, m)
		})
	}
}

func TestFTPErrors(t *testing.T) {
	server := newFTPServer(t)
	m := servicetest.Start(t, files.Kinds(), "ftp", t.TempDir(), server.fields(nil))
	f := handle(t, m)
	if err := f.Put("file", []byte("x")); err != nil {
		t.Fatal(err)
	}
	reply := func(verb, answer string) {
		server.answers(func(command string) string {
			if strings.HasPrefix(command, verb) {
				return answer
			}
			return ""
		})
	}
	for name, c := range map[string]struct {
		verb, answer string
		run          func() error
		code         gateway.Code
	}{
		"denied":       {"RETR", "550 Permission denied", func() error { _, err := f.Get("file"); return err }, gateway.ErrStorage},
		"quota":        {"STOR", "552 quota exceeded", func() error { return f.Put("other", []byte("x")) }, gateway.ErrStorage},
		"no rename":    {"RNTO", "550 Permission denied", func() error { return f.Rename("file", "moved") }, gateway.ErrStorage},
		"no delete":    {"DELE", "550 Permission denied", func() error { _, err := f.Delete("file"); return err }, gateway.ErrStorage},
		"says goodbye": {"RETR", "421 too many users", func() error { _, err := f.Get("file"); return err }, gateway.ErrServiceUnavailable},
	} {
		t.Run(name, func(t *testing.T) {
			reply(c.verb, c.answer)
			defer server.answers(func(string) string { return "" })
			if err := c.run(); err == nil || gateway.AsError(err).Code != c.code {
				t.Errorf("got %v, want %s", err, c.code)
			}
		})
	}
	if got, err := f.Get("file"); err != nil || string(got) != "x" {
		t.Errorf("afterwards: %q, %v", got, err)
	}
}

func TestFTPRefusedLogin(t *testing.T) {
	server := newFTPServer(t)
	err := test(t, server.fields(map[string]any{"password": "wr0ng-password"}))
	if err == nil || !strings.Contains(err.Error(), "refused the login") || strings.Contains(err.Error(), "wr0ng-password") {
		t.Errorf("got %v", err)
	}
	err = test(t, server.fields(map[string]any{"protocol": "ftps"}))
	if err == nil || !strings.Contains(err.Error(), "refused") {
		t.Errorf("a server without TLS: %v", err)
	}
}

func TestSilentServerIsGivenUp(t *testing.T) {
	server := newFTPServer(t)
	m := servicetest.Start(t, files.Kinds(), "ftp", t.TempDir(), server.fields(nil))
	release := make(chan struct{})
	server.answers(func(command string) string {
		if strings.HasPrefix(command, "SIZE") || strings.HasPrefix(command, "MLST") {
			<-release
		}
		return ""
	})
	defer close(release)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	f, err := m.View(nil).Files(ctx, servicetest.Name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Stat("file"); err == nil || gateway.AsError(err).Code != gateway.ErrTimeout {
		t.Errorf("got %v", err)
	}
}

func FuzzPathsStayInside(f *testing.F) {
	for _, path := range []string{"a", "/a", "a/../b", "../a", "a/../../b", "./../a", "a//b", "..", "a\r\nDELE b"} {
		f.Add(path)
	}
	f.Fuzz(func(t *testing.T, path string) {
		clean, err := files.CleanPath(path)
		if err != nil {
			return
		}
		if !strings.HasPrefix(clean, "/") || strings.Contains(clean+"/", "/../") || strings.ContainsAny(clean, "\r\n\x00\\") {
			t.Errorf("%q becomes %q", path, clean)
		}
		if again, err := files.CleanPath(clean); err != nil || again != clean {
			t.Errorf("%q becomes %q, and that %q, %v", path, clean, again, err)
		}
	})
}
