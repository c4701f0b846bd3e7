package integration

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAHandlerThatFillsTheMemory is stopped, within one request or over many, and the
// process goes on.
func TestAHandlerThatFillsTheMemory(t *testing.T) {
	config := filepath.Join(t.TempDir(), "gateway.toml")
	if err := os.WriteFile(config, []byte("[server]\nmax_memory_bytes = 400_000_000\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	g := serve(t, t.TempDir(), "--config", config)
	g.deploy("good", "GET", "/good", textHandler("good"), nil)
	g.deploy("greedy", "GET", "/greedy", `package handler

import "gateway"

var kept [][]byte

// Handle takes 4 GB, in steps, where it is not stopped.
func Handle(ctx *gateway.Context, req *gateway.Request) *gateway.Response {
	steps := 1
	if req.QueryParam("all") != "" {
		steps = 1000
	}
	for range steps {
		kept = append(kept, make([]byte, 4_000_000))
	}
	return gateway.Text(200, "taken")
}
`, nil)
	if status, body := g.get("/greedy?all=1"); status != 503 || !strings.Contains(body, `"code":"service_unavailable"`) {
		t.Errorf("all at once: %d %s", status, body)
	}
	g.askMany("/good", "good")
	for range 300 {
		if status, body := g.get("/greedy"); status != 200 && status != 503 {
			t.Fatalf("step by step: %d %s", status, body)
		}
	}
	g.askMany("/good", "good")
	g.stop()
	log := g.logged()
	if n := strings.Count(log, `"msg":"short of memory, scripts were stopped"`); n < 2 {
		t.Errorf("stopped %d times, want both ways:\n%.4000s", n, log)
	}
	if n := strings.Count(log, `"msg":"serving"`); n != 1 {
		t.Errorf("the process was started %d times", n)
	}
}
