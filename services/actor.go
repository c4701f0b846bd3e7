package services

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"gateway"
)

// Actor is one configured backend at run time. It owns the driver and its
// connections. Safe for concurrent use. See the package comment for its states.
type Actor struct {
	name   string
	kind   Kind
	env    Environment
	timing Timing
	log    *slog.Logger

	mailbox   mailbox
	unused    sync.Pool // of *message
	stats     statistics
	scrub     atomic.Pointer[scrubber]
	holdLimit atomic.Int64 // Limits.HoldTimeout in force, in nanoseconds

	events chan event         // to supervise
	cancel context.CancelFunc // ends supervise
	done   chan struct{}      // closed when supervise has returned

	retiring sync.WaitGroup // drivers being closed
	hurry    chan struct{}  // closed: they have no more time to finish
}

// Timing says how patient actors are. A zero field stands for its default.
type Timing struct {
	Grace      time.Duration // how long messages wait for a backend that turned out to be away; 2 s
	OpenLimit  time.Duration // for opening a driver; 15 s
	PingLimit  time.Duration // for the backend's answer to a ping; 5 s
	MinBackoff time.Duration // before the second attempt to connect; 100 ms, then doubled
	MaxBackoff time.Duration // 3 s: an attempt costs little, and after an outage everybody waits for it
	Drain      time.Duration // how long a replaced driver may finish its operations; 30 s
}

func (t Timing) orDefaults() Timing {
	for _, f := range []struct {
		field *time.Duration
		value time.Duration
	}{
		{&t.Grace, 2 * time.Second}, {&t.OpenLimit, 15 * time.Second}, {&t.PingLimit, 5 * time.Second},
		{&t.MinBackoff, 100 * time.Millisecond}, {&t.MaxBackoff, 3 * time.Second}, {&t.Drain, 30 * time.Second},
	} {
		if *f.field == 0 {
			*f.field = f.value
		}
	}
	return t
}

// Setting is a decoded configuration of a kind, ready to be opened; see
// [Kind.Setting].
type Setting struct {
	config  any
	limits  Limits
	secrets []string
}

// Setting decodes a configuration in which everything is resolved. secrets are
// further values that must never be seen, beside those of the secret fields.
func (k Kind) Setting(config map[string]any, secrets ...string) (Setting, error) {
	c, err := k.decode(config, false)
	if err != nil {
		return Setting{}, err
	}
	for _, f := range k.fields {
		if f.Secret {
			if s, ok := toText(config[f.Name]); ok {
				secrets = append(secrets, s)
			}
		}
	}
	slices.Sort(secrets) // settings are compared
	return Setting{config: c, limits: k.limits(c), secrets: slices.Compact(secrets)}, nil
}

// NewActor makes an actor and starts connecting in the background; it never
// waits. The caller must Stop it.
func NewActor(kind Kind, setting Setting, env Environment, timing Timing) *Actor {
	if env.Log == nil {
		env.Log = slog.New(slog.DiscardHandler)
	}
	ctx, cancel := context.WithCancel(context.Background())
	a := &Actor{
		name:   env.Name,
		kind:   kind,
		env:    env,
		timing: timing.orDefaults(),
		log:    env.Log,
		events: make(chan event),
		cancel: cancel,
		done:   make(chan struct{}),
		hurry:  make(chan struct{}),
	}
	if kind.state != nil {
		a.env.State = kind.state()
	}
	a.scrub.Store(newScrubber(setting.secrets))
	a.mailbox.size = setting.limits.Mailbox
	a.mailbox.wait()
	a.stats.enter(StateConnecting)
	go a.supervise(ctx, setting)
	return a
}

// Name is the name of the service.
func (a *Actor) Name() string { return a.name }

// Kind is the kind of the service.
func (a *Actor) Kind() Kind { return a.kind }

// State is what the kind's NewState made for this actor. It outlives the drivers.
func (a *Actor) State() any { return a.env.State }

// Op names an operation for errors and statistics, and says whether it may be
// carried out twice.
type Op struct {
	Name string
	Safe bool // repeating it does no harm: reads, and writes that set a state
}

// Read is a safe operation.
func Read(name string) Op { return Op{Name: name, Safe: true} }

// Write is an operation that must not be repeated when it may have been carried out.
func Write(name string) Op { return Op{Name: name} }

// message is one operation on its way to a worker. Exactly one reply is sent to
// it, unless it is withdrawn.
type message struct {
	ctx      context.Context
	cancel   context.CancelFunc
	op       Op
	run      func(ctx context.Context, d Driver) error
	attempts int
	held     bool        // run holds the worker for a session
	begun    bool        // the session has begun: nothing may be repeated any more
	done     chan error  // has room for the reply
	timer    *time.Timer // of the one who waits for the reply; stopped while not in use

	prev, next *message
	in         *list // the queue it is in; nil when taken
}

func (m *message) reply(err error) { m.done <- err }

// message gives an unused message.
func (a *Actor) message() *message {
	if m, ok := a.unused.Get().(*message); ok {
		return m
	}
	m := &message{done: make(chan error, 1), timer: time.NewTimer(time.Hour)}
	m.timer.Stop()
	return m
}

