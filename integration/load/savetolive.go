package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/valyala/fasthttp"
)

// versionScript is a handler that answers with a number in two places, so that an
// answer made of two versions shows.
const versionScript = `package handler

import (
	"strconv"

	"gateway"
)

const version = VERSION

func first() int { return version }

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	return gateway.Text(200, strconv.Itoa(first())+" "+strconv.Itoa(VERSION)), nil
}
`

// longScript is a handler of about two hundred lines that answers in the same way.
//
//go:embed longhandler.txt
var longScript string

// saveToLive saves new code again and again while requests go on, and measures the
// time from the start of each PUT to the first answer of the new code. Every answer
// under load must be whole and of a version saved by then. Without clients nothing
// competes with the save.
func saveToLive(ctx context.Context, bed *testbed, opts options, name, script string) error {
	code := func(n int) string { return strings.ReplaceAll(script, "VERSION", strconv.Itoa(n)) }
	data, err := bed.call(ctx, "POST", "/api/deploy", map[string]any{"name": name, "method": "GET", "path": "/" + name, "code": code(0)})
	if err != nil {
		return err
	}
	var endpoint struct{ ID string }
	if err := json.Unmarshal(data, &endpoint); err != nil {
		return err
	}
	client := &fasthttp.HostClient{Addr: bed.gateway.address, MaxConns: 16}
	defer client.CloseIdleConnections()
	url := "http://" + bed.gateway.address + "/" + name + "?version=1"

	var saved, requests, bad atomic.Int64
	loadCtx, stop := context.WithCancel(ctx)
	var load sync.WaitGroup
	for range opts.clients {
		load.Go(func() {
			for loadCtx.Err() == nil {
				status, body, err := client.Get(nil, url)
				requests.Add(1)
				a, b, ok := strings.Cut(string(body), " ")
				n, notNumber := strconv.Atoi(a)
				if err != nil || status != 200 || !ok || a != b || notNumber != nil || int64(n) > saved.Load()+1 {
					bad.Add(1)
				}
			}
		})
	}
	cpu, err := bed.gateway.cpu()
	var times []time.Duration
	for n := 1; n <= opts.saves && err == nil; n++ {
		start := time.Now()
		if _, err = bed.call(ctx, "PUT", "/api/endpoints/"+endpoint.ID, map[string]any{"code": code(n)}); err != nil {
			break
		}
		want := strconv.Itoa(n) + " " + strconv.Itoa(n)
		var body []byte
		for string(body) != want {
			if _, body, err = client.Get(nil, url); err != nil || ctx.Err() != nil {
				break
			}
		}
		times = append(times, time.Since(start))
		saved.Store(int64(n))
	}
	after, cpuErr := bed.gateway.cpu()
	stop()
	load.Wait()
	if err = errors.Join(err, cpuErr); err != nil {
		return err
	}
	fmt.Printf("save to live, %d lines, %d clients: median %.1f ms, p99 %.1f ms over %d saves; %d requests meanwhile, %d failed or mixed\n",
		strings.Count(script, "\n"), opts.clients, micros(quantile(times, 0.5))/1e3, micros(quantile(times, 0.99))/1e3, len(times), requests.Load(), bad.Load())
	if opts.clients == 0 {
		fmt.Printf("CPU of the gateway: %.1f ms a save\n", micros(after-cpu)/1e3/float64(len(times)))
	}
	if bad.Load() > 0 {
		return fmt.Errorf("%d of %d answers failed or were mixed", bad.Load(), requests.Load())
	}
	return nil
}
