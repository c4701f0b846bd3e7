package servicetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gateway"
	"gateway/internal/catalog"
	"gateway/services"
)

// Cache is the suite of gateway.Cache. Its keys are its own.
func Cache(t *testing.T, m *services.Manager) {
	c := cache{manager: m, typ: m.Services()[0].Type, prefix: catalog.NewID() + ":"}
	t.Run("values", c.values)
	t.Run("several", c.several)
	t.Run("set if missing", c.setNX)
	t.Run("numbers", c.numbers)
	t.Run("time to live", c.ttl)
	t.Run("invalid", c.invalid)
	t.Run("remember", c.remember)
	t.Run("remember of a stopped handler", c.rememberStopped)
	t.Run("concurrency", c.concurrency)
	if c.typ == "redis" {
		t.Run("redis", c.redis)
		t.Run("subscribe", c.subscribe)
		return
	}
	t.Run("not redis", func(t *testing.T) {
		_, err := c.open(t, within(t)).Redis().Do("PING")
		fails(t, err, gateway.ErrUnsupported)
	})
}

type cache struct {
	manager *services.Manager
	typ     string // of the service: "memory", "redis" or "memcached"
	prefix  string // of all keys
}

func (c cache) open(t *testing.T, ctx context.Context) gateway.Cache {
	t.Helper()
	cc, err := view(c.manager).Cache(ctx, Name)
	ok(t, err)
	return cc
}

// wantValue wants a key to have a value.
func (c cache) wantValue(t *testing.T, cc gateway.Cache, key, want string) {
	t.Helper()
	if got, found, err := cc.Get(key); got != want || !found || err != nil {
		t.Errorf("Get(%q) = %q, %t, %v; want %q", key, got, found, err, want)
	}
}

// wantMissing wants a key not to exist.
func (c cache) wantMissing(t *testing.T, cc gateway.Cache, key string) {
	t.Helper()
	if got, found, err := cc.Get(key); got != "" || found || err != nil {
		t.Errorf("Get(%q) = %q, %t, %v; want nothing", key, got, found, err)
	}
	if found, err := cc.Exists(key); found || err != nil {
		t.Errorf("Exists(%q) = %t, %v; want false", key, found, err)
	}
}

func (c cache) values(t *testing.T) {
	cc := c.open(t, within(t))
	key := c.prefix + "value"
	c.wantMissing(t, cc, key)
	type point struct {
		X int `json:"x"`
	}
	for _, tt := range []struct {
		value any
		want  string
	}{
		{"", ""},
		{"text", "text"},
		{"\x00\xff\r\n '\"", "\x00\xff\r\n '\""},
		{[]byte{0, 1, 255}, "\x00\x01\xff"},
		{strings.Repeat("x", 100_000), strings.Repeat("x", 100_000)},
		{12, "12"},
		{1.5, "1.5"},
		{true, "true"},
		{nil, "null"},
		{point{1}, `{"x":1}`},
		{map[string]any{"a": []int{1}}, `{"a":[1]}`},
	} {
		ok(t, cc.Set(key, tt.value, time.Minute))
		c.wantValue(t, cc, key, tt.want)
	}
	ok(t, cc.Set(key, point{7}, 0))
	var p point
	if found, err := cc.GetJSON(key, &p); !found || err != nil || p.X != 7 {
		t.Errorf("GetJSON = %t, %v, %+v", found, err, p)
	}
	if found, err := cc.Exists(key); !found || err != nil {
		t.Errorf("Exists = %t, %v", found, err)
	}
	ok(t, cc.Set(key, "no json", 0))
	_, err := cc.GetJSON(key, &p)
	fails(t, err, gateway.ErrSerialization)
	if n, err := cc.Delete(key); n != 1 || err != nil {
		t.Errorf("Delete = %d, %v", n, err)
	}
	if n, err := cc.Delete(key); n != 0 || err != nil {
		t.Errorf("Delete of a missing key = %d, %v", n, err)
	}
	c.wantMissing(t, cc, key)
	if found, err := cc.GetJSON(key, &p); found || err != nil {
		t.Errorf("GetJSON of a missing key = %t, %v", found, err)
	}
}

