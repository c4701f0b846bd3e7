package interp

import (
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"

	"gateway/interp/internal/stack"
)

// Panics of scripts.
//
// Left alone, yaegi recovers a panic in every function that it leaves, searches
// its whole syntax tree for the place (and finds the first statement of the
// function), prints that, and panics again inside the deferred function. So the
// position is wrong and each level stands on the stack of the one before: a panic
// 8,000 calls deep takes 6 s, which nothing can stop, and one at 100,000 never ends.
//
// The unwinder therefore puts a step of its own around every step that may panic
// and unwinds without panicking: the step that panicked is the place; the
// function's deferred calls run; unless one recovers, the function returns
// normally and the calling step, which is around too, sees the panic in passing
// and goes on in the same way. Time and stack are linear in the depth. Where
// compiled code lies between two functions of the script (sort.Slice and its less
// function), it must see a panic, so there the panic is raised again.
//
// The same steps look at the goroutine's stack before every call: depth is a
// panic that cannot be recovered, long before the runtime would abort the process.

// unwinder handles the panics of one machine.
type unwinder struct {
	m         *machine
	maxStack  uintptr // bytes a goroutine's stack may have before the next call
	unwind    step    // u.runUnwind, made once
	sites     callSites
	waits     waits
	printing  *printGuard
	report    func(value any)      // takes the panic of a goroutine that ends with it
	own       func() bool          // whether the calling goroutine recovers panics itself
	functions map[string]*function // by identifier; complete before any code runs
	program   *programRun          // whose os.Exit skips deferred calls; or nil
	trace     *callTrace           // of a program that asks for its callers; else nil
	// nilReceivers are lower.Program.NilReceivers.
	nilReceivers map[string]string
	// replaced is the instance's version of a method of compiled code, or nil; nil where
	// the program needs none.
	replaced func(x any, name string) any

	// attention is how many goroutines have something to attend to behind their
	// present step: a panic that passes from a function to its caller, or a question.
	attention atomic.Int32
	records   atomic.Int32 // goroutines in active
	mu        sync.Mutex   // guards active and asked
	active    map[uintptr]*unwinding
	asked     map[uintptr]*guard // see ask: nil until it is answered
}

// unwinding is a panic under way in one goroutine.
type unwinding struct {
	value  any
	fatal  bool // deferred functions run but recover nothing
	state  unwindState
	places []*guard // innermost first
	more   int      // places that were left out behind those
	outer  *unwinding
}

type unwindState int

const (
	unwindDeferring unwindState = iota // the deferred calls of a function run
	unwindPassing                      // the function returns to the step that called it
	unwindRaised                       // raised again, on its way through compiled code
)

// maxPlaces bounds the places kept of a panic: the innermost of a deep stack.
const maxPlaces = 64

// stackOverflow is the value of the panic for exhausted stack. Its text is that of
// the Go runtime, which ends the process for it.
type stackOverflow struct{}

func (stackOverflow) Error() string { return "stack overflow" }
func (stackOverflow) RuntimeError() {}

// newUnwinder makes the unwinder of m. program may be nil.
func newUnwinder(m *machine, maxStack uintptr, program *programRun) *unwinder {
	u := &unwinder{
		m: m, maxStack: maxStack, program: program,
		waits:  waits{done: m.done, abandoned: new(atomic.Int64), conds: map[*sync.Cond]int{}},
		active: map[uintptr]*unwinding{},
		asked:  map[uintptr]*guard{},
	}
	if program != nil {
		u.maxStack = programStack
	}
	u.unwind = u.runUnwind
	return u
}

// guard is the step around the step of one node.
type guard struct {
	place
	u     *unwinder
	node  node
	fn    *declared // the function around; nil at the package level
	gen   gener     // the node's own generator
	inner step      // the node's own step, made by gen
}

