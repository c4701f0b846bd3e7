package observe

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"sync/atomic"
	"time"
)

// Endpoint is what is known about one endpoint. It is safe for concurrent use.
type Endpoint struct {
	id       string
	name     atomic.Pointer[string]
	observer *Observer

	inFlight atomic.Int64
	rejected atomic.Uint64
	status   [6]atomic.Uint64 // answered requests by the first digit of their status; 0 for none that HTTP has
	bytesIn  atomic.Int64
	bytesOut atomic.Int64
	latency  histogram

	journal journal
}

// ID is the endpoint's id.
func (e *Endpoint) ID() string { return e.id }

// Name is the endpoint's name, which its numbers and lines carry.
func (e *Endpoint) Name() string { return *e.name.Load() }

// Begin counts a request as in flight and returns how many there are, it included. Every Begin is followed by one
// End or Reject.
func (e *Endpoint) Begin() int64 { return e.inFlight.Add(1) }

// End counts an answered request and writes its line into the log. r is not kept, its texts are.
func (e *Endpoint) End(r *Request) {
	e.inFlight.Add(-1)
	e.record(r)
}

// Reject is End for a request that was turned away because too many are in flight.
func (e *Endpoint) Reject(r *Request) {
	e.rejected.Add(1)
	e.End(r)
}

func (e *Endpoint) record(r *Request) {
	class := r.Status / 100
	if class < 0 || class >= len(e.status) {
		class = 0
	}
	e.status[class].Add(1)
	e.bytesIn.Add(r.BytesIn)
	e.bytesOut.Add(r.BytesOut)
	e.latency.observe(r.Duration)

	level := slog.LevelInfo
	if class == 5 {
		level = slog.LevelWarn
	}
	e.journal.add(&entry{
		kind: KindRequest, level: int8(level), time: r.Start.UnixNano(), duration: r.Duration, status: int16(r.Status),
		method: r.Method, message: r.Path, clientIP: r.ClientIP, requestID: r.ID, bytesIn: r.BytesIn, bytesOut: r.BytesOut,
	})
	if e.observer.requests {
		e.forwardRequest(level, r)
	}
}

func (e *Endpoint) forwardRequest(level slog.Level, r *Request) {
	e.observer.log.LogAttrs(context.Background(), level, "request",
		slog.String("endpoint", e.Name()), slog.String("method", r.Method), slog.String("path", r.Path),
		slog.Int("status", r.Status), slog.Duration("duration", r.Duration), slog.Int64("bytes_in", r.BytesIn),
		slog.Int64("bytes_out", r.BytesOut), slog.String("client_ip", r.ClientIP), slog.String("request_id", r.ID))
}

// Event writes what happened to the endpoint into its log and the gateway's.
func (e *Endpoint) Event(level slog.Level, message string, attrs ...slog.Attr) {
	e.RequestEvent(level, "", message, attrs...)
}

// RequestEvent is Event about one request.
func (e *Endpoint) RequestEvent(level slog.Level, requestID, message string, attrs ...slog.Attr) {
	e.write(time.Now(), level, KindEvent, requestID, message, appendAttrs(nil, "", attrs))
}

// write stores a record and forwards it. attrs must hold no pointers of others.
func (e *Endpoint) write(at time.Time, level slog.Level, kind Kind, requestID, message string, attrs []slog.Attr) {
	message = cut(message, maxMessage)
	e.journal.add(&entry{
		kind: kind, level: int8(min(max(level, math.MinInt8), math.MaxInt8)), time: at.UnixNano(), message: message,
		requestID: requestID, attrs: attrs,
	})
	handler := e.observer.log.Handler()
	ctx := context.Background()
	if !handler.Enabled(ctx, level) {
		return
	}
	r := slog.NewRecord(at, level, message, 0)
	r.AddAttrs(slog.String("endpoint", e.Name()), slog.String("kind", kind.String()))
	if requestID != "" {
		r.AddAttrs(slog.String("request_id", requestID))
	}
	r.AddAttrs(attrs...)
	_ = handler.Handle(ctx, r) // the gateway's log is the last place to complain to
}

// Recent gives the last n records, oldest first; all that are kept where n is negative.
func (e *Endpoint) Recent(n int) []Record {
	if n < 0 {
		n = math.MaxInt
	}
	entries := e.journal.recent(n)
	records := make([]Record, len(entries))
	for i := range entries {
		records[i] = entries[i].record()
	}
	return records
}

// Follow begins with the last n records and goes on with new ones. The caller closes the subscription.
func (e *Endpoint) Follow(n int) (*Subscription, error) {
	s, err := e.journal.follow(n)
	if err != nil {
		return nil, fmt.Errorf("follow the log of endpoint %q: %w", e.Name(), err)
	}
	return s, nil
}

// Stats are the numbers of an endpoint, or of all together.
type Stats struct {
	Requests   uint64    // answered since the start
	InFlight   int64     // in work now
	Rejected   uint64    // turned away because too many were in flight; part of Requests
	ByStatus   [6]uint64 // Requests by the first digit of their status
	BytesIn    int64
	BytesOut   int64
	Latency    Latency
	Unmatched  uint64 // requests that no endpoint was found for; not part of Requests
	LogRecords uint64 // written to logs
}

// Stats reads the endpoint's numbers.
func (e *Endpoint) Stats() Stats {
	s := Stats{
		InFlight: e.inFlight.Load(), Rejected: e.rejected.Load(), BytesIn: e.bytesIn.Load(), BytesOut: e.bytesOut.Load(),
		Latency: e.latency.snapshot(),
	}
	for i := range e.status {
		s.ByStatus[i] = e.status[i].Load()
		s.Requests += s.ByStatus[i]
	}
	e.journal.mu.Lock()
	s.LogRecords = e.journal.seq
	e.journal.mu.Unlock()
	return s
}

func (s *Stats) add(o Stats) {
	s.Requests += o.Requests
	s.InFlight += o.InFlight
	s.Rejected += o.Rejected
	for i, n := range o.ByStatus {
		s.ByStatus[i] += n
	}
	s.BytesIn += o.BytesIn
	s.BytesOut += o.BytesOut
	s.Latency.add(o.Latency)
	s.Unmatched += o.Unmatched
	s.LogRecords += o.LogRecords
}
