package integration

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// deadly is the code of a handler that ends the process, by a statement, when it is asked
// with ?kill=1.
func deadly(imports, statement string) string {
	return `package handler

import (
	` + imports + `
	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) *gateway.Response {
	if req.QueryParam("kill") != "" {
		` + statement + `
	}
	return gateway.Text(200, "alive")
}
`
}

// endings are ways of ending a process that only a process contains, and a part of what
// the Go runtime says then.
var endings = []struct{ name, code, reason string }{
	{"map", deadly("", `m := map[int]int{}
		for range 4 {
			go func() {
				for {
					m[1] = 1
				}
			}()
		}
		select {}`), "fatal error: concurrent map writes"},
	{"memory", deadly(`"math/big"`, `new(big.Int).Lsh(big.NewInt(1), 1<<46)`), "out of memory"},
}

// fresh makes every request over a connection of its own. Others are made again where the
// connection was an old one, and so may be answered by the next process.
var fresh = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}

// askMany makes requests over a connection each, at the same time, and expects one answer.
func (r *running) askMany(path, want string) {
	r.t.Helper()
	var clients sync.WaitGroup
	for range 20 {
		clients.Go(func() {
			res, err := fresh.Get(r.base + path)
			if err != nil {
				r.t.Errorf("GET %s: %v", path, err)
				return
			}
			defer res.Body.Close()
			if body, err := io.ReadAll(res.Body); err != nil || res.StatusCode != 200 || string(body) != want {
				r.t.Errorf("GET %s: %s %s, %v", path, res.Status, body, err)
			}
		})
	}
	clients.Wait()
}

// die makes a request that must not be answered.
func (r *running) die(path string) {
	r.t.Helper()
	res, err := fresh.Get(r.base + path)
	if err == nil {
		body, _ := io.ReadAll(res.Body)
		res.Body.Close()
		r.t.Fatalf("GET %s is answered: %s %s", path, res.Status, body)
	}
}

// expectHeld expects an endpoint to be in quarantine, and gives why.
func (r *running) expectHeld(id, path, reason string) {
	r.t.Helper()
	if status, body := r.get(path); status != 503 || !strings.Contains(body, `"code":"service_unavailable"`) {
		r.t.Errorf("GET %s in quarantine: %d %s", path, status, body)
	}
	a := r.must("GET", "/api/endpoints/"+id+"/status", nil)
	var state struct{ Status, Reason string }
	if err := json.Unmarshal(a.Data, &state); err != nil || state.Status != "error" ||
		!strings.Contains(state.Reason, "it ended the process at ") || !strings.Contains(state.Reason, reason) {
		r.t.Errorf("%s: %s %v", path, a.Data, err)
	}
}

// must calls the admin API, which must succeed.
func (r *running) must(method, path string, in any) answer {
	r.t.Helper()
	a, err := r.api(method, path, in)
	if err != nil || !a.OK {
		r.t.Fatalf("%s %s: %v %d %s\n%s", method, path, err, a.status, a.Error, r.logged())
	}
	return a
}

// TestAHandlerThatEndsTheProcess has others answer all the same, and is itself not served
// until it is saved anew or started.
func TestAHandlerThatEndsTheProcess(t *testing.T) {
	data := t.TempDir()
	g := serve(t, data)
	g.deploy("good", "GET", "/good", textHandler("good"), nil)
	ids := map[string]string{}
	for _, e := range endings {
		ids[e.name] = g.deploy(e.name, "GET", "/"+e.name, e.code, nil)
	}
	for _, e := range endings {
		path := "/" + e.name
		g.die(path + "?kill=1")
		g.askMany("/good", "good")
		g.expectHeld(ids[e.name], path, e.reason)
	}
	for _, e := range endings { // the death of one does not free the other
		g.expectHeld(ids[e.name], "/"+e.name, e.reason)
	}
	g.stop()
	for _, want := range []string{"code that ended the server process is in quarantine", "fatal error: concurrent map writes\n", `"msg":"stopping"`} {
		if !strings.Contains(g.logged(), want) {
			t.Errorf("the log does not have %q:\n%.4000s", want, g.logged())
		}
	}

	g = serve(t, data) // quarantine outlives the supervisor too
	for _, e := range endings {
		g.expectHeld(ids[e.name], "/"+e.name, e.reason)
	}
	g.must("PUT", "/api/endpoints/"+ids["map"], map[string]any{"code": textHandler("mended")})
	if status, body := g.get("/map?kill=1"); status != 200 || body != "mended" {
		t.Errorf("mended: %d %s", status, body)
	}
	g.must("POST", "/api/endpoints/"+ids["memory"]+"/start", nil)
	if status, body := g.get("/memory"); status != 200 || body != "alive" {
		t.Errorf("started: %d %s", status, body)
	}
	g.die("/memory?kill=1") // it has not learned
	g.askMany("/good", "good")
	g.expectHeld(ids["memory"], "/memory", "out of memory")
}

