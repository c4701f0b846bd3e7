package observe

import (
	"context"
	"errors"
	"sync"
)

// maxFollowers bounds how many may follow one log at once.
const maxFollowers = 64

// followQueue is how many records wait for one follower; while it is full, new ones are lost to it.
const followQueue = 256

var (
	// ErrTooManyFollowers tells that a log has as many followers as it may have.
	ErrTooManyFollowers = errors.New("too many are following this log: try again later")
	// ErrEnded tells that a log has come to its end: its endpoint is gone, or the gateway stops.
	ErrEnded = errors.New("the log has ended")
)

// A Subscription gives the records of a log as they are written. It is for one goroutine.
type Subscription struct {
	log     *journal
	backlog []entry
	queue   chan entry // closed when the log ends
	next    uint64     // number of the record that is due
	once    sync.Once
}

// Next waits for the next record. lost is how many records just before it this follower was too slow for. The error
// is the context's or ErrEnded.
func (s *Subscription) Next(ctx context.Context) (r Record, lost uint64, err error) {
	if len(s.backlog) > 0 {
		e := s.backlog[0]
		s.backlog = s.backlog[1:]
		s.next = e.seq + 1
		return e.record(), 0, nil
	}
	select {
	case e, ok := <-s.queue:
		if !ok {
			return Record{}, 0, ErrEnded
		}
		lost = e.seq - s.next // numbers have no gaps
		s.next = e.seq + 1
		return e.record(), lost, nil
	case <-ctx.Done():
		return Record{}, 0, ctx.Err()
	}
}

// Close ends the subscription. Closing again does nothing.
func (s *Subscription) Close() { s.once.Do(func() { s.log.leave(s) }) }
