//go:build !unix

package supervise

// Supported tells whether this system has what [Run] needs: handing sockets to a child
// process.
const Supported = false

func closeOnExec(int) {}
