package supervise

import (
	"os"
	"syscall"
)

// program is what a server runs: the very file that this process runs, also where another
// has taken its name since.
func program() (string, error) {
	const self = "/proc/self/exe"
	if _, err := os.Stat(self); err == nil {
		return self, nil
	}
	return os.Executable()
}

// dieWithParent has the kernel kill the child when the thread that started it ends. The
// lifeline does the same a little later, but not for a process that hangs.
func dieWithParent() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
