//go:build ignore

package unique

// canonical returns the one address of a comparable value.
func canonical(value any) *any

type Handle[T comparable] struct {
	value *any
}

func (h Handle[T]) Value() T {
	v, _ := (*h.value).(T) // the zero value where T is an interface that is nil
	return v
}

func Make[T comparable](value T) Handle[T] { return Handle[T]{canonical(value)} }
