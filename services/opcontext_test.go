package services_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"gateway"
	"gateway/services"
)

// TestContextOfAnOperation: drivers get a context that behaves as any other.
func TestContextOfAnOperation(t *testing.T) {
	type key struct{}
	synctest.Test(t, func(t *testing.T) {
		a := active(t, &backend{}, nil)
		request, cancel := context.WithTimeout(context.WithValue(t.Context(), key{}, "value"), 10*time.Second)
		defer cancel()
		began := time.Now()
		afterwards := make(chan struct{})
		_, err := services.Call(request, a, services.Read("x"), func(ctx context.Context, _ *driver) (int, error) {
			if end, ok := ctx.Deadline(); !ok || end.Sub(began) != 9750*time.Millisecond {
				t.Errorf("deadline after %v, %v", end.Sub(began), ok)
			}
			if ctx.Value(key{}) != "value" || ctx.Err() != nil {
				t.Errorf("value %v, error %v", ctx.Value(key{}), ctx.Err())
			}
			child, cancel := context.WithCancel(ctx)
			defer cancel()
			if stop := context.AfterFunc(ctx, func() { t.Error("called though stopped") }); !stop() {
				t.Error("stop came too late")
			}
			context.AfterFunc(ctx, func() { close(afterwards) })
			<-child.Done()
			if !errors.Is(child.Err(), context.DeadlineExceeded) || !errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
				t.Errorf("child ended with %v, cause %v", child.Err(), context.Cause(ctx))
			}
			<-afterwards
			return 0, ctx.Err()
		})
		wantCode(t, err, gateway.ErrTimeout)

		// What is done is over, also for those who kept its context.
		var kept context.Context
		if _, err := services.Call(t.Context(), a, services.Read("x"), func(ctx context.Context, _ *driver) (int, error) {
			kept = ctx
			return 0, nil
		}); err != nil {
			t.Error(err)
		}
		<-kept.Done()
		late := make(chan struct{})
		context.AfterFunc(kept, func() { close(late) })
		<-late
	})
}

// TestEndOfRequestEndsTheOperation: a cancelled request ends what is done for it.
func TestEndOfRequestEndsTheOperation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := active(t, &backend{}, nil)
		request, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		_, err := services.Call(request, a, services.Read("x"), func(ctx context.Context, _ *driver) (int, error) {
			<-ctx.Done()
			return 0, ctx.Err()
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
	})
}
