package integration

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestJourney is what a new user does: deploy, ask, change, save nonsense, look at
// the log, restart.
func TestJourney(t *testing.T) {
	data := t.TempDir()
	g := serve(t, data)

	id := g.deploy("greet", "GET", "/greet/{name}", `package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	ctx.Log().Info("greeting", "name", req.PathParam("name"))
	return gateway.OK(map[string]string{"message": "Hello, " + req.PathParam("name")}), nil
}
`, nil)
	if status, body := g.get("/greet/Ada"); status != 200 || body != `{"message":"Hello, Ada"}` {
		t.Errorf("GET /greet/Ada: %d %s", status, body)
	}

	a, err := g.api("PUT", "/api/endpoints/"+id, map[string]any{"code": textHandler("second")})
	if err != nil || a.status != 200 {
		t.Fatalf("update: %v %+v", err, a)
	}
	if _, body := g.get("/greet/Ada"); body != "second" {
		t.Errorf("after the update: %s", body)
	}

	a, err = g.api("PUT", "/api/endpoints/"+id, map[string]any{"code": "package handler\n\nfunc Handle() { undefined() }\n"})
	if err != nil || a.status != 422 || len(a.Diagnostics) < 2 || a.Diagnostics[0].Line != 3 {
		t.Errorf("nonsense: %v %d %+v, want 422 with the place of both mistakes", err, a.status, a)
	}
	if _, body := g.get("/greet/Ada"); body != "second" {
		t.Errorf("after nonsense: %s", body)
	}

	a, err = g.api("POST", "/api/endpoints/"+id+"/rollback", nil)
	if err != nil || a.status != 200 {
		t.Fatalf("rollback: %v %+v", err, a)
	}
	if _, body := g.get("/greet/Bo"); body != `{"message":"Hello, Bo"}` {
		t.Errorf("after the rollback: %s", body)
	}
	if a, err = g.api("GET", "/api/endpoints/"+id+"/logs", nil); err != nil || !strings.Contains(string(a.Data), `"greeting"`) {
		t.Errorf("log: %v %s", err, a.Data)
	}

	if status, body := g.get("/nowhere"); status != 404 {
		t.Errorf("GET /nowhere: %d %s", status, body)
	}
	if status, _ := g.send("POST", "/greet/Ada", ""); status != 405 {
		t.Errorf("POST /greet/Ada: %d", status)
	}

	g.stop()
	g = serve(t, data)
	if _, body := g.get("/greet/Cy"); body != `{"message":"Hello, Cy"}` {
		t.Errorf("after a restart: %s", body)
	}
	if strings.Contains(g.logged(), g.key) {
		t.Error("the admin key is printed at the second start too")
	}
}

func TestTheAdminAPIWantsItsKey(t *testing.T) {
	g := serve(t, t.TempDir())
	info, err := os.Stat(filepath.Join(g.data, "admin.key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("admin.key: %v %v, want mode 0600", info.Mode(), err)
	}
	for _, path := range []string{"/api/endpoints", "/api/stats", "/api/deploy", "/metrics"} {
		res, err := http.Get(g.admin + path)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusUnauthorized && res.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("GET %s without the key: %s", path, res.Status)
		}
	}
}

// TestScriptsFolderIsLive edits scripts in place, as an editor does.
func TestScriptsFolderIsLive(t *testing.T) {
	scripts := t.TempDir()
	save := func(name, code string) {
		t.Helper()
		part := filepath.Join(scripts, "."+name)
		if err := errors.Join(os.WriteFile(part, []byte(code), 0o644), os.Rename(part, filepath.Join(scripts, name))); err != nil {
			t.Fatal(err)
		}
	}
	script := func(text string) string {
		return `package scripts

import "gateway"

var calls int

//gateway:route GET /first
func first(ctx *gateway.Context, req *gateway.Request) *gateway.Response {
	calls++
	return gateway.OK([]any{"` + text + `", calls})
}

//gateway:route GET /second
func second(ctx *gateway.Context, req *gateway.Request) *gateway.Response {
	calls++
	return gateway.OK([]any{"` + text + `", calls})
}
`
	}
	save("pair.go", script("one"))
	g := serve(t, t.TempDir(), "--scripts", scripts)
	eventually := func(path, want string) {
		t.Helper()
		for deadline := time.Now().Add(30 * time.Second); ; {
			_, body := g.get(path)
			if strings.HasPrefix(body, want) {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("GET %s answers %s, want %s\n%s", path, body, want, g.logged())
			}
		}
	}
	if _, body := g.get("/first"); body != `["one",1]` {
		t.Errorf("GET /first: %s", body)
	}
	if _, body := g.get("/second"); body != `["one",2]` {
		t.Errorf("the routes of a file do not share its state: %s", body)
	}
	save("pair.go", script("two"))
	eventually("/first", `["two"`)

	save("pair.go", "package scripts\n\nfunc broken( {\n")
	save("other.go", strings.NewReplacer("/first", "/third", "/second", "/fourth").Replace(script("three")))
	eventually("/third", `["three",1]`)
	for deadline := time.Now().Add(30 * time.Second); ; {
		a, err := g.api("GET", "/api/scripts", nil)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(a.Data), `"line":3`) {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("the API does not show the mistake: %s", a.Data)
		}
	}
	if _, body := g.get("/first"); !strings.HasPrefix(body, `["two"`) {
		t.Errorf("after a broken save: %s", body)
	}

	if err := os.Remove(filepath.Join(scripts, "pair.go")); err != nil {
		t.Fatal(err)
	}
	eventually("/first", `{"error"`)
	if status, _ := g.get("/second"); status != 404 {
		t.Errorf("GET /second of a deleted script: %d", status)
	}
}

