package observe_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"gateway/internal/observe"
)

func request(path string, status int, d time.Duration) *observe.Request {
	return &observe.Request{
		ID: "r-1", Method: "GET", Path: path, ClientIP: "192.0.2.7", Start: time.Unix(1_700_000_000, 0), Duration: d,
		Status: status, BytesIn: 10, BytesOut: 20,
	}
}

func TestCountsAreTrueUnderConcurrency(t *testing.T) {
	o := observe.New(observe.Options{Keep: 100})
	e := o.Endpoint("id-1", "hello")
	const workers, each = 8, 500
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := range each {
				e.Begin()
				status := 200
				if i%10 == 0 {
					status = 500
				}
				if w == 0 && i == 0 {
					e.Reject(request("/hello", 503, time.Millisecond))
					continue
				}
				e.End(request("/hello", status, time.Millisecond))
			}
		})
	}
	wg.Wait()
	s := e.Stats()
	if s.Requests != workers*each || s.InFlight != 0 || s.Rejected != 1 {
		t.Fatalf("got %d requests, %d in flight, %d rejected", s.Requests, s.InFlight, s.Rejected)
	}
	if want := uint64(workers * each / 10); s.ByStatus[5] != want || s.ByStatus[2] != workers*each-want {
		t.Fatalf("by status: %v", s.ByStatus)
	}
	if s.Latency.Count != workers*each || s.Latency.Sum != workers*each*time.Millisecond {
		t.Fatalf("latency: %d in %v", s.Latency.Count, s.Latency.Sum)
	}
	if s.BytesIn != 10*workers*each || s.BytesOut != 20*workers*each || s.LogRecords != workers*each {
		t.Fatalf("bytes %d/%d, records %d", s.BytesIn, s.BytesOut, s.LogRecords)
	}
}

func TestTotalsKeepWhatRemovedEndpointsDid(t *testing.T) {
	o := observe.New(observe.Options{})
	for i := range 3 {
		e := o.Endpoint(fmt.Sprint(i), "e")
		e.Begin()
		e.End(request("/", 200, time.Millisecond))
	}
	late := o.Find("2")
	late.Begin()
	o.Remove("1")
	o.Remove("2")
	o.Remove("unknown")
	if s := o.Stats(); s.Requests != 3 || s.InFlight != 1 {
		t.Fatalf("with a request in flight: %+v", s)
	}
	late.End(request("/", 200, time.Millisecond))
	o.Unmatched(404)
	o.Unmatched(7)
	s := o.Stats()
	if s.Requests != 4 || s.Unmatched != 2 || s.Latency.Count != 4 || s.InFlight != 0 {
		t.Fatalf("got %+v", s)
	}
	if o.Find("1") != nil || o.Find("0") == nil {
		t.Fatal("Find after Remove")
	}
}

func TestQuantilesAreWithinABucketOfTheTruth(t *testing.T) {
	o := observe.New(observe.Options{Keep: -1})
	for _, d := range []time.Duration{1, 9_999, 10_000, 10_001, 17 * time.Microsecond, 100 * time.Microsecond,
		999 * time.Microsecond, time.Millisecond, 31 * time.Millisecond, time.Second, 7 * time.Second, 99 * time.Second} {
		e := o.Endpoint(d.String(), "e")
		e.Begin()
		e.End(request("/", 200, d))
		got := e.Stats().Latency.Quantile(0.5)
		if most := max(10*time.Microsecond, d*128/100); got < d || got > most {
			t.Errorf("%v counts as %v, want at most %v", d, got, most)
		}
	}
	e := o.Endpoint("mixed", "e")
	for i := range 100 {
		e.Begin()
		d := time.Millisecond
		if i >= 95 {
			d = time.Second
		}
		e.End(request("/", 200, d))
	}
	l := e.Stats().Latency
	if l.Quantile(0.95) != time.Millisecond || l.Quantile(0.96) != time.Second || l.Quantile(1) != time.Second || l.Quantile(0) != time.Millisecond {
		t.Errorf("quantiles %v %v %v", l.Quantile(0.95), l.Quantile(0.96), l.Quantile(1))
	}
	if want := (95*time.Millisecond + 5*time.Second) / 100; l.Mean() != want {
		t.Errorf("mean %v, want %v", l.Mean(), want)
	}
	if (observe.Latency{}).Quantile(0.5) != 0 || (observe.Latency{}).Mean() != 0 {
		t.Error("an empty histogram has no quantiles")
	}
	e.Begin()
	e.End(request("/", 200, -time.Second))
	e.Begin()
	e.End(request("/", 200, time.Hour))
	if got := e.Stats().Latency.Quantile(1); got != 100*time.Second {
		t.Errorf("an hour counts as %v", got)
	}
}

func TestMetricsAreWhatPrometheusReads(t *testing.T) {
	o := observe.New(observe.Options{})
	o.Endpoint("idle", "idle")
	e := o.Endpoint("id-1", `odd "name"`)
	e.Begin()
	e.End(request("/", 200, 3*time.Millisecond))
	e.Begin()
	e.End(request("/", 404, 300*time.Microsecond))
	e.Begin()
	o.Unmatched(405)

	rec := httptest.NewRecorder()
	o.Metrics().ServeHTTP(rec, httptest.NewRequest("GET", "/metrics", nil))
	body, _ := io.ReadAll(rec.Result().Body)
	for _, want := range []string{
		`gateway_requests_total{endpoint="odd \"name\"",endpoint_id="id-1",status="2xx"} 1`,
		`gateway_requests_total{endpoint="odd \"name\"",endpoint_id="id-1",status="4xx"} 1`,
		`gateway_requests_in_flight{endpoint="odd \"name\"",endpoint_id="id-1"} 1`,
		`gateway_request_duration_seconds_bucket{endpoint="odd \"name\"",endpoint_id="id-1",le="0.00025"} 0`,
		`gateway_request_duration_seconds_bucket{endpoint="odd \"name\"",endpoint_id="id-1",le="0.0005"} 1`,
		`gateway_request_duration_seconds_bucket{endpoint="odd \"name\"",endpoint_id="id-1",le="0.0025"} 1`,
		`gateway_request_duration_seconds_bucket{endpoint="odd \"name\"",endpoint_id="id-1",le="0.005"} 2`,
		`gateway_request_duration_seconds_bucket{endpoint="odd \"name\"",endpoint_id="id-1",le="100"} 2`,
		`gateway_request_duration_seconds_count{endpoint="odd \"name\"",endpoint_id="id-1"} 2`,
		`gateway_unmatched_requests_total{status="4xx"} 1`,
		"go_goroutines ",
	} {
		if !strings.Contains(string(body), want) {
			t.Errorf("missing: %s", want)
		}
	}
	if strings.Contains(string(body), `endpoint="idle"`) {
		t.Error("an endpoint without requests is in the answer")
	}
}

func TestRequestLinesAreForwardedWhereWanted(t *testing.T) {
	for _, wanted := range []bool{false, true} {
		var out bytes.Buffer
		o := observe.New(observe.Options{Log: slog.New(slog.NewJSONHandler(&out, nil)), Requests: wanted})
		e := o.Endpoint("id-1", "hello")
		e.Begin()
		e.End(request("/hello", 200, time.Millisecond))
		if !wanted {
			if out.Len() != 0 {
				t.Errorf("forwarded: %s", &out)
			}
			continue
		}
		var line map[string]any
		if err := json.Unmarshal(out.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		if line["endpoint"] != "hello" || line["path"] != "/hello" || line["status"] != 200.0 || line["request_id"] != "r-1" {
			t.Errorf("forwarded: %v", line)
		}
	}
}
