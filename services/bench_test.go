package services_test

import (
	"context"
	"testing"
	"time"

	"gateway/services"
)

func BenchmarkCall(b *testing.B) {
	kind := testKind(&backend{})
	setting, err := kind.Setting(map[string]any{"host": "h", "workers": 8})
	if err != nil {
		b.Fatal(err)
	}
	a := services.NewActor(kind, setting, services.Environment{Name: "bench"}, services.Timing{})
	defer a.Stop(context.Background())
	if err := a.Await(b.Context()); err != nil {
		b.Fatal(err)
	}
	op := services.Read("nothing")
	nothing := func(context.Context, *driver) (int, error) { return 1, nil }
	ctx, cancel := context.WithTimeout(b.Context(), time.Hour)
	defer cancel()
	b.Run("one caller", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := services.Call(ctx, a, op, nothing); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("many callers", func(b *testing.B) {
		b.ReportAllocs()
		b.SetParallelism(16)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if _, err := services.Call(ctx, a, op, nothing); err != nil {
					b.Error(err)
				}
			}
		})
	})
}
