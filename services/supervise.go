package services

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"gateway"
)

// ErrStopped is the error of Reconfigure and Stop once the actor has stopped.
var ErrStopped = errors.New("the service is not running")

type eventKind int

const (
	eventSuspect     eventKind = iota // a worker found the connection gone
	eventCrash                        // a driver panicked
	eventConnect                      // somebody wants the backend now, whatever the backoff
	eventReconfigure                  // take setting
	eventStop                         // finish until until
)

// event is something a supervisor is told.
type event struct {
	kind       eventKind
	generation *generation // eventSuspect, eventCrash: the one it was noticed in
	err        error
	setting    Setting
	until      context.Context // eventReconfigure, eventStop: how long it may take
	reply      chan error      // eventReconfigure, eventStop: has room for the answer
}

// suspect is called by a worker whose operation found the connection gone. No
// worker begins anything until the backend has been asked.
func (a *Actor) suspect(g *generation, err error) {
	a.mailbox.pause()
	a.tell(event{kind: eventSuspect, generation: g, err: err})
}

// crashed is called by a worker whose driver panicked.
func (a *Actor) crashed(g *generation, op Op, crash *crashError) {
	scrub := a.scrub.Load()
	a.log.Error("service driver panicked", "service", a.name, "operation", op.Name,
		"panic", scrub.text(fmt.Sprint(crash.reason)), "stack", scrub.text(string(crash.stack)))
	a.mailbox.pause()
	a.tell(event{kind: eventCrash, generation: g, err: crash})
}

// tell gives an event to the supervisor, which always listens.
func (a *Actor) tell(e event) bool {
	select {
	case a.events <- e:
		return true
	case <-a.done:
		return false
	}
}

// Reconfigure replaces the configuration without losing requests: the new driver
// is opened and asked first, then takes over, and the old one finishes what it
// has. Where the new one does not answer although the old one works, the old one
// stays and the error says why. Where the old one does not work either the new
// configuration is taken and connected to in the background.
func (a *Actor) Reconfigure(ctx context.Context, setting Setting) error {
	e := event{kind: eventReconfigure, setting: setting, until: ctx, reply: make(chan error, 1)}
	if !a.tell(e) {
		return ErrStopped
	}
	select {
	case err := <-e.reply:
		return err
	case <-ctx.Done():
		return fmt.Errorf("reconfigure service %q: %w", a.name, ctx.Err())
	}
}

// Connect has an actor that waits before its next attempt to reach the backend try
// at once.
func (a *Actor) Connect() { a.tell(event{kind: eventConnect}) }

// Stop ends the actor. What is queued or being carried out is finished until ctx
// ends and cut off then; new messages are refused. It returns when everything is
// closed, and may be called more than once.
func (a *Actor) Stop(ctx context.Context) error {
	e := event{kind: eventStop, until: ctx, reply: make(chan error, 1)}
	if !a.tell(e) {
		return nil
	}
	return <-e.reply
}

// supervisor is the state of the goroutine that opens, watches and closes an
// actor's drivers.
type supervisor struct {
	*Actor
	ctx     context.Context // life of the actor
	setting Setting
	current *generation // nil while there is none

	attempt *attempt    // the attempt to connect under way, or nil
	change  *attempt    // the reconfiguration under way, or nil
	retry   *time.Timer // starts the next attempt; nil while none is due
	grace   *time.Timer // starts refusing; nil while not counting or done
	backoff time.Duration
	refused bool      // messages are refused until the backend answers
	healthy bool      // current has answered, and nothing speaks against it since
	seen    bool      // it has been active
	told    bool      // the log says that the backend is away
	crash   time.Time // of the last crash
}

// attempt is one try to open a driver or to have an answer from the current one.
type attempt struct {
	cancel  context.CancelFunc
	setting Setting       // what it opens
	reply   chan error    // of the reconfiguration it is for
	done    chan struct{} // closed when driver and err are set
	driver  Driver        // opened; nil for a ping
	err     error
}

// supervise is the life of an actor.
func (a *Actor) supervise(ctx context.Context, setting Setting) {
	defer close(a.done)
	defer a.cancel()
	s := &supervisor{Actor: a, ctx: ctx, setting: setting}
	s.begin()
	for {
		select {
		case e := <-a.events:
			if s.handle(e) {
				return
			}
		case <-doneOf(s.attempt):
			s.concluded()
		case <-doneOf(s.change):
			s.changed()
		case <-tick(s.retry):
			s.retry = nil
			s.try()
		case <-tick(s.grace):
			s.grace = nil
			s.refuse()
		}
	}
}

func doneOf(t *attempt) <-chan struct{} {
	if t == nil {
		return nil
	}
	return t.done
}

func tick(t *time.Timer) <-chan time.Time {
	if t == nil {
		return nil
	}
	return t.C
}

