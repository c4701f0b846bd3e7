#include "textflag.h"

// The code of the slots; see slot.go. Go's calling convention leaves R12, R13
// and the closure register DX to us: no argument is ever in them. There are
// no frames here, so the stack looks as if the closure had been called
// directly.
//
// Entries stand in groups of 23 with a common tail, 128 bytes together:
//
//	 0: MOVB $0, R12; JMP tail     5 bytes
//	 5: MOVB $1, R12; JMP tail
//	…
//	tail, at 115:
//	    MOVL $group, R13           6 bytes
//	    JMP ·slots(SB)             5 bytes
//	    INT3; INT3
//
// They are given as data because the assembler may choose other encodings,
// and because this way they assemble in a second. TestSlotCode looks at every
// one of them.
#define GROUP(g) \
	QUAD $0x01b4416eeb00b441; \
	QUAD $0x4164eb02b44169eb; \
	QUAD $0xeb04b4415feb03b4; \
	QUAD $0xb44155eb05b4415a; \
	QUAD $0x4beb07b44150eb06; \
	QUAD $0x09b44146eb08b441; \
	QUAD $0x413ceb0ab44141eb; \
	QUAD $0xeb0cb44137eb0bb4; \
	QUAD $0xb4412deb0db44132; \
	QUAD $0x23eb0fb44128eb0e; \
	QUAD $0x11b4411eeb10b441; \
	QUAD $0x4114eb12b44119eb; \
	QUAD $0xeb14b4410feb13b4; \
	QUAD $0xb44105eb15b4410a; \
	QUAD $(0x000000bd4100eb16 | ((g)<<40)); \
	QUAD $(0xcccc00000000e900 | (((0 - (128*(g) + 128 + 126)) & 0xffffffff) << 16));

#define GROUPS8(g) GROUP((g)+0) GROUP((g)+1) GROUP((g)+2) GROUP((g)+3) GROUP((g)+4) GROUP((g)+5) GROUP((g)+6) GROUP((g)+7)
#define GROUPS64(g) GROUPS8((g)+0) GROUPS8((g)+8) GROUPS8((g)+16) GROUPS8((g)+24) GROUPS8((g)+32) GROUPS8((g)+40) GROUPS8((g)+48) GROUPS8((g)+56)
#define GROUPS512(g) GROUPS64((g)+0) GROUPS64((g)+64) GROUPS64((g)+128) GROUPS64((g)+192) GROUPS64((g)+256) GROUPS64((g)+320) GROUPS64((g)+384) GROUPS64((g)+448)
#define GROUPS4096(g) GROUPS512((g)+0) GROUPS512((g)+512) GROUPS512((g)+1024) GROUPS512((g)+1536) GROUPS512((g)+2048) GROUPS512((g)+2560) GROUPS512((g)+3072) GROUPS512((g)+3584)

// In: R12B slot in group, R13 group.
TEXT ·slots(SB), NOSPLIT|NOFRAME, $0-0
	MOVBLZX R12, R12
	LEAQ    ·closures(SB), DX
	MOVQ    (DX)(R13*8), DX
	MOVQ    (DX)(R12*8), DX
	MOVQ    (DX), R12
	JMP     R12
	PCALIGN $128
	GROUPS4096(0)
	GROUPS4096(4096)

// func slotEntries() uintptr
TEXT ·slotEntries(SB), NOSPLIT, $0-8
	LEAQ ·slots(SB), AX
	ADDQ $128, AX
	MOVQ AX, ret+0(FP)
	RET

// A forwarder (see forward.go) is in DX, the receiver in AX.
#define FORWARDER_target 8
#define FORWARDER_n 16
#define FORWARDER_offsets 24

// WALK follows the path to the embedded field: it adds the first offset to
// the receiver, loads a pointer from there, adds the second, and so on. A nil
// pointer on the way faults in TESTB, which the run time makes a panic.
#define WALK(loop, done) 	MOVQ  FORWARDER_n(DX), R12; 	LEAQ  FORWARDER_offsets(DX), R13; 	TESTQ R12, R12; 	JZ    done; loop: 	TESTB AX, (AX); 	ADDQ  (R13), AX; 	DECQ  R12; 	JZ    done; 	MOVQ  (AX), AX; 	ADDQ  $8, R13; 	JMP   loop; done:

// The receiver becomes the address of the field.
TEXT ·forwardAddress(SB), NOSPLIT|NOFRAME, $0-0
	WALK(loop, done)
	MOVQ FORWARDER_target(DX), R12
	JMP  R12

// The receiver becomes the pointer in the field.
TEXT ·forwardPointer(SB), NOSPLIT|NOFRAME, $0-0
	WALK(loop, done)
	MOVQ (AX), AX
	MOVQ FORWARDER_target(DX), R12
	JMP  R12

// The receiver becomes the data word of the interface in the field; target is
// the offset of the method in its table.
TEXT ·forwardInterface(SB), NOSPLIT|NOFRAME, $0-0
	WALK(loop, done)
	MOVQ (AX), R12
	ADDQ FORWARDER_target(DX), R12
	MOVQ (R12), R12
	MOVQ 8(AX), AX
	JMP  R12

// func forwardCode() (address, pointer, iface uintptr)
TEXT ·forwardCode(SB), NOSPLIT, $0-24
	LEAQ ·forwardAddress(SB), AX
	MOVQ AX, address+0(FP)
	LEAQ ·forwardPointer(SB), AX
	MOVQ AX, pointer+8(FP)
	LEAQ ·forwardInterface(SB), AX
	MOVQ AX, iface+16(FP)
	RET
