//go:build !linux

package supervise

import (
	"os"
	"syscall"
)

// program is what a server runs.
func program() (string, error) { return os.Executable() }

// takeName has nothing to do: see program.
func takeName() {}

// dieWithParent adds nothing to the lifeline on this system.
func dieWithParent() *syscall.SysProcAttr { return nil }
