// Package check is the front door of the engine: it parses and type-checks
// scripts with the real Go type checker and says everything that is wrong with
// them, each with its position, a stable code and a hint.
//
// Imported packages come from the type data embedded in package symbols, so no Go
// toolchain is needed. A [Checker] is made once and used by everyone; what it has
// loaded is shared by its checks.
package check

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"time"

	"gateway/symbols"
)

// Kind says what a source is, and so which functions it must have.
type Kind int

const (
	// Handler is the code of an endpoint: it must have one function Handle.
	Handler Kind = iota
	// Script is a file or folder of the scripts folder: functions under
	// `//gateway:route` directives, of which there must be one.
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
	// Name says in messages what is checked, such as the endpoint's name.
	Name string
	Kind Kind
	// Path is the import path of a Library; other kinds have their package name.
	Path string
	// Files are the files of the package itself.
	Files []File
	// Packages are further source packages by import path: lib/NAME, modules. Only
	// those that are imported, directly or not, are looked at. Of their files, tests
	// and those for another platform are left out, as by the go command.
	Packages map[string][]File
	// Versions are the Go versions of further source packages by import path, such as
	// "go1.20"; others have the gateway's own. It decides about loop variables.
	Versions map[string]string
	// Missing says of source packages that are not among Packages why they are not.
	Missing map[string]Missing
}

// Missing says why a package cannot be had, and what to do about it.
type Missing struct {
	Message string
	Hint    string
}

// Options of a [Checker].
type Options struct {
	// Rules decide what may be imported; nil means the default sandbox.
	Rules *symbols.Rules
	// Timeout bounds one check; 0 means 10 seconds. Ordinary sources need about a
	// millisecond, but a few lines of generic code can keep go/types busy for hours.
	Timeout time.Duration
	// Go runs a function in a goroutine of its own; nil for the go statement. The type
	// checker needs tens of kilobytes of stack, which a goroutine that is used again has.
	Go func(func())
}

const defaultTimeout = 10 * time.Second

// A Checker checks sources. It is safe for concurrent use.
type Checker struct {
	rules    *symbols.Rules
	timeout  time.Duration
	universe *universe
	start    func(func()) // Options.Go
}

// New returns a checker. It loads packages when they are first imported and keeps
// them, some megabytes: make one and share it.
func New(opts Options) *Checker {
	rules := opts.Rules
	if rules == nil {
		var err error
		if rules, err = symbols.NewRules(); err != nil {
			panic("check: " + err.Error()) // the embedded list is broken, and so the build
		}
	}
	c := &Checker{rules: rules, timeout: cmp.Or(opts.Timeout, defaultTimeout), universe: newUniverse(), start: opts.Go}
	if c.start == nil {
		c.start = func(run func()) { go run() }
	}
	return c
}

// A Package is one type-checked source package. It is read-only.
type Package struct {
	Path string // import path; of the checked package itself: its package name
	Name string
	// Fset resolves the positions of this package and of all its Imports.
	Fset  *token.FileSet
	Files []*ast.File
	Types *types.Package
	Info  *types.Info // all maps filled, except Scopes
	// Imports are all source packages that this one needs, directly or not, in
	// dependency order (a package comes after those that it imports), packages of the
	// standard library that are checked from source included. They hold the
	// declarations of the objects that Info refers to.
	Imports []*Package
	// Native are the import paths of the packages of the SDK and the standard library
	// that this package imports itself, sorted. Those that are also in Imports have a
	// native and a generic part: see Standard.
	Native []string
	// Standard is set for a package of the standard library that is checked from
	// source, with symbols.Source, because it has something generic. In it, functions
	// without a body, exported variables and exported types that are not generic are
	// native: their values are in symbols.Package.
	Standard bool
	// Withheld says of functions of a module why they may not be used: what they do is
	// outside the sandbox, or they have no body. It matters only for those that the
	// program can reach, which is for the lowering to find out.
	Withheld map[*ast.FuncDecl][]Diagnostic
	// Handlers are the functions that answer requests; none in a program or library.
	Handlers []HandlerFunc
}

