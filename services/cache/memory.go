package cache

import (
	"container/heap"
	"container/list"
	"context"
	"math"
	"strconv"
	"sync"
	"time"

	"gateway"
)

// entryOverhead is what an entry is taken to cost beside its key and value, in
// bytes: list element, map cell, headers.
const entryOverhead = 128

// memory is a bounded map. When it is full the least recently used entry goes;
// expired entries go first.
type memory struct {
	mu         sync.Mutex // guards everything
	maxEntries int
	maxBytes   int
	bytes      int
	entries    map[string]*entry
	recent     *list.List // of *entry, most recently used first
	expiring   expiry     // entries that expire, soonest first
}

type entry struct {
	key, value string
	expires    time.Time // zero: never
	element    *list.Element
	position   int // in expiring; -1 where it is not there
}

func (e *entry) size() int { return len(e.key) + len(e.value) + entryOverhead }

func newMemory() *memory {
	return &memory{maxEntries: math.MaxInt, maxBytes: math.MaxInt, entries: make(map[string]*entry), recent: list.New()}
}

// resize changes the bounds and displaces what no longer fits.
func (m *memory) resize(maxEntries, maxBytes int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.maxEntries, m.maxBytes = maxEntries, maxBytes
	m.shrink()
}

// find gives an entry that has not expired. m.mu is held.
func (m *memory) find(key string) *entry {
	e, ok := m.entries[key]
	if !ok {
		return nil
	}
	if !e.expires.IsZero() && !e.expires.After(time.Now()) {
		m.remove(e)
		return nil
	}
	return e
}

// use is find that counts as a use. m.mu is held.
func (m *memory) use(key string) *entry {
	e := m.find(key)
	if e != nil {
		m.recent.MoveToFront(e.element)
	}
	return e
}

// put stores a value. m.mu is held.
func (m *memory) put(key, value string, ttl time.Duration) error {
	e := m.find(key)
	if e == nil {
		e = &entry{key: key, position: -1}
	}
	if len(key)+len(value)+entryOverhead > m.maxBytes {
		return gateway.ErrCache.Newf("cache: a value of %d bytes is larger than the cache", len(value))
	}
	if e.element == nil {
		e.element = m.recent.PushFront(e)
		m.entries[key] = e
		m.bytes += e.size()
	} else {
		m.recent.MoveToFront(e.element)
	}
	m.bytes += len(value) - len(e.value)
	e.value = value
	m.setTTL(e, ttl)
	m.shrink()
	return nil
}

// setTTL gives an entry a new time to live. m.mu is held.
func (m *memory) setTTL(e *entry, ttl time.Duration) {
	if ttl == 0 {
		e.expires = time.Time{}
		if e.position >= 0 {
			heap.Remove(&m.expiring, e.position)
		}
		return
	}
	e.expires = time.Now().Add(ttl)
	if e.position >= 0 {
		heap.Fix(&m.expiring, e.position)
	} else {
		heap.Push(&m.expiring, e)
	}
}

// shrink drops expired entries, and then the least recently used ones while there
// is too much. m.mu is held.
func (m *memory) shrink() {
	now := time.Now()
	for len(m.expiring) > 0 && !m.expiring[0].expires.After(now) {
		m.remove(m.expiring[0])
	}
	for len(m.entries) > m.maxEntries || m.bytes > m.maxBytes {
		m.remove(m.recent.Back().Value.(*entry))
	}
}

// remove forgets an entry. m.mu is held.
func (m *memory) remove(e *entry) {
	delete(m.entries, e.key)
	m.recent.Remove(e.element)
	if e.position >= 0 {
		heap.Remove(&m.expiring, e.position)
	}
	m.bytes -= e.size()
}

// expiry is a heap of entries by the time at which they expire.
type expiry []*entry

func (x expiry) Len() int           { return len(x) }
func (x expiry) Less(i, j int) bool { return x[i].expires.Before(x[j].expires) }
func (x expiry) Swap(i, j int) {
	x[i], x[j] = x[j], x[i]
	x[i].position, x[j].position = i, j
}

// Push appends an entry, for package heap.
func (x *expiry) Push(v any) {
	e := v.(*entry)
	e.position = len(*x)
	*x = append(*x, e)
}

// Pop removes the last entry, for package heap.
func (x *expiry) Pop() any {
	last := len(*x) - 1
	e := (*x)[last]
	(*x)[last] = nil
	*x = (*x)[:last]
	e.position = -1
	return e
}

// memoryDriver is the store of kind memory. What it stores outlives it.
type memoryDriver struct{ m *memory }

var _ store = (*memoryDriver)(nil)

// Ping always succeeds.
func (d *memoryDriver) Ping(context.Context) error { return nil }

// Close does nothing: the actor drops the memory.
func (d *memoryDriver) Close() error { return nil }

func (d *memoryDriver) get(_ context.Context, keys []string) (map[string]string, error) {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	values := make(map[string]string, len(keys))
	for _, key := range keys {
		if e := d.m.use(key); e != nil {
			values[key] = e.value
		}
	}
	return values, nil
}

func (d *memoryDriver) set(_ context.Context, key, value string, ttl time.Duration) error {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	return d.m.put(key, value, ttl)
}

func (d *memoryDriver) setNX(_ context.Context, key, value string, ttl time.Duration) (bool, error) {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	if d.m.find(key) != nil {
		return false, nil
	}
	err := d.m.put(key, value, ttl)
	return err == nil, err
}

func (d *memoryDriver) delete(_ context.Context, keys []string) (int, error) {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	n := 0
	for _, key := range keys {
		if e := d.m.find(key); e != nil {
			d.m.remove(e)
			n++
		}
	}
	return n, nil
}

func (d *memoryDriver) exists(_ context.Context, key string) (bool, error) {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	return d.m.find(key) != nil, nil
}

func (d *memoryDriver) expire(_ context.Context, key string, ttl time.Duration) (bool, error) {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	e := d.m.find(key)
	if e == nil {
		return false, nil
	}
	d.m.setTTL(e, ttl)
	return true, nil
}

func (d *memoryDriver) add(_ context.Context, key string, delta int64) (int64, error) {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	e := d.m.use(key)
	if e == nil {
		return delta, d.m.put(key, strconv.FormatInt(delta, 10), 0)
	}
	n, err := strconv.ParseInt(e.value, 10, 64)
	if err != nil {
		return 0, gateway.ErrCache.New("cache: the value is not a whole number")
	}
	if delta > 0 && n > math.MaxInt64-delta || delta < 0 && n < math.MinInt64-delta {
		return 0, gateway.ErrCache.New("cache: the number would become too large")
	}
	n += delta
	text := strconv.FormatInt(n, 10)
	d.m.bytes += len(text) - len(e.value)
	e.value = text
	d.m.shrink()
	return n, nil
}
