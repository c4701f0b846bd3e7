package interp

import "time"

// SlotStats are numbers of a slot. Those of type uint64 count since it was made.
type SlotStats struct {
	Loaded     int    // instances that take new calls
	InFlight   int    // calls that run or wait, on draining instances too
	Waiting    int    // those of them that wait for their turn in a serial program
	Draining   int    // replaced instances that still have calls
	Goroutines int    // goroutines that scripts started and that run
	Stuck      int    // calls and goroutines of killed instances that have not ended
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
func (s *Slot) Stats() SlotStats {
	stats := SlotStats{
		Calls:      s.calls.Load(),
		Timeouts:   s.timeouts.Load(),
		Panics:     s.panics.Load(),
		Kills:      s.kills.Load(),
		Loads:      s.loaded.Load(),
		LoadErrors: s.loadErrors.Load(),
		Swaps:      s.swaps.Load(),
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	stats.LastError, stats.RetryAt = s.lastErr, s.retryAt
	add := func(i *Instance) {
		stats.InFlight += int(i.load())
		stats.Waiting += int(i.waiting.Load())
		stats.Goroutines += int(i.numbers.goroutines.Load())
	}
	if g := s.current.Load(); g != nil {
		for _, i := range *g.instances.Load() {
			stats.Loaded++
			add(i)
		}
	}
	for i := range s.draining {
		stats.Draining++
		add(i)
	}
	for i := range s.dead {
		calls, goroutines := i.Running()
		stats.Stuck += calls + goroutines
		stats.Goroutines += goroutines
	}
	return stats
}
