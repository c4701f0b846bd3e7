//go:build integration

package integration

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

// storageHandler uses everything of Context.Storage, with a reader of its own.
const storageHandler = `package handler

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"time"

	"gateway"
)

// counter is a body of the script's own: n bytes of text.
type counter struct{ n int }

func (c *counter) Read(p []byte) (int, error) {
	if c.n == 0 {
		return 0, io.EOF
	}
	n := len(p)
	if n > c.n {
		n = c.n
	}
	for i := 0; i < n; i += 512 {
		p[i] = 'x'
	}
	c.n -= n
	return n, nil
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	s := ctx.Storage("store")
	if err := s.Put("a/one.txt", req.Body); err != nil {
		return nil, fmt.Errorf("put: %w", err)
	}
	if err := s.PutObject("a/two.bin", &counter{100000}, -1, gateway.PutOptions{ContentType: "text/x-own", Metadata: map[string]string{"by": "me"}}); err != nil {
		return nil, fmt.Errorf("put stream: %w", err)
	}
	data, err := s.Get("a/one.txt")
	if err != nil {
		return nil, err
	}
	stream, info, err := s.Open("a/two.bin")
	if err != nil {
		return nil, err
	}
	defer stream.Close()
	var all bytes.Buffer
	if _, err := io.Copy(&all, stream); err != nil {
		return nil, err
	}
	if err := s.Copy("a/one.txt", "b/copy.txt"); err != nil {
		return nil, err
	}
	listed, err := s.List("a/")
	if err != nil {
		return nil, err
	}
	url, err := s.PresignedURL("a/one.txt", time.Minute)
	if err != nil {
		return nil, err
	}
	existed, err := s.Delete("b/copy.txt")
	if err != nil {
		return nil, err
	}
	_, missing := s.Get("b/copy.txt")
	return gateway.OK(map[string]any{
		"text": string(data), "size": all.Len(), "type": info.ContentType, "by": info.Metadata["by"], "listed": len(listed),
		"url": url, "existed": existed, "missing": errors.Is(missing, gateway.ErrNotFound),
	}), nil
}
`

// filesHandler uses everything of Context.Files.
const filesHandler = `package handler

import (
	"errors"
	"io"
	"strings"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	f := ctx.Files("store")
	if err := f.Put("in/one.txt", req.Body); err != nil {
		return nil, err
	}
	if err := f.PutStream("in/two.txt", strings.NewReader(strings.Repeat("y", 50000))); err != nil {
		return nil, err
	}
	if err := f.Mkdir("out/deep"); err != nil {
		return nil, err
	}
	if err := f.Rename("in/one.txt", "out/deep/one.txt"); err != nil {
		return nil, err
	}
	stream, err := f.Open("in/two.txt")
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(stream)
	stream.Close()
	if err != nil {
		return nil, err
	}
	text, err := f.Get("/out/deep/one.txt")
	if err != nil {
		return nil, err
	}
	info, err := f.Stat("out")
	if err != nil {
		return nil, err
	}
	listed, err := f.List("in")
	if err != nil {
		return nil, err
	}
	existed, err := f.Delete("in/two.txt")
	if err != nil {
		return nil, err
	}
	_, missing := f.Get("in/two.txt")
	_, outside := f.Get("../../etc/passwd")
	return gateway.OK(map[string]any{
		"text": string(text), "size": len(data), "folder": info.IsDir, "listed": len(listed), "existed": existed,
		"missing": errors.Is(missing, gateway.ErrNotFound), "outside": errors.Is(outside, gateway.ErrBadRequest),
	}), nil
}
`

const emailHandler = `package handler

import (
	"errors"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	email, mark := ctx.Email("store"), req.Text()
	if err := email.Send("ada@example.com", mark, "plain"); err != nil {
		return nil, err
	}
	if err := email.SendMessage(gateway.Message{
		To: []string{"Bob <bob@example.com>"}, Subject: mark, HTML: "<b>rich</b>",
		Attachments: []gateway.Attachment{{Filename: "a.txt", Data: []byte("attached")}},
	}); err != nil {
		return nil, err
	}
	bad := email.Send("ada@example.com\r\nBcc: eve@example.com", mark, "x")
	return gateway.OK(map[string]any{"bad": errors.Is(bad, gateway.ErrValidation)}), nil
}
`

