//go:build !amd64 && !arm64

package stack

import (
	"bytes"
	"runtime"
	"strconv"
)

// Supported says that Used measures on this architecture.
const Supported = false

// Used returns 0: the stack cannot be measured on this architecture.
func Used() uintptr { return 0 }

// G returns an opaque identity of the calling goroutine, never 0. It is the
// number in the first line of a stack trace: "goroutine 18 [running]:".
func G() uintptr {
	var buf [64]byte
	line := buf[:runtime.Stack(buf[:], false)]
	line = bytes.TrimPrefix(line, []byte("goroutine "))
	digits, _, _ := bytes.Cut(line, []byte(" "))
	id, err := strconv.ParseUint(string(digits), 10, 64)
	if err != nil {
		panic("stack: cannot read the goroutine's number from its trace: " + err.Error())
	}
	return uintptr(id)
}
