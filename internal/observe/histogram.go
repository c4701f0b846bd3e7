package observe

import (
	"math"
	"math/bits"
	"sync/atomic"
	"time"
)

// bounds are the upper bounds of the histogram's buckets: the Renard series R10 (ISO 3), rounded, from 10 µs to
// 100 s. Every bound is 26 % above the one before, and every decade has 1, 2.5 and 5, which Prometheus is given.
var bounds = func() (b [numBounds]time.Duration) {
	decade := [...]time.Duration{100, 125, 160, 200, 250, 320, 400, 500, 630, 800}
	unit := 100 * time.Nanosecond
	for i := range b {
		b[i] = decade[i%len(decade)] * unit
		if i%len(decade) == len(decade)-1 {
			unit *= 10
		}
	}
	return b
}()

const numBounds = 71

// firstBucket gives for every bit length of a duration in nanoseconds the first bucket it can be in, so that only
// three or four bounds have to be looked at.
var firstBucket = func() (first [64]uint8) {
	for n := range first {
		smallest := time.Duration(1) << max(n-1, 0)
		i := 0
		for i < numBounds && bounds[i] < smallest {
			i++
		}
		first[n] = uint8(i)
	}
	return first
}()

// histogram counts durations. It is safe for concurrent use; the zero histogram is empty.
type histogram struct {
	buckets [numBounds + 1]atomic.Uint64 // the last one has what is above every bound
	sum     atomic.Int64                 // nanoseconds
}

func (h *histogram) observe(d time.Duration) {
	d = max(d, 0)
	i := int(firstBucket[bits.Len64(uint64(d))])
	for i < numBounds && d > bounds[i] {
		i++
	}
	h.buckets[i].Add(1)
	h.sum.Add(int64(d))
}

// snapshot reads the histogram while it is in use. A duration observed meanwhile may be missing in it.
func (h *histogram) snapshot() (s Latency) {
	for i := range h.buckets {
		s.buckets[i] = h.buckets[i].Load()
		s.Count += s.buckets[i]
	}
	s.Sum = time.Duration(h.sum.Load())
	return s
}

// Latency is how long requests took.
type Latency struct {
	Count uint64
	Sum   time.Duration

	buckets [numBounds + 1]uint64
}

// Mean is the average duration, zero without requests.
func (l Latency) Mean() time.Duration {
	if l.Count == 0 {
		return 0
	}
	return l.Sum / time.Duration(l.Count)
}

// Quantile is a duration that the share q of all requests, from 0 to 1, did not exceed. It is the upper bound of a
// bucket and so at most 26 % too high; durations of more than 100 s count as 100 s.
func (l Latency) Quantile(q float64) time.Duration {
	if l.Count == 0 {
		return 0
	}
	rank := max(uint64(math.Ceil(q*float64(l.Count))), 1)
	seen := uint64(0)
	for i, n := range l.buckets {
		seen += n
		if seen >= rank {
			return bounds[min(i, numBounds-1)]
		}
	}
	return bounds[numBounds-1]
}

func (l *Latency) add(o Latency) {
	l.Count += o.Count
	l.Sum += o.Sum
	for i, n := range o.buckets {
		l.buckets[i] += n
	}
}
