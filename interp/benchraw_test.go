package interp_test

import (
	"context"
	_ "embed"
	"testing"
	"time"

	yaegi "github.com/traefik/yaegi/interp"

	"gateway"
	"gateway/interp"
	arithmetic "gateway/interp/testdata/arithmetic"
	"gateway/symbols"
)

// methodSource calls methods of its own types about two thousand times a request, by
// value, by pointer and through embedding.
const methodSource = `package handler

import (
	"strconv"

	"gateway"
)

type point struct{ x, y int }

func (p point) plus(q point) point { return point{p.x + q.x, p.y + q.y} }
func (p point) dot(q point) int    { return p.x*q.x + p.y*q.y }

type counter struct{ n int }

func (c *counter) add(n int) { c.n += n }
func (c *counter) get() int  { return c.n }

type path struct {
	counter
	at point
}

func (p *path) step(by point) {
	p.at = p.at.plus(by)
	p.add(p.at.dot(by) % 7)
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	p := &path{}
	for i := 0; i < 500; i++ {
		p.step(point{i % 3, i % 5})
	}
	return gateway.Text(200, strconv.Itoa(p.get())), nil
}
`

// closureSource sorts, filters and maps with function literals, called by compiled code
// and by the script.
const closureSource = `package handler

import (
	"sort"
	"strconv"
	"strings"

	"gateway"
)

type row struct {
	name string
	n    int
}

func filter(rows []row, keep func(row) bool) (kept []row) {
	for _, r := range rows {
		if keep(r) {
			kept = append(kept, r)
		}
	}
	return kept
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	var rows []row
	for i := 0; i < 100; i++ {
		rows = append(rows, row{strconv.Itoa(i), i * 37 % 100})
	}
	sort.Slice(rows, func(i, j int) bool { return rows[i].n < rows[j].n })
	sum := 0
	for _, r := range filter(rows, func(r row) bool { return r.n%2 == 0 }) {
		sum += len(strings.Map(func(c rune) rune { return c + 1 }, r.name)) * r.n
	}
	return gateway.Text(200, strconv.Itoa(sum)), nil
}
`

// arithmeticSource computes.
//
//go:embed testdata/arithmetic/handler.go
var arithmeticSource string

// BenchmarkArithmetic is a handler that computes, BenchmarkMethods one that calls many
// methods, BenchmarkClosures one that calls many function literals: run by yaegi as they are, without deadline, guards or
// anything else of a slot, and by the engine.
func BenchmarkArithmetic(b *testing.B) {
	b.Run("native", func(b *testing.B) {
		ctx, request := gateway.NewContext(context.Background(), nil, ""), &gateway.Request{Path: "/", RequestID: "request"}
		b.ReportAllocs()
		for b.Loop() {
			if r, err := arithmetic.Handle(ctx, request); err != nil || string(r.Body) != "1695" {
				b.Fatal(r, err)
			}
		}
	})
	compareWithYaegi(b, arithmeticSource, "1695")
}

func BenchmarkMethods(b *testing.B) { compareWithYaegi(b, methodSource, "1316") }

func BenchmarkClosures(b *testing.B) { compareWithYaegi(b, closureSource, "4660") }

// compareWithYaegi measures a handler that answers as the compiled one does.
func compareWithYaegi(b *testing.B, source, answer string) {
	request := &gateway.Request{Path: "/", RequestID: "request"}
	b.Run("yaegi", func(b *testing.B) {
		i := yaegi.New(yaegi.Options{})
		exports := yaegi.Exports{}
		for _, path := range []string{"gateway", "sort", "strconv", "strings"} {
			exports[path+"/"+path], _ = symbols.Package(path)
		}
		if err := i.Use(exports); err != nil {
			b.Fatal(err)
		}
		if _, err := i.Eval(source); err != nil {
			b.Fatal(err)
		}
		v, err := i.Eval("handler.Handle")
		if err != nil {
			b.Fatal(err)
		}
		handle := v.Interface().(func(*gateway.Context, *gateway.Request) (*gateway.Response, error))
		ctx := gateway.NewContext(context.Background(), nil, "")
		b.ReportAllocs()
		for b.Loop() {
			if r, err := handle(ctx, request); err != nil || string(r.Body) != answer {
				b.Fatal(r, err)
			}
		}
	})
	b.Run("engine", func(b *testing.B) {
		e := newEngine(b, interp.Options{})
		s := interp.NewSlot(compiled(b, e, source), interp.SlotOptions{})
		defer s.Close(context.Background())
		b.ReportAllocs()
		for b.Loop() {
			result, err := s.Call(context.Background(), interp.Call{Request: request, Timeout: time.Second})
			if err != nil || string(result.Response.Body) != answer {
				b.Fatal(err)
			}
			result.Release()
		}
	})
}
