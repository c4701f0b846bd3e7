// Package check is the front door of the engine: it parses and type-checks
// scripts with the real Go type checker and says everything that is wrong with
// them, each with its position, a stable code and a hint.
//
// Imported packages come from the type data embedded in package symbols, so no Go
// toolchain is needed. A [Checker] is made once and used by everyone; its loaded
// packages are shared between checks.
package check

import (
	"go/ast"
	"go/token"
	"go/types"

	"gateway/symbols"
)

// Kind says what a source is, and so which functions it must have.
type Kind int

const (
	// Handler is the code of an endpoint: it must have one function Handle.
	Handler Kind = iota
	// Script is a file or folder of the scripts folder: functions under
	// `//gateway:route` directives, or one function Handle.
	Script
	// Program is a `package main` with a function main.
	Program
	// Library is a shared package: nothing is demanded of it.
	Library
)

// A File is one source file. Name is what diagnostics and panics show.
type File struct {
	Name string
	Code string
}

// A Source is what is checked: one package and the further source packages that
// it may import.
type Source struct {
	// Name says what is checked in messages, such as the endpoint's name.
	Name string
	Kind Kind
	// Files are the files of the package itself.
	Files []File
	// Packages are further source packages by import path: lib/NAME, modules.
	// Only those that are imported, directly or not, are looked at.
	Packages map[string][]File
}

// Options of a [Checker].
type Options struct {
	// Rules decide what may be imported; nil means the default sandbox.
	Rules *symbols.Rules
}

// A Checker checks sources. It is safe for concurrent use.
type Checker struct{ opts Options }

// New returns a checker. Checkers share the loaded type data of the process.
func New(opts Options) *Checker { return &Checker{opts: opts} }

// A Package is one type-checked source package. It is read-only.
type Package struct {
	Path string // import path; of the checked package itself: its package name
	Name string
	// Fset resolves the positions of this package and of all its Imports.
	Fset  *token.FileSet
	Files []*ast.File
	Types *types.Package
	Info  *types.Info // all maps filled
	// Imports are all source packages that this one needs, directly or not, in
	// dependency order (a package comes after those that it imports), standard
	// library packages checked from source included. Objects are identical to
	// those that Info refers to.
	Imports []*Package
	// Native are the import paths of the packages without source that this package
	// imports itself, sorted. A path may be both in Native and in Imports: see Standard.
	Native []string
	// Standard is set for a standard library package whose generic part is checked
	// from source. In such a package, functions without a body and exported types that
	// are not generic are native: their values are in symbols.Package.
	Standard bool
	// Handlers are the functions that answer requests; none in a program or library.
	Handlers []HandlerFunc
}

// A HandlerFunc is a function of the checked package that answers requests.
type HandlerFunc struct {
	Name         string
	Func         *types.Func
	Decl         *ast.FuncDecl
	ReturnsError bool    // the accepted signatures with and without error
	Routes       []Route // of its `//gateway:route` directives; none for Handle of an endpoint
}

// Check parses and type-checks the source. The package is nil when a diagnostic
// has severity "error". Diagnostics are sorted by file, line and column.
func (c *Checker) Check(src Source) (*Package, []Diagnostic) { return nil, nil }
