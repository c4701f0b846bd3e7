package interp

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"
	"weak"
)

// SlotOptions of a [Slot]. The zero value is usable.
type SlotOptions struct {
	// Log takes what the endpoint's script prints, panics of its goroutines, and
	// what happens to its instances. Nil drops it.
	Log *slog.Logger
	// DrainTimeout is how long calls on a replaced instance may go on before it is
	// killed. 30 s where zero.
	DrainTimeout time.Duration
	// IdleTimeout is after how much time without calls the instances are dropped, up
	// to twice that; the next call loads anew. An instance with goroutines of its own
	// is not idle. Zero for never.
	IdleTimeout time.Duration
	// MinWorkers and MaxWorkers are the number of instances: the first are loaded
	// together at first use, more while all of them are busy. Each has its own
	// package-level state. 1 where zero.
	MinWorkers, MaxWorkers int
	// MaxWaiting bounds the calls that wait for their turn in a serial program, per
	// instance; one more fails with [ErrBusy]. 1,000 where zero.
	MaxWaiting int
}

func (o SlotOptions) withDefaults() *SlotOptions {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.DrainTimeout == 0 {
		o.DrainTimeout = 30 * time.Second
	}
	if o.MaxWaiting == 0 {
		o.MaxWaiting = 1000
	}
	o.MinWorkers = max(o.MinWorkers, 1)
	o.MaxWorkers = max(o.MaxWorkers, o.MinWorkers)
	return &o
}

// A Slot is the place an endpoint's requests take their instance from. It is safe
// for concurrent use. An unloaded slot costs only its metadata.
type Slot struct {
	opts    atomic.Pointer[SlotOptions]
	current atomic.Pointer[generation] // nil once stopped

	mu       sync.Mutex         // guards what follows, and generation's guarded fields
	stopped  bool               //
	draining map[*Instance]bool // replaced, and not yet ended
	dead     map[*Instance]bool // killed, and code of theirs runs
	idle     *time.Timer        // runs while something is loaded and IdleTimeout is set
	failures int                // loads that failed in a row
	retryAt  time.Time          // no load before
	lastErr  error              // of the last load
	loads    sync.WaitGroup     // loads under way

	calls, timeouts, panics, kills, loaded, loadErrors, swaps atomic.Uint64
}

// generation is a program and the instances of it that take calls.
type generation struct {
	program   *Program
	instances atomic.Pointer[[]*Instance] // replaced whole, under Slot.mu
	loading   *slotLoad                   // the load under way; guarded by Slot.mu
}

func newGeneration(program *Program, instances []*Instance) *generation {
	g := &generation{program: program}
	g.instances.Store(&instances)
	return g
}

// NewSlot makes a slot for a program. Nothing is loaded before [Slot.Load] or the
// first call.
func NewSlot(program *Program, opts SlotOptions) *Slot {
	s := &Slot{draining: map[*Instance]bool{}, dead: map[*Instance]bool{}}
	s.opts.Store(opts.withDefaults())
	s.current.Store(newGeneration(program, nil))
	return s
}

// Program is what new requests run; nil once the slot is stopped.
func (s *Slot) Program() *Program {
	if g := s.current.Load(); g != nil {
		return g.program
	}
	return nil
}

// Configure replaces the options; they hold for what is loaded and drained from now on.
func (s *Slot) Configure(opts SlotOptions) { s.opts.Store(opts.withDefaults()) }

// Call pins an instance, loading one where there is none, and runs a handler of it.
// Its error is a *[PanicError], *[TimeoutError], *[KilledError], *[LoadError], one of
// the Err values of this package, the context's error, or what the handler returned.
func (s *Slot) Call(ctx context.Context, call Call) (*Result, error) {
	s.calls.Add(1)
	opts := s.opts.Load()
	i := s.pin(opts)
	if i == nil {
		var err error
		if i, err = s.pinLoading(ctx, &call, opts); err != nil {
			return nil, s.count(err)
		}
	}
	result, err := i.pinned(ctx, call, opts.MaxWaiting)
	if err != nil {
		return nil, s.count(err)
	}
	return result, nil
}

// count counts an error of a call.
func (s *Slot) count(err error) error {
	if _, late := err.(*TimeoutError); late {
		s.timeouts.Add(1)
	}
	return err
}

// pin pins the least busy instance. It is nil where none is loaded.
func (s *Slot) pin(opts *SlotOptions) *Instance {
	for {
		g := s.current.Load()
		if g == nil {
			return nil
		}
		list := *g.instances.Load()
		if len(list) == 0 {
			return nil
		}
		i := list[0]
		if opts.MaxWorkers > 1 {
			i = s.leastBusy(g, list, opts)
		}
		if i.pin() {
			return i
		}
		// It was killed in this moment.
		s.mu.Lock()
		g.remove(i)
		s.mu.Unlock()
	}
}

// remove takes an instance out of the list. Slot.mu is held.
func (g *generation) remove(i *Instance) {
	list := *g.instances.Load()
	if at := slices.Index(list, i); at >= 0 {
		list = slices.Delete(slices.Clone(list), at, at+1)
		g.instances.Store(&list)
	}
}

// leastBusy picks the instance with the fewest calls and has one more loaded where
// all are busy and more are allowed.
func (s *Slot) leastBusy(g *generation, list []*Instance, opts *SlotOptions) *Instance {
	best, load := list[0], list[0].load()
	for _, i := range list[1:] {
		if load == 0 {
			break
		}
		if n := i.load(); n < load {
			best, load = i, n
		}
	}
	if load > 0 && len(list) < opts.MaxWorkers {
		s.mu.Lock()
		if g.loading == nil && !s.stopped && s.current.Load() == g && !s.resting() {
			s.startLoad(g, len(list)+1)
		}
		s.mu.Unlock()
	}
	return best
}

