package services

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"
)

// maxAttempts is how often an operation is tried in all when connections fail.
const maxAttempts = 3

// generation is one opened driver with its workers. A reconfiguration or restart
// replaces it while the mailbox stays.
type generation struct {
	actor   *Actor
	driver  Driver
	limits  Limits
	stop    chan struct{} // closed when dismissed, for workers that wait
	workers []*worker
	running sync.WaitGroup

	dismissed bool // workers take nothing more; guarded by the mailbox's mutex
}

// worker carries out messages, one at a time.
type worker struct {
	generation *generation
	handed     chan *message // from the mailbox to an idle worker; room for one

	mu     sync.Mutex
	cancel context.CancelFunc // of the operation at hand; guarded by mu
}

// newGeneration starts workers for an opened driver.
func (a *Actor) newGeneration(driver Driver, limits Limits) *generation {
	g := &generation{actor: a, driver: driver, limits: limits, stop: make(chan struct{})}
	for range limits.Workers {
		w := &worker{generation: g, handed: make(chan *message, 1)}
		g.workers = append(g.workers, w)
		g.running.Add(1)
		go w.runMailbox()
	}
	return g
}

// runMailbox is the life of a worker.
func (w *worker) runMailbox() {
	defer w.generation.running.Done()
	for {
		m := w.generation.actor.mailbox.take(w)
		if m == nil {
			return
		}
		w.handle(m)
	}
}

// handle carries out m and replies, or puts it back to be tried again.
func (w *worker) handle(m *message) {
	g := w.generation
	a := g.actor
	if err := m.ctx.Err(); err != nil {
		m.reply(err)
		return
	}
	a.stats.inFlight.Add(1)
	w.setCancel(m.cancel)
	err := w.attempt(m)
	w.setCancel(nil)
	a.stats.inFlight.Add(-1)

	if err == nil {
		m.reply(nil)
		return
	}
	if crash, ok := errors.AsType[*crashError](err); ok {
		a.crashed(g, m.op, crash)
	} else if lost, sent := connectionLoss(err); lost {
		m.attempts++
		repeat := (!sent || m.op.Safe) && !m.begun && m.attempts < maxAttempts && m.ctx.Err() == nil
		a.suspect(g, err)
		if repeat {
			a.stats.retries.Add(1)
			if a.mailbox.putBack(m) == nil {
				return
			}
		}
	}
	m.reply(err)
}

// attempt runs m once. A panic becomes a crashError.
func (w *worker) attempt(m *message) (err error) {
	defer recoverCrash(&err)
	ctx := m.ctx
	if limit := w.generation.limits.Timeout; limit > 0 && !m.held {
		if end, ok := ctx.Deadline(); !ok || time.Until(end) > limit {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, limit)
			defer cancel()
		}
	}
	return m.run(ctx, w.generation.driver)
}

// crashError is a panic of a driver.
type crashError struct {
	reason any
	stack  []byte
}

func (e *crashError) Error() string { return fmt.Sprintf("panic: %v", e.reason) }

// recoverCrash turns a panic of a deferring function into its error.
func recoverCrash(err *error) {
	if r := recover(); r != nil {
		*err = &crashError{reason: r, stack: debug.Stack()}
	}
}

func (w *worker) setCancel(cancel context.CancelFunc) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cancel = cancel
}

// retire ends a dismissed generation: its workers finish what they have, for drain or until
// hurry is closed, and are then cancelled. It returns when the driver is closed.
func (g *generation) retire(drain time.Duration, hurry <-chan struct{}) {
	idle := make(chan struct{})
	go func() {
		g.running.Wait()
		close(idle)
	}()
	timer := time.NewTimer(drain)
	defer timer.Stop()
	select {
	case <-idle:
	case <-timer.C:
		g.cancel()
	case <-hurry:
		g.cancel()
	}
	select {
	case <-idle:
	case <-time.After(time.Second): // closing the driver ends what does not listen to its context
	}
	g.actor.closeDriver(g.driver)
	select {
	case <-idle:
	case <-time.After(time.Second):
		g.actor.stats.stuck.Add(1)
		g.actor.log.Error("service driver holds workers after it was closed", "service", g.actor.name)
	}
}

// cancel ends the context of every operation at hand.
func (g *generation) cancel() {
	for _, w := range g.workers {
		w.mu.Lock()
		if w.cancel != nil {
			w.cancel()
		}
		w.mu.Unlock()
	}
}

// closeDriver closes a driver, whatever that does.
func (a *Actor) closeDriver(d Driver) {
	if err := guardedClose(d); err != nil {
		a.log.Warn("service driver did not close cleanly", "service", a.name, "error", a.scrub.Load().error(err))
	}
}

func guardedClose(d Driver) (err error) {
	defer recoverCrash(&err)
	return d.Close()
}
