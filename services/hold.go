package services

import (
	"context"
	"errors"
	"sync"
	"time"

	"gateway"
)

// endLimit is the time for what ends a session: a rollback, say.
const endLimit = 5 * time.Second

// Session is a worker held for several operations in a row on one thing, such as
// a transaction or a stream. It is used by one goroutine at a time.
type Session struct {
	actor   *Actor
	request context.Context
	ctx     context.Context // ends a little before request
	cancel  context.CancelFunc
	margin  time.Duration
	tasks   chan *task
	close   func()        // closes closing
	closing chan struct{} // tells the worker to end
	ended   chan struct{} // closed by the worker when it is done
}

// task is one operation within a session.
type task struct {
	run  func(ctx context.Context) error
	done chan error // has room for the reply
}

// Hold occupies a worker until the session is closed, or until shortly before ctx
// ends. begin runs in the worker; where it succeeds, end runs there when the
// session is over, whatever ended it, with a context that is still good for a
// moment (to roll back, to give a connection back). A begin that fails with
// [Unreachable] may be repeated, and with [Lost] too where op is safe; nothing is
// repeated afterwards.
//
// What is said of memory at [Call] holds for begin, end and [Within] too.
func Hold[D Driver](ctx context.Context, a *Actor, op Op, begin func(ctx context.Context, d D) (end func(context.Context), err error)) (*Session, error) {
	began := time.Now()
	s, err := a.holdWorker(ctx, op, began, func(ctx context.Context, d Driver) (func(context.Context), error) {
		return begin(ctx, d.(D))
	})
	if err != nil {
		a.stats.record(time.Since(began), err)
		return nil, err
	}
	return s, nil
}

func (a *Actor) holdWorker(ctx context.Context, op Op, now time.Time, begin func(context.Context, Driver) (func(context.Context), error)) (*Session, error) {
	if err := ctx.Err(); err != nil {
		return nil, a.public(err)
	}
	s := &Session{
		actor:   a,
		request: ctx,
		tasks:   make(chan *task),
		closing: make(chan struct{}),
		ended:   make(chan struct{}),
	}
	s.close = sync.OnceFunc(func() { close(s.closing) })
	s.ctx, s.cancel, s.margin = bounded(ctx, now, time.Duration(a.holdLimit.Load()))

	begun := make(chan struct{})
	m := &message{ctx: s.ctx, cancel: s.cancel, op: op, held: true, done: make(chan error, 1)}
	m.run = func(ctx context.Context, d Driver) error {
		end, err := begin(ctx, d)
		if err != nil {
			return err
		}
		m.begun = true
		close(begun)
		return s.serve(ctx, end)
	}
	if err := a.mailbox.put(m); err != nil {
		s.cancel()
		return nil, err
	}
	select {
	case <-begun:
		return s, nil
	case err := <-m.done:
		if err == nil { // it had begun, and ended at once with its context
			err = s.ctx.Err()
		}
		s.cancel()
		return nil, a.public(err)
	case <-s.ctx.Done():
	}
	cause := s.ctx.Err()
	s.cancel() // a begin that succeeds now is ended at once
	if withdrawn, _ := a.mailbox.withdraw(m); withdrawn {
		return nil, a.notServed(ctx)
	}
	err, replied := lastReply(ctx, m.done, s.margin)
	if !replied {
		a.stats.abandoned.Add(1)
		err = cause
	}
	if err == nil { // it had begun and has ended
		err = cause
	}
	return nil, a.public(err)
}

// serve carries out a session's tasks in the worker. It returns the error that
// made the session useless: a lost connection or a crash.
func (s *Session) serve(ctx context.Context, end func(context.Context)) (fatal error) {
	defer close(s.ended)
	defer func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), endLimit)
		defer cancel()
		end(last)
	}()
	for {
		select {
		case t := <-s.tasks:
			err := t.attempt(ctx)
			t.done <- err
			_, crashed := errors.AsType[*crashError](err)
			if lost, _ := connectionLoss(err); lost || crashed {
				return err
			}
		case <-s.closing:
			return nil
		case <-ctx.Done():
			return nil
		}
	}
}

func (t *task) attempt(ctx context.Context) (err error) {
	defer recoverCrash(&err)
	return t.run(ctx)
}

// Within carries out one operation of a session in its worker and gives its
// result. After an error that says that the connection is gone, and after the
// session's end, every operation fails.
func Within[T any](s *Session, fn func(ctx context.Context) (T, error)) (T, error) {
	result := new(T)
	began := time.Now()
	err := s.do(func(ctx context.Context) (err error) {
		*result, err = fn(ctx)
		return err
	})
	s.actor.stats.record(time.Since(began), err)
	if err != nil {
		var none T
		return none, err
	}
	return *result, nil
}

func (s *Session) do(run func(ctx context.Context) error) error {
	a := s.actor
	t := &task{run: run, done: make(chan error, 1)}
	select {
	case s.tasks <- t:
	case <-s.ended:
		return s.over()
	case <-s.ctx.Done():
		return s.over()
	}
	select {
	case err := <-t.done:
		return a.public(err)
	case <-s.ctx.Done():
	}
	err, replied := lastReply(s.request, t.done, s.margin)
	if !replied {
		a.stats.abandoned.Add(1)
		err = s.ctx.Err()
	}
	return a.public(err)
}

// over is the error of an operation after the session's end.
func (s *Session) over() error {
	if err := s.ctx.Err(); err != nil {
		return s.actor.public(err)
	}
	return gateway.ErrServiceUnavailable.New(s.actor.says("the session has ended"))
}

// Err is why the session is of no use any more: its context has ended. A handler
// that was stopped in a callback returns from it as if nothing had happened, so
// look here before trusting what a callback returned.
func (s *Session) Err() error {
	if err := s.ctx.Err(); err != nil {
		return s.actor.public(err)
	}
	return nil
}

// Close frees the worker and waits for that until the request ends. It may be
// called more than once.
func (s *Session) Close() {
	s.close()
	select {
	case <-s.ended:
	case <-s.request.Done():
	}
	s.cancel()
}
