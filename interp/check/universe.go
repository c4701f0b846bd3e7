package check

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"iter"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/tools/go/gcexportdata"

	"gateway/symbols"
)

// language is the Go version that sources are checked as.
const language = "go1.26"

// sizes are those of the machine, so that constants overflow where they would.
var sizes = types.SizesFor("gc", runtime.GOARCH)

// A universe is the packages of the SDK and the standard library, loaded from the
// embedded data when they are first imported.
//
// Packages with generic code (symbols.Source) are checked from source, for everyone:
// the objects that a script's types.Info refers to are then those whose declarations
// the lowering finds in Package.Imports. Type data that refers to such a package is
// read after it, and so refers to the same objects.
//
// A loaded package is never changed, so that checks use it without a lock; what reading
// type data adds to is only packages that are known by reference and not yet loaded.
type universe struct {
	mu     sync.RWMutex   // guards what follows; held while loading
	fset   *token.FileSet // files of the packages checked from source; type data has no positions
	types  map[string]*types.Package
	source map[string]*Package
	files  []*token.File // of fset
}

// loaded is what one check uses of the universe.
type loaded struct {
	types  map[string]*types.Package
	source map[string]*Package
	files  []*token.File
}

func newUniverse() *universe {
	return &universe{
		fset:   token.NewFileSet(),
		types:  map[string]*types.Package{"unsafe": types.Unsafe},
		source: map[string]*Package{},
	}
}

// has tells whether the path is a package of the universe.
func (u *universe) has(path string) bool {
	return path == "unsafe" || symbols.HasSource(path) || symbols.TypeData().Has(path)
}

// load returns the packages, loaded if they are not yet. A path without a package,
// such as "C", is left out.
func (u *universe) load(paths iter.Seq[string]) (*loaded, error) {
	l := &loaded{types: map[string]*types.Package{}, source: map[string]*Package{}}
	if u.collect(l, paths) {
		return l, nil
	}
	u.mu.Lock()
	for path := range paths {
		if _, err := u.Import(path); err != nil {
			u.mu.Unlock()
			return nil, err
		}
	}
	u.mu.Unlock()
	u.collect(l, paths)
	return l, nil
}

// collect fills l and tells whether all paths are loaded.
func (u *universe) collect(l *loaded, paths iter.Seq[string]) bool {
	u.mu.RLock()
	defer u.mu.RUnlock()
	for path := range paths {
		pkg := u.lookup(path)
		if pkg == nil {
			return false
		}
		l.types[path] = pkg
		if src := u.source[path]; src != nil {
			l.source[path] = src
		}
	}
	l.files = slices.Clip(u.files)
	return true
}

// lookup returns a loaded package, or nil. The caller holds a lock.
func (u *universe) lookup(path string) *types.Package {
	if p := u.types[path]; p != nil && p.Complete() {
		return p
	}
	return nil
}

// Import loads a package and what must be there before. The caller holds the write lock.
func (u *universe) Import(path string) (*types.Package, error) {
	if p := u.lookup(path); p != nil {
		return p, nil
	}
	if files, ok := symbols.Source(path); ok {
		return u.checkSource(path, files)
	}
	data := symbols.TypeData()
	for _, need := range data.Needs(path) {
		if _, err := u.Import(need); err != nil {
			return nil, err
		}
	}
	export, err := data.Export(path)
	if err != nil {
		return nil, fmt.Errorf("type data of %q: %w", path, err)
	}
	u.declarePlatform(path)
	pkg, err := gcexportdata.Read(bytes.NewReader(export), u.fset, u.types, path)
	if err != nil {
		return nil, fmt.Errorf("type data of %q: %w", path, err)
	}
	return pkg, nil
}

// declarePlatform declares the constants of this platform, which reading type data
// then leaves as they are. No other package's data declares them before.
func (u *universe) declarePlatform(path string) {
	for name, c := range symbols.PlatformConstants(path) {
		pkg := u.types[path]
		if pkg == nil {
			base, _ := symbols.PackageName(path)
			pkg = types.NewPackage(path, base)
			u.types[path] = pkg
		}
		pkg.Scope().Insert(types.NewConst(token.NoPos, pkg, name, c.Type, c.Value))
	}
}

// checkSource checks a standard library package from its packed source. The caller
// holds the write lock.
func (u *universe) checkSource(path string, sources []symbols.File) (*types.Package, error) {
	pkg := &Package{Path: path, Fset: u.fset, Info: newInfo(0), Standard: true}
	for _, src := range sources {
		f, err := parser.ParseFile(u.fset, src.Name, src.Code, parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("source of %q: %w", path, err)
		}
		pkg.Files = append(pkg.Files, f)
	}
	// All imports first: checking must not begin before what it refers to is there.
	for _, spec := range importSpecs(pkg.Files) {
		imported := importPath(spec)
		if _, err := u.Import(imported); err != nil {
			return nil, err
		}
		if dep := u.source[imported]; dep != nil {
			pkg.addImports(dep)
		}
		pkg.addNative(imported)
	}
	conf := types.Config{Importer: u, Sizes: sizes, GoVersion: language}
	var err error
	pkg.Types, err = conf.Check(path, u.fset, pkg.Files, pkg.Info)
	if err != nil {
		return nil, fmt.Errorf("source of %q: %w", path, err)
	}
	pkg.Name = pkg.Types.Name()
	slices.Sort(pkg.Native)
	u.types[path] = pkg.Types
	u.source[path] = pkg
	for _, f := range pkg.Files {
		u.files = append(u.files, u.fset.File(f.Package))
	}
	return pkg.Types, nil
}

// newInfo returns an Info for code of about that many bytes. It has the maps that are
// looked at, with room from the start: growing them is a tenth of a check. The divisors
// are those of ordinary code, in bytes for each entry.
func newInfo(size int) *types.Info {
	size = min(size, 1<<16)
	return &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue, size/9),
		Instances:    map[*ast.Ident]types.Instance{},
		Defs:         make(map[*ast.Ident]types.Object, size/48),
		Uses:         make(map[*ast.Ident]types.Object, size/13),
		Implicits:    map[ast.Node]types.Object{},
		Selections:   make(map[*ast.SelectorExpr]*types.Selection, size/70),
		FileVersions: map[*ast.File]string{},
	}
}

// sizeOf is the number of bytes of the code of files.
func sizeOf(files []File) (n int) {
	for _, f := range files {
		n += len(f.Code)
	}
	return n
}