// handle takes an event and reports whether the actor has stopped.
func (s *supervisor) handle(e event) (stopped bool) {
	switch e.kind {
	case eventSuspect:
		if e.generation != s.current {
			// An old driver that is finishing says nothing of the current one.
			if s.healthy {
				s.mailbox.resume()
			}
			return false
		}
		if !s.healthy {
			return false // being looked into
		}
		s.healthy = false
		s.stats.enter(StateReconnecting)
		s.fault(e.err)
		s.startGrace()
		s.try()
	case eventCrash:
		if e.generation != s.current {
			if s.healthy {
				s.mailbox.resume()
			}
			return false
		}
		s.restarts()
		s.fault(e.err)
	case eventConnect:
		if !s.healthy {
			s.backoff = 0
			s.stopRetry()
			s.try()
		}
	case eventReconfigure:
		s.reconfigure(e)
	case eventStop:
		s.stop(e)
		return true
	}
	return false
}

// begin connects with a configuration that has not been tried yet. Messages wait
// as long as their requests have: until the first attempt has failed nothing says
// that it will not do.
func (s *supervisor) begin() {
	s.stats.enter(StateConnecting)
	s.backoff, s.told, s.refused = 0, false, false
	s.stopGrace()
	s.stopRetry()
	s.mailbox.wait()
	s.attempt = s.open(s.ctx, s.setting)
}

// restarts replaces a driver that panicked, after a pause that grows while panics
// follow each other.
func (s *supervisor) restarts() {
	s.stats.restarts.Add(1)
	s.stats.enter(StateRestarting)
	s.drop(&s.attempt)
	s.retire()
	s.healthy = false
	if time.Since(s.crash) > 2*s.timing.MaxBackoff {
		s.backoff = 0
	}
	s.crash = time.Now()
	s.startGrace()
	s.later()
}

// reconfigure opens what e asks for beside the current driver, or in its place
// where that does not work.
func (s *supervisor) reconfigure(e event) {
	if s.change != nil {
		s.change.reply <- errors.New("another change of the configuration came in between")
		s.drop(&s.change)
	}
	if s.healthy {
		s.change = s.open(e.until, e.setting)
		s.change.reply = e.reply
		return
	}
	s.drop(&s.attempt)
	s.retire()
	s.adopt(e.setting)
	s.begin()
	e.reply <- nil
}

// open starts an attempt to open a driver.
func (s *supervisor) open(ctx context.Context, setting Setting) *attempt {
	t := &attempt{done: make(chan struct{}), setting: setting}
	ctx, t.cancel = context.WithTimeout(ctx, max(s.timing.OpenLimit, setting.limits.Open)+s.timing.PingLimit)
	go func() {
		defer close(t.done)
		t.driver, t.err = s.kind.openAndPing(ctx, setting, s.env)
	}()
	return t
}

// ping starts an attempt to have an answer from the current driver.
func (s *supervisor) ping() *attempt {
	t := &attempt{done: make(chan struct{})}
	ctx, cancel := context.WithTimeout(s.ctx, s.timing.PingLimit)
	t.cancel = cancel
	driver := s.current.driver
	go func() {
		defer close(t.done)
		t.err = guardedPing(ctx, driver)
	}()
	return t
}

// openAndPing gives a driver whose backend has answered.
func (k Kind) openAndPing(ctx context.Context, setting Setting, env Environment) (d Driver, err error) {
	defer recoverCrash(&err)
	d, err = k.open(ctx, setting.config, env)
	if err != nil {
		return nil, err
	}
	if err := guardedPing(ctx, d); err != nil {
		_ = guardedClose(d) // the ping's error says more
		return nil, err
	}
	return d, nil
}

func guardedPing(ctx context.Context, d Driver) (err error) {
	defer recoverCrash(&err)
	return d.Ping(ctx)
}

// try starts the attempt that is due.
func (s *supervisor) try() {
	switch {
	case s.attempt != nil:
	case s.current == nil:
		s.attempt = s.open(s.ctx, s.setting)
	default:
		s.attempt = s.ping()
	}
}

// concluded looks at a finished attempt.
func (s *supervisor) concluded() {
	t := s.attempt
	s.attempt = nil
	t.cancel()
	switch {
	case t.err != nil:
		s.failed(t.err)
	case t.driver != nil:
		s.install(t)
		s.up()
	default:
		s.stats.reconnects.Add(1)
		s.up()
	}
}

// changed looks at a finished reconfiguration.
func (s *supervisor) changed() {
	t := s.change
	s.change = nil
	t.cancel()
	if t.err != nil {
		t.reply <- newScrubber(t.setting.secrets).error(t.err)
		return
	}
	s.drop(&s.attempt)
	s.install(t)
	s.up()
	t.reply <- nil
}

// install makes an opened driver the current one.
func (s *supervisor) install(t *attempt) {
	s.retire()
	s.adopt(t.setting)
	s.holdLimit.Store(int64(t.setting.limits.HoldTimeout))
	s.stats.setWorkers(t.setting.limits.Workers)
	s.mailbox.resize(t.setting.limits.Mailbox)
	s.current = s.newGeneration(t.driver, t.setting.limits)
}

// adopt makes a setting the one in use. The driver of the one before may still be
// finishing, so its secrets stay secret.
func (s *supervisor) adopt(setting Setting) {
	s.scrub.Store(newScrubber(slices.Concat(setting.secrets, s.setting.secrets)))
	s.setting = setting
}

