package check

import (
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"gateway/interp/internal/typesize"
)

// A watch bounds one run of the type checker, which has no way to be stopped: it is
// made to panic in what it calls of ours and in what it keeps with us.
//
//   - Whenever it makes an instance of a generic type or function it looks into a
//     types.Context. Without its maps that is a panic. Types can double with every
//     instance, so the names under which instances are kept there also say how large
//     they have become.
//   - Whenever it gives a constant a type it asks for the size of the type.
//
// Types that are large without anything generic are refused by checkCosts, before.
type watch struct {
	context *types.Context
	stopped atomic.Bool
}

var errStopped = errors.New("the type checker was stopped")

const (
	watchEvery = 50 * time.Millisecond
	// maxInstanceName bounds the name of one instance, in bytes: its whole type, written
	// out. A type that doubles has doubled a few times more before it is seen.
	maxInstanceName = 1 << 20
	// maxInstanceNames bounds those of all instances together.
	maxInstanceNames = 64 << 20
)

func newWatch() *watch { return &watch{context: types.NewContext()} }

// Sizeof and its like make a watch types.Sizes.
func (w *watch) Sizeof(t types.Type) int64 {
	if w.stopped.Load() {
		panic(errStopped)
	}
	return sizes.Sizeof(t)
}

func (w *watch) Alignof(t types.Type) int64            { return sizes.Alignof(t) }
func (w *watch) Offsetsof(fields []*types.Var) []int64 { return sizes.Offsetsof(fields) }

// await waits until done is closed and returns nothing, or gives the run up and says
// why.
func (w *watch) await(done <-chan struct{}, timeout time.Duration) (reason string) {
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	ticker := time.NewTicker(watchEvery)
	defer ticker.Stop()
	for {
		select {
		case <-done:
			return ""
		case <-timer.C:
			w.stop()
			return fmt.Sprintf("type checking takes longer than %v", timeout)
		case <-ticker.C:
			if w.exploded() {
				w.stop()
				return fmt.Sprintf("types grow to more than %d bytes when they are written out", maxInstanceName)
			}
		}
	}
}

// stop ends the run at the next instance or constant.
func (w *watch) stop() {
	w.stopped.Store(true)
	if layout := contextLayout(); layout != nil {
		layout.open(w.context, func(instances *map[string][]instanceEntry, ids *map[types.Type]int) {
			*instances, *ids = nil, nil // writing to them panics
		})
	}
}

// exploded tells whether the instances have become too large.
func (w *watch) exploded() (yes bool) {
	if layout := contextLayout(); layout != nil {
		layout.open(w.context, func(instances *map[string][]instanceEntry, _ *map[types.Type]int) {
			total := 0
			for name := range *instances {
				total += len(name)
				yes = yes || len(name) > maxInstanceName
			}
			yes = yes || total > maxInstanceNames
		})
	}
	return yes
}

// stopping is how long a run that was stopped is waited for, to see where it was.
const stopping = time.Second

// hugeExpression returns the place of the first expression with a huge type in a run
// that was stopped. It is not valid if there is none, or the run has not ended.
func (r *run) hugeExpression(done <-chan struct{}) token.Position {
	timer := time.NewTimer(stopping)
	defer timer.Stop()
	select {
	case <-done:
	case <-timer.C:
		return token.Position{}
	}
	var at token.Pos
	units := append(slices.Collect(maps.Values(r.units)), r.main)
	for _, u := range units {
		for e, tv := range u.pkg.Info.Types {
			if at.IsValid() && at <= e.Pos() {
				continue
			}
			if typesize.Huge(tv.Type) {
				at = e.Pos()
			}
		}
	}
	if !at.IsValid() {
		return token.Position{}
	}
	return r.position(at)
}

// instanceEntry is as large as an entry of a types.Context; entries are not looked at.
type instanceEntry struct {
	_ types.Type
	_ []types.Type
	_ types.Type
}

// A layout is where a types.Context keeps its fields.
type layout struct{ mu, instances, ids uintptr }

// contextLayout finds the fields of types.Context. It is nil for a version of Go in
// which they are not as they were: then a run that takes too long goes on, and a test
// says so.
var contextLayout = sync.OnceValue(func() *layout {
	t := reflect.TypeFor[types.Context]()
	mu, ok1 := t.FieldByName("mu")
	instances, ok2 := t.FieldByName("typeMap")
	ids, ok3 := t.FieldByName("originIDs")
	if !ok1 || !ok2 || !ok3 || mu.Type != reflect.TypeFor[sync.Mutex]() || ids.Type != reflect.TypeFor[map[types.Type]int]() ||
		instances.Type.Kind() != reflect.Map || instances.Type.Key().Kind() != reflect.String ||
		instances.Type.Elem().Kind() != reflect.Slice || instances.Type.Elem().Elem().Size() != unsafe.Sizeof(instanceEntry{}) {
		return nil
	}
	return &layout{mu.Offset, instances.Offset, ids.Offset}
})

// open gives access to the maps of a context, which it locks.
func (l *layout) open(c *types.Context, use func(instances *map[string][]instanceEntry, ids *map[types.Type]int)) {
	p := unsafe.Pointer(c)
	mu := (*sync.Mutex)(unsafe.Add(p, l.mu))
	mu.Lock()
	defer mu.Unlock()
	use((*map[string][]instanceEntry)(unsafe.Add(p, l.instances)), (*map[types.Type]int)(unsafe.Add(p, l.ids)))
}
