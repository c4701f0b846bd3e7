package services

import (
	"slices"
	"sync"
)

// mailbox is the queue between handlers and workers, in the order of arrival. It
// holds at most size messages; further senders wait outside, also in order. Each
// of them is a blocked request, and endpoints bound those.
//
// A message can be withdrawn at any time before a worker takes it, which frees
// its place at once.
type mailbox struct {
	mu      sync.Mutex // guards everything below and the queue fields of messages
	size    int
	inside  list
	outside list
	idle    []*worker     // parked, last in first out
	paused  bool          // workers take nothing
	refusal error         // answers new messages where not nil
	empty   chan struct{} // closed and cleared once nothing is queued; nil where nobody waits
}

// list is a doubly linked list of messages.
type list struct {
	head, tail *message
	n          int
}

func (l *list) push(m *message) {
	m.prev, m.next, m.in = l.tail, nil, l
	if l.tail == nil {
		l.head = m
	} else {
		l.tail.next = m
	}
	l.tail = m
	l.n++
}

func (l *list) pushFront(m *message) {
	m.prev, m.next, m.in = nil, l.head, l
	if l.head == nil {
		l.tail = m
	} else {
		l.head.prev = m
	}
	l.head = m
	l.n++
}

func (l *list) remove(m *message) {
	if m.prev == nil {
		l.head = m.next
	} else {
		m.prev.next = m.next
	}
	if m.next == nil {
		l.tail = m.prev
	} else {
		m.next.prev = m.prev
	}
	m.prev, m.next, m.in = nil, nil, nil
	l.n--
}

// put queues m or hands it to an idle worker. It fails where messages are refused.
func (b *mailbox) put(m *message) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.refusal != nil {
		return b.refusal
	}
	switch {
	case b.inside.n >= b.size:
		b.outside.push(m)
	default:
		b.inside.push(m)
	}
	b.dispatch()
	return nil
}

// putBack queues a message that a worker had taken as the next one.
func (b *mailbox) putBack(m *message) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.refusal != nil {
		return b.refusal
	}
	b.inside.pushFront(m)
	b.dispatch()
	return nil
}

// withdraw removes m if no worker has taken it, and tells whether it was so and
// whether m was still waiting outside.
func (b *mailbox) withdraw(m *message) (withdrawn, outside bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if m.in == nil {
		return false, false
	}
	outside = m.in == &b.outside
	m.in.remove(m)
	b.admit()
	return true, outside
}

// take gives the next message, or nil when the worker's generation is dismissed.
func (b *mailbox) take(w *worker) *message {
	b.mu.Lock()
	if w.generation.dismissed {
		b.mu.Unlock()
		return nil
	}
	if m := b.next(); m != nil {
		b.mu.Unlock()
		return m
	}
	b.idle = append(b.idle, w)
	b.mu.Unlock()
	select {
	case m := <-w.handed:
		return m
	case <-w.generation.stop:
	}
	// A message may have been handed over just before.
	select {
	case m := <-w.handed:
		return m
	default:
		return nil
	}
}

// dismiss keeps the workers of a generation from taking further messages.
func (b *mailbox) dismiss(g *generation) {
	b.mu.Lock()
	defer b.mu.Unlock()
	g.dismissed = true
	b.idle = slices.DeleteFunc(b.idle, func(w *worker) bool { return w.generation == g })
	close(g.stop)
}

// next removes the first message. b.mu is held.
func (b *mailbox) next() *message {
	if b.paused || b.inside.head == nil {
		return nil
	}
	m := b.inside.head
	b.inside.remove(m)
	b.admit()
	return m
}

// admit lets waiting senders in. b.mu is held.
func (b *mailbox) admit() {
	for b.inside.n < b.size && b.outside.head != nil {
		m := b.outside.head
		b.outside.remove(m)
		b.inside.push(m)
	}
	if b.empty != nil && b.inside.n == 0 {
		close(b.empty)
		b.empty = nil
	}
}

// dispatch hands messages to idle workers. b.mu is held.
func (b *mailbox) dispatch() {
	for len(b.idle) > 0 {
		m := b.next()
		if m == nil {
			return
		}
		last := len(b.idle) - 1
		w := b.idle[last]
		b.idle[last] = nil
		b.idle = b.idle[:last]
		w.handed <- m // has room for one, and w is handed nothing while not idle
	}
}

// pause keeps workers from taking messages.
func (b *mailbox) pause() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.paused = true
}

// wait ends refuse; workers take nothing until resume.
func (b *mailbox) wait() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.paused, b.refusal = true, nil
}

// resume ends pause and refuse.
func (b *mailbox) resume() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.paused, b.refusal = false, nil
	b.dispatch()
}

// refuse answers all messages in the queue, and all that follow until resume,
// with err.
func (b *mailbox) refuse(err error) {
	b.mu.Lock()
	b.refusal = err
	var all []*message
	for _, l := range []*list{&b.inside, &b.outside} {
		for l.head != nil {
			m := l.head
			l.remove(m)
			all = append(all, m)
		}
	}
	b.admit()
	b.mu.Unlock()
	for _, m := range all {
		m.reply(err)
	}
}

// resize changes how many messages fit.
func (b *mailbox) resize(size int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.size = size
	b.admit()
	b.dispatch()
}

func (b *mailbox) depth() (inside, outside int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.inside.n, b.outside.n
}

func (b *mailbox) capacity() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.size
}

// shut refuses new messages with err and leaves those in the queue.
func (b *mailbox) shut(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refusal = err
}

// emptied gives a channel that is closed once nothing is queued.
func (b *mailbox) emptied() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.empty == nil {
		b.empty = make(chan struct{})
	}
	c := b.empty
	b.admit()
	return c
}
