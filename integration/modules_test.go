package integration

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/mod/module"
	modzip "golang.org/x/mod/zip"
)

// allowed are the words of the sandbox that a program's modules need.
var allowed = map[string]string{"gjson.go": "unsafe"}

// TestRealModules runs programs over well-known modules, compiled and interpreted: both
// print the same. The hashes of the modules are those of go.sum. It needs a module proxy,
// and is skipped where none is within reach.
func TestRealModules(t *testing.T) {
	const source = "testdata/modules"
	dir := t.TempDir()
	for from, to := range map[string][]string{"go.mod": {"go.mod", "gateway.mod"}, "go.sum": {"go.sum", "gateway.sum"}} {
		data, err := os.ReadFile(filepath.Join(source, from))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range to {
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	download := exec.Command("go", "mod", "download")
	download.Dir = dir
	if out, err := download.CombinedOutput(); err != nil {
		t.Skipf("no module proxy is within reach: %v\n%s", err, out)
	}
	proxy, err := exec.Command("go", "env", "GOPROXY").Output()
	if err != nil {
		t.Fatal(err)
	}
	programs, err := filepath.Glob(filepath.Join(source, "*.go"))
	if err != nil || len(programs) != 8 {
		t.Fatalf("programs are %v, %v", programs, err)
	}
	for _, file := range programs {
		name := filepath.Base(file)
		t.Run(strings.TrimSuffix(name, ".go"), func(t *testing.T) {
			code, err := os.ReadFile(file)
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, name), code, 0o644)
			}
			if err != nil {
				t.Fatal(err)
			}
			run := exec.Command("go", "run", "-mod=mod", name)
			run.Dir = dir
			want, err := run.Output()
			if err != nil {
				t.Fatalf("compiled: %v", err)
			}
			var stdout, stderr bytes.Buffer
			interpreted := command(t, dir, "run", "--allow", allowed[name], name)
			interpreted.Env = append(interpreted.Env, "GOPROXY="+strings.TrimSpace(string(proxy)))
			interpreted.Stdout, interpreted.Stderr = &stdout, &stderr
			if err := interpreted.Run(); err != nil {
				t.Fatalf("interpreted: %v\n%s", err, stderr.String())
			}
			if stdout.String() != string(want) {
				t.Errorf("interpreted:\n%s\ncompiled:\n%s", stdout.String(), want)
			}
		})
	}
}

// memoryFile is a file of a module that is made here.
type memoryFile struct{ name, content string }

func (f memoryFile) Path() string { return f.name }
func (f memoryFile) Lstat() (os.FileInfo, error) {
	return fstest.MapFS{"x": {Data: []byte(f.content)}}.Stat("x")
}
func (f memoryFile) Open() (io.ReadCloser, error) {
	return io.NopCloser(strings.NewReader(f.content)), nil
}

// publish puts a module into a folder that is a module proxy, and gives its zip.
func publish(t *testing.T, dir, path, version string, files map[string]string) []byte {
	t.Helper()
	var list []modzip.File
	for _, name := range slices.Sorted(maps.Keys(files)) {
		list = append(list, memoryFile{name, files[name]})
	}
	var zip bytes.Buffer
	if err := modzip.Create(&zip, module.Version{Path: path, Version: version}, list); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, filepath.FromSlash(path), "@v", version+".zip")
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, zip.Bytes(), 0o644)); err != nil {
		t.Fatal(err)
	}
	return zip.Bytes()
}

