package interp

import (
	"context"
	"log/slog"
	"time"
)

// SlotOptions of a [Slot]. The zero value is usable.
type SlotOptions struct {
	// Log takes what the endpoint's script prints, panics of its goroutines, and
	// what happens to its instances. Nil drops it.
	Log *slog.Logger
	// DrainTimeout is how long calls on a replaced instance may go on before it is
	// killed. 30 s where zero.
	DrainTimeout time.Duration
	// IdleTimeout is after how much time without calls the instances are dropped;
	// the next call loads anew. Instances with goroutines of their own are not idle.
	// Zero for never.
	IdleTimeout time.Duration
	// MinWorkers and MaxWorkers are the number of instances: the first are loaded
	// together at first use, more while all of them are busy. Each has its own
	// package-level state. 1 where zero.
	MinWorkers, MaxWorkers int
	// MaxWaiting bounds the calls that wait for their turn in a serial program, per
	// instance; one more fails with [ErrBusy]. 1,000 where zero.
	MaxWaiting int
}

// A Slot is the place an endpoint's requests take their instance from. It is safe
// for concurrent use. An unloaded slot costs only its metadata.
type Slot struct{}

// NewSlot makes a slot for a program. Nothing is loaded before [Slot.Load] or the
// first call.
func NewSlot(program *Program, opts SlotOptions) *Slot { return &Slot{} }

// Program is what new requests run.
func (s *Slot) Program() *Program { return nil }

// Load loads the instances now instead of at the first call, and reports why they
// cannot be.
func (s *Slot) Load(ctx context.Context) error { return nil }

// Swapped is what [Slot.Swap] did.
type Swapped struct {
	Pending  int  // calls that still run on the replaced instances
	Draining bool // Pending is not zero: they have until the drain timeout
}

// Swap makes new requests run program at once. Instances that were loaded for it
// may be given; otherwise the next call loads. The replaced instances finish their
// calls, until the drain timeout. Swap does not wait and cannot fail; on a stopped
// slot it closes the instances and has no effect.
func (s *Slot) Swap(program *Program, loaded ...*Instance) Swapped { return Swapped{} }

// Configure replaces the options; they hold for what is loaded and drained from now on.
func (s *Slot) Configure(opts SlotOptions) {}

// Call pins an instance, loading one where there is none, and runs a handler of it.
// Its error is a *[PanicError], *[TimeoutError], *[KilledError], *[LoadError], one of
// the Err values of this package, the context's error, or what the handler returned.
func (s *Slot) Call(ctx context.Context, call Call) (*Result, error) { return nil, ErrStopped }

// Stop refuses new calls with [ErrStopped] and drains the instances.
func (s *Slot) Stop() Swapped { return Swapped{} }

// Close is Stop that waits for the running calls; those that still run when ctx
// ends are killed. It returns ctx's error where calls had to be killed.
func (s *Slot) Close(ctx context.Context) error { return nil }

// SlotStats are numbers of a slot since it was made.
type SlotStats struct {
	Loaded     int    // instances that take new calls
	InFlight   int    // calls that run, on draining instances too
	Waiting    int    // calls that wait for their turn in a serial program
	Draining   int    // replaced instances that still have calls
	Goroutines int    // goroutines that the script started and that run
	Stuck      int    // goroutines of killed instances that cannot be stopped
	Calls      uint64 // calls begun
	Timeouts   uint64 // calls that passed their deadline
	Panics     uint64 // in handlers and in goroutines of the script
	Kills      uint64 // instances killed
	Loads      uint64 // instances loaded
	LoadErrors uint64
	Swaps      uint64
	LastError  error     // of the last load that failed; nil after one that succeeded
	RetryAt    time.Time // when the next load is tried, where LastError is set
}

// Stats are the slot's numbers now.
func (s *Slot) Stats() SlotStats { return SlotStats{} }
