//go:build integration

package integration

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// leak is a service that cannot work, and what it is told in confidence.
type leak struct {
	kind    string
	config  map[string]any
	secrets []string // fields to fill with a credential
}

// leaks are services of every kind that has credentials, each with every failure
// that its real server can be made to give.
func leaks(t *testing.T) map[string]leak {
	closed, otherCA := closedPort(t), server(t, "TLS_OTHER_CA")
	nowhere := func(config map[string]any) map[string]any { return with(config, "port", closed) }
	password := []string{"password"}
	ftp, smtp := ftpConfigs(t), smtpConfigs(t)
	pgTLS := with(with(postgres(t), "ssl_mode", "verify-full"), "ssl_root_cert", otherCA)
	redisTLS := with(with(with(redis(t), "use_tls", true), "port", number(t, "REDIS_TLS_PORT")), "ssl_root_cert", otherCA)
	s3 := s3Config(t)
	mongo := map[string]any{"host": "127.0.0.1", "port": closed, "database": "app", "username": "app", "timeout_seconds": 1}
	all := map[string]leak{
		"postgres login":       {"postgres", postgres(t), password},
		"postgres nowhere":     {"postgres", nowhere(postgres(t)), password},
		"postgres certificate": {"postgres", pgTLS, password},
		"mysql login":          {"mysql", mysql(t), password},
		"mysql nowhere":        {"mysql", nowhere(mysql(t)), password},
		"mysql certificate":    {"mysql", with(with(mysql(t), "use_ssl", true), "ssl_root_cert", otherCA), password},
		"redis login":          {"redis", redis(t), password},
		"redis nowhere":        {"redis", nowhere(redis(t)), password},
		"redis certificate":    {"redis", redisTLS, password},
		"redis sentinel": {"redis", map[string]any{"addresses": []string{fmt.Sprintf("127.0.0.1:%d", closed)}, "sentinel_master": "main"},
			[]string{"password", "sentinel_password"}},
		"mongodb nowhere":   {"mongodb", mongo, password},
		"mongodb uri":       {"mongodb", map[string]any{"database": "app", "timeout_seconds": 1}, []string{"uri"}},
		"sftp passphrase":   {"ftp", with(ftp["sftp key"], "private_key_path", server(t, "SFTP_LOCKED_KEY")), []string{"private_key_passphrase"}},
		"sftp private key":  {"ftp", with(ftp["sftp key"], "private_key_path", ""), []string{"private_key"}},
		"email login":       {"email", smtp["tls and login"], password},
		"email nowhere":     {"email", nowhere(smtp["tls and login"]), password},
		"email certificate": {"email", with(smtp["starttls and login"], "ssl_root_cert", otherCA), password},
	}
	for _, kind := range []string{"minio", "s3"} {
		keys := []string{"access_key", "secret_key"}
		all[kind+" login"] = leak{kind, s3, keys}
		all[kind+" secret"] = leak{kind, s3, keys[1:]}
		all[kind+" nowhere"] = leak{kind, with(s3, "endpoint", fmt.Sprintf("127.0.0.1:%d", closed)), keys}
		all[kind+" no TLS there"] = leak{kind, with(s3, "use_ssl", true), keys}
	}
	for _, name := range []string{"ftp", "ftps", "ftps-implicit", "sftp password"} {
		all[name+" login"] = leak{"ftp", ftp[name], password}
		all[name+" nowhere"] = leak{"ftp", nowhere(ftp[name]), password}
		if strings.HasPrefix(name, "ftps") {
			all[name+" certificate"] = leak{"ftp", with(ftp[name], "ssl_root_cert", otherCA), password}
		}
	}
	all["sftp host key"] = leak{"ftp", with(ftp["sftp password"], "host_key", "SHA256:"+strings.Repeat("A", 43)), password}
	return all
}

// leakHandlers use a service in vain, by what it is for.
var leakHandlers = map[string]string{
	"postgres": `_, err := ctx.Database(name).Query("SELECT 1")`,
	"mysql":    `_, err := ctx.Database(name).Query("SELECT 1")`,
	"redis":    `_, _, err := ctx.Cache(name).Get("k")`,
	"minio":    `_, err := ctx.Storage(name).Get("k")`,
	"s3":       `_, err := ctx.Storage(name).Get("k")`,
	"ftp":      `_, err := ctx.Files(name).Get("k")`,
	"email":    `err := ctx.Email(name).Send("ada@example.com", "s", "t")`,
	"mongodb":  `_, err := ctx.Documents(name).Find("c", gateway.Document{}, gateway.FindOptions{})`,
}

// leakHandler answers with everything that a handler can learn of an error, or
// fails with it.
const leakHandler = `package handler

import (
	"errors"
	"fmt"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	name := req.PathParam("service")
	%s
	if err == nil {
		return gateway.Text(200, "it works"), nil
	}
	if req.QueryParam("show") == "" {
		return nil, err
	}
	text := ""
	for ; err != nil; err = errors.Unwrap(err) {
		text += fmt.Sprintf("%%v | %%+v | %%#v\n", err, err, err)
	}
	return gateway.Text(418, text), nil
}
`

