package stack_test

import (
	"sync"
	"testing"

	"gateway/interp/internal/stack"
)

// frame is larger than anything the compiler might save per call, so that
// depth can be told from the figures.
const frame = 1024

//go:noinline
func descend(depth int, used []uintptr) byte {
	var pad [frame]byte
	pad[depth%frame] = byte(depth)
	used[depth] = stack.Used()
	if depth+1 < len(used) {
		pad[0] += descend(depth+1, used)
	}
	return pad[0] + pad[depth%frame]
}

func TestUsedGrowsWithDepth(t *testing.T) {
	if !stack.Supported {
		t.Skip("the stack cannot be measured on this architecture")
	}
	// 4096 frames are 4 MB: the stack is moved about ten times on the way.
	used := make([]uintptr, 4096)
	descend(0, used)
	step := used[1] - used[0]
	if step < frame || step > 4*frame {
		t.Fatalf("one call of a function with a %d byte frame takes %d bytes", frame, step)
	}
	for i := 1; i < len(used); i++ {
		if got := used[i] - used[i-1]; got != step {
			t.Fatalf("depth %d takes %d bytes more than depth %d, want %d", i, got, i-1, step)
		}
	}
}

func TestUsedStartsAnewInEachGoroutine(t *testing.T) {
	if !stack.Supported {
		t.Skip("the stack cannot be measured on this architecture")
	}
	deep := make([]uintptr, 1000)
	descend(0, deep)
	ch := make(chan uintptr)
	go func() { ch <- stack.Used() }()
	got := <-ch
	if got == 0 || got >= deep[len(deep)-1] || got > 4096 {
		t.Errorf("a new goroutine uses %d bytes, 1000 calls deep are %d", got, deep[len(deep)-1])
	}
}

func TestGTellsGoroutinesApart(t *testing.T) {
	const n = 100
	var (
		mu   sync.Mutex
		seen = map[uintptr]bool{stack.G(): true}
		wg   sync.WaitGroup
	)
	release := make(chan struct{})
	ready := make(chan struct{})
	for range n {
		wg.Go(func() {
			id := stack.G()
			mu.Lock()
			seen[id] = true
			mu.Unlock()
			ready <- struct{}{}
			<-release // all are alive at the same time, so no identity is reused
			if again := stack.G(); again != id {
				t.Errorf("G is %#x, was %#x in the same goroutine", again, id)
			}
		})
	}
	for range n {
		<-ready
	}
	close(release)
	wg.Wait()
	if len(seen) != n+1 || seen[0] {
		t.Errorf("%d identities for %d goroutines (0 among them: %v)", len(seen), n+1, seen[0])
	}
}

var sink uintptr

func BenchmarkUsed(b *testing.B) {
	for b.Loop() {
		sink = stack.Used()
	}
}

func BenchmarkG(b *testing.B) {
	for b.Loop() {
		sink = stack.G()
	}
}
