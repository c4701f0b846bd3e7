package supervise

import (
	"os"
	"path/filepath"
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

// takeName has tools like ps and top show the server under the name of its program, and not
// under that of the file that it was started from, see program. It does not matter otherwise.
func takeName() {
	_ = os.WriteFile("/proc/self/comm", []byte(filepath.Base(os.Args[0])), 0)
}

// dieWithParent has the kernel kill the child when the thread that started it ends. The
// lifeline does the same a little later, but not for a process that hangs.
func dieWithParent() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
