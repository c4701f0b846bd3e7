package rt_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"gateway/interp/lower"
	"gateway/interp/rt"
	"gateway/interp/rtype"
)

// host is an instance that runs nothing but what the test calls.
type host struct {
	done           chan struct{}
	stdout, stderr bytes.Buffer
	wg             sync.WaitGroup
	mu             sync.Mutex // guards panics
	panics         []*rt.Panic
	ready          map[string]any
}

func (h *host) Done() <-chan struct{}     { return h.done }
func (h *host) Ready(name string, fn any) { h.ready[name] = fn }
func (h *host) Park()                     {}
func (h *host) Label()                    {}
func (h *host) Go(fn func())              { h.wg.Go(fn) }
func (h *host) Stdout() io.Writer         { return &h.stdout }
func (h *host) Stderr() io.Writer         { return &h.stderr }
func (h *host) Panicked(p *rt.Panic) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.panics = append(h.panics, p)
}

var _ rt.Host = (*host)(nil)

// helpers gives the functions that lowered code calls.
type helpers struct {
	t    *testing.T
	host *host
	rt   *rt.Runtime
	m    map[string]reflect.Value
}

func newHelpers(t *testing.T) *helpers {
	t.Helper()
	table := rtype.NewTable(func(string, string) reflect.Type { return nil })
	table.Freeze()
	set, err := table.Instantiate()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(set.Release)
	h := &host{done: make(chan struct{}), ready: map[string]any{}}
	r := rt.New(h, &lower.Program{Table: table}, set)
	exports, err := r.Exports()
	if err != nil {
		t.Fatal(err)
	}
	return &helpers{t, h, r, exports[lower.ImportPath+"/"+lower.ImportPath]}
}

func helper[F any](h *helpers, name string) F {
	h.t.Helper()
	f, ok := h.m[name].Interface().(F)
	if !ok {
		h.t.Fatalf("%s is a %s", name, h.m[name].Type())
	}
	return f
}

// call calls a helper whose type the test cannot name.
func (h *helpers) call(name string, args ...any) any {
	in := make([]reflect.Value, len(args))
	for i, a := range args {
		in[i] = reflect.ValueOf(a)
		if !in[i].IsValid() {
			in[i] = reflect.Zero(reflect.TypeFor[any]())
		}
	}
	out := h.m[name].Call(in)
	if len(out) == 0 {
		return nil
	}
	return out[0].Interface()
}

func TestDeferredCallsRunLikeGos(t *testing.T) {
	h := newHelpers(t)
	errBoom := errors.New("boom")
	tests := []struct {
		name  string
		body  func(push func(func()), recover func() any)
		trace string
		panic any
	}{
		{"return", func(push func(func()), _ func() any) {
			push(func() { fmt.Fprint(&h.host.stdout, "a ") })
			push(func() { fmt.Fprint(&h.host.stdout, "b ") })
		}, "b a ", nil},
		{"panic", func(push func(func()), _ func() any) {
			push(func() { fmt.Fprint(&h.host.stdout, "a ") })
			panic(errBoom)
		}, "a ", errBoom},
		{"recover", func(push func(func()), recover func() any) {
			push(func() { fmt.Fprint(&h.host.stdout, recover(), " ") })
			push(func() { fmt.Fprint(&h.host.stdout, recover(), " ") })
			panic(errBoom)
		}, "boom <nil> ", nil},
		{"replace", func(push func(func()), recover func() any) {
			push(func() { fmt.Fprint(&h.host.stdout, "still ") })
			push(func() { panic("second") })
			panic(errBoom)
		}, "still ", "second"},
		{"recover the second", func(push func(func()), recover func() any) {
			push(func() { fmt.Fprint(&h.host.stdout, recover(), " ") })
			push(func() { panic("second") })
			panic(errBoom)
		}, "second ", nil},
		{"panic after recover", func(push func(func()), recover func() any) {
			push(func() { recover(); panic("third") })
			panic(errBoom)
		}, "", "third"},
		{"a call that defers", func(push func(func()), recover func() any) {
			push(func() { push(func() { fmt.Fprint(&h.host.stdout, "late ") }) })
		}, "late ", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h.host.stdout.Reset()
			got := func() (v any) {
				defer func() { v = recover() }()
				h.call("rt_run", func(d *rt.Defers) {
					test.body(
						func(f func()) { h.call("rt_defer", d, f) },
						func() any { return h.call("rt_recover", d) })
				})
				return nil
			}()
			if got != test.panic || h.host.stdout.String() != test.trace {
				t.Errorf("printed %q and panicked with %v, want %q and %v", h.host.stdout.String(), got, test.trace, test.panic)
			}
		})
	}
}

