package lower

import (
	"go/token"
	"go/types"

	"gateway/interp/check"
	"gateway/interp/internal/typesize"
	"gateway/interp/rtype"
)

// hugeTypeError ends the lowering of a program whose types grow without bound.
type hugeTypeError struct{ pos token.Pos } // of the function, where it is known

// refuseHuge panics with a hugeTypeError where a type argument is huge: an instance
// would make a larger one yet.
func refuseHuge(pos token.Pos, args []types.Type) {
	for _, arg := range args {
		if typesize.Huge(arg) {
			panic(hugeTypeError{pos})
		}
	}
}

// recoverHuge reports a hugeTypeError. It is deferred.
func (l *lowerer) recoverHuge() {
	pos := l.pos
	switch v := recover().(type) {
	case nil:
		return
	case rtype.HugeError:
	case hugeTypeError:
		if v.pos.IsValid() {
			pos = v.pos
		}
	default:
		panic(v)
	}
	l.failed = true
	d := l.diagnostic(at(pos), check.Error, "too-large", "types grow with every generic call, until they are too large")
	d.Hint = "give the inner values a type of their own that is not generic"
	l.diags = append(l.diags, d)
}
