//go:build ignore

package slices

import "cmp"

// sortOrdered sorts a slice of an ordered element type, as Sort does.
func sortOrdered(x any)

// sortLess and sortStableLess are the algorithms of SortFunc and SortStableFunc over
// indexes of the slice x, so that only the comparison is interpreted.
func sortLess(x any, less func(i, j int) bool)
func sortStableLess(x any, less func(i, j int) bool)

// overlapsAny tells whether two slices of one type share memory.
func overlapsAny(a, b any) bool

func Sort[S ~[]E, E cmp.Ordered](x S) { sortOrdered(x) }

func SortFunc[S ~[]E, E any](x S, cmp func(a, b E) int) {
	sortLess(x, func(i, j int) bool { return cmp(x[i], x[j]) < 0 })
}

func SortStableFunc[S ~[]E, E any](x S, cmp func(a, b E) int) {
	sortStableLess(x, func(i, j int) bool { return cmp(x[i], x[j]) < 0 })
}

func overlaps[E any](a, b []E) bool { return overlapsAny(a, b) }