// generate makes the node's own step and puts the guard's around it.
func (g *guard) generate(n node) {
	g.gen(n)
	exec := at[step](n, g.u.m.layout.exec)
	if *exec == nil {
		return
	}
	g.inner = *exec
	switch nodeKind(*at[uint](n, g.u.m.layout.kind)) {
	case kindCall:
		g.guardSync()
		g.guardMethods()
		g.guardCalls()
		if g.u.m.called(n) == methodBinder {
			g.inner = g.binding(n)
		} else if script := g.scriptCall(n); script != nil {
			g.inner = script
		} else if direct := g.direct(n); direct != nil {
			g.inner = direct
		} else if appending := g.appending(n); appending != nil {
			g.inner = appending
		}
		*exec = g.call
		if g.u.trace != nil {
			*exec = g.traced
		}
	case kindCompositeLit:
		if literal := g.mapLiteral(n); literal != nil {
			g.inner = literal
		}
		*exec = g.run
	default:
		*exec = g.run
	}
	if typed := g.u.typing(g.fn).step(n, generatorName(g.gen), *exec); typed != nil {
		*exec = typed
	}
}

// run runs a step that calls nothing.
func (g *guard) run(f frame) (next step) {
	completed := false
	defer func() {
		if !completed {
			if r := recover(); r != nil {
				next = g.panicked(f, r)
			} else {
				g.u.exited(f)
			}
		}
	}()
	next = g.inner(f)
	completed = true
	if g.u.attention.Load() != 0 {
		g.u.answer(g)
	}
	return next
}

// call runs a step that calls a function.
func (g *guard) call(f frame) (next step) {
	completed := false
	defer func() {
		if !completed {
			if r := recover(); r != nil {
				next = g.panicked(f, r)
			} else {
				g.u.exited(f)
			}
		}
	}()
	if stack.Used() > g.u.maxStack && g.u.overflows() {
		completed = true
		return g.u.begin(g, stackOverflow{}, true)
	}
	next = g.inner(f)
	completed = true
	if g.u.attention.Load() != 0 {
		g.u.answer(g)
		next = g.arrived(next)
	}
	return next
}

// panicked begins, or after compiled code continues, the unwinding of a panic that
// ended the guard's step, and returns what is to run next.
func (g *guard) panicked(f frame, value any) step {
	// Yaegi looks up what to call under the frame's lock and forgets the lock when
	// that panics. Nobody else holds it while the frame runs a step.
	lock := at[sync.RWMutex](f, g.u.m.layout.mutex)
	lock.TryLock()
	lock.Unlock()

	id := stack.G()
	g.u.mu.Lock()
	p := g.u.active[id]
	if p != nil && p.state == unwindRaised {
		if p.fatal || same(p.value, value) {
			g.u.resume(p, g)
			g.u.mu.Unlock()
			return g.u.unwind
		}
		g.u.drop(id, p) // compiled code recovered it
	}
	g.u.mu.Unlock()
	return g.u.begin(g, g.explain(f, value), false)
}

// exited sees runtime.Goexit pass a function. Where that is os.Exit the function's
// deferred calls are dropped.
func (u *unwinder) exited(f frame) {
	if u.program != nil && u.program.over() {
		*at[[][]reflect.Value](f, u.m.layout.deferred) = nil
	}
}

// begin starts to unwind the calling goroutine.
func (u *unwinder) begin(g *guard, value any, fatal bool) step {
	id := stack.G()
	u.mu.Lock()
	u.active[id] = &unwinding{value: value, fatal: fatal, places: []*guard{g}, outer: u.active[id]}
	u.records.Store(int32(len(u.active)))
	u.mu.Unlock()
	return u.unwind
}

// raised says that the panic just begun goes on as a panic.
func (u *unwinder) raised() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.active[stack.G()].state = unwindRaised
}