// TestNoCredentialIsSeen has services of every kind fail in every way, with
// credentials given as they are, as secrets and from the environment, and looks for
// them in all that is answered, logged and stored.
func TestNoCredentialIsSeen(t *testing.T) {
	const literal = `tr3asure+literal/p&ss "w0rd`
	const stored = `tr3asure+stored/p&ss "w0rd`
	forms := map[string]string{"literal": literal, "secret": "${secret:leaky}", "env": "${env:SERVICE_CREDENTIAL}"}

	data := t.TempDir()
	gateway := serve(t, data)
	var said strings.Builder // guarded by mu
	var mu sync.Mutex
	say := func(text string) {
		mu.Lock()
		defer mu.Unlock()
		said.WriteString(text + "\n")
	}
	call := func(method, path string, in any) answer {
		a, err := gateway.api(method, path, in)
		if err != nil {
			t.Errorf("%s %s: %v", method, path, err)
		}
		say(string(a.Data) + a.Error)
		return a
	}
	call("POST", "/api/secrets", map[string]any{"name": "leaky", "value": stored})
	for kind, use := range leakHandlers {
		gateway.deploy("use-"+kind, "GET", "/use/"+kind+"/{service}", fmt.Sprintf(leakHandler, use), map[string]any{"timeout": "8s"})
	}
	var using sync.WaitGroup
	places := make(chan struct{}, 12) // most of the time is spent waiting
	for name, l := range leaks(t) {
		for form, value := range forms {
			if form != "literal" && !strings.HasSuffix(name, " login") && !strings.HasSuffix(name, " uri") {
				continue // takes the same way
			}
			places <- struct{}{}
			using.Go(func() {
				defer func() { <-places }()
				id := strings.ReplaceAll(name+" "+form, " ", "-")
				config := maps.Clone(l.config)
				for _, field := range l.secrets {
					config[field] = value
					if field == "uri" {
						config[field] = "mongodb://app:" + url.QueryEscape(literal) + "@127.0.0.1:1/app?appName=" + value
					}
				}
				if a := call("POST", "/api/services", map[string]any{"name": id, "service_type": l.kind, "config": config}); a.status != 201 {
					return // refused: the answer is looked at
				}
				path := "/api/services/" + id
				if a := call("POST", path+"/test", nil); strings.Contains(string(a.Data), `"connected":true`) {
					t.Errorf("%s works, and shows nothing: %s", id, a.Data)
				}
				for _, query := range []string{"", "?show=1"} {
					status, body := gateway.get("/use/" + l.kind + "/" + id + query)
					if status == 200 || status == 504 {
						t.Errorf("%s: the handler's answer is %d %s", id, status, body)
					}
					say(body)
				}
				if form == "env" {
					call("POST", path+"/activate", nil) // waits for the backend
				}
				call("GET", path, nil)
				call("GET", path+"/stats", nil)
				for _, format := range []string{"json", "yaml", "toml"} {
					_, body := gateway.adminGet(path + "/config?format=" + format)
					say(body)
				}
				if a := call("PUT", path, map[string]any{"config": with(config, l.secrets[0], "********"), "description": "changed"}); a.status != 200 {
					t.Errorf("change %s: %d %s", id, a.status, a.Error)
				}
				call("POST", path+"/deactivate", nil)
			})
		}
	}
	using.Wait()
	for _, path := range []string{"/api/services", "/api/secrets", "/api/endpoints", "/api/stats", "/api/logs"} {
		_, body := gateway.adminGet(path)
		say(body)
	}
	var endpoints []struct{ ID string }
	if err := json.Unmarshal(call("GET", "/api/endpoints", nil).Data, &endpoints); err != nil || len(endpoints) != len(leakHandlers) {
		t.Fatalf("%d endpoints, %v", len(endpoints), err)
	}
	for _, e := range endpoints {
		_, body := gateway.adminGet("/api/endpoints/" + e.ID + "/logs")
		say(body)
	}

	var files strings.Builder
	err := filepath.WalkDir(data, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		files.Write(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for where, text := range map[string]string{"answers": said.String(), "log": gateway.logged(), "data folder": files.String()} {
		if len(text) < 1000 {
			t.Errorf("the %s say nothing: %q", where, text)
		}
		for _, credential := range []string{literal, stored, environmentValue, server(t, "POSTGRES_PASSWORD")} {
			for _, form := range writings(credential) {
				if i := strings.Index(text, form); i >= 0 {
					t.Errorf("the %s have %q: …%s…", where, form, text[max(0, i-200):min(len(text), i+len(form)+100)])
				}
			}
		}
	}
}

// writings are how a credential may be written. The first word of one is enough.
func writings(credential string) []string {
	encoded := base64.RawStdEncoding.EncodeToString([]byte(credential))
	return []string{credential, url.QueryEscape(credential), url.PathEscape(credential), encoded, strings.SplitN(credential, "+", 2)[0]}
}
