package integration

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// binary builds the gateway once for all tests.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "gateway-binary")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "gateway")
	cmd := exec.Command("go", "build", "-o", path, "../cmd/gateway")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the gateway: %w: %s", err, out)
	}
	return path, nil
})

// command prepares a run of the gateway, with an environment that has no Go
// toolchain in it.
func command(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Dir = dir
	cmd.Env = []string{"HOME=" + dir, "PATH=", "GOROOT=/nonexistent", "GATEWAY_LOG_FORMAT=json", "SERVICE_CREDENTIAL=" + environmentValue}
	return cmd
}

// running is a running gateway: two processes, unless it is told otherwise.
type running struct {
	t      *testing.T
	cmd    *exec.Cmd // the supervisor
	data   string
	base   string // of the endpoints
	admin  string
	key    string
	ended  chan struct{} // closed when both have ended
	result error         // of the supervisor, once ended is closed

	mu  sync.Mutex // guards log
	log strings.Builder
}

// serve starts a gateway with a data folder, and further arguments, and waits until
// it serves. It is stopped at the end of the test.
func serve(t *testing.T, data string, args ...string) *running {
	t.Helper()
	r := &running{t: t, data: data, ended: make(chan struct{})}
	r.cmd = command(t, t.TempDir(), append([]string{"serve", "--data", data, "--scripts", "",
		"--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"}, args...)...)
	stderr, err := r.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	serving := make(chan bool, 1)
	go r.readLog(stderr, serving)
	t.Cleanup(r.stop)
	if !<-serving {
		<-r.ended
		t.Fatalf("the gateway does not serve: %v\n%s", r.result, r.logged())
	}
	key, err := os.ReadFile(filepath.Join(data, "admin.key"))
	if err != nil {
		t.Fatal(err)
	}
	r.key = strings.TrimSpace(string(key))
	return r
}

// readLog keeps what the gateway logs, finds the addresses in it, which a restart does not
// change, and waits for the end of the processes.
func (r *running) readLog(stderr io.Reader, serving chan<- bool) {
	lines := bufio.NewScanner(stderr)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		r.mu.Lock()
		r.log.WriteString(lines.Text() + "\n")
		r.mu.Unlock()
		var record struct{ Msg, Endpoints, Admin string }
		if json.Unmarshal(lines.Bytes(), &record) == nil && record.Msg == "serving" && r.base == "" {
			r.base, r.admin = "http://"+record.Endpoints, "http://"+record.Admin
			serving <- true
		}
	}
	r.result = r.cmd.Wait()
	close(r.ended)
	close(serving)
}

func (r *running) logged() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.log.String()
}

// stop ends the gateway as an operator does.
func (r *running) stop() {
	select {
	case <-r.ended:
		return
	default:
	}
	_ = r.cmd.Process.Signal(syscall.SIGTERM)
	<-r.ended
	if r.result != nil && !r.t.Failed() {
		r.t.Errorf("the gateway ended with %v\n%s", r.result, r.logged())
	}
}

// kill ends the gateway as the kernel does.
func (r *running) kill() {
	_ = r.cmd.Process.Kill()
	<-r.ended
}

// get asks an endpoint, and gives the status and the body.
func (r *running) get(path string) (int, string) {
	r.t.Helper()
	return r.send("GET", path, "")
}

func (r *running) send(method, path, body string) (int, string) {
	r.t.Helper()
	req, err := http.NewRequest(method, r.base+path, strings.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatalf("%v\n%s", err, r.logged())
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return res.StatusCode, string(text)
}

// answer is what the admin API answers.
type answer struct {
	status      int
	OK          bool            `json:"ok"`
	Data        json.RawMessage `json:"data"`
	Error       string          `json:"error"`
	Diagnostics []struct {
		Line, Column int
		Message      string
	} `json:"diagnostics"`
}

// api calls the admin API. Its error is one of the connection.
func (r *running) api(method, path string, in any) (answer, error) {
	body, err := json.Marshal(in)
	if err != nil {
		return answer{}, err
	}
	req, err := http.NewRequest(method, r.admin+path, bytes.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Authorization", "Bearer "+r.key)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	a := answer{status: res.StatusCode}
	if err := json.NewDecoder(res.Body).Decode(&a); err != nil {
		return answer{}, errors.Join(fmt.Errorf("%s %s: %s", method, path, res.Status), err)
	}
	return a, nil
}

// deploy puts a handler on the gateway and gives the endpoint's id.
func (r *running) deploy(name, method, path, code string, more map[string]any) string {
	r.t.Helper()
	in := map[string]any{"name": name, "method": method, "path": path, "code": code}
	for k, v := range more {
		in[k] = v
	}
	a, err := r.api("POST", "/api/deploy", in)
	if err != nil {
		r.t.Fatal(err)
	}
	var out struct{ ID, Status string }
	if err := json.Unmarshal(a.Data, &out); err != nil || out.Status != "running" {
		r.t.Fatalf("deploy %s: %d %s %v", name, a.status, a.Error, a.Diagnostics)
	}
	return out.ID
}

// textHandler is the code of a handler that answers with a text.
func textHandler(text string) string {
	return fmt.Sprintf(`package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) *gateway.Response {
	return gateway.Text(200, %q)
}
`, text)
}
