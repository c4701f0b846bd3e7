package cache

import (
	"sync"
	"time"

	"gateway"
	"gateway/services"
)

// Remember gives the value of a key, or computes, stores and gives it.
func (h handle) Remember(key string, ttl time.Duration, compute func() (any, error)) (string, error) {
	if err := checkEntry(key, ttl); err != nil {
		return "", err
	}
	ctx, cancel := services.BeforeDeadline(h.ctx)
	defer cancel()
	flights := &h.actor.State().(*shared).flights
	for {
		value, found, err := h.Get(key)
		if err != nil || found {
			return value, err
		}
		f, leads := flights.join(key)
		if leads {
			return h.lead(flights, key, f, ttl, compute)
		}
		select {
		case <-f.landed:
			if f.complete {
				return f.value, f.err
			}
			// The one who computed was stopped: somebody else does it now.
		case <-ctx.Done():
			return "", gateway.ErrTimeout.Wrap(ctx.Err(), "cache: the value was not computed in time")
		}
	}
}

// lead computes a value for all who wait for it.
func (h handle) lead(flights *flights, key string, f *flight, ttl time.Duration, compute func() (any, error)) (string, error) {
	// Also after a panic or runtime.Goexit: those who wait then compute themselves.
	defer flights.land(key, f)
	// Another one may have stored the value since it was found missing.
	if value, found, err := h.Get(key); err != nil || found {
		if h.ctx.Err() == nil {
			f.finish(value, err)
		}
		return value, err
	}
	value, err := compute()
	// A handler that was stopped in compute returns zero values from it, no error.
	if ended := h.ctx.Err(); ended != nil {
		return "", gateway.ErrTimeout.Wrap(ended, "cache: the request ended before the value was computed")
	}
	if err != nil {
		f.finish("", err)
		return "", err
	}
	text, err := encode(value)
	if err == nil {
		err = h.Set(key, text, ttl)
	}
	if err != nil {
		if h.ctx.Err() == nil { // not this request's own end
			f.finish("", err)
		}
		return "", err
	}
	f.finish(text, nil)
	return text, nil
}

// flights are the computations of Remember that are under way, by key.
type flights struct {
	mu    sync.Mutex // guards byKey
	byKey map[string]*flight
}

// flight is one computation. Its fields are set before landed is closed.
type flight struct {
	landed   chan struct{}
	complete bool // value and err are the outcome; otherwise there is none
	value    string
	err      error
}

func (f *flight) finish(value string, err error) { f.value, f.err, f.complete = value, err, true }

// join finds the computation of a key, or begins one.
func (fs *flights) join(key string) (f *flight, leads bool) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if f, ok := fs.byKey[key]; ok {
		return f, false
	}
	if fs.byKey == nil {
		fs.byKey = make(map[string]*flight)
	}
	f = &flight{landed: make(chan struct{})}
	fs.byKey[key] = f
	return f, true
}

// land ends a computation.
func (fs *flights) land(key string, f *flight) {
	fs.mu.Lock()
	delete(fs.byKey, key)
	fs.mu.Unlock()
	close(f.landed)
}
