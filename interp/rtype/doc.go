// Package rtype makes real run-time types for the types of interpreted
// programs.
//
// Compiled code sees interpreted values through interfaces: fmt prints them,
// encoding/json walks them, errors.As compares their types, sort calls their
// methods. All of that looks at the type word of the interface. So the types
// a script declares exist here as genuine reflect types, and there are two
// for each:
//
//   - the outer type is what compiled code sees and what %T prints: true
//     name, package path, field names (unexported, embedded, tagged) and
//     method set;
//   - the inner type is what the interpreter computes with: the same memory
//     layout without a name and without methods, all struct fields settable
//     through reflect.
//
// Because both have one layout at every depth, a value changes sides by
// changing the type word of the interface that holds it: nothing is copied,
// and pointers, slices, maps, channels and functions keep their identity.
//
// A [Table] collects the types of one program while it is lowered. It is
// cheap and holds no run-time types. [Table.Instantiate] makes a set of them,
// a [Types], for one instance of the program: methods of a set are bound to
// the functions of that instance.
//
//	table := rtype.NewTable(symbols.Type)
//	t := table.Add(typ)             // while lowering
//	table.Freeze()
//	set, err := table.Instantiate() // while loading
//	set.Bind(t, "String", fn)       // fn is func(inner) string
//	x := set.Box(t, v)              // v holds inner, x holds outer
//	set.Release()
//
// Run-time types are never freed, so those of a released set are kept and given
// to the next program that declares the same.
//
// See DESIGN.md for what is unsafe here and why it holds.
package rtype
