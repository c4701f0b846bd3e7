package interp

import (
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"
)

// Package sync in scripts.
//
// A goroutine that waits for a lock cannot be stopped, and unlocking what is not
// locked ends the process without a panic. So calls of these methods go through
// waits, which waits in a way that ends with the machine and panics where the
// runtime would give up.

// waits runs the waiting methods of package sync for the code of one machine.
type waits struct {
	done <-chan struct{}
	// abandoned counts goroutines that wait for something that the stopped code
	// waited for. They keep little more than their own stack, and end if it comes.
	abandoned *atomic.Int64

	mu    sync.Mutex         // guards conds
	conds map[*sync.Cond]int // how many calls wait for each
}

// syncError is what the runtime says before it ends the process.
type syncError string

func (e syncError) Error() string { return string(e) }

// RuntimeError marks a runtime.Error.
func (syncError) RuntimeError() {}

var _ runtime.Error = syncError("")

// method is the guarded form of the method of that name, or nil where x is not of
// package sync or the method needs no guard.
func (w *waits) method(x any, name string) func() {
	switch x := x.(type) {
	case *sync.Mutex:
		if x == nil {
			return nil
		}
		switch name {
		case "Lock":
			return func() { w.lock(x.TryLock, x.Lock, x.Unlock) }
		case "Unlock":
			return func() { unlock(x) }
		}
	case *sync.RWMutex:
		if x == nil {
			return nil
		}
		switch name {
		case "Lock":
			return func() { w.lock(x.TryLock, x.Lock, x.Unlock) }
		case "RLock":
			return func() { w.lock(x.TryRLock, x.RLock, x.RUnlock) }
		case "Unlock":
			return func() { unlockWriter(x) }
		case "RUnlock":
			return func() { unlockReader(x) }
		}
	case *sync.WaitGroup:
		if x != nil && name == "Wait" {
			return func() { w.wait(x.Wait, func() {}) }
		}
	case *sync.Cond:
		if x != nil && name == "Wait" {
			return func() { w.waitCond(x) }
		}
	default:
		if m := readLocker(x); m != nil {
			return w.method(m, map[string]string{"Lock": "RLock", "Unlock": "RUnlock"}[name])
		}
	}
	return nil
}

// readLocker is the mutex of a value that its RLocker made, else nil.
func readLocker(x any) *sync.RWMutex {
	if reflect.TypeOf(x) != readLockerType {
		return nil
	}
	return (*sync.RWMutex)(reflect.ValueOf(x).UnsafePointer())
}

var readLockerType = reflect.TypeOf(new(sync.RWMutex).RLocker())

func (w *waits) lock(try func() bool, lock, unlock func()) {
	if !try() {
		w.wait(lock, unlock)
	}
}

// wait calls block in a goroutine of its own and waits until it returns or the
// machine is stopped. In that case undo is called once block has returned.
func (w *waits) wait(block, undo func()) {
	got := make(chan any) // the panic of block, or nil
	go func() {
		value := caught(block)
		select {
		case got <- value:
		case <-w.done:
			if value == nil {
				undo()
			}
			w.abandoned.Add(-1)
		}
	}()
	select {
	case value := <-got:
		if value != nil {
			panic(value)
		}
	case <-w.done:
		w.abandoned.Add(1)
	}
}

// waitCond waits in the calling goroutine, because Wait begins with an unlock that
// must happen before the code goes on. When the machine is stopped it is woken.
func (w *waits) waitCond(c *sync.Cond) {
	refuseUnlocked(promotedReceiver(c.L, "Unlock"))
	w.mu.Lock()
	w.conds[c]++
	w.mu.Unlock()
	defer func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.conds[c]--; w.conds[c] == 0 {
			delete(w.conds, c)
		}
	}()
	select {
	case <-w.done:
	default:
		c.Wait()
	}
}

// wakePatience is how long wake tries, every wakeInterval.
const (
	wakeInterval = time.Millisecond
	wakePatience = time.Second
)

// wake wakes those who wait in waitCond, after the machine was stopped. One that was
// about to wait may miss it, so it is repeated until none is left. What still waits
// in the end waits for the lock of its condition, and is stuck.
func (w *waits) wake() {
	if !w.broadcast() {
		return
	}
	go func() { // ends by itself
		for range wakePatience / wakeInterval {
			time.Sleep(wakeInterval)
			if !w.broadcast() {
				return
			}
		}
	}()
}

