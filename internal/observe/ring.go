package observe

import "sync/atomic"

// budget bounds what all logs of an observer hold together, in bytes.
type budget struct {
	limit int64
	used  atomic.Int64
}

// minKept is how many records a log may always keep, so that a used up budget leaves no endpoint without a log.
const minKept = 16

// ring holds the last entries of a log. Whoever has it guards it with a mutex.
type ring struct {
	entries  []entry // used as a circle; grows up to maxLen
	start, n int     // where the oldest entry is, and how many there are
	bytes    int64   // size of all entries
	maxLen   int
	maxBytes int64
	shared   *budget
}

// add appends an entry and drops the oldest ones that no longer fit.
func (r *ring) add(e *entry) {
	if r.maxLen == 0 {
		return
	}
	size := e.size()
	for r.n > 0 && (r.n == r.maxLen || r.bytes+size > r.maxBytes || r.n >= minKept && r.shared.used.Load()+size > r.shared.limit) {
		r.drop()
	}
	if r.n == len(r.entries) {
		r.grow()
	}
	*r.at(r.n) = *e
	r.n++
	r.bytes += size
	r.shared.used.Add(size)
}

func (r *ring) drop() {
	oldest := &r.entries[r.start]
	size := oldest.size()
	*oldest = entry{}
	if r.start++; r.start == len(r.entries) {
		r.start = 0
	}
	r.n--
	r.bytes -= size
	r.shared.used.Add(-size)
}

func (r *ring) grow() {
	bigger := make([]entry, min(max(2*len(r.entries), minKept), r.maxLen))
	for i := range r.n {
		bigger[i] = *r.at(i)
	}
	r.entries, r.start = bigger, 0
}

// at gives the i-th entry, the oldest being the first.
func (r *ring) at(i int) *entry {
	i += r.start
	if i >= len(r.entries) {
		i -= len(r.entries)
	}
	return &r.entries[i]
}

// last copies the last n entries, oldest first.
func (r *ring) last(n int) []entry {
	n = max(min(n, r.n), 0)
	out := make([]entry, n)
	for i := range out {
		out[i] = *r.at(r.n - n + i)
	}
	return out
}

// clear gives back all memory.
func (r *ring) clear() {
	r.shared.used.Add(-r.bytes)
	r.entries, r.start, r.n, r.bytes = nil, 0, 0, 0
}
