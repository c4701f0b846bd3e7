package lower

import (
	"go/token"
	"reflect"

	"gateway/interp/rtype"
)

// A Program is lowered source and what it needs to be loaded. It is read-only
// and may be shared by any number of instances.
type Program struct {
	// Source is one file of package main. It imports one package, [ImportPath],
	// with all its names. Its function main initialises the variables of all
	// packages, binds the methods, hands out each entry by Host.Ready and ends in
	// Host.Park. //line directives name the author's own lines.
	Source string
	// Table has the types that Source uses.
	Table *rtype.Table
	// Symbols are the identifiers of ImportPath that depend on the program. The
	// functions whose names begin with rt_ come with package rt.
	Symbols map[string]Symbol
	// Helpers are the names in Source that begin with rt_. It may have others that are
	// only text. Nil stands for all that there are.
	Helpers []string
	// Entries are the names given to Host.Ready, in order.
	Entries []string
	// Switches are the type switches of the program: for each the types of its
	// cases as indices of Table, -1 for nil.
	Switches [][]int
	// NilReceivers are the run-time errors of calling a method for values through an
	// interface that holds a nil pointer, by the identifier of the method's function.
	// The pointer is the first argument: *p with a variable p that begins with
	// ReceiverPrefix, or *any(…).(T).
	NilReceivers map[string]string
	// Logs says that the program uses package log or log/slog.
	Logs bool
	// Functions are the places of the author's functions by their names in Source, of a
	// program that asks where their code is.
	Functions map[string]token.Position
	// ShowsSource says that it has messages carry their file and line.
	ShowsSource bool
	// Serial says that handlers write package variables without synchronisation,
	// so that requests must run one at a time. A warning names the place.
	Serial bool
}

// ImportPath is the import path, and the package name, of the pseudo package
// that holds everything a lowered program refers to.
const ImportPath = "n"

// A Kind says what a [Symbol] stands for.
type Kind uint8

const (
	// Inner is an inner type of the table.
	Inner Kind = iota
	// Box is a function from an inner type of the table to any.
	Box
	// BoxError is a function from an inner type of the table to error.
	BoxError
	// BoxTo is a function from an inner type of the table to the interface type
	// To of the table, which it implements.
	BoxTo
	// Unbox is a function from any to the inner value, as any, and whether it
	// was of that type.
	Unbox
	// UnboxTyped is the same with a result of the inner type, which must be
	// [Plain].
	UnboxTyped
	// Implements is a function from any to whether the value has the interface
	// type of the table.
	Implements
	// Native is a function or type of a compiled package.
	Native
	// NativeVar is the address of a variable of a compiled package.
	NativeVar
	// Const is a value: a constant that has no exact literal in the interpreter, or an
	// instance of a generic function that is compiled.
	Const
	// Nil is the nil value of an inner type of the table, which is not a pointer.
	Nil
)

// A Symbol is what an identifier of lowered source stands for.
type Symbol struct {
	Kind  Kind
	Index int           // of the type in the table: Inner … Implements, Nil
	To    int           // of the target type in the table: BoxTo
	Path  string        // of the package: Native, NativeVar
	Name  string        // in the package
	Value reflect.Value // of a Const
}

// Plain reports whether a function's result of that kind lies in registers in the
// same way for all types of the kind, so that one compiled function serves them.
func Plain(k reflect.Kind) bool {
	switch k {
	case reflect.Pointer, reflect.Map, reflect.Chan, reflect.Func, reflect.Slice, reflect.String, reflect.Bool,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr,
		reflect.Float32, reflect.Float64:
		return true
	}
	return false
}
