package lower

import (
	"reflect"

	"gateway/interp/check"
	"gateway/interp/rtype"
)

// Options of [Lower].
type Options struct {
	// Entries are the functions of the package that the host wants to call. If
	// nil: the package's handlers, or main of a program.
	Entries []string
}

// A Program is lowered source and what it needs to be loaded. It is read-only
// and may be shared by any number of instances.
type Program struct {
	// Source is one file of package main. It imports one package, [ImportPath],
	// with all its names. Its function main initialises the variables of all
	// packages, binds the methods, hands out each entry by Host.Ready and ends in
	// Host.Park.
	Source string
	// Table has the types that Source uses.
	Table *rtype.Table
	// Types are the identifiers by which Source calls inner types: indices of Table.
	Types map[string]int
	// Outers are the identifiers by which Source calls outer types.
	Outers map[string]int
	// Natives are the identifiers by which Source calls compiled functions,
	// variables and types.
	Natives map[string]Native
	// Consts are the constants that cannot be written as literals.
	Consts map[string]reflect.Value
	// Entries are the names given to Host.Ready, in order.
	Entries []string
	// Serial says that handlers write package variables without synchronisation,
	// so that requests must run one at a time. A warning names the place.
	Serial bool
}

// ImportPath is the import path of the pseudo package that holds everything a
// lowered program refers to.
const ImportPath = "n"

// Native is a symbol of a compiled package.
type Native struct {
	Path, Name string
	// Pointer asks for the address of the variable instead of its value.
	Pointer bool
}

// Lower lowers the package and all source packages it imports. The program is
// nil if a diagnostic has severity "error": the code uses what cannot be
// lowered. Otherwise there are at most warnings.
func Lower(pkg *check.Package, opts Options) (*Program, []check.Diagnostic) {
	return nil, []check.Diagnostic{{Severity: check.Error, Code: "unsupported", Message: "not yet lowered"}}
}
