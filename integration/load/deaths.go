package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"

	"github.com/valyala/fasthttp"
)

// deaths kills the process that serves the gateway's endpoints again and again, and measures
// the time to the first answer of the next one. Every request after the kill must be answered.
// Between two kills the process serves for long enough that its death is not one of a row.
func deaths(ctx context.Context, bed *testbed, count int) error {
	const serves = 11 * time.Second
	h := handlers[0]
	if err := bed.deploy(ctx, h.name, h.method, h.path, h.script); err != nil {
		return err
	}
	url := "http://" + bed.gateway.address + h.path
	var times []time.Duration
	for range count {
		select {
		case <-time.After(serves):
		case <-ctx.Done():
			return ctx.Err()
		}
		children, err := bed.gateway.children()
		if err != nil || len(children) != 1 {
			return errors.Join(fmt.Errorf("the gateway has %d child processes, want 1", len(children)), err)
		}
		start := time.Now()
		server, err := os.FindProcess(children[0])
		if err != nil {
			return err
		}
		if err := server.Kill(); err != nil {
			return err
		}
		// The kernel takes a moment to end the process, and until then may give it connections.
		for answered := false; !answered; {
			client := &fasthttp.Client{MaxIdemponentCallAttempts: 1}
			status, _, err := client.Get(nil, url)
			client.CloseIdleConnections()
			answered = err == nil && status == fasthttp.StatusOK && server.Signal(syscall.Signal(0)) != nil
			if err != nil && errors.Is(err, syscall.ECONNREFUSED) {
				return err
			}
		}
		times = append(times, time.Since(start))
	}
	fmt.Printf("death to answer: median %.1f ms, longest %.1f ms of %d\n", micros(quantile(times, 0.5))/1e3, micros(quantile(times, 1))/1e3, len(times))
	return nil
}
