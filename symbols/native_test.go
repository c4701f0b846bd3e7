package symbols_test

import (
	"cmp"
	"crypto/hkdf"
	"crypto/pbkdf2"
	"crypto/sha256"
	"hash"
	"hash/maphash"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"gateway/symbols"
)

// native returns the native half of a packed source as a function of type F.
func native[F any](t *testing.T, path, name string) F {
	t.Helper()
	exports, _ := symbols.Package(path)
	fn, ok := exports[name].Interface().(F)
	if !ok {
		t.Fatalf("%s.%s is %v", path, name, exports[name].Type())
	}
	return fn
}

type myInt int

func TestSortOrdered(t *testing.T) {
	sort := native[func(any)](t, "slices", "sortOrdered")
	lists := []any{
		[]int{3, 1, 2}, []int8{3, -1, 2}, []int16{3, -1, 2}, []int32{3, -1, 2}, []int64{3, -1, 2},
		[]uint{3, 1, 2}, []uint8{3, 255, 2}, []uint16{3, 1, 2}, []uint32{3, 1, 2}, []uint64{3, math.MaxUint64, 2}, []uintptr{3, 1, 2},
		[]float32{3, -1, 2}, []float64{3, math.Inf(-1), 2}, []string{"b", "", "a"}, []myInt{3, 1, 2}, []int(nil), []string{},
	}
	for _, list := range lists {
		sort(list)
		v := reflect.ValueOf(list)
		for i := 1; i < v.Len(); i++ {
			if less(v.Index(i), v.Index(i-1)) {
				t.Errorf("not sorted: %v", list)
			}
		}
	}
	withNaN := []float64{1, math.NaN(), -1}
	sort(withNaN)
	if !math.IsNaN(withNaN[0]) || withNaN[1] != -1 {
		t.Errorf("NaN is not the first: %v", withNaN)
	}
}

func less(a, b reflect.Value) bool {
	switch {
	case a.CanInt():
		return a.Int() < b.Int()
	case a.CanUint():
		return a.Uint() < b.Uint()
	case a.CanFloat():
		return a.Float() < b.Float()
	}
	return a.String() < b.String()
}

// TestSortLess holds that equal elements come out in the order of slices.SortFunc, which
// is not stable: scripts must not see a difference to compiled code.
func TestSortLess(t *testing.T) {
	type item struct{ key, id int }
	byKey := func(a, b item) int { return cmp.Compare(a.key, b.key) }
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 2, 11, 12, 13, 50, 51, 300, 5000} {
		for _, keys := range []int{1, 2, 10, 1 << 30} {
			var items []item
			for i := range n {
				items = append(items, item{rng.IntN(keys), i})
			}
			for _, sort := range []struct {
				name   string
				native func(any, func(i, j int) bool)
				std    func([]item, func(a, b item) int)
			}{
				{"sortLess", native[func(any, func(i, j int) bool)](t, "slices", "sortLess"), slices.SortFunc[[]item]},
				{"sortStableLess", native[func(any, func(i, j int) bool)](t, "slices", "sortStableLess"), slices.SortStableFunc[[]item]},
			} {
				got, want := slices.Clone(items), slices.Clone(items)
				sort.native(got, func(i, j int) bool { return byKey(got[i], got[j]) < 0 })
				sort.std(want, byKey)
				if !slices.Equal(got, want) {
					t.Fatalf("%s of %d items with %d keys differs", sort.name, n, keys)
				}
			}
		}
	}
}

func TestOverlaps(t *testing.T) {
	overlaps := native[func(a, b any) bool](t, "slices", "overlapsAny")
	s := make([]int64, 10)
	tests := []struct {
		a, b any
		want bool
	}{
		{s[:5], s[5:], false},
		{s[:6], s[5:], true},
		{s[5:], s[:6], true},
		{s[2:3], s, true},
		{s[:0], s, false},
		{[]int64(nil), s, false},
		{make([]struct{}, 3), make([]struct{}, 3), false},
	}
	for _, test := range tests {
		if got := overlaps(test.a, test.b); got != test.want {
			t.Errorf("%v and %v: %v", test.a, test.b, got)
		}
	}
}