// up says that the backend answers.
func (s *supervisor) up() {
	s.stats.enter(StateActive)
	if s.told || !s.seen {
		s.log.Info("service is active", "service", s.name, "type", s.kind.Type)
	}
	s.healthy, s.told, s.seen, s.refused = true, false, true, false
	if time.Since(s.crash) > 2*s.timing.MaxBackoff {
		s.backoff = 0
	}
	s.stopGrace()
	s.stopRetry()
	s.mailbox.resume()
}

// failed says that an attempt to connect failed, and plans the next one.
func (s *supervisor) failed(err error) {
	s.fault(err)
	s.startGrace()
	if !s.told {
		s.told = true
		s.log.Warn("service cannot reach its backend", "service", s.name, "type", s.kind.Type, "error", s.stats.outage())
	}
	s.later()
}

// fault keeps an error for those who ask.
func (s *supervisor) fault(err error) { s.stats.setError(s.scrub.Load().error(err)) }

// later plans an attempt after the backoff with ±50 % jitter, so that actors that
// lost the same backend do not all return at once. While messages still wait for the
// backend it is tried several times, however long the backoff has become.
func (s *supervisor) later() {
	s.backoff = min(max(2*s.backoff, s.timing.MinBackoff), s.timing.MaxBackoff)
	s.stopRetry()
	wait := s.backoff/2 + rand.N(s.backoff)
	if s.grace != nil {
		wait = min(wait, s.timing.Grace/4)
	}
	s.retry = time.NewTimer(wait)
}

func (s *supervisor) stopRetry() {
	if s.retry != nil {
		s.retry.Stop()
		s.retry = nil
	}
}

func (s *supervisor) startGrace() {
	if s.grace == nil && !s.refused {
		s.grace = time.NewTimer(s.timing.Grace)
	}
}

func (s *supervisor) stopGrace() {
	if s.grace != nil {
		s.grace.Stop()
		s.grace = nil
	}
}

// refuse answers everything with the reason of the outage until the backend is back.
func (s *supervisor) refuse() {
	if s.healthy {
		return
	}
	reason := s.stats.outage()
	if reason == nil {
		reason = errors.New("the backend does not answer")
	}
	s.refused = true
	s.mailbox.refuse(gateway.ErrServiceUnavailable.Wrap(reason, s.says("cannot be reached")))
}

// drop gives up an attempt. Its driver, should it still come to be, is closed.
func (s *supervisor) drop(slot **attempt) {
	t := *slot
	if t == nil {
		return
	}
	*slot = nil
	t.cancel()
	s.retiring.Go(func() {
		<-t.done
		if t.driver != nil {
			s.closeDriver(t.driver)
		}
	})
}

// retire lets the current generation finish in the background.
func (s *supervisor) retire() {
	g := s.current
	if g == nil {
		return
	}
	s.current = nil
	s.mailbox.dismiss(g)
	s.retiring.Go(func() { g.retire(s.timing.Drain, s.hurry) })
}

// stop ends the actor.
func (s *supervisor) stop(e event) {
	s.stats.enter(StateStopping)
	stopped := gateway.ErrServiceUnavailable.New(s.says("stopped"))
	if s.change != nil {
		s.change.reply <- ErrStopped
		s.drop(&s.change)
	}
	s.drop(&s.attempt)
	s.stopRetry()
	s.stopGrace()
	s.mailbox.shut(stopped)
	if s.healthy {
		until, cancel := context.WithTimeout(e.until, s.timing.Drain)
		s.finish(until)
		cancel()
	}
	s.mailbox.refuse(stopped)
	s.retire()
	e.reply <- s.await(e.until)
	s.stats.enter(StateInactive)
}

// finish waits until the mailbox is empty.
func (s *supervisor) finish(until context.Context) {
	empty := s.mailbox.emptied()
	for {
		select {
		case <-empty:
			return
		case <-until.Done():
			return
		case e := <-s.events:
			if !s.decline(e) {
				return // the backend went away: nothing more can be finished
			}
		}
	}
}

// await waits until everything is closed. Operations that are still going on when
// until ends are cut off.
func (s *supervisor) await(until context.Context) error {
	closed := make(chan struct{})
	go func() {
		s.retiring.Wait()
		close(closed)
	}()
	const patience = 5 * time.Second // for what is cut off
	ended := until.Done()
	var late <-chan time.Time
	for {
		select {
		case <-closed:
			return nil
		case <-ended:
			ended = nil
			close(s.hurry)
			late = time.After(patience)
		case <-late:
			return fmt.Errorf("stop service %q: the driver does not let go", s.name)
		case e := <-s.events:
			s.decline(e)
		}
	}
}

// decline answers an event that comes while the actor stops, and reports whether
// it was a wish; the others tell of trouble.
func (s *supervisor) decline(e event) bool {
	switch e.kind {
	case eventReconfigure:
		e.reply <- ErrStopped
		return true
	case eventStop: // waits for the first one
		go func() {
			<-s.done
			e.reply <- nil
		}()
		return true
	default:
		return false
	}
}