// TestModulesOfAGateway deploys endpoints with dependencies, without and with a proxy, and
// restarts.
func TestModulesOfAGateway(t *testing.T) {
	proxy := t.TempDir()
	greet := func(text string) map[string]string {
		return map[string]string{"go.mod": "module example.com/greet\n\ngo 1.22\n", "greet.go": "package greet\n\nfunc Greet(name string) string { return " + text + " + name }\n"}
	}
	publish(t, proxy, "example.com/greet", "v1.0.0", greet(`"Hello "`))
	const code = `package handler

import (
	"gateway"

	"example.com/greet"
)

func Handle(ctx *gateway.Context, req *gateway.Request) *gateway.Response {
	return gateway.Text(200, greet.Greet(req.PathParam("name")))
}
`
	configure := func(text string) string {
		file := filepath.Join(t.TempDir(), "gateway.toml")
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return file
	}
	data := t.TempDir()
	deploy := func(g *running, name, version string) answer {
		t.Helper()
		a, err := g.api("POST", "/api/deploy", map[string]any{
			"name": name, "method": "GET", "path": "/" + name + "/{name}", "code": code, "dependencies": map[string]string{"example.com/greet": version},
		})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}

	g := serve(t, data)
	if a := deploy(g, "a", "v1.0.0"); a.status != 422 || len(a.Diagnostics) == 0 || a.Diagnostics[0].Line != 6 || !strings.Contains(a.Error, "no module proxy is set") {
		t.Errorf("without a proxy: %d %s %+v", a.status, a.Error, a.Diagnostics)
	}
	if a := deploy(g, "a", "1.0"); a.status != 400 || !strings.Contains(a.Error, "is not a version") {
		t.Errorf("with a wrong version: %d %s", a.status, a.Error)
	}
	g.stop()

	g = serve(t, data, "--config", configure("[modules]\nproxy = '"+proxy+"'\n"))
	if a := deploy(g, "a", "v1.0.0 h1:AAAA="); a.status != 422 || !strings.Contains(a.Error, "has the hash h1:") {
		t.Errorf("with another hash: %d %s", a.status, a.Error)
	}
	if a := deploy(g, "a", "v1.0.0"); a.status != 200 {
		t.Fatalf("deploy: %d %s", a.status, a.Error)
	}
	if _, body := g.get("/a/Ada"); body != "Hello Ada" {
		t.Errorf("answer %q", body)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"c.go": code, "gateway.mod": "require example.com/greet v1.0.0\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := command(t, dir, "deploy", "c.go", "--route", "GET /c/{name}", "--admin", g.admin, "--key", g.key).CombinedOutput(); err != nil {
		t.Errorf("gateway deploy: %v\n%s", err, out)
	}
	if _, body := g.get("/c/Fay"); body != "Hello Fay" {
		t.Errorf("after gateway deploy: %q", body)
	}
	g.stop()

	// What was fetched needs no proxy any more; what is not what it was is refused.
	g = serve(t, data)
	if _, body := g.get("/a/Bo"); body != "Hello Bo" {
		t.Errorf("after a restart: %q", body)
	}
	uploaded := publish(t, t.TempDir(), "example.com/greet", "v1.1.0", greet(`"Hi "`))
	for _, try := range []struct {
		version string
		content []byte
		status  int
	}{{"v1.1.0", uploaded, 201}, {"v1.0.0", uploaded, 400}, {"v1.0.0", publish(t, t.TempDir(), "example.com/greet", "v1.0.0", greet(`"Evil "`)), 409}} {
		if status := upload(t, g, "example.com/greet@"+try.version, try.content); status != try.status {
			t.Errorf("upload as %s: %d, want %d", try.version, status, try.status)
		}
	}
	if a := deploy(g, "b", "v1.1.0"); a.status != 200 {
		t.Fatalf("deploy over an upload: %d %s", a.status, a.Error)
	}
	if _, body := g.get("/b/Cy"); body != "Hi Cy" {
		t.Errorf("answer %q", body)
	}
	a, err := g.api("GET", "/api/modules", nil)
	if err != nil || !strings.Contains(string(a.Data), `"version":"v1.0.0"`) || !strings.Contains(string(a.Data), `"version":"v1.1.0"`) {
		t.Errorf("modules: %s %v", a.Data, err)
	}
	g.stop()

	evil := publish(t, t.TempDir(), "example.com/greet", "v1.0.0", greet(`"Evil "`))
	if err := os.WriteFile(filepath.Join(data, "modules", "example.com", "greet", "@v", "v1.0.0.zip"), evil, 0o644); err != nil {
		t.Fatal(err)
	}
	g = serve(t, data)
	if status, _ := g.get("/a/Di"); status != 503 {
		t.Errorf("a module that was changed on the disk: %d", status)
	}
	if a, err = g.api("GET", "/api/endpoints/a/status", nil); err != nil || !strings.Contains(string(a.Data), "has the hash") {
		t.Errorf("status: %s %v", a.Data, err)
	}
	if _, body := g.get("/b/Ed"); body != "Hi Ed" {
		t.Errorf("the other endpoint: %q", body)
	}
}

