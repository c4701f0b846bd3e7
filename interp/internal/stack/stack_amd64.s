#include "textflag.h"

// g.stack.hi is the second word of g, behind g.stack.lo.
#define g_stack_hi 8

// func Used() uintptr
TEXT ·Used(SB), NOSPLIT, $0-8
	MOVQ (TLS), AX
	MOVQ g_stack_hi(AX), AX
	SUBQ SP, AX
	MOVQ AX, ret+0(FP)
	RET

// func G() uintptr
TEXT ·G(SB), NOSPLIT, $0-8
	MOVQ (TLS), AX
	MOVQ AX, ret+0(FP)
	RET