// recycle takes a message back that has had its reply or was withdrawn.
func (a *Actor) recycle(m *message) {
	m.timer.Stop()
	m.ctx, m.cancel, m.run = nil, nil, nil
	a.unused.Put(m)
}

// Call carries out one operation in the actor and gives its result. D is the
// driver's type.
//
// fn runs in a worker. Its context ends a little before ctx does, so that the
// handler can still answer; drivers must end with it. A caller whose time is over
// does not wait for a driver that goes on regardless: fn must therefore not write
// to memory the caller sees. Its result is passed on only when it came in time.
//
// Errors are gateway errors without secrets: ErrServiceUnavailable where the
// backend is away or no worker became free in time, ErrTimeout where the backend
// was too slow, those of fn otherwise; what is not a gateway error becomes the
// code of the capability.
func Call[D Driver, T any](ctx context.Context, a *Actor, op Op, fn func(ctx context.Context, d D) (T, error)) (T, error) {
	result := new(T)
	err := a.do(ctx, op, func(ctx context.Context, d Driver) (err error) {
		*result, err = fn(ctx, d.(D))
		return err
	})
	if err != nil {
		var none T
		return none, err
	}
	return *result, nil
}

// do sends a message and waits for its reply.
func (a *Actor) do(ctx context.Context, op Op, run func(context.Context, Driver) error) error {
	began := time.Now()
	err := a.send(ctx, op, run, began)
	a.stats.record(time.Since(began), err)
	return err
}

func (a *Actor) send(ctx context.Context, op Op, run func(context.Context, Driver) error, now time.Time) error {
	if err := ctx.Err(); err != nil {
		return a.public(err)
	}
	opctx := &opContext{Context: ctx}
	defer opctx.cancel()
	var margin time.Duration
	opctx.deadline, margin = end(ctx, now)
	m := a.message()
	m.ctx, m.cancel, m.op, m.run, m.attempts = opctx, opctx.cancel, op, run, 0
	if err := a.mailbox.put(m); err != nil {
		a.recycle(m)
		return err
	}
	var over <-chan time.Time
	if !opctx.deadline.IsZero() {
		m.timer.Reset(opctx.deadline.Sub(now))
		over = m.timer.C
	}
	select {
	case err := <-m.done:
		a.recycle(m)
		return a.public(err)
	case <-ctx.Done():
		opctx.end(ctx.Err())
	case <-over:
		opctx.end(context.DeadlineExceeded)
	}
	if withdrawn, _ := a.mailbox.withdraw(m); withdrawn {
		a.recycle(m)
		return a.notServed(ctx)
	}
	err, replied := lastReply(ctx, m.done, margin)
	if !replied { // the worker still has m
		a.stats.abandoned.Add(1)
		return a.public(context.Cause(opctx))
	}
	a.recycle(m)
	return a.public(err)
}

// end is when an operation must end that begins now: a margin before its request
// does, a tenth of what is left but at most 250 ms. That is time for the driver to
// notice and for the handler to answer with the error. It is zero where the request
// has no deadline.
func end(ctx context.Context, now time.Time) (time.Time, time.Duration) {
	const most = 250 * time.Millisecond
	deadline, ok := ctx.Deadline()
	if !ok {
		return time.Time{}, most
	}
	margin := max(0, min(most, deadline.Sub(now)/10))
	return deadline.Add(-margin), margin
}

// bounded derives a context that ends when an operation of ctx must, or after limit
// where that is not zero.
func bounded(ctx context.Context, now time.Time, limit time.Duration) (context.Context, context.CancelFunc, time.Duration) {
	end, margin := end(ctx, now)
	ok := !end.IsZero()
	if limit > 0 && (!ok || now.Add(limit).Before(end)) {
		end, ok = now.Add(limit), true
	}
	if !ok {
		c, cancel := context.WithCancel(ctx)
		return c, cancel, margin
	}
	c, cancel := context.WithDeadline(ctx, end)
	return c, cancel, margin
}

// BeforeDeadline derives a context that ends a little before ctx does, as those of
// operations do: for what a handle waits for outside of the actor.
func BeforeDeadline(ctx context.Context) (context.Context, context.CancelFunc) {
	c, cancel, _ := bounded(ctx, time.Now(), 0)
	return c, cancel
}

// lastReply waits for a reply that is overdue: until ctx ends, or half of margin.
func lastReply(ctx context.Context, done <-chan error, margin time.Duration) (err error, replied bool) {
	timer := time.NewTimer(margin / 2)
	defer timer.Stop()
	select {
	case err = <-done:
		return err, true
	case <-ctx.Done():
	case <-timer.C:
	}
	select {
	case err = <-done:
		return err, true
	default:
		return nil, false
	}
}

// notServed is the error of a message that no worker took in time.
func (a *Actor) notServed(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return gateway.ErrTimeout.Wrap(context.Canceled, a.says("the request ended before the operation began"))
	}
	if err := a.stats.outage(); err != nil {
		return gateway.ErrServiceUnavailable.Wrap(err, a.says("cannot be reached"))
	}
	inside, outside := a.mailbox.depth()
	return gateway.ErrServiceUnavailable.New(a.says("busy: no worker became free in time (%d operations are waiting)", inside+outside))
}