// TestCodeThatEndsTheProcessWhenItIsLoaded is saved, and is in the scripts folder when the
// gateway starts.
func TestCodeThatEndsTheProcessWhenItIsLoaded(t *testing.T) {
	const perm = "\nvar numbers = rand.Perm(1 << 40)\n"
	scripts := t.TempDir()
	write := func(name, code string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(scripts, name), []byte(code), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	script := func(name, more string) string {
		imports := ""
		if more != "" {
			imports = "import \"math/rand\"\n"
		}
		return "package scripts\n\nimport \"gateway\"\n" + imports + more + "\n//gateway:route GET /" + name +
			"\nfunc handle(ctx *gateway.Context, req *gateway.Request) *gateway.Response { return gateway.Text(200, \"" + name + "\") }\n"
	}
	write("a.go", script("a", ""))
	write("b.go", script("b", perm))
	write("c.go", script("c", ""))
	g := serve(t, t.TempDir(), "--scripts", scripts)
	g.askMany("/a", "a")
	g.askMany("/c", "c")
	if status, body := g.get("/b"); status != 503 {
		t.Errorf("GET /b: %d %s", status, body)
	}
	var list []struct {
		Name, Status, Reason string
		Endpoints            []struct{ ID string }
	}
	if err := json.Unmarshal(g.must("GET", "/api/scripts", nil).Data, &list); err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		if held := strings.Contains(s.Reason, "out of memory; save it anew or start it"); held != (s.Name == "b.go") {
			t.Errorf("script %+v", s)
		}
	}

	// The version before goes on where the next ends the process.
	id := g.deploy("good", "GET", "/good", textHandler("one"), nil)
	code := strings.Replace(textHandler("two"), "import \"gateway\"\n", "import (\n\"math/rand\"\n\"gateway\"\n)\n"+perm, 1)
	if a, err := g.api("PUT", "/api/endpoints/"+id, map[string]any{"code": code}); err == nil {
		t.Errorf("the save is answered: %d %s", a.status, a.Error)
	}
	g.askMany("/good", "one")
	if text := string(g.must("GET", "/api/endpoints/"+id+"/status", nil).Data); !strings.Contains(text, `"running"`) || !strings.Contains(text, "out of memory") {
		t.Errorf("status %s", text)
	}

	write("b.go", script("b", "")) // mended
	for deadline := time.Now().Add(30 * time.Second); ; {
		status, body := g.get("/b")
		if status == 200 && body == "b" {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("GET /b: %d %s\n%s", status, body, g.logged())
		}
	}
}

// TestTheServerEndsWithTheGateway kills the supervisor: both end (see readLog), and another
// gateway can take their place.
func TestTheServerEndsWithTheGateway(t *testing.T) {
	data := t.TempDir()
	g := serve(t, data)
	g.deploy("good", "GET", "/good", textHandler("good"), nil)
	g.kill()
	if conn, err := net.Dial("tcp", strings.TrimPrefix(g.base, "http://")); err == nil {
		conn.Close()
		t.Error("somebody still listens")
	}
	g = serve(t, data)
	g.askMany("/good", "good")
}

// TestAGatewayThatCannotServe fails as one process does.
func TestAGatewayThatCannotServe(t *testing.T) {
	data := t.TempDir()
	g := serve(t, data)
	for name, tt := range map[string]struct {
		args []string
		want string
	}{
		"data folder in use": {[]string{"--data", data, "--listen", "127.0.0.1:0"}, "is in use by process"},
		"address taken":      {[]string{"--data", t.TempDir(), "--listen", strings.TrimPrefix(g.base, "http://")}, "choose another address with --listen"},
	} {
		for _, mode := range []string{"--supervise", "--supervise=false"} {
			cmd := command(t, t.TempDir(), append([]string{"serve", "--scripts", "", "--admin-listen", "127.0.0.1:0", mode}, tt.args...)...)
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			_ = cmd.Run()
			if status := cmd.ProcessState.ExitCode(); status != 1 || !strings.Contains(stderr.String(), tt.want) || strings.Count(stderr.String(), "\n") != 1 {
				t.Errorf("%s %s: exit status %d\n%s", name, mode, status, &stderr)
			}
		}
	}
}

// TestOneProcess is for those who want no supervisor.
func TestOneProcess(t *testing.T) {
	g := serve(t, t.TempDir(), "--supervise=false")
	g.deploy("memory", "GET", "/memory", endings[1].code, nil)
	g.die("/memory?kill=1")
	<-g.ended
	if status := g.cmd.ProcessState.ExitCode(); status != 2 {
		t.Errorf("exit status %d", status)
	}
}