// broadcast reports whether somebody waited.
func (w *waits) broadcast() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for c := range w.conds {
		c.Broadcast()
	}
	return len(w.conds) > 0
}

func unlock(m *sync.Mutex) { refuseUnlocked(m); m.Unlock() }

func unlockWriter(m *sync.RWMutex) { refuseUnlocked(m); m.Unlock() }

func unlockReader(m *sync.RWMutex) { refuseUnread(m); m.RUnlock() }

// refuseUnlocked panics where an Unlock of x would end the process.
func refuseUnlocked(x any) {
	switch m := x.(type) {
	case *sync.Mutex:
		if m.TryLock() {
			m.Unlock()
			panic(syncError("sync: unlock of unlocked mutex"))
		}
	case *sync.RWMutex:
		if n, known := readers(m); known && n >= 0 {
			panic(syncError("sync: Unlock of unlocked RWMutex"))
		}
	default:
		if m := readLocker(x); m != nil {
			refuseUnread(m)
		}
	}
}

func refuseUnread(m *sync.RWMutex) {
	if n, known := readers(m); known && (n == 0 || n == -maxReaders) {
		panic(syncError("sync: RUnlock of unlocked RWMutex"))
	}
}

// maxReaders is what a writer takes from the number of readers, as in package sync.
const maxReaders = 1 << 30

// readers is the number of readers of m, less maxReaders while there is a writer.
func readers(m *sync.RWMutex) (n int32, known bool) {
	offset, ok := readerCount()
	if !ok {
		return 0, false
	}
	return atomic.LoadInt32((*int32)(unsafe.Add(unsafe.Pointer(m), offset))), true
}

// readerCount is the offset of the field in sync.RWMutex, where it is as expected.
var readerCount = sync.OnceValues(func() (uintptr, bool) {
	f, ok := reflect.TypeFor[sync.RWMutex]().FieldByName("readerCount")
	return f.Offset, ok && f.Type == reflect.TypeFor[atomic.Int32]()
})

// guardMethods are the names of methods that may be of package sync.
var guardMethods = map[string]bool{"Lock": true, "Unlock": true, "RLock": true, "RUnlock": true, "Wait": true}

// guardSync has the guard's call go through waits where it is one of a method of
// package sync. The receiver's type is known when the call is due.
func (g *guard) guardSync() {
	l := g.u.m.layout
	fun := g.u.child(g.node, 0)
	if fun.kind(l) != kindSelector || len(*at[[]node](g.node, l.child)) != 1 {
		return
	}
	children := *at[[]node](fun.n, l.child)
	if len(children) != 2 {
		return
	}
	name := childNode{children[1]}.ident(l)
	if !guardMethods[name] {
		return
	}
	parent := childNode{*at[node](g.node, l.anc)}.kind(l)
	if parent == kindGo {
		return
	}
	receiver, inner, next := yaegiValue(children[0]), g.inner, l.after(g.node, l.tnext)
	g.inner = func(f frame) step {
		method := g.u.waits.method(promotedReceiver(pointerTo(receiver(f)), name), name)
		switch {
		case method == nil:
			return inner(f)
		case parent == kindDefer:
			deferred := at[[][]reflect.Value](f, l.deferred) // the last one first
			*deferred = append([][]reflect.Value{{reflect.ValueOf(g.placed(method))}}, *deferred...)
		default:
			method()
		}
		return follow(next)
	}
}

// placed is a deferred method whose panic has the guard's place.
func (g *guard) placed(method func()) func() {
	return func() {
		if value := caught(method); value != nil {
			g.u.begin(g, value, false)
			g.u.raised()
			panic(value)
		}
	}
}

// pointerTo is a pointer to what v holds, or v itself where it is a pointer or an
// interface.
func pointerTo(v reflect.Value) any {
	switch {
	case !v.IsValid():
		return nil
	case v.Kind() == reflect.Struct && v.CanAddr():
		v = v.Addr()
	}
	if !v.CanInterface() {
		return nil
	}
	return v.Interface()
}
