//go:build unix

package supervise

import "syscall"

// Supported tells whether this system has what [Run] needs: handing sockets to a child
// process.
const Supported = true

func closeOnExec(fd int) { syscall.CloseOnExec(fd) }