func (c cache) several(t *testing.T) {
	cc := c.open(t, within(t))
	want := make(map[string]string)
	keys := []string{c.prefix + "none"}
	for i := range 20 {
		key := fmt.Sprintf("%sseveral%d", c.prefix, i)
		want[key] = fmt.Sprint(i)
		keys = append(keys, key)
		ok(t, cc.Set(key, i, time.Minute))
	}
	got, err := cc.GetMulti(keys...)
	ok(t, err)
	if !maps.Equal(got, want) {
		t.Errorf("GetMulti = %v, want %v", got, want)
	}
	if n, err := cc.Delete(keys...); n != 20 || err != nil {
		t.Errorf("Delete = %d, %v; want 20", n, err)
	}
}

func (c cache) setNX(t *testing.T) {
	cc := c.open(t, within(t))
	key := c.prefix + "nx"
	for i, want := range []bool{true, false} {
		if stored, err := cc.SetNX(key, i, time.Minute); stored != want || err != nil {
			t.Errorf("SetNX = %t, %v; want %t", stored, err, want)
		}
	}
	c.wantValue(t, cc, key, "0")
	_, err := cc.Delete(key)
	ok(t, err)
	if stored, err := cc.SetNX(key, "again", 0); !stored || err != nil {
		t.Errorf("SetNX after Delete = %t, %v", stored, err)
	}
}

func (c cache) numbers(t *testing.T) {
	cc := c.open(t, within(t))
	key := c.prefix + "number"
	for i := range 11 {
		if n, err := cc.Incr(key); n != int64(i+1) || err != nil {
			t.Errorf("Incr = %d, %v; want %d", n, err, i+1)
		}
	}
	for i := range 2 { // from two digits to one
		if n, err := cc.Decr(key); n != int64(10-i) || err != nil {
			t.Errorf("Decr = %d, %v; want %d", n, err, 10-i)
		}
	}
	c.wantValue(t, cc, key, "9")
	want := int64(-1)
	if c.typ == "memcached" {
		want = 0
	}
	if n, err := cc.Decr(c.prefix + "fresh"); n != want || err != nil {
		t.Errorf("Decr of a missing key = %d, %v; want %d", n, err, want)
	}
	ok(t, cc.Set(key, "x", 0))
	_, err := cc.Incr(key)
	fails(t, err, gateway.ErrCache)
}

