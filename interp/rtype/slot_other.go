//go:build !amd64 && !arm64

package rtype

// Without assembler code for this architecture there are no slots, and types
// with methods that compiled code can call are refused.
const (
	slotGroups    = 0
	slotsPerGroup = 1
)

func slotAddress(int) uintptr { panic("rtype: no method slots on this architecture") }

func forwardCode() (address, pointer, iface uintptr) {
	panic("rtype: no method slots on this architecture")
}
