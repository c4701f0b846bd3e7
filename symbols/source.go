package symbols

// A File is one Go source file.
type File struct {
	Name string // such as "slices/sort.go"
	Code string
}

// Source returns the source of a standard library package that has generic
// functions or types: slices, maps, cmp, iter, sync, sync/atomic, …
//
// The source is the toolchain's own, reduced: generic declarations and what they
// need keep their bodies, every other function is declared without a body. A
// function without a body, and a type that is not generic and is exported, is
// native: its value is in [Package] under the same name.
func Source(path string) (files []File, ok bool) { return nil, false }
