package rtype

// Layout of the code in slot_amd64.s.
const (
	slotGroups    = 8192
	slotsPerGroup = 23
	groupSize     = 128
	entrySize     = 5
)
