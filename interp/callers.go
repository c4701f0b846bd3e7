package interp

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"unsafe"

	"gateway/interp/internal/stack"
	"gateway/interp/lower"
	"gateway/interp/rt"
)

// What package runtime says about callers.
//
// The stack of a goroutine that runs a script is the interpreter's. A program that
// asks for its callers is therefore given guards that keep the calls under way, and
// functions of package runtime that answer from them: with the author's functions,
// files and lines, and with program counters that stand for nothing but those.
// Other programs do not pay for that.
//
// Calls of compiled code between two functions of the script are left out; frames of
// the runtime are there where programs count on them, below a panic and at the root.

// callTrace keeps the calls under way of one machine.
type callTrace struct {
	mu     sync.Mutex // guards what follows
	stacks map[uintptr]*callStack
	index  map[callPlace]uintptr // to places
	places []*callPlace
}

// callStack are the calls under way in one goroutine, which alone uses it, outermost
// first.
type callStack struct{ calls []tracedCall }

type tracedCall struct {
	g *guard
	// deferring is set on a call of bodyRunner while it runs deferred calls, and
	// panics is where the panic comes from for which it does.
	deferring bool
	panics    []*guard
	value     any
}

// callPlace is a place that a program counter of ours stands for.
type callPlace struct {
	fn, file string
	line     int
}

func newCallTrace() *callTrace {
	return &callTrace{stacks: map[uintptr]*callStack{}, index: map[callPlace]uintptr{}}
}

// traced is call, and keeps the call while it is under way.
func (g *guard) traced(f frame) step {
	s := g.u.trace.enter(g)
	defer g.u.trace.leave(s, len(s.calls)-1)
	return g.call(f)
}

func (t *callTrace) enter(g *guard) *callStack {
	id := stack.G()
	t.mu.Lock()
	s := t.stacks[id]
	if s == nil {
		s = &callStack{}
		t.stacks[id] = s
	}
	t.mu.Unlock()
	s.calls = append(s.calls, tracedCall{g: g})
	return s
}

// stackOf are the calls under way in a goroutine, nil for none.
func (t *callTrace) stackOf(id uintptr) *callStack {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.stacks[id]
}

func (t *callTrace) leave(s *callStack, n int) {
	clear(s.calls[n:])
	s.calls = s.calls[:n]
	if n == 0 {
		t.mu.Lock()
		delete(t.stacks, stack.G())
		t.mu.Unlock()
	}
}

// Deferring is part of [rt.Tracer].
func (i *Instance) Deferring(panicking bool) {
	t := i.unwind.trace
	if t == nil {
		return
	}
	id := stack.G()
	s := t.stackOf(id)
	if s == nil || len(s.calls) == 0 {
		return
	}
	c := &s.calls[len(s.calls)-1]
	c.deferring, c.panics = true, nil
	if !panicking {
		return
	}
	i.unwind.mu.Lock()
	defer i.unwind.mu.Unlock()
	if p := i.unwind.active[id]; p != nil {
		c.panics, c.value = append([]*guard(nil), p.places...), p.value
	}
}

// callers are the frames of the calling goroutine, from the call of the function of
// package runtime that asks.
func (i *Instance) callers() []callPlace {
	s := i.unwind.trace.stackOf(stack.G())
	var list []callPlace
	if s != nil {
		for k := len(s.calls) - 1; k >= 0; k-- {
			c := &s.calls[k]
			switch {
			case i.machine.called(c.g.node) != bodyRunner:
				list = i.appendPlace(list, c.g)
			case !c.deferring: // the body's own place stands for the function already
			case c.panics == nil:
				list = i.appendPlace(list, c.g)
			default:
				list = append(list, i.raising(c)...)
				for _, g := range c.panics {
					if i.machine.called(g.node) != bodyRunner {
						list = i.appendPlace(list, g)
					}
				}
			}
		}
	}
	if n := len(list); i.run != nil && n > 0 && strings.HasPrefix(list[n-1].fn, "main.main") {
		list = append(list, callPlace{"runtime.main", "runtime/proc.go", 1})
	}
	return append(list, callPlace{"runtime.goexit", "runtime/asm.s", 1})
}

// raising are the runtime's frames between a panic and the deferred call.
func (i *Instance) raising(c *tracedCall) []callPlace {
	list := []callPlace{{"runtime.gopanic", "runtime/panic.go", 1}}
	switch {
	case i.machine.called(c.panics[0].node) == "rt_panic":
	case i.runtime.Panicked(c.value).Value == rt.NilDereference:
		list = append(list, callPlace{"runtime.panicmem", "runtime/panic.go", 1}, callPlace{"runtime.sigpanic", "runtime/signal_unix.go", 1})
	default:
		list = append(list, callPlace{"runtime.panicBounds", "runtime/panic.go", 1})
	}
	return list
}

func (i *Instance) appendPlace(list []callPlace, g *guard) []callPlace {
	pos := i.machine.position(g.node)
	if g.forwards(pos.Filename) {
		return list
	}
	name := i.program.names.at(pos.Filename, pos.Line, g.literal)
	if name == "" {
		name = authorsName(g.ident)
	}
	file := pos.Filename
	if file == "" { // of a //line directive
		file = "??"
	}
	return append(list, callPlace{i.program.names.qualified(name, pos.Filename), file, pos.Line})
}

