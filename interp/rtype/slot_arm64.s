#include "textflag.h"

// The code of the slots; see slot.go. Go's calling convention leaves R16, R17
// and the closure register R26 to us: no argument is ever in them. There are
// no frames here, so the stack looks as if the closure had been called
// directly.
//
// Entries stand in groups of 31 with a common tail, 256 bytes together:
//
//	 0: MOVD $0, R16; B tail
//	 8: MOVD $1, R16; B tail
//	…
//	tail, at 248:
//	    MOVD $group, R17
//	    B ·slots(SB)
//
// They are given as data because the assembler may choose other encodings,
// and because this way they assemble in a second. TestSlotCode looks at every
// one of them.
#define GROUP(g) \
	DWORD $0x1400003dd2800010; \
	DWORD $0x1400003bd2800030; \
	DWORD $0x14000039d2800050; \
	DWORD $0x14000037d2800070; \
	DWORD $0x14000035d2800090; \
	DWORD $0x14000033d28000b0; \
	DWORD $0x14000031d28000d0; \
	DWORD $0x1400002fd28000f0; \
	DWORD $0x1400002dd2800110; \
	DWORD $0x1400002bd2800130; \
	DWORD $0x14000029d2800150; \
	DWORD $0x14000027d2800170; \
	DWORD $0x14000025d2800190; \
	DWORD $0x14000023d28001b0; \
	DWORD $0x14000021d28001d0; \
	DWORD $0x1400001fd28001f0; \
	DWORD $0x1400001dd2800210; \
	DWORD $0x1400001bd2800230; \
	DWORD $0x14000019d2800250; \
	DWORD $0x14000017d2800270; \
	DWORD $0x14000015d2800290; \
	DWORD $0x14000013d28002b0; \
	DWORD $0x14000011d28002d0; \
	DWORD $0x1400000fd28002f0; \
	DWORD $0x1400000dd2800310; \
	DWORD $0x1400000bd2800330; \
	DWORD $0x14000009d2800350; \
	DWORD $0x14000007d2800370; \
	DWORD $0x14000005d2800390; \
	DWORD $0x14000003d28003b0; \
	DWORD $0x14000001d28003d0; \
	DWORD $(0x14000000d2800011 | ((g)<<5) | (((((0 - (256*(g) + 256 + 252)) & 0xfffffff) >> 2)) << 32));

#define GROUPS8(g) GROUP((g)+0) GROUP((g)+1) GROUP((g)+2) GROUP((g)+3) GROUP((g)+4) GROUP((g)+5) GROUP((g)+6) GROUP((g)+7)
#define GROUPS64(g) GROUPS8((g)+0) GROUPS8((g)+8) GROUPS8((g)+16) GROUPS8((g)+24) GROUPS8((g)+32) GROUPS8((g)+40) GROUPS8((g)+48) GROUPS8((g)+56)
#define GROUPS512(g) GROUPS64((g)+0) GROUPS64((g)+64) GROUPS64((g)+128) GROUPS64((g)+192) GROUPS64((g)+256) GROUPS64((g)+320) GROUPS64((g)+384) GROUPS64((g)+448)
#define GROUPS4096(g) GROUPS512((g)+0) GROUPS512((g)+512) GROUPS512((g)+1024) GROUPS512((g)+1536) GROUPS512((g)+2048) GROUPS512((g)+2560) GROUPS512((g)+3072) GROUPS512((g)+3584)

// In: R16 slot in group, R17 group.
TEXT ·slots(SB), NOSPLIT|NOFRAME, $0-0
	MOVD $·closures(SB), R26
	ADD  R17<<3, R26, R26
	MOVD (R26), R26
	ADD  R16<<3, R26, R26
	MOVD (R26), R26
	MOVD (R26), R16
	JMP  (R16)
	PCALIGN $256
	GROUPS4096(0)

// func slotEntries() uintptr
TEXT ·slotEntries(SB), NOSPLIT, $0-8
	MOVD $·slots(SB), R0
	ADD  $256, R0
	MOVD R0, ret+0(FP)
	RET

// A forwarder (see forward.go) is in R26, the receiver in R0.
#define FORWARDER_target 8
#define FORWARDER_n 16
#define FORWARDER_offsets 24

// WALK follows the path to the embedded field: it adds the first offset to
// the receiver, loads a pointer from there, adds the second, and so on. A nil
// pointer on the way faults in MOVBU, which the run time makes a panic.
#define WALK(loop, done) \
	MOVD FORWARDER_n(R26), R16; \
	ADD  $FORWARDER_offsets, R26, R17; \
	CBZ  R16, done; \
loop: \
	MOVBU (R0), R27; \
	MOVD (R17), R27; \
	ADD  R27, R0; \
	SUB  $1, R16; \
	CBZ  R16, done; \
	MOVD (R0), R0; \
	ADD  $8, R17; \
	JMP  loop; \
done:

// The receiver becomes the address of the field.
TEXT ·forwardAddress(SB), NOSPLIT|NOFRAME, $0-0
	WALK(loop, done)
	MOVD FORWARDER_target(R26), R16
	JMP  (R16)

// The receiver becomes the pointer in the field.
TEXT ·forwardPointer(SB), NOSPLIT|NOFRAME, $0-0
	WALK(loop, done)
	MOVD (R0), R0
	MOVD FORWARDER_target(R26), R16
	JMP  (R16)

// The receiver becomes the data word of the interface in the field; target is
// the offset of the method in its table.
TEXT ·forwardInterface(SB), NOSPLIT|NOFRAME, $0-0
	WALK(loop, done)
	MOVD (R0), R16
	MOVD FORWARDER_target(R26), R17
	ADD  R17, R16
	MOVD (R16), R16
	MOVD 8(R0), R0
	JMP  (R16)

// func forwardCode() (address, pointer, iface uintptr)
TEXT ·forwardCode(SB), NOSPLIT, $0-24
	MOVD $·forwardAddress(SB), R0
	MOVD R0, address+0(FP)
	MOVD $·forwardPointer(SB), R0
	MOVD R0, pointer+8(FP)
	MOVD $·forwardInterface(SB), R0
	MOVD R0, iface+16(FP)
	RET
