package symbols

import (
	_ "embed"
	"sync"

	"golang.org/x/tools/txtar"

	"gateway/symbols/internal/pack"
)

//go:embed source.pack
var sourceData []byte

var sourcePack = sync.OnceValue(func() *pack.Reader { return mustOpen(sourceData) })

// A File is one Go source file.
type File struct {
	Name string // such as "slices/sort.go"
	Code string
}

// Source returns the source of a standard library package that has generic
// functions or types: slices, maps, cmp, iter, sync, sync/atomic, errors, …
//
// The source is the toolchain's own, reduced: generic declarations and the unexported
// functions that they need keep their bodies (at their lines and columns), every other
// function is declared without a body. What is declared without a body is native: its
// value is in [Package] under the same name, a method's is the type's own. So are
// exported variables and exported types that are not generic.
//
// Where the original cannot be interpreted (it uses unsafe, or the runtime), a file
// named overlay.go has an equivalent.
func Source(path string) (files []File, ok bool) {
	r := sourcePack()
	if !r.Has(path) {
		return nil, false
	}
	data, err := r.Read(path)
	if err != nil {
		panic("symbols: " + err.Error()) // embedded data is whole, or the build is broken
	}
	for _, f := range txtar.Parse(data).Files {
		files = append(files, File{Name: f.Name, Code: string(f.Data)})
	}
	return files, true
}

// HasSource tells whether [Source] has the package.
func HasSource(path string) bool { return sourcePack().Has(path) }

func mustOpen(data []byte) *pack.Reader {
	r, err := pack.Open(data)
	if err != nil {
		panic("symbols: " + err.Error()) // embedded data is whole, or the build is broken
	}
	return r
}
