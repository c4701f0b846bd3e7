package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"gateway/interp/check"
	"gateway/interp/rtype"
)

// Options of [Lower].
type Options struct {
	// Entries are the functions of the package that the host wants to call. If
	// nil: the package's handlers, or main of a program.
	Entries []string
}

// Lower lowers the package and all source packages it imports. The program is
// nil if a diagnostic has severity "error": the code uses what cannot be
// lowered. Otherwise there are at most warnings.
func Lower(pkg *check.Package, opts Options) (*Program, []check.Diagnostic) {
	l := newLowerer(pkg)
	if opts.Entries == nil {
		opts.Entries = defaultEntries(pkg)
	}
	func() {
		defer l.recoverHuge()
		l.program(opts.Entries)
	}()
	if l.failed {
		return nil, l.diags
	}
	return l.prog, l.diags
}

func defaultEntries(pkg *check.Package) []string {
	if pkg.Name == "main" && len(pkg.Handlers) == 0 {
		return []string{"main"}
	}
	var names []string
	for _, h := range pkg.Handlers {
		names = append(names, h.Name)
	}
	return names
}

// lowerer is the state of lowering one program.
type lowerer struct {
	root  *check.Package
	prog  *Program
	table *rtype.Table
	fset  *token.FileSet

	pkgs     map[*types.Package]*source
	order    []*source // dependencies first
	decls    map[*types.Func]*declaration
	ctxt     *types.Context
	captures map[ast.Node]*captures // by function declaration

	keys           typeKeys
	erased         map[types.Type]types.Type
	typeNames      map[types.Type]string
	natives        map[types.Type]bool
	functions      map[functionKey]*function
	taken          map[string]bool // names of functions
	emitted        []*function     // in order of first use
	next           int             // first of emitted that has no body yet
	vars           map[*types.Var]string
	globals        []global
	consts         map[string]string
	dispatch       map[string]*dispatcher
	dispatchs      []*dispatcher
	interfaceCalls []*interfaceCall
	converted      map[string]bool // types that are converted to interfaces, by key
	reachedKeys    map[string]bool
	reachedTypes   []types.Type // whose methods compiled code can call
	reachedPtrs    []*types.Pointer
	bound          int             // of reachedTypes
	methods        map[string]bool // names of methods declared in source packages

	recovering map[string]bool // names of methods that call recover; nil until asked for

	concurrent bool // some code starts goroutines
	// functionPointers is set when some code asks where the code of a function is.
	functionPointers bool

	pos      token.Pos // of what is being lowered
	diags    []check.Diagnostic
	failed   bool
	reported map[token.Pos]bool
}

// source is a package that is lowered.
type source struct {
	*check.Package
	prefix string // of its identifiers
}

// declaration is a function that has a body.
type declaration struct {
	pkg  *source
	decl *ast.FuncDecl
}

// global is a variable of the lowered program.
type global struct {
	name string
	typ  types.Type
}

func newLowerer(root *check.Package) *lowerer {
	l := &lowerer{
		root:      root,
		table:     rtype.NewTable(nativeType),
		fset:      root.Fset,
		pkgs:      map[*types.Package]*source{},
		decls:     map[*types.Func]*declaration{},
		ctxt:      types.NewContext(),
		captures:  map[ast.Node]*captures{},
		functions: map[functionKey]*function{},
		typeNames: map[types.Type]string{},
		natives:   map[types.Type]bool{},
		erased:    map[types.Type]types.Type{},
		vars:      map[*types.Var]string{},
		consts:    map[string]string{},
		dispatch:  map[string]*dispatcher{},
		methods:   map[string]bool{},
		converted: map[string]bool{},
		taken:     map[string]bool{"main": true},
		reported:  map[token.Pos]bool{},
	}
	l.prog = &Program{Table: l.table, Symbols: map[string]Symbol{}}
	prefixes := map[string]bool{}
	for _, p := range append(append([]*check.Package(nil), root.Imports...), root) {
		prefix := p.Name
		for n := 2; prefixes[prefix]; n++ {
			prefix = fmt.Sprint(p.Name, n)
		}
		prefixes[prefix] = true
		s := &source{Package: p, prefix: prefix}
		l.pkgs[p.Types] = s
		l.order = append(l.order, s)
		l.index(s)
	}
	return l
}

// index finds the function declarations of a package.
func (l *lowerer) index(s *source) {
	for _, file := range s.Files {
		l.refuseDirectives(file)
		for _, d := range file.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || decl.Body == nil && s.Withheld[decl] == nil {
				continue
			}
			obj, ok := s.Info.Defs[decl.Name].(*types.Func)
			if !ok {
				continue
			}
			l.decls[obj] = &declaration{pkg: s, decl: decl}
			if decl.Recv != nil {
				l.methods[decl.Name.Name] = true
			}
		}
	}
}

// refuseDirectives refuses line directives inside a statement: lowered code keeps the
// places of statements, so panics and callers would be told at other lines.
func (l *lowerer) refuseDirectives(file *ast.File) {
	for _, group := range file.Comments {
		for _, c := range group.List {
			if !strings.HasPrefix(c.Text, "/*line ") {
				continue
			}
			var around ast.Node
			ast.Inspect(file, func(n ast.Node) bool {
				if n == nil || c.Pos() < n.Pos() || n.End() <= c.Pos() {
					return false
				}
				if _, comment := n.(*ast.CommentGroup); !comment {
					around = n
				}
				return true
			})
			switch around.(type) {
			case *ast.File, *ast.BlockStmt, *ast.CaseClause, *ast.CommClause, *ast.GenDecl, *ast.LabeledStmt:
			default:
				l.refuse(c, "directive", "put the directive before a statement", "a line directive inside a statement cannot be kept")
				return
			}
		}
	}
}

// at is a node that is only a position.
type at token.Pos

func (p at) Pos() token.Pos { return token.Pos(p) }
func (p at) End() token.Pos { return token.Pos(p) }

// refuse reports code that cannot be lowered.
func (l *lowerer) refuse(node ast.Node, code, hint, format string, args ...any) {
	l.failed = true
	pos := node.Pos()
	if l.reported[pos] {
		return
	}
	l.reported[pos] = true
	d := l.diagnostic(node, check.Error, "unsupported-"+code, fmt.Sprintf(format, args...))
	d.Hint = hint
	l.diags = append(l.diags, d)
}

// refuseWithheld reports why a function that the program reaches may not be used.
func (l *lowerer) refuseWithheld(d *declaration) {
	if l.reported[d.decl.Pos()] {
		return
	}
	for _, why := range d.pkg.Withheld[d.decl] {
		l.failed, l.reported[d.decl.Pos()] = true, true
		l.diags = append(l.diags, why)
	}
}

func (l *lowerer) diagnostic(node ast.Node, severity, code, message string) check.Diagnostic {
	pos, end := l.fset.Position(node.Pos()), l.fset.Position(node.End())
	return check.Diagnostic{
		File: pos.Filename, Line: pos.Line, Column: pos.Column,
		EndLine: end.Line, EndColumn: end.Column,
		Severity: severity, Code: code, Message: message,
	}
}
