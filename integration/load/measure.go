package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/valyala/fasthttp"
)

// measurement is what one side did in some time.
type measurement struct {
	requests  int
	elapsed   time.Duration
	cpu       time.Duration // of the server's process
	latencies []time.Duration
}

func (m *measurement) add(n measurement) {
	m.requests += n.requests
	m.elapsed += n.elapsed
	m.cpu += n.cpu
	m.latencies = append(m.latencies, n.latencies...)
}

func (m measurement) rate() float64 { return float64(m.requests) / m.elapsed.Seconds() }

// cpuPerRequest is in µs.
func (m measurement) cpuPerRequest() float64 {
	return float64(m.cpu.Nanoseconds()) / 1e3 / float64(m.requests)
}

func (m measurement) String() string {
	return fmt.Sprintf("%12.0f %12.1f %10.0f %10.0f", m.rate(), m.cpuPerRequest(),
		micros(quantile(m.latencies, 0.5)), micros(quantile(m.latencies, 0.99)))
}

func micros(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e3 }

// quantile sorts ds. It is zero for none.
func quantile(ds []time.Duration, q float64) time.Duration {
	if len(ds) == 0 {
		return 0
	}
	slices.Sort(ds)
	return ds[int(q*float64(len(ds)-1))]
}

// measure sends requests over a number of connections, one after the other on
// each, and holds every answer against the wanted one.
func measure(ctx context.Context, server *process, prefix string, h handler, connections int, duration time.Duration) (measurement, error) {
	ctx, cancel := context.WithTimeout(ctx, duration)
	defer cancel()
	var (
		mu      sync.Mutex // guards total and failure
		total   measurement
		failure error
		workers sync.WaitGroup
	)
	before, err := server.cpu()
	if err != nil {
		return measurement{}, err
	}
	start := time.Now()
	client := &fasthttp.HostClient{Addr: server.address, MaxConns: connections}
	defer client.CloseIdleConnections()
	for range connections {
		workers.Go(func() {
			latencies, err := sendUntil(ctx, client, server.address+prefix, h)
			mu.Lock()
			defer mu.Unlock()
			total.requests += len(latencies)
			total.latencies = append(total.latencies, latencies...)
			if err != nil && failure == nil {
				failure = err
				cancel()
			}
		})
	}
	workers.Wait()
	total.elapsed = time.Since(start)
	after, err := server.cpu()
	if err != nil {
		return measurement{}, err
	}
	total.cpu = after - before
	return total, failure
}

func sendUntil(ctx context.Context, client *fasthttp.HostClient, root string, h handler) ([]time.Duration, error) {
	req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(res)
	req.SetRequestURI("http://" + root + h.path)
	req.Header.SetMethod(h.method)
	if h.body != "" {
		req.Header.SetContentType("application/json")
		req.SetBodyString(h.body)
	}
	var latencies []time.Duration
	for ctx.Err() == nil {
		start := time.Now()
		if err := client.Do(req, res); err != nil {
			return latencies, err
		}
		latencies = append(latencies, time.Since(start))
		if got := string(res.Body()); res.StatusCode() != fasthttp.StatusOK || got != h.want {
			return latencies, fmt.Errorf("answer %d %s, want 200 %s", res.StatusCode(), got, h.want)
		}
	}
	return latencies, nil
}
