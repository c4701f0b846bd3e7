package integration

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// TestKillDuringSaves kills the gateway while 200 clients save, and holds what the
// next start serves against what had been acknowledged.
func TestKillDuringSaves(t *testing.T) {
	const savers, kill = 200, 600 // acknowledged saves before the kill
	data := t.TempDir()
	g := serve(t, data)

	acknowledged := make([]int, savers) // by saver, the last version acknowledged; each saver writes its own
	count := make(chan struct{})
	var clients sync.WaitGroup
	for i := range savers {
		clients.Go(func() {
			name := "e" + strconv.Itoa(i)
			for n := 1; ; n++ {
				a, err := g.api("POST", "/api/deploy", map[string]any{
					"name": name, "method": "GET", "path": "/" + name, "code": textHandler(strconv.Itoa(n)),
				})
				if err != nil {
					return // the gateway is gone
				}
				if !a.OK {
					t.Errorf("%s version %d: %d %s", name, n, a.status, a.Error)
					return
				}
				acknowledged[i] = n
				count <- struct{}{}
			}
		})
	}
	all := make(chan struct{})
	go func() { clients.Wait(); close(all) }()
	for n := 0; n < kill; n++ {
		<-count
	}
	go g.kill()
	for drained := false; !drained; {
		select {
		case <-count:
		case <-all:
			drained = true
		}
	}
	<-g.ended

	g = serve(t, data)
	for i, n := range acknowledged {
		if n == 0 {
			continue
		}
		status, body := g.get("/e" + strconv.Itoa(i))
		got, err := strconv.Atoi(body)
		// The save under way at the kill may have been made and not acknowledged.
		if status != 200 || err != nil || got < n || got > n+1 {
			t.Errorf("endpoint %d answers %d %s, acknowledged was version %d", i, status, body, n)
		}
	}
	a, err := g.api("GET", "/api/endpoints", nil)
	if err != nil {
		t.Fatal(err)
	}
	var list []struct{ Name, Status, Reason string }
	if err := json.Unmarshal(a.Data, &list); err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if e.Status != "running" {
			t.Errorf("endpoint %s is %s: %s", e.Name, e.Status, e.Reason)
		}
	}
}

// TestARunawayLeavesOthersAlone deploys handlers that never end while another
// endpoint answers.
func TestARunawayLeavesOthersAlone(t *testing.T) {
	g := serve(t, t.TempDir())
	g.deploy("good", "GET", "/good", textHandler("good"), nil)
	for i, body := range []string{
		"for {\n\t}",
		"n := 0\n\tfor {\n\t\tn++\n\t}",
		"c := make(chan int)\n\t<-c",
		"select {}",
		"var f func(int) int\n\tf = func(n int) int { return f(n+1) + 1 }\n\tf(0)",
		"var m map[string]int\n\tgo func() { m[\"x\"] = 1 }()\n\tselect {}",
	} {
		name := "bad" + strconv.Itoa(i)
		g.deploy(name, "GET", "/"+name, "package handler\n\nimport \"gateway\"\n\nfunc Handle(ctx *gateway.Context, req *gateway.Request) *gateway.Response {\n\t"+
			strings.TrimSpace(body)+"\n\treturn gateway.OK(nil)\n}\n", map[string]any{"timeout": "200ms"})
	}
	for i := range 6 {
		status, body := g.get(fmt.Sprint("/bad", i))
		if status != 504 && status != 500 {
			t.Errorf("runaway %d answers %d %s", i, status, body)
		}
		if status, body := g.get("/good"); status != 200 || body != "good" {
			t.Errorf("after runaway %d the other endpoint answers %d %s", i, status, body)
		}
	}
}