// TestCommands runs the commands that need no gateway.
func TestCommands(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("good.go", textHandler("hi"))
	write("bad.go", "package handler\n\nimport \"os/exec\"\n\nfunc Handle(x int) {\n\tvar unused int\n\t_ = exec.Command\n}\n")
	write("main.go", `package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		fmt.Println(os.Args[1], lines.Text())
	}
	println("to standard error")
	os.Exit(3)
}
`)
	write("panic.go", "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(\"before\")\n\tvar m map[string]int\n\tm[\"x\"] = 1\n}\n")
	tests := []struct {
		args           []string
		stdin          string
		status         int
		stdout, stderr []string
	}{
		{[]string{"check", "good.go"}, "", 0, nil, nil},
		{[]string{"check", "good.go", "bad.go"}, "", 1, nil, []string{"bad.go:3:8: ", "os/exec", "bad.go:5:", "bad.go:6:6: declared and not used: unused"}},
		{[]string{"run", "--allow", "os", "main.go", "said:"}, "one\ntwo\n", 3, []string{"said: one\nsaid: two\n"}, []string{"to standard error"}},
		{[]string{"run", "main.go"}, "", 2, nil, []string{"main.go:6:2: ", "os"}},
		{[]string{"run", "panic.go"}, "", 2, []string{"before\n"}, []string{"panic: assignment to entry in nil map", "panic.go:8"}},
		{[]string{"config", "--listen", ":1"}, "", 0, []string{"[server]", "listen = ':1'"}, nil},
		{[]string{"version"}, "", 0, []string{"gateway "}, nil},
		{[]string{"help"}, "", 0, []string{"serve", "check", "run", "deploy", "logs", "config"}, nil},
		{[]string{"deploy", "good.go"}, "", 1, nil, []string{"route"}},
		{[]string{"serve", "--scripts", "missing"}, "", 1, nil, []string{"missing", "does not exist"}},
		{[]string{"serve", "--listen", "nonsense"}, "", 1, nil, []string{"server.listen", "HOST:PORT"}},
		{[]string{"nonsense"}, "", 1, nil, []string{"unknown command"}},
	}
	for _, tt := range tests {
		t.Run(strings.Join(tt.args, " "), func(t *testing.T) {
			cmd := command(t, dir, tt.args...)
			cmd.Stdin = strings.NewReader(tt.stdin)
			var stdout, stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			err := cmd.Run()
			var exit *exec.ExitError
			if err != nil && !errors.As(err, &exit) {
				t.Fatal(err)
			}
			if got := cmd.ProcessState.ExitCode(); got != tt.status {
				t.Errorf("exit status %d, want %d", got, tt.status)
			}
			for _, want := range tt.stdout {
				if !strings.Contains(stdout.String(), want) {
					t.Errorf("standard output does not have %q:\n%s", want, &stdout)
				}
			}
			for _, want := range tt.stderr {
				if !strings.Contains(stderr.String(), want) {
					t.Errorf("standard error does not have %q:\n%s", want, &stderr)
				}
			}
			if tt.status == 0 && stderr.Len() > 0 {
				t.Errorf("standard error:\n%s", &stderr)
			}
		})
	}
}

// TestDeployCommand puts the repository's examples on a gateway as the README does.
func TestDeployCommand(t *testing.T) {
	g := serve(t, t.TempDir())
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	cmd := command(t, root, "deploy", "examples/quickstart/handler.go", "--route", "GET /quick", "--admin", g.admin, "--data", g.data)
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "quickstart version 1 is running") {
		t.Fatalf("%v: %s", err, out)
	}
	var got map[string]string
	if _, body := g.get("/quick"); json.Unmarshal([]byte(body), &got) != nil || got["method"] != "GET" || got["path"] != "/quick" {
		t.Errorf("GET /quick: %v", got)
	}
	cmd = command(t, root, "logs", "quickstart", "--admin", g.admin, "--data", g.data)
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "GET /quick 200") {
		t.Errorf("logs: %v: %s", err, out)
	}
}

// TestTwoGatewaysDoNotShareAFolder starts a second gateway on the same data.
func TestTwoGatewaysDoNotShareAFolder(t *testing.T) {
	g := serve(t, t.TempDir())
	cmd := command(t, t.TempDir(), "serve", "--data", g.data, "--scripts", "", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0")
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "process") {
		t.Errorf("the second gateway ended with %v and does not say who holds the data:\n%s", err, out)
	}
}
