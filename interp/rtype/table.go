package rtype

import (
	"go/types"
	"reflect"
)

// A Table numbers the types of one program. It is filled by one goroutine and
// may be shared after [Table.Freeze].
type Table struct{}

// NewTable returns an empty table.
//
// native returns the compiled type with that package path and name, or nil if
// there is none; it is asked for types without type arguments. Named types it
// does not know are types of the program.
func NewTable(native func(pkgPath, name string) reflect.Type) *Table {
	return &Table{}
}

// Add returns the index of typ and gives it one if it has none. Identical
// types have one index. Named types of the program that typ reaches (through
// fields, elements, methods' signatures …) are added as well, because compiled
// code can reach their values by reflection and call their methods: see
// [Table.Methods].
//
// A type that cannot exist at run time (a type parameter, a constraint) gets
// an index too; Instantiate then returns an error that names it. Add panics
// if the table is frozen and typ is new.
func (t *Table) Add(typ types.Type) int { return -1 }

// Index returns the index of typ, or -1 if it was not added.
func (t *Table) Index(typ types.Type) int { return -1 }

// Len returns the number of types. Indices are 0 … Len()-1.
func (t *Table) Len() int { return 0 }

// Type returns the type with index i.
func (t *Table) Type(i int) types.Type { return nil }

// Native reports whether typ consists of compiled types only. Its inner and
// outer type are then the same, and its values need neither Box nor Unbox.
func (t *Table) Native(typ types.Type) bool { return true }

// Methods returns the complete method set of the named type, or unnamed
// struct type, with index i and of the pointer to it: declared and promoted
// methods, exported or not. Each that is not Native must be bound by
// [Types.Bind] after Instantiate. It is empty for other types.
func (t *Table) Methods(i int) []Method { return nil }

// A Method is one method of a type's method set.
type Method struct {
	Name string
	// Pointer says that the method is in the method set of the pointer type
	// only. The function to bind then takes a pointer as its first parameter,
	// else a value.
	Pointer bool
	// Native says that the method is promoted from an embedded compiled type.
	// Instantiate binds it; Bind may still replace it.
	Native bool
	// Func is the declaration, of the embedded type if the method is promoted.
	Func *types.Func
	// Index is the path to the method as in types.Selection.Index: the
	// embedded fields to follow, then the number of the method.
	Index []int
	// Signature is the method's type with the receiver type's arguments
	// applied.
	Signature *types.Signature
}

// Freeze ends the filling of the table. It may be called more than once.
func (t *Table) Freeze() {}

// Key identifies the structure of all types in the table and of their method
// sets. Two programs whose tables have the same key can use each other's sets.
func (t *Table) Key() string { return "" }

// Instantiate returns a set of run-time types for one instance of the
// program: a released one with the same key, or a new one. It freezes the
// table. It is safe for concurrent use.
func (t *Table) Instantiate() (*Types, error) { return &Types{}, nil }

// FieldName returns the name that the field called name has in an inner
// struct type: exported names stay, n becomes X_n. Names that begin with X_
// get another X_, so that no two fields meet. Blank fields stay blank; they
// can be set by position only.
func FieldName(name string) string { return name }
