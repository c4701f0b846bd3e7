//go:build amd64 || arm64

package stack

// Supported says that Used measures on this architecture.
const Supported = true

// Used returns how many bytes of the calling goroutine's stack lie between
// its base and the caller's frame. Stacks move when they grow, the figure
// does not change by that.
func Used() uintptr

// G returns an opaque identity of the calling goroutine: equal for two calls
// in one goroutine, different for two goroutines that are alive at the same
// time. It is reused after a goroutine has ended. It is never 0.
func G() uintptr
