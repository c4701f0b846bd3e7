package interp

import (
	"math"
	"sync"
	"sync/atomic"
	"time"
)

// alarm is a timer that watches one call after the other. It rings when the time of
// a call that runs in its caller's goroutine is up.
type alarm struct {
	timer *time.Timer
	call  atomic.Pointer[activeCall]
}

// alarms are those that watch no call. The zero value is usable.
type alarms struct{ idle sync.Pool }

// set has the call watched.
func (p *alarms) set(c *activeCall) {
	wait := time.Duration(math.MaxInt64)
	if deadline, ok := c.ctx.Deadline(); ok {
		wait = time.Until(deadline)
	}
	a, _ := p.idle.Get().(*alarm)
	if a == nil {
		a = &alarm{}
		a.timer = time.AfterFunc(math.MaxInt64, a.ring)
	}
	a.call.Store(c)
	c.alarm.Store(a)
	a.timer.Reset(wait)
}

// stop ends the watch, if there is one. The call must not be listed any more: its
// instance would set the alarm anew when it is killed.
func (p *alarms) stop(c *activeCall) {
	a := c.alarm.Load()
	if a == nil || !a.timer.Stop() {
		return // one that rings, or has rung, is not used again
	}
	a.call.Store(nil)
	p.idle.Put(a)
}

func (a *alarm) ring() { a.call.Load().overdue() }

// answered is what became of a call whose time was up.
type answered struct {
	err  error
	done chan struct{} // closed when Overdue has returned
}

// overdue answers for a call that still runs.
func (c *activeCall) overdue() {
	a := &answered{err: c.ctxError(false), done: make(chan struct{})}
	c.answered.Store(a)
	if !c.abandon(callHere) {
		return
	}
	c.killLater()
	c.call.Overdue(a.err)
	close(a.done)
}
