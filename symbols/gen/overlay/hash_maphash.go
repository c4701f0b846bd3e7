//go:build ignore

package maphash

func comparable_(seed Seed, v any) uint64
func writeComparable_(h *Hash, x any)

func Comparable[T comparable](seed Seed, v T) uint64 { return comparable_(seed, v) }

func WriteComparable[T comparable](h *Hash, x T) { writeComparable_(h, x) }