// Swapped is what [Slot.Swap] did.
type Swapped struct {
	Pending  int  // calls that still run on the replaced instances
	Draining bool // Pending is not zero: they have until the drain timeout
}

// Swap makes new requests run program at once. Instances that were loaded for it,
// by [Slot.Prepare] or [Program.Load], may be given; otherwise the next call loads.
// The replaced instances finish their calls, until the drain timeout. Swap does not
// wait and cannot fail; on a stopped slot it closes the instances and has no effect.
func (s *Slot) Swap(program *Program, loaded ...*Instance) Swapped {
	for _, i := range loaded {
		i.owner.Store(s)
	}
	s.mu.Lock()
	if s.stopped {
		s.mu.Unlock()
		s.retire(loaded)
		return Swapped{}
	}
	s.swaps.Add(1)
	s.failures, s.retryAt, s.lastErr = 0, time.Time{}, nil
	alive := slices.DeleteFunc(slices.Clone(loaded), wasKilled)
	old := s.current.Swap(newGeneration(program, alive))
	replaced := s.takeInstances(old)
	if len(loaded) > 0 {
		s.armIdle()
	}
	s.mu.Unlock()
	return s.drain(replaced)
}

// takeInstances moves the instances of a generation to the draining ones. s.mu is held.
func (s *Slot) takeInstances(g *generation) []*Instance {
	list := *g.instances.Load()
	g.instances.Store(&[]*Instance{})
	for _, i := range list {
		s.draining[i] = true
	}
	return list
}

// drain lets instances finish their calls until the drain timeout. s.mu is not held.
func (s *Slot) drain(instances []*Instance) Swapped {
	pending := s.retire(instances)
	if pending > 0 {
		late := make([]weak.Pointer[Instance], len(instances)) // those that have ended are not to be kept
		for k, i := range instances {
			late[k] = weak.Make(i)
		}
		time.AfterFunc(s.opts.Load().DrainTimeout, func() {
			for _, w := range late {
				if i := w.Value(); i != nil {
					i.Kill(reasonDrain)
				}
			}
		})
	}
	return Swapped{Pending: pending, Draining: pending > 0}
}

func (s *Slot) retire(instances []*Instance) (pending int) {
	for _, i := range instances {
		pending += i.retire()
	}
	return pending
}

// wasKilled reports that an instance has ended. Asked under s.mu, an instance that has
// not will tell its owner later.
func wasKilled(i *Instance) bool {
	_, killed := i.Killed()
	return killed
}

// instanceEnded is told by an instance that it was killed or closed.
func (s *Slot) instanceEnded(i *Instance, reason string) {
	if reason != reasonClosed {
		s.kills.Add(1)
		s.opts.Load().Log.Warn("script was stopped", "reason", reason)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if g := s.current.Load(); g != nil {
		g.remove(i)
	}
	delete(s.draining, i)
	if !isGone(i) {
		s.dead[i] = true
	}
}

// instanceGone is told by an instance when nothing of it runs any more.
func (s *Slot) instanceGone(i *Instance) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.dead, i)
}

func isGone(i *Instance) bool {
	select {
	case <-i.gone:
		return true
	default:
		return false
	}
}

// armIdle starts the idle timer. s.mu is held.
func (s *Slot) armIdle() {
	if timeout := s.opts.Load().IdleTimeout; timeout > 0 && s.idle == nil {
		s.idle = time.AfterFunc(timeout, s.dropIdle)
	}
}

// dropIdle drops the instances that had no calls since it ran before: those beyond
// the minimum, or all if none had.
func (s *Slot) dropIdle() {
	s.mu.Lock()
	s.idle = nil
	g := s.current.Load()
	if g == nil {
		s.mu.Unlock()
		return
	}
	var busy, idle []*Instance
	for _, i := range *g.instances.Load() {
		if i.used.Swap(false) || i.load() > 0 || i.numbers.goroutines.Load() > 0 {
			busy = append(busy, i)
		} else {
			idle = append(idle, i)
		}
	}
	if len(busy) > 0 {
		keep := min(max(s.opts.Load().MinWorkers-len(busy), 0), len(idle))
		busy, idle = append(busy, idle[:keep]...), idle[keep:]
	}
	g.instances.Store(&busy)
	for _, i := range idle {
		s.draining[i] = true
	}
	if len(busy) > 0 || g.loading != nil {
		s.armIdle()
	}
	s.mu.Unlock()
	s.drain(idle) // none has calls, unless one began in this moment
}

// Stop refuses new calls with [ErrStopped] and drains the instances.
func (s *Slot) Stop() Swapped {
	s.mu.Lock()
	if s.stopped {
		s.mu.Unlock()
		return Swapped{}
	}
	s.stopped = true
	replaced := s.takeInstances(s.current.Swap(nil))
	if s.idle != nil {
		s.idle.Stop()
		s.idle = nil
	}
	s.mu.Unlock()
	return s.drain(replaced)
}

// Close is Stop that waits for the running calls; those that still run when ctx
// ends are killed. It returns ctx's error where calls had to be killed.
func (s *Slot) Close(ctx context.Context) error {
	s.Stop()
	s.loads.Wait() // bounded by the engine's LoadTimeout
	s.mu.Lock()
	var draining []*Instance
	for i := range s.draining {
		draining = append(draining, i)
	}
	s.mu.Unlock()
	var err error
	for _, i := range draining {
		if e := i.Close(ctx); e != nil {
			err = e
		}
	}
	return err
}
