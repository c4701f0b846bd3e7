package services

import (
	"context"
	"errors"
	"math/bits"
	"sync"
	"sync/atomic"
	"time"

	"gateway"
)

// State is what an actor is doing.
type State string

// The states of an actor; the package comment says how they follow each other.
const (
	StateInactive     State = "inactive"     // not running
	StateConnecting   State = "connecting"   // has not reached its backend yet
	StateActive       State = "active"       // at work
	StateReconnecting State = "reconnecting" // the backend does not answer any more
	StateRestarting   State = "restarting"   // its driver panicked and is being opened anew
	StateStopping     State = "stopping"     // finishes what it has
	StateFailed       State = "failed"       // not running: its configuration cannot be used
)

// Stats are the figures of one actor since it was started.
type Stats struct {
	State     State     `json:"state"`
	Since     time.Time `json:"since"`                // of the state
	LastError string    `json:"last_error,omitempty"` // why the backend was away the last time
	Workers   int       `json:"workers"`
	Mailbox   int       `json:"mailbox"`     // messages it holds at most
	Queued    int       `json:"queue_depth"` // messages waiting, those outside a full mailbox included
	InFlight  int       `json:"in_flight"`   // operations being carried out

	Operations uint64            `json:"operations"` // finished, well or not
	Errors     uint64            `json:"errors"`
	ByCode     map[string]uint64 `json:"errors_by_code,omitempty"`
	Retries    uint64            `json:"retries"`    // operations repeated after a connection failed
	Reconnects uint64            `json:"reconnects"` // times the backend came back
	Restarts   uint64            `json:"restarts"`   // after a panic of the driver
	Abandoned  uint64            `json:"abandoned"`  // operations that went on after their request had ended
	Stuck      uint64            `json:"stuck"`      // drivers that did not end when closed

	Latency Latency `json:"latency"`
}

// Latency is the distribution of the time from sending a message to its reply.
type Latency struct {
	Count   uint64          `json:"count"`
	Sum     time.Duration   `json:"sum_ns"`
	Buckets []LatencyBucket `json:"buckets"`
}

// LatencyBucket counts operations of at most Le, those of smaller buckets included.
type LatencyBucket struct {
	Le    time.Duration `json:"le_ns"`
	Count uint64        `json:"count"`
}

// Quantile estimates the latency that a share q of the operations does not exceed.
func (l Latency) Quantile(q float64) time.Duration {
	if l.Count == 0 {
		return 0
	}
	rank := q * float64(l.Count)
	var below uint64
	var lower time.Duration
	for _, b := range l.Buckets {
		if float64(b.Count) >= rank && b.Count > below {
			share := (rank - float64(below)) / float64(b.Count-below)
			return lower + time.Duration(share*float64(b.Le-lower))
		}
		below, lower = b.Count, b.Le
	}
	return lower
}

// latencyBuckets are powers of two of a microsecond: 1 µs, 2 µs, … 2^26 µs (67 s).
const latencyBuckets = 27

// statistics collects the figures of an actor.
type statistics struct {
	inFlight   atomic.Int64
	retries    atomic.Uint64
	reconnects atomic.Uint64
	restarts   atomic.Uint64
	abandoned  atomic.Uint64
	stuck      atomic.Uint64
	sum        atomic.Int64
	buckets    [latencyBuckets + 1]atomic.Uint64 // the last: slower than all

	mu      sync.Mutex // guards what follows
	state   State
	since   time.Time
	lastErr error // scrubbed
	workers int
	changed chan struct{} // closed when the state changes or an error is set; nil where nobody waits
	failed  uint64
	byCode  map[string]uint64
}

// record counts a finished operation.
func (s *statistics) record(took time.Duration, err error) {
	i := bits.Len64(uint64(max(0, (took-1)/time.Microsecond)))
	s.buckets[min(i, latencyBuckets)].Add(1)
	s.sum.Add(int64(took))
	if err == nil {
		return
	}
	code := "other"
	var e *gateway.Error
	if errors.As(err, &e) {
		code = string(e.Code)
	}
	if code == string(gateway.ErrNotFound) {
		return // an answer like any other
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failed++
	if s.byCode == nil {
		s.byCode = make(map[string]uint64)
	}
	s.byCode[code]++
}

// enter changes the state.
func (s *statistics) enter(state State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state != state {
		s.state, s.since = state, time.Now()
		s.announce()
	}
}

func (s *statistics) setError(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastErr = err
	s.announce()
}

// announce wakes those who wait for a change. s.mu is held.
func (s *statistics) announce() {
	if s.changed != nil {
		close(s.changed)
		s.changed = nil
	}
}

// watch gives the state and a channel that is closed at its next change.
func (s *statistics) watch() (State, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.changed == nil {
		s.changed = make(chan struct{})
	}
	return s.state, s.changed
}

func (s *statistics) setWorkers(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.workers = n
}

// outage is why the backend is away at the moment, or nil.
func (s *statistics) outage() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state == StateActive {
		return nil
	}
	if s.lastErr == nil {
		return errors.New("the service is " + string(s.state))
	}
	return s.lastErr
}

// Stats gives the figures of the actor.
func (a *Actor) Stats() Stats {
	inside, outside := a.mailbox.depth()
	s := &a.stats
	out := Stats{
		Queued:     inside + outside,
		Mailbox:    a.mailbox.capacity(),
		InFlight:   int(s.inFlight.Load()),
		Retries:    s.retries.Load(),
		Reconnects: s.reconnects.Load(),
		Restarts:   s.restarts.Load(),
		Abandoned:  s.abandoned.Load(),
		Stuck:      s.stuck.Load(),
	}
	for i := range s.buckets {
		out.Operations += s.buckets[i].Load()
		if i < latencyBuckets {
			out.Latency.Buckets = append(out.Latency.Buckets, LatencyBucket{Le: time.Microsecond << i, Count: out.Operations})
		}
	}
	out.Latency.Count = out.Operations
	out.Latency.Sum = time.Duration(s.sum.Load())
	s.mu.Lock()
	defer s.mu.Unlock()
	out.State, out.Since, out.Workers, out.Errors = s.state, s.since, s.workers, s.failed
	if s.lastErr != nil {
		out.LastError = s.lastErr.Error()
	}
	if len(s.byCode) > 0 {
		out.ByCode = make(map[string]uint64, len(s.byCode))
		for code, n := range s.byCode {
			out.ByCode[code] = n
		}
	}
	return out
}

// Await waits until the backend has answered. Where that does not happen before
// ctx ends the error is the reason, without secrets.
func (a *Actor) Await(ctx context.Context) error { return a.AwaitState(ctx, StateActive) }

// AwaitState waits until the actor is in a state.
func (a *Actor) AwaitState(ctx context.Context, state State) error {
	for {
		now, changed := a.stats.watch()
		if now == state {
			return nil
		}
		if now == StateInactive {
			return ErrStopped
		}
		select {
		case <-changed:
		case <-ctx.Done():
			if err := a.stats.outage(); err != nil {
				return err
			}
			return ctx.Err()
		}
	}
}
