package interp_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"gateway"
	"gateway/interp"
	"gateway/interp/rt"
)

// raw loads hand-written code: package h has the symbols below.
func rawExports(host rt.Host) map[string]map[string]reflect.Value {
	return map[string]map[string]reflect.Value{
		"h/h": {
			"Ready":    reflect.ValueOf(host.Ready),
			"Go":       reflect.ValueOf(host.Go),
			"Context":  reflect.ValueOf((*gateway.Context)(nil)),
			"Request":  reflect.ValueOf((*gateway.Request)(nil)),
			"Response": reflect.ValueOf((*gateway.Response)(nil)),
			"Text":     reflect.ValueOf(gateway.Text),
			"Stream":   reflect.ValueOf(gateway.Stream),
			"Writer":   reflect.ValueOf((*gateway.StreamWriter)(nil)),
			"Print":    reflect.ValueOf(func(s string) { fmt.Fprintln(host.Stdout(), s) }),
			"Sprint":   reflect.ValueOf(fmt.Sprint),
			"Errorf":   reflect.ValueOf(fmt.Errorf),
			"Sort":     reflect.ValueOf(sort.Slice),
			"Catch": reflect.ValueOf(func(f func()) (s string) {
				defer func() { s = fmt.Sprint(recover()) }()
				f()
				return "nothing"
			}),
			"Sleep":   reflect.ValueOf(time.Sleep),
			"Mutex":   reflect.ValueOf((*sync.Mutex)(nil)),
			"Map":     reflect.ValueOf(strings.Map),
			"Forever": reflect.ValueOf(func() { select {} }),
		},
	}
}

func newEngine(t testing.TB, opts interp.Options) *interp.Engine {
	t.Helper()
	e, err := interp.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := e.Close(ctx); err != nil {
			t.Error("close the engine:", err)
		}
	})
	return e
}

// rawProgram wraps a body of declarations that has a function Handle.
func rawProgram(e *interp.Engine, body string, serial bool) *interp.Program {
	return interp.RawProgram(e, rawSource(body), serial, []string{"Handle"}, rawExports)
}

func rawSource(body string) string {
	return "package main\n\nimport . \"h\"\n\n" + body + "\n\nfunc main() { Ready(\"Handle\", Handle) }\n"
}

func rawInstance(t testing.TB, e *interp.Engine, body string) *interp.Instance {
	t.Helper()
	i, err := rawProgram(e, body, false).Load(context.Background(), interp.LoadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { i.Kill("the test is over") })
	return i
}

const handlerHead = "func Handle(ctx *Context, req *Request) (*Response, error) "

func call(i *interp.Instance, timeout time.Duration) (string, error) {
	result, err := i.Call(context.Background(), interp.Call{Request: &gateway.Request{Path: "/"}, Timeout: timeout})
	if err != nil {
		return "", err
	}
	defer result.Release()
	return string(result.Response.Body), nil
}

func TestCallAnswers(t *testing.T) {
	e := newEngine(t, interp.Options{})
	i := rawInstance(t, e, handlerHead+`{ return Text(200, "hello "+req.Path), nil }`)
	got, err := call(i, time.Second)
	if err != nil || got != "hello /" {
		t.Fatal(got, err)
	}
}

// Yaegi has no step for this and would leave the function there without a word.
func TestStatementWithoutStep(t *testing.T) {
	e := newEngine(t, interp.Options{})
	body := handlerHead + "{\n\tvar n uintptr\n\tn++\n\treturn Text(200, Sprint(n)), nil\n}"
	_, err := rawProgram(e, body, false).Load(t.Context(), interp.LoadOptions{})
	if err == nil || !strings.Contains(err.Error(), "7:2: the interpreter has no step") {
		t.Fatal(err)
	}
}

func TestPanicHasThePlace(t *testing.T) {
	const body = `
func third(a []int, i int) int {
	x := len(a)
	return a[i+x]
}

func second(a []int) int {
	n := a[0] + 1
	return third(a, n) + n
}

func Handle(ctx *Context, req *Request) (*Response, error) {
	a := []int{1, 2}
	switch req.Path {
	case "/sorted":
		Sort(a, func(i, j int) bool { return a[i+10] < a[j] })
	case "/swallowed":
		s := Catch(func() { third(a, 1) })
		return Text(200, s), nil
	case "/recovered":
		return recovered(), nil
	case "/replaced":
		return replaced(), nil
	case "/closure":
		f := func(i int) int { return third(a, i) }
		f(5)
	}
	return Text(200, Sprint(second(a))), nil
}

func recovered() (r *Response) {
	defer func() { r = Text(200, "recovered "+Sprint(recover())) }()
	second([]int{1})
	return nil
}

func replaced() (r *Response) {
	defer func() { panic("the second") }()
	second([]int{1})
	return nil
}`
	e := newEngine(t, interp.Options{})
	i := rawInstance(t, e, body)
	tests := []struct {
		path, want string // the answer or the lines of the panic, innermost first
	}{
		{"/", "8 13 32"},
		{"/sorted", "20 20"},
		{"/swallowed", "runtime error: index out of range [3] with length 2"},
		{"/recovered", "recovered runtime error: index out of range [3] with length 1"},
		{"/replaced", "42 27"},
		{"/closure", "8 29 30"},
		{"/", "8 13 32"},
	}
	for _, test := range tests {
		result, err := i.Call(context.Background(), interp.Call{Request: &gateway.Request{Path: test.path}, Timeout: time.Minute})
		var got string
		var p *interp.PanicError
		switch {
		case errors.As(err, &p):
			for _, f := range p.Stack {
				got += fmt.Sprint(f.Line, " ")
			}
			got = strings.TrimSpace(got)
		case err != nil:
			t.Fatal(err)
		default:
			got = string(result.Response.Body)
		}
		if got != test.want {
			t.Errorf("%s: got %s, want %s", test.path, got, test.want)
		}
	}
}

func TestDeepPanicIsLinear(t *testing.T) {
	const body = `
func down(n int, m map[string]int) int {
	if n == 0 {
		m["a"] = 1
	}
	return down(n-1, m) + 1
}
` + handlerHead + `{ return Text(200, Sprint(down(20000, nil))), nil }`
	e := newEngine(t, interp.Options{})
	i := rawInstance(t, e, body)
	_, err := call(i, time.Minute) // quadratic unwinding would take longer
	var p *interp.PanicError
	if !errors.As(err, &p) {
		t.Fatal(err)
	}
	if p.Stack[0].Line != 8 || p.Stack[1].Line != 10 || p.More < 19000 {
		t.Error(p.Stack[:2], p.More)
	}
}

func TestStackOverflow(t *testing.T) {
	const body = `
func down(n int) int { return down(n+1) + 1 }

func deep() (s string) {
	defer func() { s = Sprint(recover()) }()
	down(0)
	return "not reached"
}
` + handlerHead + `{ if req.Path == "/recover" { return Text(200, deep()), nil }; return Text(200, Sprint(down(0))), nil }`
	e := newEngine(t, interp.Options{MaxStack: 4 << 20})
	i := rawInstance(t, e, body)
	for range 2 {
		_, err := call(i, time.Minute)
		var p *interp.PanicError
		if !errors.As(err, &p) || p.Text != "stack overflow" {
			t.Fatal(err)
		}
		if p.Stack[0].Line != 6 {
			t.Error(p.Stack[0])
		}
	}
}
