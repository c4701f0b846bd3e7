package integration

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// TestSavesUnderLoad saves new versions while clients ask without a pause. Every
// answer must be whole and of a version that was current while it was asked for, and
// the first request after a save must be answered by what was saved.
func TestSavesUnderLoad(t *testing.T) {
	const saves = 100
	// The version is in the answer twice, from two places of the code.
	code := func(n int) string {
		return strings.ReplaceAll(`package handler

import (
	"fmt"

	"gateway"
)

const version = VERSION

func first() int { return version }

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	return gateway.Text(200, fmt.Sprint(first(), " ", VERSION)), nil
}
`, "VERSION", strconv.Itoa(n))
	}
	g := serve(t, t.TempDir())
	id := g.deploy("version", "GET", "/version", code(0), nil)

	var started, finished atomic.Int64 // the last save that began, and that was acknowledged
	var requests atomic.Int64
	stop := make(chan struct{})
	var clients sync.WaitGroup
	for range 4 {
		clients.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				least := finished.Load()
				res, err := http.Get(g.base + "/version")
				if err != nil {
					t.Error(err)
					return
				}
				body, err := io.ReadAll(res.Body)
				res.Body.Close()
				most := started.Load()
				a, b, _ := strings.Cut(string(body), " ")
				n, notNumber := strconv.ParseInt(a, 10, 64)
				if err != nil || res.StatusCode != 200 || a != b || notNumber != nil || n < least || n > most {
					t.Errorf("answer %s %q (%v) while versions %d to %d were current", res.Status, body, err, least, most)
					return
				}
				requests.Add(1)
			}
		})
	}
	for n := 1; n <= saves; n++ {
		started.Store(int64(n))
		a, err := g.api("PUT", "/api/endpoints/"+id, map[string]any{"code": code(n)})
		if err != nil || !a.OK {
			t.Fatalf("save %d: %v %+v", n, err, a)
		}
		finished.Store(int64(n))
		if _, body := g.get("/version"); body != strconv.Itoa(n)+" "+strconv.Itoa(n) {
			t.Fatalf("after save %d the answer is %q", n, body)
		}
	}
	close(stop)
	clients.Wait()
	if requests.Load() < saves {
		t.Errorf("only %d requests were made meanwhile", requests.Load())
	}
}