func TestCloneMap(t *testing.T) {
	clone := native[func(any) any](t, "maps", "clone")
	type named map[string][]int
	m := named{"a": {1}}
	c, ok := clone(m).(named)
	if !ok || !reflect.DeepEqual(c, m) {
		t.Fatalf("clone is %#v", clone(m))
	}
	c["b"] = nil
	if len(m) != 1 {
		t.Error("the clone is the same map")
	}
	if nan := clone(map[float64]int{math.NaN(): 1}).(map[float64]int); len(nan) != 1 {
		t.Errorf("clone of a NaN key is %v", nan)
	}
}

func TestPull(t *testing.T) {
	pull := native[func(func(func(any) bool)) (func() (any, bool), func())](t, "iter", "pull")
	stopped := false
	next, stop := pull(func(yield func(any) bool) {
		defer func() { stopped = true }()
		for i := range 10 {
			if !yield(i) {
				return
			}
		}
	})
	for i := range 3 {
		if v, ok := next(); v != i || !ok {
			t.Errorf("got %v, %v", v, ok)
		}
	}
	stop()
	if v, ok := next(); v != nil || ok || !stopped {
		t.Errorf("after stop: %v, %v, ended %v", v, ok, stopped)
	}
}

func TestAtomicPointer(t *testing.T) {
	load := native[func(any) any](t, "sync/atomic", "loadPointer")
	store := native[func(addr, val any)](t, "sync/atomic", "storePointer")
	swap := native[func(addr, val any) any](t, "sync/atomic", "swapPointer")
	cas := native[func(addr, old, new any) bool](t, "sync/atomic", "compareAndSwapPointer")
	type T struct{ a int }
	var p *T
	if got, ok := load(&p).(*T); got != nil || !ok {
		t.Errorf("load of nil is %v", got)
	}
	one, two := &T{1}, &T{2}
	store(&p, one)
	if load(&p) != any(one) || p != one {
		t.Error("store")
	}
	if swap(&p, two) != any(one) || p != two {
		t.Error("swap")
	}
	if cas(&p, one, nil) || !cas(&p, two, (*T)(nil)) || p != nil {
		t.Error("compare and swap")
	}
}

func TestCanonical(t *testing.T) {
	canonical := native[func(any) *any](t, "unique", "canonical")
	a, b, c := canonical("x"+string([]byte("y"))), canonical("xy"), canonical(myInt(1))
	if a != b || *a != any("xy") {
		t.Errorf("%v and %v", a, b)
	}
	if c == canonical(1) || c != canonical(myInt(1)) || *c != any(myInt(1)) {
		t.Error("the type does not count")
	}
}

func TestHashes(t *testing.T) {
	comparable_ := native[func(maphash.Seed, any) uint64](t, "hash/maphash", "comparable_")
	seed := maphash.MakeSeed()
	one, again := comparable_(seed, 1), comparable_(seed, 1)
	if one != again || one == comparable_(seed, 2) {
		t.Error("maphash")
	}
	newHash := func() hash.Hash { return sha256.New() }
	want, err := hkdf.Key(sha256.New, []byte("secret"), []byte("salt"), "info", 16)
	if err != nil {
		t.Fatal(err)
	}
	key := native[func(func() hash.Hash, []byte, []byte, string, int) ([]byte, error)](t, "crypto/hkdf", "key")
	if got, err := key(newHash, []byte("secret"), []byte("salt"), "info", 16); err != nil || !slices.Equal(got, want) {
		t.Errorf("hkdf: %x, %v", got, err)
	}
	want, err = pbkdf2.Key(sha256.New, "password", []byte("salt"), 2, 16)
	if err != nil {
		t.Fatal(err)
	}
	derive := native[func(func() hash.Hash, string, []byte, int, int) ([]byte, error)](t, "crypto/pbkdf2", "key")
	if got, err := derive(newHash, "password", []byte("salt"), 2, 16); err != nil || !slices.Equal(got, want) {
		t.Errorf("pbkdf2: %x, %v", got, err)
	}
}
