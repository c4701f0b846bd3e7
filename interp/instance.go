package interp

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"runtime/pprof"
	"sync"
	"sync/atomic"
	"time"

	"gateway"
	"gateway/interp/rt"
	"gateway/interp/rtype"
)

// An Instance is one interpreter that has loaded a program. It is safe for
// concurrent use.
//
// It lives until it is killed or closed, and even then what it runs may take a
// moment to end, or never does: see [Instance.Running].
type Instance struct {
	program *Program
	log     *slog.Logger
	output  output

	machine *machine
	unwind  *unwinder
	runtime *rt.Runtime
	types   *rtype.Types
	run     *programRun    // of a program that is run like a command; else nil
	entries map[string]any // what the program handed out, complete after load
	// direct are those of them that can be called without package reflect.
	direct map[string]*entry
	// handlers are the entries that are handlers, complete after load.
	handlers map[string]handlerFunc
	only     handlerFunc // the one of a program that has one
	// asksCallers says that the program calls something like runtime.Caller.
	asksCallers bool
	functions   functionPointers
	// logged are the places of what is being logged, for handlers of log/slog.
	logged loggedPlaces

	// pins counts the calls that hold the instance; retired is added to it when no
	// more are taken, and the one that brings it down to retired ends the instance.
	pins atomic.Int64
	// parts counts what still runs: the instance itself until it is stopped, each
	// call and each goroutine of the script. The last one closes gone.
	parts atomic.Int64
	gone  chan struct{}

	// turn is held by the one call of a serial program that runs; nil otherwise.
	turn    chan struct{}
	waiting atomic.Int64 // calls that wait for it

	reason  atomic.Pointer[string] // why it was killed or stopped; set before the machine stops
	calls   callList
	numbers counters
	// owner, once set, is told when the instance ends and counts its panics.
	owner atomic.Pointer[Slot]
	// used is set by every call; the owner clears it to find out who is idle.
	used atomic.Bool
}

// retired marks in Instance.pins that no more calls are taken.
const retired = 1 << 40

var (
	_ rt.Host    = (*Instance)(nil)
	_ rt.Process = (*Instance)(nil)
)

// counters are numbers of an instance.
type counters struct {
	goroutines atomic.Int64 // of the script, that run
	running    atomic.Int64 // calls that run
	panics     atomic.Uint64
}

// Program is what the instance runs.
func (i *Instance) Program() *Program { return i.program }

// Killed is why the instance was killed or closed, and whether it was.
func (i *Instance) Killed() (reason string, ok bool) {
	if r := i.reason.Load(); r != nil {
		return *r, true
	}
	return "", false
}

// Running counts what runs in the instance: calls, and goroutines that the script
// started. Of a killed instance it counts what cannot be stopped: code that waits
// in compiled code that heeds neither the call's context nor the instance's end.
func (i *Instance) Running() (calls, goroutines int) {
	return int(i.numbers.running.Load()), int(i.numbers.goroutines.Load())
}

// Gone is closed when the instance was killed or closed and nothing of it runs.
func (i *Instance) Gone() <-chan struct{} { return i.gone }

// Kill stops everything the instance runs, at once and for good. The contexts of
// its calls are cancelled first, so that whoever calls back into the script sees an
// ended context and not only zero values; the calls fail with a *[KilledError].
// It is idempotent: the first reason stays.
func (i *Instance) Kill(reason string) {
	if !i.reason.CompareAndSwap(nil, &reason) {
		return
	}
	i.pins.Or(retired)
	i.calls.cancel(i.program.engine.opts.KillGrace)
	i.machine.stop()
	i.unwind.waits.wake()
	i.program.engine.ending.Store(i, nil)
	i.program.engine.memory.forget(i)
	i.leave()
	if s := i.owner.Load(); s != nil {
		s.instanceEnded(i, reason)
	}
}

// Retire takes no more calls. The instance is stopped when the last one has ended.
func (i *Instance) retire() (pending int) {
	old := i.pins.Or(retired)
	if old&retired != 0 {
		return int(old &^ retired)
	}
	if old == 0 {
		i.Kill(reasonClosed)
	}
	return int(old)
}

const (
	reasonClosed = "the instance was closed"
	reasonDrain  = "it still ran when the time to finish was over"
)

