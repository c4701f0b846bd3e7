package supervise

import "time"

const (
	// settled is how long a server must have served for its death to be the first again.
	settled = 10 * time.Second
	// firstDelay comes before the second of several starts in a row, and doubles up to
	// lastDelay. Before the first there is none.
	firstDelay = 100 * time.Millisecond
	lastDelay  = 5 * time.Second
)

// backoff says how long to wait before a server is started again.
type backoff struct{ deaths int }

// next is asked after each death. lived is how long the server did; after one whose cause
// has been removed there is nothing to wait for.
func (b *backoff) next(lived time.Duration, removed bool) time.Duration {
	if lived >= settled {
		b.deaths = 0
	}
	if removed {
		return 0
	}
	b.deaths++
	if b.deaths == 1 {
		return 0
	}
	return min(firstDelay<<min(b.deaths-2, 16), lastDelay)
}
