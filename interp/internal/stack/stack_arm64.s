#include "textflag.h"

// g.stack.hi is the second word of g, behind g.stack.lo.
#define g_stack_hi 8

// func Used() uintptr
TEXT ·Used(SB), NOSPLIT, $0-8
	MOVD g_stack_hi(g), R0
	MOVD RSP, R1
	SUB  R1, R0
	MOVD R0, ret+0(FP)
	RET

// func G() uintptr
TEXT ·G(SB), NOSPLIT, $0-8
	MOVD g, R0
	MOVD R0, ret+0(FP)
	RET