func TestDeferredArguments(t *testing.T) {
	h := newHelpers(t)
	var got []string
	show := func(prefix string, err error, rest ...int) { got = append(got, fmt.Sprint(prefix, err, rest)) }
	var mu sync.Mutex
	mu.Lock()
	var b strings.Builder
	h.call("rt_run", func(d *rt.Defers) {
		h.call("rt_defer", d, show, "a", nil, []int{1, 2})
		h.call("rt_deferMethod", d, &mu, "Unlock")
		h.call("rt_deferMethod", d, &b, "WriteString", "written")
	})
	if len(got) != 1 || got[0] != "a<nil> [1 2]" || !mu.TryLock() || b.String() != "written" {
		t.Error(got, b.String())
	}
}

func TestGoexitRunsDeferredCalls(t *testing.T) {
	h := newHelpers(t)
	ran, after := false, false
	done := make(chan struct{})
	go func() {
		defer close(done)
		h.call("rt_run", func(d *rt.Defers) {
			h.call("rt_defer", d, func() { ran = h.call("rt_recover", d) == nil })
			runtime.Goexit()
		})
		after = true
	}()
	<-done
	if !ran || after {
		t.Errorf("deferred call ran: %v; code after it: %v", ran, after)
	}
}

func TestPanicsInGoroutinesAreReported(t *testing.T) {
	h := newHelpers(t)
	h.call("rt_go", func(n int, err error) { panic(fmt.Sprint("go ", n, err)) }, 3, nil)
	guarded := helper[func(func()) func()](h, "rt_guarded")(func() { panic("guarded") })
	guarded()
	var wg sync.WaitGroup
	h.call("rt_waitGroupGo", &wg, func() { panic("group") })
	wg.Wait()
	h.host.wg.Wait()
	var texts []string
	for _, p := range h.host.panics {
		texts = append(texts, p.Text)
	}
	for _, want := range []string{"go 3 <nil>", "guarded", "group"} {
		if !strings.Contains(strings.Join(texts, ","), want) {
			t.Errorf("%q is not among %q", want, texts)
		}
	}
	if v := recovered(func() { h.call("rt_go", (func())(nil)) }); v == nil {
		t.Error("go of a nil function does not panic")
	}
}

func recovered(f func()) (v any) {
	defer func() { v = recover() }()
	f()
	return nil
}

func TestSelect(t *testing.T) {
	h := newHelpers(t)
	sel := helper[func(bool, ...any) (int, any, bool)](h, "rt_select")
	full, empty, closed := make(chan int, 1), make(chan string, 1), make(chan error)
	full <- 7
	close(closed)
	if i, v, ok := sel(false, false, empty, nil, false, full, nil); i != 1 || v != 7 || !ok {
		t.Error(i, v, ok)
	}
	if i, v, ok := sel(true, false, full, nil); i != -1 || v != nil || ok {
		t.Error("default:", i, v, ok)
	}
	if i, _, _ := sel(false, true, empty, "x"); i != 0 || <-empty != "x" {
		t.Error("send:", i)
	}
	if i, v, ok := sel(false, false, closed, nil); i != 0 || v != nil || ok {
		t.Error("closed:", i, v, ok)
	}
	var none chan int
	if i, _, _ := sel(true, true, none, 1, false, none, nil); i != -1 {
		t.Error("nil channels:", i)
	}
	close(h.host.done)
	if i, _, _ := sel(false, false, none, nil); i != -2 {
		t.Error("stopped instance:", i)
	}
}

func TestSendEndsWithTheInstance(t *testing.T) {
	h := newHelpers(t)
	ended := make(chan struct{})
	go func() {
		h.call("rt_send", make(chan error), nil)
		close(ended)
	}()
	close(h.host.done)
	select {
	case <-ended:
	case <-time.After(time.Minute):
		t.Fatal("send goes on")
	}
	c := make(chan error, 1)
	h.call("rt_send", c, nil)
	if len(c) != 1 {
		t.Error("nil was not sent")
	}
}

