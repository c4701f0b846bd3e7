package lower

import "go/types"

// initOrder is the order in which the variables of a package are initialised: those
// with constant values first, which compiled programs have from the start. Package
// go/types, and the compiler, do not see what methods of generic types refer to, so the
// others may be used before their turn.
func (s *source) initOrder() []*types.Initializer {
	constant := func(init *types.Initializer) bool {
		return len(init.Lhs) == 1 && s.Info.Types[init.Rhs].Value != nil
	}
	var first, rest []*types.Initializer
	for _, init := range s.Info.InitOrder {
		if constant(init) {
			first = append(first, init)
		} else {
			rest = append(rest, init)
		}
	}
	return append(first, rest...)
}
