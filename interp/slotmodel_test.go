package interp_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"gateway"
	"gateway/interp"
)

// TestSlotAgainstModel does random things to a slot and to a model of it, and
// compares after each what calls answered and what the slot says of itself.
func TestSlotAgainstModel(t *testing.T) {
	seeds := 60
	if testing.Short() {
		seeds = 10
	}
	for seed := range uint64(seeds) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { newSlotModel(t, seed).run(80) })
		})
	}
}

// Everything else happens on whole milliseconds, so nothing coincides with the ends
// of these.
const (
	modelDrain = 30*time.Second + 300*time.Microsecond
	modelGrace = time.Second + 500*time.Microsecond
)

// slotModel is what a slot with one worker should do.
type slotModel struct {
	t      *testing.T
	random *rand.Rand
	engine *interp.Engine
	slot   *interp.Slot
	trace  []string

	version  int
	current  *modelInstance   // nil where nothing is loaded
	draining []*modelInstance // oldest first

	loads, kills, swaps, calls, timeouts uint64
}

// modelInstance is an instance that the slot should have.
type modelInstance struct {
	version int
	dieAt   time.Time // when the drain timeout kills it; zero where it is current
	waiting []*modelCall
}

// modelCall is a call that does not end by itself.
type modelCall struct {
	cancel context.CancelFunc
	dieAt  time.Time // when its own deadline, which it ignores, kills the instance; zero for none
	late   time.Time // that deadline
	done   chan error
}

func newSlotModel(t *testing.T, seed uint64) *slotModel {
	m := &slotModel{t: t, random: rand.New(rand.NewPCG(seed, 1))}
	m.engine = newEngine(t, interp.Options{KillGrace: modelGrace})
	m.slot = interp.NewSlot(m.program(), interp.SlotOptions{DrainTimeout: modelDrain})
	return m
}

func (m *slotModel) program() *interp.Program {
	return version(m.engine, fmt.Sprint("version ", m.version))
}

func (m *slotModel) run(steps int) {
	actions := []struct {
		name   string
		weight int
		do     func()
	}{
		{"ask", 6, m.ask},
		{"wait", 6, m.wait},
		{"block", 2, m.block},
		{"leave", 5, m.leave},
		{"swap", 3, m.swap},
		{"swap prepared", 2, m.swapPrepared},
		{"pass", 6, m.pass},
	}
	total := 0
	for _, a := range actions {
		total += a.weight
	}
	for range steps {
		n := m.random.IntN(total)
		for _, a := range actions {
			if n -= a.weight; n < 0 {
				m.trace = append(m.trace, a.name)
				a.do()
				break
			}
		}
		synctest.Wait()
		m.compare()
		if m.t.Failed() {
			m.t.Fatalf("after %q", m.trace)
		}
	}
	m.stop()
}

// instance is what the next call runs on.
func (m *slotModel) instance() *modelInstance {
	if m.current == nil {
		m.current = &modelInstance{version: m.version}
		m.loads++
	}
	return m.current
}

func (m *slotModel) ask() {
	i := m.instance()
	m.calls++
	got, err := ask(m.slot, "/", time.Minute)
	if want := fmt.Sprint("version ", i.version); got != want || err != nil {
		m.t.Errorf("answered %q, %v, want %q", got, err, want)
	}
}

// start begins a call that the model ends.
func (m *slotModel) start(path string, timeout time.Duration) *modelCall {
	ctx, cancel := context.WithCancel(context.Background())
	c := &modelCall{cancel: cancel, done: make(chan error, 1)}
	i := m.instance()
	i.waiting = append(i.waiting, c)
	m.calls++
	go func() {
		result, err := m.slot.Call(ctx, interp.Call{Request: &gateway.Request{Path: path}, Timeout: timeout})
		if err == nil {
			err = fmt.Errorf("answered %q", result.Response.Body)
			result.Release()
		}
		c.done <- err
	}()
	synctest.Wait()
	return c
}

// wait begins a call that waits for the end of its context.
func (m *slotModel) wait() { m.start("/wait", 0) }

// block begins a call that ends by no means but a kill.
func (m *slotModel) block() {
	timeout := time.Duration(1+m.random.IntN(20)) * time.Second
	c := m.start("/block", timeout)
	c.late = time.Now().Add(timeout)
	c.dieAt = c.late.Add(modelGrace)
}