// Close takes no more calls and waits for those that run until ctx ends, then
// stops the instance. It returns ctx's error where calls had to be killed. It is
// idempotent.
func (i *Instance) Close(ctx context.Context) error {
	i.retire()
	select {
	case <-i.machine.done:
		return nil
	case <-ctx.Done():
		i.Kill(reasonDrain)
		return ctx.Err()
	}
}

// pin keeps the instance until unpin. It fails where the instance takes no calls.
func (i *Instance) pin() bool {
	if i.pins.Add(1)&retired != 0 {
		i.unpin()
		return false
	}
	if !i.used.Load() {
		i.used.Store(true)
	}
	return true
}

func (i *Instance) unpin() {
	if i.pins.Add(-1) == retired {
		i.Kill(reasonClosed) // the last call of a retired instance
	}
}

// load is what the instance counts as pinned: calls that run or wait.
func (i *Instance) load() int64 { return i.pins.Load() &^ retired }

// enter counts one more running part. It fails where nothing may start any more.
func (i *Instance) enter() bool {
	for {
		n := i.parts.Load()
		if n == 0 {
			return false
		}
		if i.parts.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

// leave ends a part. With the last one the types go back to their pool: nothing of
// the script runs that could use them.
func (i *Instance) leave() {
	if i.parts.Add(-1) != 0 {
		return
	}
	if i.types != nil {
		i.types.Release()
	}
	i.output.flush()
	i.program.engine.ending.Delete(i)
	close(i.gone)
	if s := i.owner.Load(); s != nil {
		s.instanceGone(i)
	}
}

// Done is part of [rt.Host].
func (i *Instance) Done() <-chan struct{} { return i.machine.done }

// Ready is part of [rt.Host]: the program hands out a function while it is loaded.
func (i *Instance) Ready(name string, fn any) { i.entries[name] = fn }

// Park is part of [rt.Host]. Functions handed out stay callable after the program
// has returned, and the channel that ends blocked operations is the machine's, so
// there is nothing to wait for.
func (i *Instance) Park() {}

// Stdout is part of [rt.Host].
func (i *Instance) Stdout() io.Writer { return i.output.stdout }

// Stderr is part of [rt.Host].
func (i *Instance) Stderr() io.Writer { return i.output.stderr }

// Go is part of [rt.Host]: it runs fn in a goroutine that is counted.
func (i *Instance) Go(fn func()) {
	limit := i.program.engine.opts.MaxGoroutines
	if i.run != nil {
		limit *= 10
	}
	if int(i.numbers.goroutines.Load()) >= limit {
		panic(fmt.Errorf("too many goroutines: the script has %d, which is the limit", limit))
	}
	if !i.enter() {
		return
	}
	i.numbers.goroutines.Add(1)
	i.program.engine.workers.do(&goroutine{instance: i, fn: fn})
}

// Label is part of [rt.Host].
func (i *Instance) Label() { pprof.SetGoroutineLabels(i.program.labels) }

// goroutine is a goroutine that a script started.
type goroutine struct {
	instance *Instance
	fn       func()
}

func (g *goroutine) run() {
	i := g.instance
	i.Label()
	defer func() {
		// Functions of package rt recover by themselves. But a function that is
		// called when the instance has been stopped panics.
		if value := recover(); value != nil {
			i.report(value)
		}
		i.unwind.forget()
		i.numbers.goroutines.Add(-1)
		i.leave()
	}()
	g.fn()
	if i.unwind.unrecoverable() {
		i.Panicked(i.runtime.Panicked(stackOverflow{}))
	}
}

// Panicked is part of [rt.Host]: nobody recovered a panic in a goroutine that the
// script started. It is logged; the process and the instance live on.
func (i *Instance) Panicked(p *rt.Panic) {
	err := i.panicError(p)
	if _, killed := i.Killed(); killed {
		return // the panic is how stopped code ends
	}
	i.countPanic()
	if i.run != nil {
		i.run.crash(err, i.program.names, int(i.numbers.goroutines.Load())+1)
		return
	}
	i.log.Error("panic in a goroutine of the script", "panic", err.Text, "stack", err.Trace())
}

// report is Panicked for a panic that the unwinder stops.
func (i *Instance) report(value any) {
	if i.runtime != nil {
		i.Panicked(i.runtime.Panicked(value))
	}
}

// panicGate is yaegi's standard error stream. Yaegi writes to it when a panic is about
// to leave a function, so it is the last place to keep panics that the unwinder does
// not see, and those by which stopped code refuses calls, from ending the process.
type panicGate Instance

func (g *panicGate) Write(p []byte) (int, error) {
	if g.unwind != nil && !g.unwind.contained() {
		runtime.Goexit()
	}
	return len(p), nil
}

func (i *Instance) countPanic() {
	i.numbers.panics.Add(1)
	if s := i.owner.Load(); s != nil {
		s.panics.Add(1)
	}
}

// Stdin is part of [rt.Process].
func (i *Instance) Stdin() io.Reader {
	if i.run == nil {
		return nil
	}
	return i.run.stdin
}

// Args is part of [rt.Process].
func (i *Instance) Args() []string {
	if i.run == nil {
		return []string{i.program.name}
	}
	return i.run.args
}

// Exit is part of [rt.Process]. A handler has no process of its own to end.
func (i *Instance) Exit(code int) {
	if i.run == nil {
		panic(fmt.Errorf("os.Exit(%d) in a handler: return a response or an error instead", code))
	}
	i.run.exit(code)
}

// panicked makes an error of what the calling goroutine just recovered from the script.
func (i *Instance) panicked(value any) *PanicError {
	if i.runtime == nil {
		return i.panicError(&rt.Panic{Value: value, Text: fmt.Sprint(value)})
	}
	return i.panicError(i.runtime.Panicked(value))
}

func (i *Instance) panicError(p *rt.Panic) *PanicError {
	err := &PanicError{Value: p.Value, Text: p.Text}
	if u := i.unwind.take(); u != nil {
		err.Stack = i.frames(u.places)
		err.More = u.more
		return err
	}
	for _, f := range p.Stack {
		err.Stack = append(err.Stack, Frame(f))
	}
	return err
}

// frames translates places into the author's terms.
func (i *Instance) frames(places []*guard) []Frame {
	frames := make([]Frame, 0, len(places))
	for _, g := range places {
		if i.machine.called(g.node) == bodyRunner && len(frames) > 0 {
			continue // the body's own place stands for the function already
		}
		pos := i.machine.position(g.node)
		if len(places) > 1 && g.forwards(pos.Filename) {
			continue
		}
		name := i.program.names.at(pos.Filename, pos.Line, g.literal)
		if name == "" {
			name = authorsName(g.ident)
		}
		frames = append(frames, Frame{Func: name, File: pos.Filename, Line: pos.Line})
	}
	return frames
}

// bodyRunner is the function of package rt that runs the body of a function with
// deferred calls: lowering makes a literal of that body.
const bodyRunner = "rt_run"

// callList is the calls of an instance that run, for the one who kills it.
type callList struct {
	mu     sync.Mutex // guards what follows
	head   *activeCall
	killed bool
}

// add fails after cancel.
func (l *callList) add(c *activeCall) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.killed {
		return false
	}
	c.next, c.listed = l.head, true
	if l.head != nil {
		l.head.prev = c
	}
	l.head = c
	return true
}

func (l *callList) remove(c *activeCall) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !c.listed {
		return
	}
	c.listed = false
	if c.prev != nil {
		c.prev.next = c.next
	} else {
		l.head = c.next
	}
	if c.next != nil {
		c.next.prev = c.prev
	}
	c.prev, c.next = nil, nil
}

// oldest is since when the call at work the longest has run, those that stream left out.
func (l *callList) oldest() (since time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for c := l.head; c != nil; c = c.next {
		if !c.streams.Load() && (since.IsZero() || c.ctx.began.Before(since)) {
			since = c.ctx.began
		}
	}
	return since
}

// cancel ends the contexts of all calls, now and to come. Those that do not heed it
// within the grace are answered for.
func (l *callList) cancel(grace time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.killed = true
	for c := l.head; c != nil; c = c.next {
		c.ctx.cancel()
		if a := c.alarm.Load(); a != nil {
			a.timer.Reset(max(grace, 0))
		}
	}
}

// handlerFunc is a handler as the script's function is typed.
type (
	handlerFunc      = func(*gateway.Context, *gateway.Request) (*gateway.Response, error)
	plainHandlerFunc = func(*gateway.Context, *gateway.Request) *gateway.Response
)
