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

// set has the call watched, which has just begun or waited for its turn.
func (p *alarms) set(c *activeCall) {
	wait := time.Duration(math.MaxInt64)
	switch deadline, ok := c.ctx.Deadline(); {
	case ok && c.holdTurn:
		wait = time.Until(deadline)
	case ok:
		wait = deadline.Sub(c.ctx.began) // looking at the clock again would be felt
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

// answered is closed when Overdue has returned.
type answered struct{ done chan struct{} }

// overdue has a call that still runs answered.
func (c *activeCall) overdue() {
	err := c.ctxError(false)
	a := &answered{done: make(chan struct{})}
	if !c.answered.CompareAndSwap(nil, a) || !c.abandon(callHere, err) {
		return // a kill has the alarm ring a second time
	}
	c.killLater()
	if s := c.instance.owner.Load(); s != nil {
		s.count(err)
	}
	c.call.Overdue(err)
	close(a.done)
}
