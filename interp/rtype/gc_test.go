package rtype_test

import (
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"runtime"
	"sync"
	"testing"
)

const gcSource = `package handler
	type Mixed struct {
		a byte
		p *int
		b bool
		s string
		i any
		_ [3]byte
		m map[Key]*Mixed
		f func() int
		c chan *Mixed
		next *Mixed
		arr [3]struct { n int8; p *Mixed; e error }
		sl []Mixed
	}
	type Key struct { name string; i any; n int16 }
	type Big struct {
		name string
		rows [20000]*int
		tail [5000]struct { n int; s string }
		last *Big
	}
	type Bigs [2]Big
	func (m Mixed) String() string { return "" }
`

// TestGarbageCollection builds structures of inner types, looks at them
// through outer types, and lets the collector run all the time. What is wrong
// in a pointer mask shows as memory that changed.
func TestGarbageCollection(t *testing.T) {
	p := check(t, gcSource).add("Mixed", "*Mixed", "Key", "Big", "*Big", "Bigs", "map[Key]*Mixed", "chan *Mixed", "[]Mixed", "map[any]Mixed")
	p.table.Freeze()
	rounds, collections := 20, 400
	if testing.Short() {
		rounds, collections = 4, 60
	}
	stop := make(chan struct{})
	var collector, workers sync.WaitGroup
	collector.Go(func() {
		for range collections {
			select {
			case <-stop:
				return
			default:
				runtime.GC()
			}
		}
	})
	for range 2 {
		workers.Go(func() {
			for round := range rounds {
				ts, err := p.table.Instantiate()
				if err != nil {
					t.Error(err)
					return
				}
				s := &set{ts, p}
				s.bind("Mixed", "String", func() string { return "" }, func(args []reflect.Value) []reflect.Value {
					return values(args[0].Field(3).String())
				})
				checkMixed(t, s, round)
				checkBig(t, s)
				s.Release()
			}
		})
	}
	workers.Wait()
	close(stop)
	collector.Wait()
}

func number(n int) *int { return &n }

func checkMixed(t *testing.T, s *set, seed int) {
	const n = 100
	keyType, mixed := s.inner("Key"), s.inner("Mixed")
	key := func(k int) reflect.Value {
		v := reflect.New(keyType).Elem()
		v.Field(0).SetString(fmt.Sprint("key", k))
		v.Field(1).Set(reflect.ValueOf(fmt.Sprint("any", k)))
		v.Field(2).SetInt(int64(k))
		return v
	}
	head := reflect.Zero(reflect.PointerTo(mixed))
	for k := range n {
		p := reflect.New(mixed)
		v := p.Elem()
		v.Field(1).Set(reflect.ValueOf(number(seed + k)))
		v.Field(3).SetString(fmt.Sprint("s", k))
		v.Field(4).Set(reflect.ValueOf(s.box("Key", key(k))))
		m := reflect.MakeMap(v.Field(6).Type())
		for j := range 20 {
			m.SetMapIndex(key(j), p)
		}
		v.Field(6).Set(m)
		v.Field(7).Set(reflect.ValueOf(func() int { return k }))
		c := reflect.MakeChan(v.Field(8).Type(), 1)
		c.Send(p)
		v.Field(8).Set(c)
		v.Field(9).Set(head)
		v.Field(10).Index(2).Field(1).Set(p)
		v.Field(10).Index(2).Field(2).Set(reflect.ValueOf(fmt.Errorf("error %d", k)))
		v.Field(11).Set(reflect.MakeSlice(v.Field(11).Type(), 2, 2))
		v.Field(11).Index(1).Field(3).SetString(fmt.Sprint("in slice ", k))
		head = p
	}
	// From here on as compiled code sees it. Unexported fields can be read.
	v := reflect.ValueOf(s.box("*Mixed", head))
	for k := n - 1; k >= 0; k-- {
		v = v.Elem()
		got := fmt.Sprintf("%d %s %s %d %d %v %s", v.Field(1).Elem().Int(), v.Field(3), v.Field(4).Elem().Field(1), v.Field(6).Len(), v.Field(8).Len(),
			v.Field(10).Index(2).Field(2).Elem().Elem().Field(0), v.Field(11).Index(1).Field(3))
		want := fmt.Sprintf("%d s%d any%d 20 1 error %d in slice %d", seed+k, k, k, k, k)
		if got != want {
			t.Errorf("element %d is %q, want %q", k, got, want)
			return
		}
		if e := v.Field(6).MapIndex(reflect.ValueOf(s.box("Key", key(k%20)))); !e.IsValid() || e.Pointer() != v.Addr().Pointer() {
			t.Errorf("map of element %d has %v", k, e)
			return
		}
		v = v.Field(9)
	}
	// Interfaces as keys: the outer type's hash and equality.
	m := make(map[any]int)
	for k := range n {
		m[s.box("Key", key(k))] = k
	}
	for k := range n {
		if m[s.box("Key", key(k))] != k {
			t.Errorf("key %d is not found", k)
			return
		}
	}
	if got := fmt.Sprint(s.box("*Mixed", head)); got != fmt.Sprint("s", n-1) {
		t.Errorf("String gives %q", got)
	}
}

func checkBig(t *testing.T, s *set) {
	var last reflect.Value
	for k := range 3 {
		bigs := reflect.New(s.inner("Bigs"))
		v := bigs.Elem().Index(1)
		v.Field(0).SetString(fmt.Sprint("big", k))
		for i := 0; i < 20000; i += 7 {
			v.Field(1).Index(i).Set(reflect.ValueOf(number(i)))
		}
		for i := 0; i < 5000; i += 11 {
			v.Field(2).Index(i).Field(1).SetString(fmt.Sprint("tail", i))
		}
		if last.IsValid() {
			v.Field(3).Set(last)
		}
		last = v.Addr()
	}
	o := reflect.ValueOf(s.box("*Big", last)).Elem()
	for k := 2; k >= 0; k-- {
		if got := o.Field(0).String(); got != fmt.Sprint("big", k) {
			t.Errorf("name is %q", got)
		}
		for i := 0; i < 20000; i += 7 {
			if got := o.Field(1).Index(i).Elem().Int(); got != int64(i) {
				t.Fatalf("row %d has %d", i, got)
			}
		}
		for i := 0; i < 5000; i += 11 {
			if got := o.Field(2).Index(i).Field(1).String(); got != fmt.Sprint("tail", i) {
				t.Fatalf("tail %d has %q", i, got)
			}
		}
		if k > 0 {
			o = o.Field(3).Elem()
		}
	}
}

// TestGarbageCollectionChecked runs the tests that allocate and call again
// with the run time's own checks: marking is verified, freed memory is
// overwritten, stacks move often.
func TestGarbageCollectionChecked(t *testing.T) {
	if os.Getenv("GODEBUG") != "" {
		t.Skip("already running with GODEBUG")
	}
	cmd := exec.Command(os.Args[0], "-test.run=^(TestGarbageCollection|TestOracleValues|TestReceiversOfAllShapes|TestStackGrowsAndShrinksDuringCalls)$", "-test.short")
	cmd.Env = append(os.Environ(), "GODEBUG=clobberfree=1,gccheckmark=1", "GOGC=20")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
