// Package lower turns checked Go into Go that the interpreter runs right.
//
// The interpreter, yaegi v0.16.1, computes well with compiled types but is
// wrong in many ways about everything a script declares: its own types and
// methods, interfaces, generics, constants, defer, select. So the lowered
// program declares no types and no methods at all. [Lower] takes a package
// that passed [check.Checker.Check], with the go/types fact of every
// expression at hand, and writes one flat source in which
//
//   - every type is a compiled type made by package rtype (the inner types),
//     imported under a name of its own;
//   - methods are plain functions with the receiver first, called directly
//     where the receiver's type is known and through a dispatcher where it is
//     an interface;
//   - values of the script's types change to their outer type, which compiled
//     code understands, wherever Go converts them to an interface;
//   - generics are instantiated, range-over-func loops are functions,
//     constants are folded, defer, recover, select, go and the like are calls
//     of package rt.
//
// A construct either runs as it is, is lowered, or is refused with position,
// reason and what to write instead. See DESIGN.md for the target subset and
// the reason for each rewriting.
package lower
