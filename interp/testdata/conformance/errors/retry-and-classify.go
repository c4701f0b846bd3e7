package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

type Temporary interface{ Temporary() bool }

type RetryAfter interface {
	error
	RetryAfter() time.Duration
}

type netError struct {
	code int
	temp bool
}

func (e *netError) Error() string { return fmt.Sprintf("net error %d", e.code) }

func (e *netError) Temporary() bool { return e.temp }

type throttled time.Duration

func (t throttled) Error() string { return "throttled" }

func (t throttled) RetryAfter() time.Duration { return time.Duration(t) }

type attemptsError struct {
	n    int
	last error
}

func (a attemptsError) Error() string { return fmt.Sprintf("%d attempts: %v", a.n, a.last) }

func (a attemptsError) Unwrap() error { return a.last }

type Policy struct {
	Max     int
	Base    time.Duration
	Sleep   func(context.Context, time.Duration) error
	slept   []time.Duration
	OnRetry func(n int, err error)
}

func (p *Policy) Do(ctx context.Context, f func(n int) error) error {
	delay := p.Base
	for n := 1; ; n++ {
		err := f(n)
		if err == nil {
			return nil
		}
		var temp Temporary
		var after RetryAfter
		switch {
		case errors.As(err, &after):
			delay = after.RetryAfter()
		case errors.As(err, &temp) && temp.Temporary():
			delay *= 2
		default:
			return fmt.Errorf("permanent: %w", err)
		}
		if n == p.Max {
			return attemptsError{n, err}
		}
		if p.OnRetry != nil {
			p.OnRetry(n, err)
		}
		p.slept = append(p.slept, delay)
		if err := p.Sleep(ctx, delay); err != nil {
			return errors.Join(err, attemptsError{n, context.Cause(ctx)})
		}
	}
}

func main() {
	sleep := func(ctx context.Context, d time.Duration) error { return ctx.Err() }
	script := func(errs ...error) func(int) error {
		return func(n int) error {
			if n <= len(errs) {
				return errs[n-1]
			}
			return nil
		}
	}
	busy := &netError{503, true}
	ctx := context.Background()
	p := &Policy{Max: 4, Base: time.Second, Sleep: sleep, OnRetry: func(n int, err error) { fmt.Print("retry ", n, " after ", err, "; ") }}
	fmt.Println(p.Do(ctx, script(busy, fmt.Errorf("wrapped: %w", throttled(time.Minute)), busy)), p.slept)
	err := p.Do(ctx, script(busy, busy, busy, busy, busy))
	var a attemptsError
	fmt.Println(err, errors.As(err, &a), a.n, errors.Is(err, busy))
	p.OnRetry = nil
	err = p.Do(ctx, script(&netError{404, false}))
	var ne *netError
	fmt.Println(err, errors.As(err, &ne) && ne.code == 404)
	cancelled, cancel := context.WithCancelCause(ctx)
	err = p.Do(cancelled, func(n int) error {
		if n == 2 {
			cancel(fmt.Errorf("user left"))
		}
		return busy
	})
	fmt.Printf("%q %t\n", err.Error(), errors.Is(err, context.Canceled))
}

// Output:
// retry 1 after net error 503; retry 2 after wrapped: throttled; retry 3 after net error 503; <nil> [2s 1m0s 2m0s]
// retry 1 after net error 503; retry 2 after net error 503; retry 3 after net error 503; 4 attempts: net error 503 true 4 true
// permanent: net error 404 true
// "context canceled\n2 attempts: user left" true
