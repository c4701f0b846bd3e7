package rtype

import (
	"fmt"
	"go/types"
	"reflect"

	"golang.org/x/tools/go/types/typeutil"
)

// A Table numbers the types of one program. It is filled by one goroutine,
// then frozen and from there on safe for concurrent use.
type Table struct {
	native func(pkgPath, name string) reflect.Type
	nodes  []*node
	errs   []error // types that cannot exist at run time

	// Of the type checker; dropped by Freeze.
	index typeutil.Map // types.Type → int
	types []types.Type // by index
	msets map[int][]Method

	pending []int // types whose methods are still to be added

	frozen bool
	comps  []*template // in an order in which each comes after those it needs
}

// NewTable returns an empty table.
//
// native returns the compiled type with that package path and name, or nil if
// there is none; it is asked for package-level types without type arguments.
// Named types it does not know are types of the program.
func NewTable(native func(pkgPath, name string) reflect.Type) *Table {
	return &Table{native: native, msets: make(map[int][]Method)}
}

// Add returns the index of typ and gives it one if it has none. Identical
// types have one index. All types that typ is made of, up to compiled types,
// are added as well, because compiled code can reach their values by
// reflection and call their methods: see [Table.Methods].
//
// A type that cannot exist at run time (a type parameter, a constraint) gets
// an index too; Instantiate then returns an error that names it. Add panics
// if the table is frozen, and with a [HugeError].
func (t *Table) Add(typ types.Type) int {
	if t.frozen {
		panic("rtype: Add to a frozen table")
	}
	i := t.add(typ)
	t.addPending()
	return i
}

// Index returns the index of typ, or -1 if it was not added. It panics if the
// table is frozen.
func (t *Table) Index(typ types.Type) int {
	if t.frozen {
		panic("rtype: Index of a frozen table")
	}
	if i, ok := t.index.At(types.Unalias(typ)).(int); ok {
		return i
	}
	return -1
}

// Len returns the number of types. Indices are 0 … Len()-1.
func (t *Table) Len() int { return len(t.nodes) }

// Type returns the type with index i. It panics if the table is frozen.
func (t *Table) Type(i int) types.Type {
	if t.frozen {
		panic("rtype: Type of a frozen table")
	}
	return t.types[i]
}

// Native reports whether typ consists of compiled types only. Its inner and
// outer type are then the same, and its values need neither Box nor Unbox.
// Native adds typ to the table, unless it is a predeclared type.
func (t *Table) Native(typ types.Type) bool {
	if _, ok := typ.(*types.Basic); ok {
		return true
	}
	return t.nodes[t.Add(typ)].native != nil
}

// IsNative reports the same for the type with index i, frozen or not.
func (t *Table) IsNative(i int) bool { return t.nodes[i].native != nil }

// Methods returns the complete method set of the pointer to the type with
// index i, a type of the program that is named or an unnamed struct type:
// declared and promoted methods, exported or not. It is empty for other
// types. It panics if the table is frozen.
func (t *Table) Methods(i int) []Method {
	if t.frozen {
		panic("rtype: Methods of a frozen table")
	}
	return t.msets[i]
}

// A Method is one method of a type's method set.
type Method struct {
	Name string
	// Pointer says that the method is in the method set of the pointer type
	// only. The function to bind then takes a pointer as its first parameter,
	// else a value.
	Pointer bool
	// Promoted says that the method comes from an embedded field. It is then
	// forwarded to the embedded value without the interpreter's help; Bind is
	// not needed, though allowed. All other methods need it.
	Promoted bool
	// Func is the declaration, of the embedded type if the method is promoted.
	Func *types.Func
	// Index is the path to the method as in types.Selection.Index: the
	// embedded fields to follow, then the number of the method.
	Index []int
	// Signature is the method's type without receiver, with the receiver
	// type's arguments applied.
	Signature *types.Signature
}

// Freeze ends the filling of the table and lets go of the type checker's
// data. It may be called more than once.
func (t *Table) Freeze() {
	if t.frozen {
		return
	}
	t.frozen = true
	t.index, t.types, t.msets = typeutil.Map{}, nil, nil
	t.comps = components(t.nodes)
}

// Key identifies the structure of all types of the program in the table and
// of their method sets; which compiled or composite types were added does not
// matter. It is meaningful within the running process only. It freezes the
// table.
func (t *Table) Key() string {
	t.Freeze()
	return keyOf(t.comps)
}

// Instantiate returns a set of run-time types for one instance of the
// program. Types that a released set left behind are used again if their
// structure is the same, others are made. The table must be frozen;
// Instantiate is then safe for concurrent use.
//
// It fails if the table has a type that cannot exist at run time and if all
// method slots of the process are taken.
func (t *Table) Instantiate() (set *Types, err error) {
	if !t.frozen {
		return nil, fmt.Errorf("rtype: the table is not frozen")
	}
	if len(t.errs) > 0 {
		return nil, t.errs[0]
	}
	if err := checkLayout(); err != nil {
		return nil, err
	}
	return world.instantiate(t)
}
