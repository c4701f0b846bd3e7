package interp

import (
	"context"
	"time"
)

// slotLoad is a load under way: everybody who needs it waits for done.
type slotLoad struct {
	done chan struct{}
	err  error // valid when done is closed
}

// Delays between loads that fail, doubling from the first to the last.
const (
	firstRetry = 100 * time.Millisecond
	lastRetry  = 30 * time.Second
)

// Prepare loads an instance of a program for [Slot.Swap], away from the requests.
func (s *Slot) Prepare(ctx context.Context, program *Program) (*Instance, error) {
	i, err := program.Load(ctx, LoadOptions{Log: s.opts.Load().Log})
	if err != nil {
		s.loadErrors.Add(1)
		return nil, err
	}
	s.loaded.Add(1)
	return i, nil
}

// Load loads the instances now instead of at the first call, and reports why they
// cannot be.
func (s *Slot) Load(ctx context.Context) error {
	for {
		if err := s.ensure(ctx); err != nil {
			return err
		}
		if g := s.current.Load(); g != nil && len(*g.instances.Load()) > 0 {
			return nil
		}
	}
}

// pinLoading is pin that loads where nothing is loaded. It sets the start of the
// call, because its timeout counts from before the load.
func (s *Slot) pinLoading(ctx context.Context, call *Call, opts *SlotOptions) (*Instance, error) {
	call.start, call.Start = call.Start, time.Time{}
	if call.start.IsZero() {
		call.start = time.Now()
	}
	var wait callContext
	wait.init(ctx, call)
	defer wait.cancel()
	for {
		if err := s.ensure(&wait); err != nil {
			if err == context.DeadlineExceeded { // wait's; a *LoadError is something else
				err = &TimeoutError{Timeout: call.Timeout, Waiting: true, cause: err}
			}
			return nil, err
		}
		if i := s.pin(opts); i != nil {
			return i, nil
		}
	}
}

// ensure waits until an instance is loaded, starting the load where nobody has.
func (s *Slot) ensure(ctx context.Context) error {
	s.mu.Lock()
	if s.stopped {
		s.mu.Unlock()
		return ErrStopped
	}
	g := s.current.Load()
	if len(*g.instances.Load()) > 0 {
		s.mu.Unlock()
		return nil
	}
	if g.loading == nil {
		if s.resting() {
			defer s.mu.Unlock()
			return s.lastErr
		}
		s.startLoad(g, s.opts.Load().MinWorkers)
	}
	load := g.loading
	s.mu.Unlock()
	select {
	case <-load.done:
		return load.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// resting reports that a load failed and the time to try again has not come.
// s.mu is held.
func (s *Slot) resting() bool {
	return s.lastErr != nil && time.Now().Before(s.retryAt)
}

// startLoad loads instances of g until there are want. s.mu is held.
func (s *Slot) startLoad(g *generation, want int) {
	load := &slotLoad{done: make(chan struct{})}
	g.loading = load
	s.loads.Add(1)
	g.program.engine.workers.do(jobFunc(func() {
		defer s.loads.Done()
		s.runLoad(g, load, want)
	}))
}

// runLoad loads one instance after the other, at least one.
func (s *Slot) runLoad(g *generation, load *slotLoad, want int) {
	have := len(*g.instances.Load())
	for first := true; first || have < want; first = false {
		i, err := s.Prepare(context.Background(), g.program) // bounded by LoadTimeout
		if err != nil {
			s.loadFailed(g, load, err)
			return
		}
		have = s.addLoaded(g, i)
		if have == 0 {
			break // replaced in the meantime
		}
	}
	s.mu.Lock()
	g.loading = nil
	s.mu.Unlock()
	close(load.done)
}

// addLoaded offers an instance to requests and returns how many there are now; none
// where the generation was replaced.
func (s *Slot) addLoaded(g *generation, i *Instance) int {
	i.owner.Store(s)
	s.mu.Lock()
	s.failures, s.retryAt, s.lastErr = 0, time.Time{}, nil
	if s.current.Load() != g || wasKilled(i) {
		s.mu.Unlock()
		s.retire([]*Instance{i})
		return 0
	}
	defer s.mu.Unlock()
	list := append((*g.instances.Load())[:len(*g.instances.Load()):len(*g.instances.Load())], i)
	g.instances.Store(&list)
	s.armIdle()
	return len(list)
}

func (s *Slot) loadFailed(g *generation, load *slotLoad, err error) {
	opts := s.opts.Load()
	s.mu.Lock()
	g.loading = nil
	if s.current.Load() == g {
		delay := firstRetry << min(s.failures, 16)
		s.failures++
		s.lastErr, s.retryAt = err, time.Now().Add(min(delay, lastRetry))
	}
	s.mu.Unlock()
	opts.Log.Error("script cannot be loaded", "error", err)
	load.err = err
	close(load.done)
}
