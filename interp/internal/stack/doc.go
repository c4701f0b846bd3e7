// Package stack measures the stack of the calling goroutine.
//
// The Go runtime aborts the whole process when one goroutine's stack passes
// its limit (1 GB on 64-bit systems); no recover helps. Interpreted code
// therefore asks [Used] where recursion is possible and turns depth into an
// ordinary panic long before that limit.
//
// On amd64 and arm64 both functions are a few instructions that read the
// runtime's g structure, whose first field has been the stack bounds {lo, hi}
// since Go 1.4. On other architectures Used always reports 0, so a limit is
// never reached there, and G parses runtime.Stack, which is slow (about a
// microsecond) but right.
package stack
