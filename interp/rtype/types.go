package rtype

import "reflect"

// Types is a set of run-time types for one instance of a program. All methods
// are safe for concurrent use. It must not be used after Release, but values
// of its types may live on; calling their methods panics.
type Types struct{}

// Inner returns the inner type with index i, which the interpreter computes
// with. For interface types Inner and Outer are the same.
func (t *Types) Inner(i int) reflect.Type { return nil }

// Outer returns the outer type with index i, which compiled code sees.
func (t *Types) Outer(i int) reflect.Type { return nil }

// Bind makes fn the body of a method (see [Table.Methods]) of the type with
// index i. The first parameter of fn is the receiver: the inner type for
// methods with value receivers, a pointer to it for the others. The other
// parameters and the results are the inner types of the signature. Methods
// that are not bound panic when they are called.
func (t *Types) Bind(i int, method string, fn reflect.Value) error { return nil }

// Box returns v with its inner type replaced by the outer type with index i.
// The memory is shared. If type i is an interface type, v is returned as it
// is. Box panics if v does not hold the inner type.
func (t *Types) Box(i int, v any) any { return v }

// Unbox returns v with its outer type, which must be the one with index i,
// replaced by the inner type. If type i is an interface type, v is returned
// as it is. Unbox panics if v does not hold the outer type.
func (t *Types) Unbox(i int, v any) any { return v }

// Index returns the index of the outer type that v holds, or -1 if that type
// is not in the table or v is nil.
func (t *Types) Index(v any) int { return -1 }

// Is reports whether x.(T) succeeds for T the type with index i: whether v
// holds the outer type, or implements it if it is an interface type.
func (t *Types) Is(i int, v any) bool { return false }

// Release unbinds all methods and keeps the set for reuse. The instance must
// have ended.
func (t *Types) Release() {}