// leave cancels a call that waits.
func (m *slotModel) leave() {
	var candidates []*modelInstance
	for _, i := range m.instances() {
		for _, c := range i.waiting {
			if c.dieAt.IsZero() {
				candidates = append(candidates, i)
				break
			}
		}
	}
	if len(candidates) == 0 {
		return
	}
	i := candidates[m.random.IntN(len(candidates))]
	for k, c := range i.waiting {
		if !c.dieAt.IsZero() {
			continue
		}
		c.cancel()
		// The handler answers when it sees that the client has left, which may be
		// before the call sees it.
		if err := <-c.done; !errors.Is(err, context.Canceled) && err.Error() != `answered "waited"` {
			m.t.Error("a call whose client left:", err)
		}
		i.waiting = append(i.waiting[:k], i.waiting[k+1:]...)
		break
	}
	m.dropEmpty()
}

func (m *slotModel) swap() {
	m.version++
	m.swapped(m.slot.Swap(m.program()), nil)
}

func (m *slotModel) swapPrepared() {
	m.version++
	p := m.program()
	i, err := m.slot.Prepare(m.t.Context(), p)
	if err != nil {
		m.t.Fatal(err)
	}
	m.loads++
	m.swapped(m.slot.Swap(p, i), &modelInstance{version: m.version})
}

func (m *slotModel) swapped(got interp.Swapped, next *modelInstance) {
	m.swaps++
	pending := 0
	if m.current != nil {
		pending = len(m.current.waiting)
		m.current.dieAt = time.Now().Add(modelDrain)
		m.draining = append(m.draining, m.current)
	}
	m.current = next
	if want := (interp.Swapped{Pending: pending, Draining: pending > 0}); got != want {
		m.t.Errorf("swapped %+v, want %+v", got, want)
	}
	m.dropEmpty()
}

// pass lets time pass, one event of the model after the other.
func (m *slotModel) pass() {
	until := time.Now().Add(time.Duration(m.random.IntN(20000)) * time.Millisecond)
	for {
		next, event := until, func() {}
		at := func(t time.Time, do func()) {
			if !t.IsZero() && t.Before(next) {
				next, event = t, do
			}
		}
		for _, i := range m.instances() {
			at(i.dieAt, func() { m.kill(i) })
			for _, c := range i.waiting {
				at(c.late, func() { m.expire(c) })
				at(c.dieAt, func() { m.kill(i) })
			}
		}
		if !next.Before(until) {
			break
		}
		time.Sleep(time.Until(next))
		synctest.Wait()
		event()
	}
	time.Sleep(time.Until(until))
}

// expire is the deadline of a call: its caller is told at once.
func (m *slotModel) expire(c *modelCall) {
	c.late = time.Time{}
	m.timeouts++
	if err := <-c.done; !errors.As(err, new(*interp.TimeoutError)) {
		m.t.Error("a call past its deadline:", err)
	}
	close(c.done)
}

// kill ends an instance and all its calls.
func (m *slotModel) kill(i *modelInstance) {
	m.kills++
	for _, c := range i.waiting {
		if err := <-c.done; err != nil && !errors.As(err, new(*interp.KilledError)) {
			m.t.Error("a killed call:", err)
		}
		c.cancel()
	}
	i.waiting = nil
	if m.current == i {
		m.current = nil
	} else {
		m.dropEmpty()
	}
}

func (m *slotModel) dropEmpty() {
	var kept []*modelInstance
	for _, i := range m.draining {
		if len(i.waiting) > 0 {
			kept = append(kept, i)
		}
	}
	m.draining = kept
}

func (m *slotModel) instances() []*modelInstance {
	list := m.draining
	if m.current != nil {
		list = append(list[:len(list):len(list)], m.current)
	}
	return list
}

func (m *slotModel) compare() {
	want := interp.SlotStats{
		Draining: len(m.draining),
		Calls:    m.calls, Timeouts: m.timeouts, Kills: m.kills, Loads: m.loads, Swaps: m.swaps,
	}
	if m.current != nil {
		want.Loaded = 1
	}
	for _, i := range m.instances() {
		want.InFlight += len(i.waiting)
	}
	if got := m.slot.Stats(); got != want {
		m.t.Errorf("slot says\n%+v, the model\n%+v", got, want)
	}
}

func (m *slotModel) stop() {
	for _, i := range m.instances() {
		for _, c := range i.waiting {
			defer c.cancel()
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	err := m.slot.Close(ctx)
	if waiting := len(m.instances()) > 0 && m.slot.Stats().Kills > m.kills; waiting != (err != nil) {
		m.t.Errorf("close: %v", err)
	}
	synctest.Wait()
	if stats := m.slot.Stats(); stats.InFlight != 0 || stats.Loaded != 0 || stats.Draining != 0 || stats.Stuck != 0 {
		m.t.Errorf("a closed slot has %+v", stats)
	}
	if _, err := ask(m.slot, "/", time.Second); !errors.Is(err, interp.ErrStopped) {
		m.t.Error("a closed slot answered:", err)
	}
}
