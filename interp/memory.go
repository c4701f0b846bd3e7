package interp

import (
	"cmp"
	"context"
	"runtime"
	"runtime/metrics"
	"slices"
	"sync"
	"time"
)

// memoryWatch stops scripts where what is alive in the heap is more than it may be. Go
// does not tell whose memory is whose, so it finds out: it stops those that are the most
// likely to hold it, first one, then two, then four, and collects the garbage in between,
// until enough is free. A nil one watches nothing.
type memoryWatch struct {
	engine    *Engine
	max       uint64
	collected chan struct{} // has a value after a garbage collection
	life      context.Context
	end       context.CancelFunc
	done      chan struct{} // closed when it has ended

	mu        sync.Mutex              // guards what follows
	instances map[*Instance]time.Time // since when it is loading; zero once it is loaded
}

// reasonMemory is why an instance is killed by the watch.
const reasonMemory = "the gateway was short of memory"

// memoryEnd is how long stopped scripts may take to let go of what they hold, before
// others are looked at.
const memoryEnd = 200 * time.Millisecond

func newMemoryWatch(e *Engine, limit int64) *memoryWatch {
	if limit <= 0 {
		return nil
	}
	w := &memoryWatch{
		engine: e, max: uint64(limit), instances: map[*Instance]time.Time{},
		collected: make(chan struct{}, 1), done: make(chan struct{}),
	}
	w.life, w.end = context.WithCancel(context.Background())
	w.arm()
	go w.run()
	return w
}

func (w *memoryWatch) close() {
	if w == nil {
		return
	}
	w.end()
	<-w.done
}

// sentinel is what only the garbage collector finds. It has a pointer, because small
// objects without any are allocated several in one.
type sentinel struct{ _ *sentinel }

// arm has the watch told of the next garbage collection.
func (w *memoryWatch) arm() {
	runtime.AddCleanup(new(sentinel), (*memoryWatch).tell, w)
}

func (w *memoryWatch) tell() {
	if w.life.Err() != nil {
		return
	}
	select {
	case w.collected <- struct{}{}:
	default: // it has yet to look
	}
	w.arm()
}

func (w *memoryWatch) run() {
	defer close(w.done)
	others := false // the memory is not the scripts': stopping them once more is of no use
	for {
		select {
		case <-w.collected:
		case <-w.life.Done():
			return
		}
		live := liveHeap()
		if live < w.max {
			others = false
		} else if !others {
			others = !w.relieve(live)
		}
	}
}

// relieve stops scripts until less than the limit is alive.
func (w *memoryWatch) relieve(live uint64) bool {
	for batch := 1; live >= w.max; batch *= 2 {
		suspects := w.suspects(batch)
		if len(suspects) == 0 {
			w.engine.opts.Logger.Error("short of memory, which is not the scripts'", "live_bytes", live, "limit_bytes", w.max)
			return false
		}
		names := make([]string, len(suspects))
		for k, i := range suspects {
			names[k] = i.program.name
			i.Kill(reasonMemory)
		}
		w.await(suspects)
		if w.life.Err() != nil {
			return true
		}
		before := live
		for range 2 { // what a sync.Pool holds, and what it is part of, goes with the second
			runtime.GC()
			if live = liveHeap(); live < w.max {
				break
			}
		}
		w.engine.opts.Logger.Error("short of memory, scripts were stopped",
			"scripts", names, "live_bytes", before, "live_bytes_after", live, "limit_bytes", w.max)
	}
	return true
}

// await waits until killed instances are gone, for no longer than memoryEnd.
func (w *memoryWatch) await(killed []*Instance) {
	ctx, cancel := context.WithTimeout(w.life, memoryEnd)
	defer cancel()
	for _, i := range killed {
		select {
		case <-i.gone:
		case <-ctx.Done():
			return
		}
	}
}

// liveHeap is how many bytes of the heap the last garbage collection found in use.
func liveHeap() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// loading has an instance watched that begins to load.
func (w *memoryWatch) loading(i *Instance) {
	if w != nil {
		w.note(i, time.Now())
	}
}

// loaded is told when its initialisation has ended.
func (w *memoryWatch) loaded(i *Instance) {
	if w != nil {
		w.note(i, time.Time{})
	}
}

func (w *memoryWatch) note(i *Instance, since time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !wasKilled(i) {
		w.instances[i] = since
	}
}

// forget is told when an instance has been killed.
func (w *memoryWatch) forget(i *Instance) {
	if w == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.instances, i)
}

// suspect is an instance and what tells how likely it is to fill the memory.
type suspect struct {
	*Instance
	rank  int       // 0 where it works, 1 where only streams or goroutines run, 2 where nothing does
	since time.Time // when the oldest of its work began; zero where there is none
	calls uint64    // of its slot
}

// suspects are the n instances that are most likely to hold much: what has been at work
// the longest, then what runs at all, then what was called the most.
func (w *memoryWatch) suspects(n int) []*Instance {
	w.mu.Lock()
	all := make([]suspect, 0, len(w.instances))
	for i, since := range w.instances {
		all = append(all, suspect{Instance: i, since: since})
	}
	w.mu.Unlock()
	for k := range all {
		s := &all[k]
		s.since = cmp.Or(s.since, s.Instance.calls.oldest())
		switch calls, goroutines := s.Running(); {
		case !s.since.IsZero():
		case calls+goroutines > 0:
			s.rank = 1
		default:
			s.rank = 2
		}
		if slot := s.owner.Load(); slot != nil {
			s.calls = slot.calls.Load()
		}
	}
	slices.SortFunc(all, func(a, b suspect) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), a.since.Compare(b.since), cmp.Compare(b.calls, a.calls))
	})
	all = all[:min(n, len(all))]
	found := make([]*Instance, len(all))
	for k, s := range all {
		found[k] = s.Instance
	}
	return found
}
