//go:build ignore

package iter

// pull runs seq as a coroutine; it is iter.Pull[any].
func pull(seq func(yield func(any) bool)) (next func() (any, bool), stop func())

func Pull[V any](seq Seq[V]) (next func() (V, bool), stop func()) {
	nextAny, stop := pull(func(yield func(any) bool) {
		seq(func(v V) bool { return yield(v) })
	})
	next = func() (V, bool) {
		x, ok := nextAny()
		v, _ := x.(V) // the zero value where x is nil
		return v, ok
	}
	return next, stop
}

func Pull2[K, V any](seq Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	nextAny, stop := pull(func(yield func(any) bool) {
		seq(func(k K, v V) bool { return yield([2]any{k, v}) })
	})
	next = func() (K, V, bool) {
		x, ok := nextAny()
		pair, _ := x.([2]any)
		k, _ := pair[0].(K)
		v, _ := pair[1].(V)
		return k, v, ok
	}
	return next, stop
}
