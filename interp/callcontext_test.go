package interp_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"gateway/interp"
)

// TestCallContext compares a call's context with one of package context that has the
// same parent and deadline, whatever is asked of it first.
func TestCallContext(t *testing.T) {
	type key struct{}
	ask := map[string]func(context.Context){
		"nothing": func(context.Context) {},
		"err":     func(c context.Context) { c.Err() },
		"done":    func(c context.Context) { c.Done() },
		"value":   func(c context.Context) { c.Value(key{}) },
	}
	ends := map[string]func(cancel, cancelParent context.CancelFunc){
		"none":     func(_, _ context.CancelFunc) {},
		"cancel":   func(cancel, _ context.CancelFunc) { cancel() },
		"parent":   func(_, parent context.CancelFunc) { parent() },
		"deadline": func(_, _ context.CancelFunc) { time.Sleep(2 * time.Second) },
		"deadline, then cancel": func(cancel, _ context.CancelFunc) {
			time.Sleep(2 * time.Second)
			cancel()
		},
	}
	for asked, ask := range ask {
		for ended, end := range ends {
			t.Run(asked+"/"+ended, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					parent, cancelParent := context.WithCancel(context.WithValue(context.Background(), key{}, "value"))
					defer cancelParent()
					got, cancel := interp.CallContext(parent, time.Second)
					want, cancelWant := context.WithTimeout(parent, time.Second)
					defer cancelWant()
					defer cancel()
					ask(got)
					end(func() { cancel(); cancelWant() }, cancelParent)
					synctest.Wait()
					ask(got)
					child, stop := context.WithCancel(got)
					defer stop()
					synctest.Wait()
					for _, c := range []context.Context{got, child} {
						// Without anybody who watches it, a deadline that has passed is first seen when asked.
						if err := c.Err(); !errors.Is(err, want.Err()) && !(ended == "deadline, then cancel" && err == context.Canceled) {
							t.Errorf("error %v, want %v", err, want.Err())
						}
						select {
						case <-c.Done():
							if want.Err() == nil {
								t.Error("it is done")
							}
						default:
							if want.Err() != nil {
								t.Error("it is not done")
							}
						}
						if c.Value(key{}) != "value" {
							t.Error("the parent's value is missing")
						}
					}
					if first := got.Err(); first != got.Err() {
						t.Error("the error changes")
					}
				})
			})
		}
	}
}