// TestPanicValues compares panics of package reflect, as the interpreter has
// them, with what compiled code says.
func TestPanicValues(t *testing.T) {
	h := newHelpers(t)
	var p *struct{ N int }
	s, zero, five := []int{1, 2, 3}, 0, 5
	tests := []struct {
		name              string
		reflect, compiled func()
	}{
		{"nil dereference", func() { _ = reflect.ValueOf(p).Elem().Field(0) }, func() { _ = p.N }},
		{"nil function", func() { reflect.ValueOf((func())(nil)).Call(nil) }, func() { var f func(); f() }},
		{"negative length", func() { reflect.MakeSlice(reflect.TypeOf(s), -five, -five) }, func() { _ = make([]int, -five) }},
		{"array of a slice", func() { reflect.ValueOf(s).Convert(reflect.TypeFor[[4]int]()) }, func() { _ = [4]int(s) }},
		{"pointer to array of a slice", func() { reflect.ValueOf(s).Convert(reflect.TypeFor[*[4]int]()) }, func() { _ = (*[4]int)(s) }},
		{"nil map", func() { reflect.ValueOf(map[int]int(nil)).SetMapIndex(reflect.ValueOf(1), reflect.ValueOf(1)) },
			//lint:ignore SA5000 the panic is what is looked at
			func() { var m map[int]int; m[1] = 1 }},
		{"division", func() { _ = 1 / zero }, func() { _ = 1 / zero }},
		{"the script's reflection", func() { _ = reflect.ValueOf(nil).Type() }, func() { _ = reflect.ValueOf(nil).Type() }},
		{"the script's index", func() { reflect.ValueOf(s).Index(five) }, func() { reflect.ValueOf(s).Index(five) }},
		{"append", func() { reflect.Append(reflect.ValueOf(make([]struct{}, math.MaxInt)), reflect.ValueOf(struct{}{})) },
			func() { _ = append(make([]struct{}, math.MaxInt), struct{}{}) }},
		{"other value", func() { panic(s) }, func() { panic("[1 2 3]") }},
	}
	for _, test := range tests {
		got, want := h.rt.Panicked(recovered(test.reflect)).Value, recovered(test.compiled)
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: got %v, want %v", test.name, got, want)
		}
		_, isError := want.(runtime.Error)
		if _, ok := got.(runtime.Error); ok != isError {
			t.Errorf("%s: %T is a runtime.Error: %v", test.name, got, ok)
		}
	}
}

func TestPanicText(t *testing.T) {
	h := newHelpers(t)
	type myString string
	type myInt int8
	tests := []struct {
		value any
		want  string
	}{
		{"text", "text"},
		{errors.New("err"), "err"},
		{42, "42"},
		{1.5, "1.5"},
		{true, "true"},
		{myInt(3), "rt_test.myInt(3)"},
		{myString("s"), `rt_test.myString("s")`},
		{time.Second, "1s"},
	}
	for _, test := range tests {
		if got := h.rt.Panicked(test.value).Text; got != test.want {
			t.Errorf("%v: got %q, want %q", test.value, got, test.want)
		}
	}
}

func TestPrintLikeTheRuntime(t *testing.T) {
	h := newHelpers(t)
	printLine := helper[func(...any)](h, "rt_println")
	marked := helper[func(any) any](h, "rt_interface")
	printLine(1, int8(-2), uint64(1<<63), 1.5, float32(0.1), 2+3i, true, "s", marked(nil), []int(nil), (*int)(nil))
	helper[func(...any)](h, "rt_print")("a", 1, "b")
	want := "1 -2 9223372036854775808 1.5 0.1 (2+3i) true s (0x0,0x0) [0/0]0x0 0x0\na1b"
	if got := h.host.stderr.String(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestStrings(t *testing.T) {
	h := newHelpers(t)
	const s = "aé\xff日"
	var wantKeys []int
	var wantValues []rune
	for i, r := range s {
		wantKeys, wantValues = append(wantKeys, i), append(wantValues, r)
	}
	values, keys := helper[func(string) ([]rune, []int)](h, "rt_runesAt")(s)
	if fmt.Sprint(keys, values) != fmt.Sprint(wantKeys, wantValues) {
		t.Error(keys, values)
	}
	if got := helper[func(string) []rune](h, "rt_runes")(s); fmt.Sprint(got) != fmt.Sprint(wantValues) {
		t.Error(got)
	}
	if got := helper[func(any) float32](h, "rt_float32")(int64(1<<53 + 1<<29 + 1)); got != float32(int64(1<<53+1<<29+1)) {
		t.Error("rounded twice:", got)
	}
}

func TestMainEndsWithItsOutput(t *testing.T) {
	h := newHelpers(t)
	ran := false
	h.call("rt_ready", "main", func() { ran = true })
	h.host.ready["main"].(func())()
	if !ran {
		t.Error("main was not called")
	}
}