// arrived takes over a panic that the called function left behind, or that compiled
// code recovered though it cannot be recovered. next is what is to run where there is
// none.
func (g *guard) arrived(next step) step {
	g.u.mu.Lock()
	defer g.u.mu.Unlock()
	p := g.u.active[stack.G()]
	if p == nil || p.state != unwindPassing && !(p.fatal && p.state == unwindRaised) {
		return next
	}
	g.u.resume(p, g)
	return g.u.unwind
}

// resume goes on to unwind at a step that called. u.mu is held.
func (u *unwinder) resume(p *unwinding, g *guard) {
	if p.attended() {
		u.attention.Add(-1)
	}
	p.state = unwindDeferring
	p.add(g)
}

// attended reports that the calling step must look for p itself.
func (p *unwinding) attended() bool {
	return p.state == unwindPassing || p.fatal && p.state == unwindRaised
}

// overflows reports whether the calling goroutine, whose stack is over the limit, may
// go no deeper. Deferred calls that an overflow runs may, a little.
func (u *unwinder) overflows() bool {
	if stack.Used() > u.maxStack+deferredStack {
		return true
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	p := u.active[stack.G()]
	return p == nil || !p.fatal
}

// deferredStack is what deferred calls may use beyond the limit, in bytes.
const deferredStack = 1 << 20

func (p *unwinding) add(g *guard) {
	if len(p.places) < maxPlaces {
		p.places = append(p.places, g)
	} else {
		p.more++
	}
}

// drop forgets the innermost panic p of a goroutine. u.mu is held.
func (u *unwinder) drop(id uintptr, p *unwinding) {
	if p.attended() {
		u.attention.Add(-1)
	}
	if p.outer == nil {
		delete(u.active, id)
		u.records.Store(int32(len(u.active)))
	} else {
		u.active[id] = p.outer
	}
}

// runUnwind is the last step of a function that panicked: it runs the deferred
// calls as yaegi would and leaves the function.
func (u *unwinder) runUnwind(f frame) step {
	id := stack.G()
	u.mu.Lock()
	p := u.active[id]
	u.mu.Unlock()

	recovered := at[any](f, u.m.layout.recovered)
	deferred := at[[][]reflect.Value](f, u.m.layout.deferred)
	if !p.fatal {
		*recovered = p.value
	}
	for len(*deferred) > 0 {
		call := (*deferred)[0]
		*deferred = (*deferred)[1:]
		value, panicked := protect(call)
		p = u.settle(id, p, value, panicked)
		switch {
		case p.fatal:
			*recovered = nil
		case panicked:
			*recovered = value
		}
	}
	*deferred = nil

	if !p.fatal && *recovered == nil {
		u.mu.Lock()
		u.drop(id, p)
		u.mu.Unlock()
		return nil // the function returns normally
	}
	*recovered = nil // for yaegi, which then sees a function that returns normally
	u.mu.Lock()
	direct := u.calledByStep()
	p.state = unwindRaised
	if direct {
		p.state = unwindPassing
	}
	if p.attended() {
		u.attention.Add(1)
	}
	u.mu.Unlock()
	if !direct {
		u.raise(f, p.value)
	}
	return nil
}

// raise has the frame's function panic into compiled code when it returns. Where
// nobody there would recover, which would end the process, it ends the goroutine
// instead: compiled code started that and calls the script in it, such as an HTTP
// client that reads a request's body.
//
// Of a panic in a step yaegi would ask for its text, which a method of the script
// gives, while it holds the frame's lock, and search its whole tree for the place. So
// the panic comes from a deferred call, which yaegi makes before that.
func (u *unwinder) raise(f frame, value any) {
	if !u.contained() {
		u.report(value)
		runtime.Goexit()
	}
	lock := at[sync.RWMutex](f, u.m.layout.mutex)
	raised := reflect.ValueOf(func() {
		lock.Unlock()
		panic(value)
	})
	*at[[][]reflect.Value](f, u.m.layout.deferred) = [][]reflect.Value{{raised}}
}

// returned makes the deferred call of raise for a function that yaegi does not return
// from itself.
func (m *machine) returned(f frame) {
	if raised := *at[[][]reflect.Value](f, m.layout.deferred); len(raised) > 0 {
		at[sync.RWMutex](f, m.layout.mutex).Lock()
		raised[0][0].Call(nil)
	}
}

// contained reports whether a panic in the calling goroutine is recovered somewhere.
func (u *unwinder) contained() bool { return u.own() || u.sites.recovered() }

// settle makes one of the panic p and of those that a deferred call of it raised,
// which lie on top of p. The call ended in a panic with the value, or returned.
func (u *unwinder) settle(id uintptr, p *unwinding, value any, panicked bool) *unwinding {
	u.mu.Lock()
	defer u.mu.Unlock()
	last := p
	for q := u.active[id]; q != nil && q != p; q = q.outer {
		if q.attended() {
			u.attention.Add(-1)
		}
		// The new panic replaces the one under way, with its own places. One that
		// compiled code recovered is forgotten.
		if q.fatal || panicked && last == p && q.state == unwindRaised && same(q.value, value) {
			last = q
		}
	}
	if panicked && !p.fatal && last == p {
		p.value = value // raised by compiled code
	}
	if p.fatal {
		last = p
	}
	last.outer, last.state = p.outer, unwindDeferring
	u.active[id] = last
	return last
}

// protect calls a deferred function and returns what it panicked with.
func protect(call []reflect.Value) (value any, panicked bool) {
	defer func() {
		if value = recover(); value != nil {
			panicked = true
		}
	}()
	call[0].Call(call[1:])
	return nil, false
}

// take returns the panic that has just left the script in the calling goroutine,
// and forgets everything about the goroutine. It is nil where no step was on the way.
func (u *unwinder) take() *unwinding {
	id := stack.G()
	u.mu.Lock()
	defer u.mu.Unlock()
	p := u.active[id]
	u.clear(id)
	if p == nil || p.state != unwindRaised {
		return nil
	}
	return p
}

// unrecoverable reports whether the calling goroutine, which has left the script
// without a panic, had one that cannot be recovered: compiled code did so anyway.
func (u *unwinder) unrecoverable() bool {
	if u.records.Load() == 0 {
		return false
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	p := u.active[stack.G()]
	return p != nil && p.fatal
}

// forget forgets everything about the calling goroutine, which has left the script:
// panics that compiled code recovered, and those that a kill overtook.
func (u *unwinder) forget() {
	if u.records.Load() == 0 {
		return
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.clear(stack.G())
}

// clear removes all panics of a goroutine. u.mu is held.
func (u *unwinder) clear(id uintptr) {
	for p := u.active[id]; p != nil; p = p.outer {
		if p.attended() {
			u.attention.Add(-1)
		}
	}
	delete(u.active, id)
	u.records.Store(int32(len(u.active)))
}

// ask has the next guarded step of a goroutine say where it is; see [unwinder.answered].
// A goroutine that is blocked or counts in a bare loop says so when it is stopped and
// leaves the function, with the place of the call.
func (u *unwinder) ask(id uintptr) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if _, twice := u.asked[id]; !twice {
		u.asked[id] = nil
		u.attention.Add(1)
	}
}

// answer is the place of the calling goroutine, if it was asked.
func (u *unwinder) answer(g *guard) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if first, asked := u.asked[stack.G()]; asked && first == nil {
		u.asked[stack.G()] = g
	}
}

// answered ends a question to a goroutine. It is nil where no step answered.
func (u *unwinder) answered(id uintptr) *guard {
	u.mu.Lock()
	defer u.mu.Unlock()
	g, asked := u.asked[id]
	if asked {
		delete(u.asked, id)
		u.attention.Add(-1)
	}
	return g
}

// same reports whether two panic values are one and the same, without comparing
// what they hold: that could panic itself.
func same(a, b any) bool {
	return *(*[2]uintptr)(unsafe.Pointer(&a)) == *(*[2]uintptr)(unsafe.Pointer(&b))
}
