package interp

import (
	"context"
	"sync"
	"time"

	"gateway/interp/internal/stack"
)

// workers are the goroutines that run scripts. Interpreted code needs tens of
// kilobytes of stack, which a fresh goroutine gets by copying again and again, so
// a goroutine that has finished waits for the next job for a while.
//
// There is no bound on busy workers here: a job is a request, which the permits of
// its endpoint bound, or a goroutine of a script, which its instance bounds.
type workers struct {
	jobs chan job // unbuffered: only a waiting worker takes a job
	quit chan struct{}

	mu      sync.Mutex // guards what follows
	total   int        // workers
	idle    int        // those of them that wait for a job, or are about to
	maxIdle int
	closed  bool
	empty   chan struct{} // closed when closed is set and there are no workers

	ids sync.Map // stack.G of each worker → nothing
}

// job is what a worker runs. It must not panic; it may end the goroutine.
type job interface{ run() }

// jobFunc is a function as a job.
type jobFunc func()

func (f jobFunc) run() { f() }

func newWorkers(maxIdle int) *workers {
	return &workers{jobs: make(chan job), quit: make(chan struct{}), empty: make(chan struct{}), maxIdle: maxIdle}
}

// do runs j in a goroutine of its own.
func (w *workers) do(j job) {
	select {
	case w.jobs <- j:
	default:
		w.mu.Lock()
		w.total++
		w.mu.Unlock()
		go w.runWorker(j)
	}
}

// runWorker runs jobs until there are enough idle workers. A job that ends the
// goroutine (runtime.Goexit) takes the worker with it.
func (w *workers) runWorker(j job) {
	id := stack.G()
	w.ids.Store(id, nil)
	defer w.leave(id)
	for {
		j.run()
		clearLabels() // the job's
		if !w.rest() {
			return
		}
		select {
		case j = <-w.jobs:
			w.wake()
		case <-w.quit:
			w.wake()
			return
		}
	}
}

func (w *workers) rest() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed || w.idle >= w.maxIdle {
		return false
	}
	w.idle++
	return true
}

func (w *workers) wake() {
	w.mu.Lock()
	w.idle--
	w.mu.Unlock()
}

// own reports whether the calling goroutine is a worker, whose jobs recover panics.
func (w *workers) own() bool {
	_, own := w.ids.Load(stack.G())
	return own
}

func (w *workers) leave(id uintptr) {
	w.ids.Delete(id)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.total--
	if w.closed && w.total == 0 {
		close(w.empty)
	}
}

// count is how many workers run a job, and how many wait for one.
func (w *workers) count() (busy, idle int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.total - w.idle, w.idle
}

// close ends the idle workers and waits for the others until ctx ends, or until all
// that still run are stuck, as the caller tells.
func (w *workers) close(ctx context.Context, stuck func() int) error {
	w.mu.Lock()
	if !w.closed {
		w.closed = true
		w.maxIdle = 0
		close(w.quit)
		if w.total == 0 {
			close(w.empty)
		}
	}
	w.mu.Unlock()
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for patience := 10; patience > 0; {
		select {
		case <-w.empty:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
			if busy, _ := w.count(); busy > stuck() {
				patience = 10
			} else {
				patience--
			}
		}
	}
	return nil
}
