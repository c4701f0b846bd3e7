package interp_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gateway"
	"gateway/interp"
)

const helloBody = handlerHead + `{
	return Text(200, "hello "+req.Path), nil
}`

func nativeHello(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	return gateway.Text(200, "hello "+req.Path), nil
}

// BenchmarkCall is a hello handler: native, interpreted on one instance, and through
// a slot with a deadline, as the gateway calls it.
func BenchmarkCall(b *testing.B) {
	e := newEngine(b, interp.Options{})
	req := &gateway.Request{Path: "/"}
	b.Run("native", func(b *testing.B) {
		b.ReportAllocs()
		ctx := gateway.NewContext(context.Background(), nil, "")
		for b.Loop() {
			nativeHello(ctx, req)
		}
	})
	b.Run("instance", func(b *testing.B) {
		b.ReportAllocs()
		i := rawInstance(b, e, helloBody)
		for b.Loop() {
			if _, err := i.Call(context.Background(), interp.Call{Request: req}); err != nil {
				b.Fatal(err)
			}
		}
	})
	s := interp.NewSlot(rawProgram(e, helloBody, false), interp.SlotOptions{})
	b.Run("slot", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := s.Call(context.Background(), interp.Call{Request: req, Timeout: time.Second}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("slot/parallel", func(b *testing.B) {
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if _, err := s.Call(context.Background(), interp.Call{Request: req, Timeout: time.Second}); err != nil {
					b.Error(err)
					return
				}
			}
		})
	})
	s.Close(context.Background())
}

func BenchmarkPanic(b *testing.B) {
	e := newEngine(b, interp.Options{})
	for _, depth := range []int{1, 10, 100, 1000} {
		b.Run(fmt.Sprint("depth/", depth), func(b *testing.B) {
			i := rawInstance(b, e, fmt.Sprintf(`
func down(n int) int {
	if n == 0 {
		panic("bottom")
	}
	return down(n-1) + 1
}
%s{ down(%d); return nil, nil }`, handlerHead, depth))
			for b.Loop() {
				i.Call(context.Background(), interp.Call{Request: &gateway.Request{}})
			}
		})
	}
}

// BenchmarkPin is a pin and its release.
func BenchmarkPin(b *testing.B) {
	e := newEngine(b, interp.Options{})
	s := interp.NewSlot(rawProgram(e, helloBody, false), interp.SlotOptions{})
	defer s.Close(context.Background())
	if err := s.Load(context.Background()); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if !s.Pin() {
			b.Fatal("nothing is loaded")
		}
	}
}