// addImports adds a source package after everything that it needs.
func (p *Package) addImports(dep *Package) {
	for _, d := range append(slices.Clip(dep.Imports), dep) {
		if !slices.Contains(p.Imports, d) {
			p.Imports = append(p.Imports, d)
		}
	}
}

func (p *Package) addNative(path string) {
	if !slices.Contains(p.Native, path) {
		p.Native = append(p.Native, path)
	}
}

// Check parses and type-checks the source. The package is nil when a diagnostic
// has severity Error. Diagnostics are sorted by file, line and column.
//
// A check that exceeds the timeout is given up and stopped. It ends at the next
// instance of something generic or the next constant; what has neither is bounded by
// checkCosts.
func (c *Checker) Check(src Source) (*Package, []Diagnostic) {
	var pkg *Package
	var diags []Diagnostic
	r := c.newRun(src)
	done := make(chan struct{})
	c.start(func() {
		defer close(done)
		pkg, diags = r.protected()
	})
	reason := r.watch.await(done, c.timeout)
	if reason == "" {
		return pkg, diags
	}
	d := Diagnostic{
		Severity: Error, Code: "too-large", Message: reason,
		Hint: "types that contain each other many times over, or grow with every generic call, take too long",
	}
	if len(src.Files) > 0 {
		d.File, d.Line, d.Column = src.Files[0].Name, 1, 1
	}
	if at := r.hugeExpression(done); at.IsValid() {
		d.File, d.Line, d.Column = at.Filename, at.Line, at.Column
	}
	return nil, []Diagnostic{d}
}

// protected checks, and takes a failure of the type checker for a diagnostic.
func (r *run) protected() (pkg *Package, diags []Diagnostic) {
	defer func() {
		if v := recover(); v != nil { // a mistake in go/types or here must not end the gateway
			r.report(Diagnostic{Code: "internal", Message: fmt.Sprintf("the type checker failed: %v", v)})
			pkg, diags = nil, r.sorted()
		}
	}()
	pkg = r.check()
	diags = r.sorted()
	if slices.ContainsFunc(diags, func(d Diagnostic) bool { return d.Severity == Error }) {
		pkg = nil
	}
	return pkg, diags
}

func (c *Checker) newRun(src Source) *run {
	return &run{
		rules: c.rules, universe: c.universe, src: src, fset: token.NewFileSet(), withheld: map[types.Object]Diagnostic{},
		watch: newWatch(),
	}
}

// A run is one check of one source.
type run struct {
	rules    *symbols.Rules
	universe *universe
	loaded   *loaded // the packages of the universe that the source needs
	src      Source
	fset     *token.FileSet
	watch    *watch
	diags    []Diagnostic
	main     *unit
	units    map[string]*unit   // source packages by import path, main excluded
	refused  map[token.Pos]bool // import specs that were reported
	// withheld has the types and variables of modules that may not be used, and why.
	withheld map[types.Object]Diagnostic
}

// A unit is one source package of a run.
type unit struct {
	path    string
	pkg     *Package
	surveys []*survey // of the package's files
	imports []*unit   // source packages
	broken  bool      // it has syntax errors
	// refused has the reasons for imports of a module that the rules do not allow: they
	// are reported where such a package is used.
	refused map[string]Diagnostic
}

// isModule tells whether the unit is a package of a module and not the user's own: what
// it may not do is then no error where the program does not get there.
func (u *unit) isModule() bool {
	first, _, _ := strings.Cut(u.path, "/")
	return strings.Contains(first, ".")
}

func (r *run) check() *Package {
	if !r.parseAll() {
		return nil
	}
	order := r.order()
	if order == nil || !r.checkCosts(order) {
		return nil
	}
	r.typeCheck(order)
	r.findHandlers()
	return r.main.pkg
}

// failed tells whether an error was reported.
func (r *run) failed() bool {
	return slices.ContainsFunc(r.diags, func(d Diagnostic) bool { return d.Severity != Warning })
}
