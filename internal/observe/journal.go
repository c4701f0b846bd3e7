package observe

import (
	"slices"
	"sync"
)

// journal is the log of one endpoint: its last entries and those who follow it.
type journal struct {
	mu        sync.Mutex // guards everything below
	ring      ring
	seq       uint64 // number of the last entry
	followers []*Subscription
	ended     bool
}

// add numbers the entry and stores it. It never waits for a follower.
func (j *journal) add(e *entry) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.ended {
		return
	}
	j.seq++
	e.seq = j.seq
	j.ring.add(e)
	for _, s := range j.followers {
		select {
		case s.queue <- *e:
		default: // lost to this one; the gap in the numbers tells it
		}
	}
}

func (j *journal) recent(n int) []entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.ring.last(n)
}

// follow begins a subscription with the last n entries.
func (j *journal) follow(n int) (*Subscription, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.ended {
		return nil, ErrEnded
	}
	if len(j.followers) >= maxFollowers {
		return nil, ErrTooManyFollowers
	}
	s := &Subscription{log: j, backlog: j.ring.last(n), queue: make(chan entry, followQueue), next: j.seq + 1}
	j.followers = append(j.followers, s)
	return s, nil
}

func (j *journal) leave(s *Subscription) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.followers = slices.DeleteFunc(j.followers, func(other *Subscription) bool { return other == s })
}

// end tells all followers that nothing more comes, and drops what is stored.
func (j *journal) end() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.ended {
		return
	}
	j.ended = true
	for _, s := range j.followers {
		close(s.queue)
	}
	j.followers = nil
	j.ring.clear()
}
