package interp

import (
	"context"
	"sync"
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
	idle    int        // workers that wait for a job, or are about to
	maxIdle int
	closed  bool
	running sync.WaitGroup
}

// job is what a worker runs. It must not panic; it may end the goroutine.
type job interface{ run() }

// jobFunc is a function as a job.
type jobFunc func()

func (f jobFunc) run() { f() }

func newWorkers(maxIdle int) *workers {
	return &workers{jobs: make(chan job), quit: make(chan struct{}), maxIdle: maxIdle}
}

// do runs j in a goroutine of its own.
func (w *workers) do(j job) {
	select {
	case w.jobs <- j:
	default:
		w.running.Add(1)
		go w.runWorker(j)
	}
}

// runWorker runs jobs until there are enough idle workers. A job that ends the
// goroutine (runtime.Goexit) takes the worker with it.
func (w *workers) runWorker(j job) {
	defer w.running.Done()
	for {
		j.run()
		if !w.rest() {
			return
		}
		select {
		case j = <-w.jobs:
			w.wake()
		case <-w.quit:
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

// close ends the idle workers and waits for the others until ctx ends.
func (w *workers) close(ctx context.Context) error {
	w.mu.Lock()
	if !w.closed {
		w.closed = true
		close(w.quit)
	}
	w.mu.Unlock()
	done := make(chan struct{})
	go func() { // ends with the last worker, which only a stuck script delays
		w.running.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