// ttl waits for real time: the clock is the backend's.
func (c cache) ttl(t *testing.T) {
	cc := c.open(t, within(t))
	short, kept, renewed := c.prefix+"short", c.prefix+"kept", c.prefix+"renewed"
	ok(t, cc.Set(short, "x", time.Second))
	ok(t, cc.Set(kept, "x", time.Second))
	ok(t, cc.Set(renewed, "x", 0))
	if found, err := cc.Expire(kept, 0); !found || err != nil {
		t.Errorf("Expire = %t, %v", found, err)
	}
	if found, err := cc.Expire(renewed, time.Second); !found || err != nil {
		t.Errorf("Expire = %t, %v", found, err)
	}
	if found, err := cc.Expire(c.prefix+"none", time.Second); found || err != nil {
		t.Errorf("Expire of a missing key = %t, %v", found, err)
	}
	for _, key := range []string{short, kept, renewed} {
		c.wantValue(t, cc, key, "x")
	}
	ok(t, cc.Set(c.prefix+"long", "x", 60*24*time.Hour))
	c.wantValue(t, cc, c.prefix+"long", "x")
	for _, key := range []string{short, renewed} {
		for { // ends with the context at the latest
			_, found, err := cc.Get(key)
			ok(t, err)
			if !found {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	c.wantValue(t, cc, kept, "x")
}

func (c cache) invalid(t *testing.T) {
	cc := c.open(t, within(t))
	_, _, err := cc.Get("")
	fails(t, err, gateway.ErrBadRequest)
	fails(t, cc.Set(c.prefix+"x", "x", -time.Second), gateway.ErrBadRequest)
	_, err = cc.GetMulti()
	fails(t, err, gateway.ErrBadRequest)
	fails(t, cc.Set(c.prefix+"x", make(chan int), 0), gateway.ErrSerialization)
	if c.typ == "memcached" {
		fails(t, cc.Set("with space", "x", 0), gateway.ErrBadRequest)
	}
}

func (c cache) remember(t *testing.T) {
	ctx := within(t)
	key := c.prefix + "remember"
	var computed atomic.Int32
	var callers sync.WaitGroup
	for range 8 {
		callers.Go(func() {
			got, err := c.open(t, ctx).Remember(key, time.Minute, func() (any, error) {
				return map[string]int32{"n": computed.Add(1)}, nil
			})
			if got != `{"n":1}` || err != nil {
				t.Errorf("Remember = %q, %v", got, err)
			}
		})
	}
	callers.Wait()
	if n := computed.Load(); n != 1 {
		t.Errorf("computed %d times, want once", n)
	}
	cc := c.open(t, ctx)
	c.wantValue(t, cc, key, `{"n":1}`)

	failed := errors.New("cannot compute")
	_, err := cc.Remember(key+"2", 0, func() (any, error) { return nil, failed })
	if !errors.Is(err, failed) {
		t.Errorf("error %v, want that of compute", err)
	}
	c.wantMissing(t, cc, key+"2")
	func() {
		defer func() {
			if r := recover(); r != "oops" {
				t.Errorf("recovered %v, want compute's own panic", r)
			}
		}()
		_, _ = cc.Remember(key+"2", 0, func() (any, error) { panic("oops") })
	}()
	if got, err := cc.Remember(key+"2", 0, func() (any, error) { return "fine", nil }); got != "fine" || err != nil {
		t.Errorf("Remember after a panic = %q, %v", got, err)
	}
}

// rememberStopped: a handler that is killed in compute returns nil from it, which
// must not be stored, and whoever waits computes instead.
func (c cache) rememberStopped(t *testing.T) {
	ctx, kill := context.WithCancel(within(t))
	key := c.prefix + "stopped"
	computing, waiting := make(chan struct{}), make(chan struct{})
	var second sync.WaitGroup
	second.Go(func() {
		<-computing
		close(waiting)
		got, err := c.open(t, within(t)).Remember(key, 0, func() (any, error) { return "mine", nil })
		if got != "mine" || err != nil {
			t.Errorf("Remember of the one who waited = %q, %v", got, err)
		}
	})
	got, err := c.open(t, ctx).Remember(key, 0, func() (any, error) {
		close(computing)
		<-waiting
		kill()
		return nil, nil
	})
	if got != "" || err == nil {
		t.Errorf("Remember of the stopped one = %q, %v; want an error", got, err)
	}
	second.Wait()
	c.wantValue(t, c.open(t, within(t)), key, "mine")
}

func (c cache) concurrency(t *testing.T) {
	key := c.prefix + "counter"
	ctx := within(t)
	var callers sync.WaitGroup
	for range 8 {
		callers.Go(func() {
			cc := c.open(t, ctx)
			for range 50 {
				if _, err := cc.Incr(key); err != nil {
					t.Errorf("Incr: %v", err)
				}
			}
		})
	}
	callers.Wait()
	c.wantValue(t, c.open(t, ctx), key, "400")
}

func (c cache) redis(t *testing.T) {
	r := c.open(t, within(t)).Redis()
	hash, list, stream := c.prefix+"hash", c.prefix+"list", c.prefix+"stream"

	ok(t, r.HSet(hash, map[string]any{"a": 1, "b": "two"}))
	if got, err := r.HGetAll(hash); err != nil || !maps.Equal(got, map[string]string{"a": "1", "b": "two"}) {
		t.Errorf("HGetAll = %v, %v", got, err)
	}
	if got, found, err := r.HGet(hash, "b"); got != "two" || !found || err != nil {
		t.Errorf("HGet = %q, %t, %v", got, found, err)
	}
	if n, err := r.HDel(hash, "b", "c"); n != 1 || err != nil {
		t.Errorf("HDel = %d, %v", n, err)
	}
	if got, found, err := r.HGet(hash, "b"); got != "" || found || err != nil {
		t.Errorf("HGet of a missing field = %q, %t, %v", got, found, err)
	}

	if n, err := r.RPush(list, "b", "c"); n != 2 || err != nil {
		t.Errorf("RPush = %d, %v", n, err)
	}
	if n, err := r.LPush(list, "a"); n != 3 || err != nil {
		t.Errorf("LPush = %d, %v", n, err)
	}
	if got, err := r.LRange(list, 0, -1); fmt.Sprint(got) != "[a b c]" || err != nil {
		t.Errorf("LRange = %v, %v", got, err)
	}
	if got, found, err := r.LPop(list); got != "a" || !found || err != nil {
		t.Errorf("LPop = %q, %t, %v", got, found, err)
	}
	if got, found, err := r.RPop(list); got != "c" || !found || err != nil {
		t.Errorf("RPop = %q, %t, %v", got, found, err)
	}
	if got, found, err := r.LPop(c.prefix + "none"); got != "" || found || err != nil {
		t.Errorf("LPop of a missing list = %q, %t, %v", got, found, err)
	}
	_, err := r.LRange(hash, 0, -1)
	fails(t, err, gateway.ErrCache)

	if got, err := r.Do("ZADD", c.prefix+"scores", 10, "ada", 7, "bob"); got != int64(2) || err != nil {
		t.Errorf("ZADD = %#v, %v", got, err)
	}
	if got, err := r.Do("ZRANGE", c.prefix+"scores", 0, -1); fmt.Sprint(got) != "[bob ada]" || err != nil {
		t.Errorf("ZRANGE = %#v, %v", got, err)
	}
	if got, err := r.Do("GET", c.prefix+"none"); got != nil || err != nil {
		t.Errorf("GET of a missing key = %#v, %v", got, err)
	}
	for _, command := range []string{"SUBSCRIBE", "multi", "Select"} {
		_, err := r.Do(command, "1")
		fails(t, err, gateway.ErrUnsupported)
	}
	if got, err := r.Eval("return {KEYS[1], ARGV[1], 7}", []string{hash}, "x"); fmt.Sprint(got) != "["+hash+" x 7]" || err != nil {
		t.Errorf("Eval = %#v, %v", got, err)
	}

	id, err := r.XAdd(stream, map[string]any{"a": 1})
	ok(t, err)
	_, err = r.XAdd(stream, map[string]any{"a": 2})
	ok(t, err)
	entries, err := r.XRead(stream, "0", 10, 0)
	ok(t, err)
	if len(entries) != 2 || entries[0].ID != id || entries[1].Values["a"] != "2" {
		t.Errorf("XRead = %+v", entries)
	}
	if entries, err := r.XRead(stream, entries[1].ID, 10, 10*time.Millisecond); len(entries) != 0 || err != nil {
		t.Errorf("XRead after the last = %+v, %v", entries, err)
	}
}

func (c cache) subscribe(t *testing.T) {
	channel := c.prefix + "news"
	enough := errors.New("enough")
	result := make(chan error, 1)
	var got []string
	go func() {
		result <- c.open(t, within(t)).Redis().Subscribe(func(from, message string) error {
			if from != channel {
				t.Errorf("message from %q", from)
			}
			if got = append(got, message); len(got) == 2 {
				return enough
			}
			return nil
		}, channel)
	}()
	r := c.open(t, within(t)).Redis()
	for _, message := range []any{"one", 2} {
		for { // until the subscription is there
			n, err := r.Publish(channel, message)
			ok(t, err)
			if n == 1 {
				break
			}
		}
	}
	if err := <-result; !errors.Is(err, enough) {
		t.Errorf("Subscribe: %v, want the callback's own error", err)
	}
	if fmt.Sprint(got) != "[one 2]" {
		t.Errorf("messages %v", got)
	}
	ctx, kill := context.WithCancel(within(t))
	kill()
	if err := c.open(t, ctx).Redis().Subscribe(func(string, string) error { return nil }, channel); err == nil {
		t.Error("a subscription went on after its request")
	}
}
