package rtype

// Layout of the code in slot_arm64.s.
const (
	slotGroups    = 4096
	slotsPerGroup = 31
	groupSize     = 256
	entrySize     = 8
)