// TestHandlersUseServices deploys handlers that use the services of this file's
// kinds, with real servers behind them, and asks them over HTTP.
func TestHandlersUseServices(t *testing.T) {
	gateway := serve(t, t.TempDir())
	urlOf := func(t *testing.T, answer string) string {
		t.Helper()
		var out struct{ URL string }
		if err := json.Unmarshal([]byte(answer), &out); err != nil {
			t.Fatal(err)
		}
		return out.URL
	}
	use := func(t *testing.T, typ string, config map[string]any, code, body, want string) string {
		t.Helper()
		name := strings.Map(func(r rune) rune {
			if r == ' ' || r == '/' || r == '_' {
				return '-'
			}
			return r
		}, strings.ToLower(t.Name()))
		if _, err := gateway.api("POST", "/api/services", map[string]any{"name": "store", "service_type": typ, "config": config}); err != nil {
			t.Fatal(err)
		}
		defer func() {
			if _, err := gateway.api("DELETE", "/api/services/store", nil); err != nil {
				t.Error(err)
			}
		}()
		gateway.deploy(name, "POST", "/"+name, code, nil)
		status, answer := gateway.send("POST", "/"+name, body)
		if typ == "local" { // the gateway itself answers its URLs, as long as the service is there
			if status, text := gateway.get(urlOf(t, answer)); status != http.StatusOK || text != body {
				t.Errorf("the URL gave %d %s", status, text)
			}
		}
		if status != http.StatusOK {
			t.Fatalf("gave %d %s\n%s", status, answer, gateway.logged())
		}
		for _, part := range strings.Fields(want) {
			if !strings.Contains(answer, part) {
				t.Errorf("answered %s, without %s", answer, part)
			}
		}
		return answer
	}
	const stored = `"by":"me" "existed":true "listed":2 "missing":true "size":100000 "text":"ünïcödé" "type":"text/x-own"`
	t.Run("minio", func(t *testing.T) {
		answer := use(t, "minio", s3Config(t), storageHandler, "ünïcödé", stored)
		if response, err := http.Get(urlOf(t, answer)); err != nil || response.StatusCode != http.StatusOK {
			t.Errorf("the URL gave %v, %v", response, err)
		}
	})
	t.Run("local", func(t *testing.T) {
		use(t, "local", nil, storageHandler, "ünïcödé", stored)
	})
	const filed = `"existed":true "folder":true "listed":1 "missing":true "outside":true "size":50000 "text":"ünïcödé"`
	for name, config := range ftpConfigs(t) {
		t.Run(name, func(t *testing.T) { use(t, "ftp", config, filesHandler, "ünïcödé", filed) })
	}
	t.Run("folder", func(t *testing.T) { use(t, "folder", nil, filesHandler, "ünïcödé", filed) })
	t.Run("email", func(t *testing.T) {
		mark := "mark-" + ownFolder()
		use(t, "email", smtpConfigs(t)["tls and login"], emailHandler, mark, `"bad":true`)
		deadline := time.Now().Add(20 * time.Second)
		for len(delivered(t, server(t, "SMTP_MAIL"), mark)) < 2 {
			if time.Now().After(deadline) {
				t.Fatal("one of two mails was delivered")
			}
		}
	})
	t.Run("outbox", func(t *testing.T) { use(t, "outbox", nil, emailHandler, "hello", `"bad":true`) })
	for _, secret := range []string{server(t, "S3_SECRET_KEY"), server(t, "FTP_PASSWORD")} {
		if strings.Contains(gateway.logged(), secret) {
			t.Errorf("a password is in the log:\n%s", gateway.logged())
		}
	}
}
