package supervise

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
)

// variable tells a process that a supervisor has started it: the supervisor's process
// number, so that a process which only inherited the environment is not deceived, and how
// many sockets there are.
const variable = "GATEWAY_SUPERVISED"

// File descriptors of a server.
const (
	lifelineFD = 3 + iota
	readyFD
	stderrFD
	socketsFD
)

// Inherited is what a server has from its supervisor.
type Inherited struct {
	// Sockets are those of [Options], in their order.
	Sockets []*os.File
	// Orphaned is closed when the supervisor has died. The process must end then: its
	// successor wants the sockets and whatever else it holds.
	Orphaned <-chan struct{}

	ready *os.File
}

// Attach takes over what the supervisor that started this process hands it, and lets
// [os.Stderr] be the supervisor's own from then on. It is to be called once, before
// anything is written there. Without a supervisor its result is nil.
func Attach() (*Inherited, error) {
	value := os.Getenv(variable)
	if value == "" {
		return nil, nil
	}
	if err := os.Unsetenv(variable); err != nil {
		return nil, err
	}
	var parent, sockets int
	if _, err := fmt.Sscanf(value, "%d %d", &parent, &sockets); err != nil {
		return nil, fmt.Errorf("%s: %q is not what a supervisor sets", variable, value)
	}
	if parent != os.Getppid() {
		return nil, fmt.Errorf("%s: process %d, which started this one, has ended", variable, parent)
	}
	takeName()
	orphaned := make(chan struct{})
	in := &Inherited{Orphaned: orphaned, ready: inherit(readyFD, "ready")}
	for i := range sockets {
		in.Sockets = append(in.Sockets, inherit(socketsFD+i, "socket"+strconv.Itoa(i)))
	}
	os.Stderr = inherit(stderrFD, "/dev/stderr")
	go watch(inherit(lifelineFD, "lifeline"), orphaned)
	return in, nil
}

// Ready tells the supervisor that this process serves. It is to be called once.
func (in *Inherited) Ready() error {
	_, err := in.ready.Write([]byte{'\n'})
	return errors.Join(err, in.ready.Close())
}

// watch reads until the supervisor dies. Nothing is ever written to it.
func watch(lifeline io.Reader, orphaned chan<- struct{}) {
	_, _ = io.Copy(io.Discard, lifeline)
	close(orphaned)
}

// inherit makes a file of a descriptor that the supervisor has handed over. Processes that
// this one may start do not get it.
func inherit(fd int, name string) *os.File {
	closeOnExec(fd)
	return os.NewFile(uintptr(fd), name)
}
