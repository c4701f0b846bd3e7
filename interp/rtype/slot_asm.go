//go:build amd64 || arm64

package rtype

// slotEntries returns the address of the first slot's code.
func slotEntries() uintptr

// slots is the code of all slots. It is never called from Go.
func slots()

// forwardAddress, forwardPointer and forwardInterface are the code of
// closures of type forwarder. They are never called from Go.
func forwardAddress()
func forwardPointer()
func forwardInterface()

// forwardCode returns the addresses of these three.
func forwardCode() (address, pointer, iface uintptr)

// slotAddress returns the address of the code of slot i.
func slotAddress(i int) uintptr {
	return slotEntries() + uintptr(i/slotsPerGroup)*groupSize + uintptr(i%slotsPerGroup)*entrySize
}

// The assembler code is reached by address; these say so to those who look
// for unused functions.
var _, _, _, _ = slots, forwardAddress, forwardPointer, forwardInterface
