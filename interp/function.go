package interp

import (
	"reflect"
	"sync"
	"sync/atomic"
	"unsafe"
)

// Yaegi allocates each variable of each call of a function, and recovers panics in
// every call. A function here is called without that: its frames are used again, with
// those variables that nobody can still refer to, and panics are the guards' business.

// yaegiNewFrame is yaegi's own function that makes a frame without variables.
//
//go:linkname yaegiNewFrame github.com/traefik/yaegi/interp.newFrame
func yaegiNewFrame(outer frame, variables int, id uint64) frame

// function is a declared function, or the code of a function literal, as yaegi compiled
// it.
type function struct {
	m       *machine
	first   *step          // where its body begins
	types   []reflect.Type // of its variables: results, parameters, others
	results int
	params  int
	reuse   []bool // by variable: whether the next call may have it; nil where none
	// frames are those that may be used again. It is made by the first call, because most functions of
	// an instance are never called.
	frames atomic.Pointer[sync.Pool]
}

// callFrame is a frame of a function and the variables it was made with.
type callFrame struct {
	frame frame
	data  []reflect.Value // the frame's own
	first []reflect.Value // as made; invalid where a call has a new one
}

// run executes the body on a frame. It is not inlined, so that the unwinder sees it on
// the stack.
//
//go:noinline
func (fn *function) run(f *callFrame) {
	id, now := at[uint64](f.frame, fn.m.layout.frameID), at[uint64](unsafe.Pointer(fn.m.yaegi), fn.m.layout.id)
	for next := *fn.first; next != nil && *id == atomic.LoadUint64(now); {
		next = next(f.frame)
	}
	fn.m.returned(f.frame)
}

// root is the frame of the package level.
func (m *machine) root() frame { return *at[frame](unsafe.Pointer(m.yaegi), m.layout.frame) }

// take gives a frame whose variables are zero, in the frame around it.
func (fn *function) take(outer frame) *callFrame {
	if frames := fn.frames.Load(); frames != nil {
		if f, _ := frames.Get().(*callFrame); f != nil {
			*at[frame](f.frame, fn.m.layout.outer) = outer
			return f
		}
	}
	f := &callFrame{frame: yaegiNewFrame(outer, len(fn.types), atomic.LoadUint64(at[uint64](outer, fn.m.layout.frameID)))}
	f.data = *at[[]reflect.Value](f.frame, fn.m.layout.data)
	for i, t := range fn.types {
		f.data[i] = reflect.New(t).Elem()
	}
	if fn.reuse != nil {
		f.first = make([]reflect.Value, len(fn.types))
		for i, again := range fn.reuse {
			if again {
				f.first[i] = f.data[i]
			}
		}
	}
	return f
}

// giveBack keeps the frame for another call. One in which a panic passed is not given
// back. One that was stopped may be: its machine runs nothing any more.
func (fn *function) giveBack(f *callFrame) {
	if fn.reuse == nil {
		return
	}
	*at[frame](f.frame, fn.m.layout.outer) = nil
	for i := range f.first {
		first, now := (*variable)(unsafe.Pointer(&f.first[i])), (*variable)(unsafe.Pointer(&f.data[i]))
		switch {
		case first.at == nil:
			f.data[i] = reflect.New(fn.types[i]).Elem()
			continue
		case *now != *first:
			*now = *first
		}
		// A number that is no result is written before it is read.
		if kind := reflect.Kind(first.flag & kindFlag); i < fn.results || kind > reflect.Complex128 {
			clearVariable(first)
		}
	}
	frames := fn.frames.Load()
	if frames == nil {
		frames = &sync.Pool{}
		if !fn.frames.CompareAndSwap(nil, frames) {
			frames = fn.frames.Load()
		}
	}
	frames.Put(f)
}
