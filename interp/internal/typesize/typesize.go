// Package typesize tells types that people write from types that have exploded.
package typesize

import "go/types"

// limit is how many parts a type has that nobody writes. A type doubles with every
// `func f[T any]() { g[pair[T, T]]() }`, so a few lines further on it fills the memory.
const limit = 10_000

// Huge tells whether a type has so many parts, those of its type arguments included,
// that making more of it must be refused.
func Huge(t types.Type) bool {
	left := limit
	count(t, &left)
	return left < 0
}

// count subtracts the number of parts of a type, until left is negative.
func count(t types.Type, left *int) {
	if *left--; *left < 0 {
		return
	}
	switch t := t.(type) {
	case *types.Named:
		for arg := range t.TypeArgs().Types() {
			count(arg, left)
		}
	case *types.Alias:
		count(types.Unalias(t), left)
	case *types.Map:
		count(t.Key(), left)
		count(t.Elem(), left)
	case interface{ Elem() types.Type }:
		count(t.Elem(), left)
	case *types.Signature:
		count(t.Params(), left)
		count(t.Results(), left)
	case *types.Tuple:
		for v := range t.Variables() {
			count(v.Type(), left)
		}
	case *types.Struct:
		for f := range t.Fields() {
			count(f.Type(), left)
		}
	}
}
