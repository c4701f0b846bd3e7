//go:build ignore

package atomic

// These work on a pointer to a pointer variable of any type.
func loadPointer(addr any) any
func storePointer(addr, val any)
func swapPointer(addr, val any) any
func compareAndSwapPointer(addr, old, new any) bool

// A Pointer has the size of a pointer, as the original.
type Pointer[T any] struct {
	_ noCopy
	v *T
}

func (x *Pointer[T]) Load() *T { return loadPointer(&x.v).(*T) }

func (x *Pointer[T]) Store(val *T) { storePointer(&x.v, val) }

func (x *Pointer[T]) Swap(new *T) (old *T) { return swapPointer(&x.v, new).(*T) }

func (x *Pointer[T]) CompareAndSwap(old, new *T) (swapped bool) {
	return compareAndSwapPointer(&x.v, old, new)
}