// forwards reports whether the node, which lies in that file, belongs to a function of
// the lowering that calls one of the author's.
func (g *guard) forwards(file string) bool {
	return file == lower.ForwardPlace || strings.HasPrefix(g.ident, "D_") || strings.HasPrefix(g.ident, "W_")
}

// authorsName is the name of a function of lowered code as its author wrote it, as
// far as it can be told: F_main_f is f.
func authorsName(ident string) string {
	if parts := strings.SplitN(ident, "_", 3); len(parts) == 3 {
		return parts[2]
	}
	return ident
}

// Program counters of ours: far from those of compiled code, and so far apart that
// the customary pc-1 is the same place.
const (
	pcBase = uintptr(1) << 62
	pcStep = 16
)

// pc is the program counter that stands for a place.
func (t *callTrace) pc(p callPlace) uintptr {
	t.mu.Lock()
	defer t.mu.Unlock()
	n, ok := t.index[p]
	if !ok {
		n = uintptr(len(t.places))
		t.index[p] = n
		t.places = append(t.places, &p)
	}
	return pcBase + n*pcStep + pcStep/2
}

// place is what a program counter stands for, nil where it is compiled code's.
func (t *callTrace) place(pc uintptr) *callPlace {
	if pc < pcBase {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if n := (pc - pcBase) / pcStep; n < uintptr(len(t.places)) {
		return t.places[n]
	}
	return nil
}

// askCallers are the functions of the standard library that ask for callers, in the
// instance's version. nil where the name is none of them.
func (i *Instance) askCallers(name string) any {
	trace := func() *callTrace { return i.unwind.trace }
	switch name {
	case "runtime.Caller":
		return func(skip int) (pc uintptr, file string, line int, ok bool) {
			list := i.callers()
			if skip < 0 || skip >= len(list) {
				return 0, "", 0, false
			}
			return trace().pc(list[skip]), list[skip].file, list[skip].line, true
		}
	case "runtime.Callers":
		return func(skip int, pcs []uintptr) int {
			list := append([]callPlace{{"runtime.Callers", "runtime/extern.go", 1}}, i.callers()...)
			n := 0
			for k := max(skip, 0); k < len(list) && n < len(pcs); k++ {
				pcs[n] = trace().pc(list[k])
				n++
			}
			return n
		}
	case "runtime.CallersFrames":
		return func(pcs []uintptr) *runtime.Frames { return trace().frames(pcs) }
	case "runtime.FuncForPC":
		return func(pc uintptr) *runtime.Func {
			if p := i.functions.place(pc); p != nil {
				return p.function(pc)
			}
			if p := trace().place(pc); p != nil {
				return p.function(pc)
			}
			return runtime.FuncForPC(pc)
		}
	case "runtime.Stack":
		return func(buf []byte, all bool) int { return copy(buf, i.stackText()) }
	case "runtime/debug.Stack":
		return func() []byte { return []byte(i.stackText()) }
	case "runtime/debug.PrintStack":
		return func() { fmt.Fprint(i.Stderr(), i.stackText()) }
	}
	return nil
}

// stackText is the stack of the calling goroutine as the runtime prints it.
func (i *Instance) stackText() string {
	var b strings.Builder
	b.WriteString("goroutine 1 [running]:\n")
	for _, p := range i.callers() {
		if p.fn == "runtime.goexit" || p.fn == "runtime.main" {
			continue
		}
		args := "(...)"
		if p.fn == "main.main" {
			args = "()"
		}
		fmt.Fprintf(&b, "%s%s\n\t%s:%d +0x1d\n", p.fn, args, p.file, p.line)
	}
	return b.String()
}

// frames is runtime.CallersFrames.
func (t *callTrace) frames(pcs []uintptr) *runtime.Frames {
	list := []runtime.Frame{}
	for _, pc := range pcs {
		if p := t.place(pc); p != nil {
			list = append(list, runtime.Frame{
				PC: pc, Func: p.function(pc), Function: p.fn, File: p.file, Line: p.line, Entry: pc &^ (pcStep - 1),
			})
			continue
		}
		for compiled, more := runtime.CallersFrames([]uintptr{pc}), true; more; {
			var f runtime.Frame
			if f, more = compiled.Next(); f.PC != 0 {
				list = append(list, f)
			}
		}
	}
	frames := new(runtime.Frames)
	*at[[]runtime.Frame](reflect.ValueOf(frames).UnsafePointer(), framesOffset) = list
	return frames
}

// framesOffset is where runtime.Frames keeps what Next returns.
var framesOffset = func() uintptr {
	f, ok := reflect.TypeFor[runtime.Frames]().FieldByName("frames")
	if !ok || f.Type != reflect.TypeFor[[]runtime.Frame]() {
		panic("runtime.Frames is not as in Go 1.26")
	}
	return f.Offset
}()

// inlinedFunc is runtime.funcinl of Go 1.26: what a *runtime.Func points to that
// stands for a call the compiler inlined, and so for code that has no address.
type inlinedFunc struct {
	ones            uint32 // all set
	entry           uintptr
	name, file      string
	line, startLine int32
}

// function is the place as FuncForPC gives it.
func (p *callPlace) function(pc uintptr) *runtime.Func {
	return (*runtime.Func)(unsafe.Pointer(&inlinedFunc{
		ones: ^uint32(0), entry: pc &^ (pcStep - 1), name: p.fn, file: p.file, line: int32(p.line), startLine: int32(p.line),
	}))
}
