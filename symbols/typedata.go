package symbols

import (
	_ "embed"
	"sync"

	"gateway/symbols/internal/pack"
)

//go:embed types.pack
var typeData []byte

var typePack = sync.OnceValue(func() *pack.Reader { return mustOpen(typeData) })

// Data is the embedded type data: export data of every compiled package that scripts
// can import and of those that a [Source] imports. It is safe for concurrent use.
//
// The data of one package is complete: it also declares whatever it refers to in other
// packages, unless that exists already in the map that gcexportdata.Read is given.
// A package with a source has no data: it must be checked from its source before the
// data of a package that refers to it is read.
type Data struct{ pack *pack.Reader }

// TypeData returns the embedded type data.
func TypeData() Data { return Data{typePack()} }

// Has tells whether there is type data for the import path.
func (d Data) Has(path string) bool { return d.pack.Has(path) }

// Needs returns the paths of the packages with a [Source] that the data of the
// package refers to, directly or not.
func (d Data) Needs(path string) []string { return d.pack.Needs(path) }

// Export returns the export data of one package, as
// golang.org/x/tools/go/gcexportdata.Read takes it.
func (d Data) Export(path string) ([]byte, error) { return d.pack.Read(path) }