// upload puts a module on a gateway.
func upload(t *testing.T, g *running, module string, content []byte) int {
	t.Helper()
	req, err := http.NewRequest("PUT", g.admin+"/api/modules/"+module, bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("api-key", g.key)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	return res.StatusCode
}

// TestScriptsWithModules has a gateway.mod in the scripts folder.
func TestScriptsWithModules(t *testing.T) {
	proxy, scripts := t.TempDir(), t.TempDir()
	publish(t, proxy, "example.com/greet", "v1.0.0", map[string]string{"greet.go": "package greet\n\nfunc Greet(name string) string { return \"Hello \" + name }\n"})
	for name, text := range map[string]string{
		"gateway.mod": "require example.com/greet v1.0.0\n",
		"hello.go": `package scripts

import (
	"gateway"

	"example.com/greet"
)

//gateway:route GET /hello/{name}
func Hello(ctx *gateway.Context, req *gateway.Request) *gateway.Response {
	return gateway.Text(200, greet.Greet(req.PathParam("name")))
}
`,
	} {
		if err := os.WriteFile(filepath.Join(scripts, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "gateway.toml")
	if err := os.WriteFile(file, []byte("[modules]\nproxy = '"+proxy+"'\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	g := serve(t, t.TempDir(), "--scripts", scripts, "--config", file)
	if status, body := g.get("/hello/Ada"); status != 200 || body != "Hello Ada" {
		t.Errorf("GET /hello/Ada: %d %s\n%s", status, body, g.logged())
	}
}

// TestLibrariesOfAGateway saves a library and has an endpoint follow it, or refuse it.
func TestLibrariesOfAGateway(t *testing.T) {
	g := serve(t, t.TempDir())
	library := func(method, path, code string) answer {
		t.Helper()
		a, err := g.api(method, path, map[string]any{"name": "greet", "code": code})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	if a := library("POST", "/api/libraries", "package greet\n\nfunc Greet() string { return \"one\" }\n"); a.status != 201 {
		t.Fatalf("create: %d %s", a.status, a.Error)
	}
	g.deploy("user", "GET", "/user", strings.ReplaceAll(strings.ReplaceAll(textHandler("x"), `"x"`, "greet.Greet()"), `"gateway"`, `"gateway"; import "lib/greet"`), nil)
	if _, body := g.get("/user"); body != "one" {
		t.Errorf("answer %q", body)
	}
	if a := library("PUT", "/api/libraries/greet", "package greet\n\nfunc Greet() string { return \"two\" }\n"); a.status != 200 {
		t.Errorf("change: %d %s", a.status, a.Error)
	}
	if _, body := g.get("/user"); body != "two" {
		t.Errorf("after the change: %q", body)
	}
	a := library("PUT", "/api/libraries/greet", "package greet\n\nfunc Hello() string { return \"three\" }\n")
	if a.status != 422 || !strings.Contains(a.Error, "user") || len(a.Diagnostics) != 1 {
		t.Errorf("a change that breaks the endpoint: %d %s %+v", a.status, a.Error, a.Diagnostics)
	}
	if _, body := g.get("/user"); body != "two" {
		t.Errorf("after the refusal: %q", body)
	}
	if a, err := g.api("DELETE", "/api/libraries/greet", nil); err != nil || a.status != 409 {
		t.Errorf("delete: %d %s %v", a.status, a.Error, err)
	}
	if a, err := g.api("GET", "/api/libraries/greet", nil); err != nil || !json.Valid(a.Data) || !strings.Contains(string(a.Data), `"used_by":["user"]`) {
		t.Errorf("get: %s %v", a.Data, err)
	}
}
