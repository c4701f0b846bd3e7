package interp_test

import (
	"context"
	"encoding/json"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"gateway"
	"gateway/interp"
)

// The handlers below are benchmarked interpreted, from the source text beside each,
// and compiled.

const helloSource = `package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	return gateway.Text(200, "hello "+req.QueryParam("name")), nil
}
`

func compiledHello(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	return gateway.Text(200, "hello "+req.QueryParam("name")), nil
}

const orderSource = `package handler

import "gateway"

type item struct {
	Name  string  ` + "`json:\"name\"`" + `
	Price float64 ` + "`json:\"price\"`" + `
	Count int     ` + "`json:\"count\"`" + `
}

type order struct {
	Customer string ` + "`json:\"customer\"`" + `
	Items    []item ` + "`json:\"items\"`" + `
}

type receipt struct {
	Customer string  ` + "`json:\"customer\"`" + `
	Total    float64 ` + "`json:\"total\"`" + `
	Lines    int     ` + "`json:\"lines\"`" + `
}

func (o order) total() float64 {
	sum := 0.0
	for _, i := range o.Items {
		sum += i.Price * float64(i.Count)
	}
	return sum
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	var o order
	if err := req.JSON(&o); err != nil {
		return nil, err
	}
	if o.Customer == "" {
		return nil, gateway.ErrBadRequest.New("customer is missing")
	}
	return gateway.OK(receipt{Customer: o.Customer, Total: o.total(), Lines: len(o.Items)}), nil
}
`

type item struct {
	Name  string  `json:"name"`
	Price float64 `json:"price"`
	Count int     `json:"count"`
}

type order struct {
	Customer string `json:"customer"`
	Items    []item `json:"items"`
}

type receipt struct {
	Customer string  `json:"customer"`
	Total    float64 `json:"total"`
	Lines    int     `json:"lines"`
}

func (o order) total() float64 {
	sum := 0.0
	for _, i := range o.Items {
		sum += i.Price * float64(i.Count)
	}
	return sum
}

func compiledOrder(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	var o order
	if err := req.JSON(&o); err != nil {
		return nil, err
	}
	if o.Customer == "" {
		return nil, gateway.ErrBadRequest.New("customer is missing")
	}
	return gateway.OK(receipt{Customer: o.Customer, Total: o.total(), Lines: len(o.Items)}), nil
}

func orderRequest(b *testing.B) *gateway.Request {
	o := order{Customer: "Ada"}
	for range 10 {
		o.Items = append(o.Items, item{Name: "a thing of some kind", Price: 9.5, Count: 3})
	}
	body, err := json.Marshal(o)
	if err != nil {
		b.Fatal(err)
	}
	return &gateway.Request{Method: "POST", Path: "/orders", Body: body, RequestID: "request"}
}

func compiled(b testing.TB, e *interp.Engine, source string) *interp.Program {
	b.Helper()
	p, err := e.Compile(context.Background(), handlerSource(source))
	if err != nil {
		b.Fatal(err)
	}
	return p
}

// BenchmarkHandler is a call of each handler, compiled and interpreted.
func BenchmarkHandler(b *testing.B) {
	tests := []struct {
		name, source string
		native       func(*gateway.Context, *gateway.Request) (*gateway.Response, error)
		request      *gateway.Request
	}{
		{"hello", helloSource, compiledHello, &gateway.Request{Path: "/", RequestID: "request"}},
		{"order", orderSource, compiledOrder, orderRequest(b)},
	}
	e := newEngine(b, interp.Options{})
	for _, test := range tests {
		b.Run(test.name+"/compiled", func(b *testing.B) {
			b.ReportAllocs()
			ctx := gateway.NewContext(context.Background(), nil, "")
			for b.Loop() {
				if _, err := test.native(ctx, test.request); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(test.name+"/interpreted", func(b *testing.B) {
			b.ReportAllocs()
			s := interp.NewSlot(compiled(b, e, test.source), interp.SlotOptions{})
			defer s.Close(context.Background())
			for b.Loop() {
				result, err := s.Call(context.Background(), interp.Call{Request: test.request, Timeout: time.Second, Overdue: func(error) {}})
				if err != nil {
					b.Fatal(err)
				}
				result.Release()
			}
		})
	}
}

// sources are what the benchmarks of saving compile and load: two small handlers, and
// one of about two hundred lines.
func sources(b *testing.B) map[string]string {
	b.Helper()
	long, err := os.ReadFile("../integration/load/longhandler.txt")
	if err != nil {
		b.Fatal(err)
	}
	return map[string]string{"hello": helloSource, "order": orderSource, "shop": strings.ReplaceAll(string(long), "VERSION", "1")}
}

// BenchmarkCompile is check and lowering.
func BenchmarkCompile(b *testing.B) {
	e := newEngine(b, interp.Options{})
	for name, source := range sources(b) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				compiled(b, e, source)
			}
		})
	}
}

// BenchmarkLoad is the making of an instance.
func BenchmarkLoad(b *testing.B) {
	e := newEngine(b, interp.Options{})
	for name, source := range sources(b) {
		b.Run(name, func(b *testing.B) {
			p := compiled(b, e, source)
			b.ReportAllocs()
			for b.Loop() {
				i, err := p.Load(context.Background(), interp.LoadOptions{})
				if err != nil {
					b.Fatal(err)
				}
				i.Kill("the benchmark goes on")
			}
		})
	}
}

// BenchmarkThousandInstances says what an instance keeps on the heap.
func BenchmarkThousandInstances(b *testing.B) {
	e := newEngine(b, interp.Options{})
	for name, source := range map[string]string{"hello": helloSource, "order": orderSource} {
		b.Run(name, func(b *testing.B) {
			p := compiled(b, e, source)
			for b.Loop() {
				before := heap()
				instances := make([]*interp.Instance, 1000)
				for k := range instances {
					i, err := p.Load(context.Background(), interp.LoadOptions{})
					if err != nil {
						b.Fatal(err)
					}
					instances[k] = i
				}
				b.ReportMetric(float64(heap()-before)/1000/1024, "KiB/instance")
				for _, i := range instances {
					i.Kill("the benchmark goes on")
				}
			}
		})
	}
}

// heap is how many bytes are alive.
func heap() uint64 {
	runtime.GC()
	runtime.GC() // what a sync.Pool held
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkSwap is a load and a swap.
func BenchmarkSwap(b *testing.B) {
	e := newEngine(b, interp.Options{})
	p := compiled(b, e, helloSource)
	s := interp.NewSlot(p, interp.SlotOptions{})
	defer s.Close(context.Background())
	b.ReportAllocs()
	for b.Loop() {
		i, err := s.Prepare(context.Background(), p)
		if err != nil {
			b.Fatal(err)
		}
		s.Swap(p, i)
	}
}
