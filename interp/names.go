package interp

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
	"sync"

	"gateway/interp/check"
)

// functionNames tells from a place in the author's source in which function it lies.
// It is immutable.
type functionNames struct {
	files    []functionFiles // of the package that is not imported, and of each that is
	own      string          // name of the first
	imported []*check.Package
}

// functionFiles are the functions of files by name.
type functionFiles map[string][]functionRange

// standardNames keeps what is known about packages of the standard library, which all
// programs share. It is safe for concurrent use.
type standardNames struct{ files sync.Map } // *check.Package → functionFiles

func (s *standardNames) get(pkg *check.Package) functionFiles {
	if files, ok := s.files.Load(pkg); ok {
		return files.(functionFiles)
	}
	files := filesOf(pkg, pkg.Name+".")
	s.files.Store(pkg, files)
	return files
}

type functionRange struct {
	first, last int // lines
	name        string
	literals    []functionRange // in the order of the source, from the outermost
}

func newFunctionNames(pkg *check.Package, standard *standardNames) *functionNames {
	n := &functionNames{files: []functionFiles{filesOf(pkg, "")}, own: pkg.Name, imported: pkg.Imports}
	for _, imported := range pkg.Imports {
		if imported.Standard {
			n.files = append(n.files, standard.get(imported))
		} else {
			n.files = append(n.files, filesOf(imported, imported.Name+"."))
		}
	}
	return n
}

func filesOf(pkg *check.Package, prefix string) functionFiles {
	n := functionFiles{}
	variables := 0 // literals in the values of package variables
	for _, file := range pkg.Files {
		for _, d := range file.Decls {
			var r functionRange
			switch decl := d.(type) {
			case *ast.FuncDecl:
				if decl.Body == nil {
					continue
				}
				r = rangeOf(pkg, decl, prefix+functionName(decl))
				r.addLiterals(pkg, decl.Body, r.name+".func", 0)
			case *ast.GenDecl:
				if decl.Tok != token.VAR {
					continue
				}
				r = rangeOf(pkg, decl, prefix+"init")
				variables = r.addLiterals(pkg, decl, r.name+".func", variables)
			}
			name := pkg.Fset.Position(d.Pos()).Filename
			n[name] = append(n[name], r)
		}
	}
	return n
}

// addLiterals adds the function literals in a body, which the compiler numbers within
// the function or the literal around them, or the package. count is the last number so
// far, and the result the new one.
func (r *functionRange) addLiterals(pkg *check.Package, body ast.Node, prefix string, count int) int {
	ast.Inspect(body, func(node ast.Node) bool {
		lit, ok := node.(*ast.FuncLit)
		if !ok {
			return true
		}
		count++
		inner := rangeOf(pkg, lit, fmt.Sprint(prefix, count))
		r.literals = append(r.literals, inner)
		r.addLiterals(pkg, lit.Body, inner.name+".", 0)
		return false
	})
	return count
}

// qualified is a function's name with the import path of its package, as the runtime
// tells it. The names of imported packages' functions begin with the package's name.
func (n *functionNames) qualified(name, file string) string {
	if n == nil {
		return name
	}
	for k, files := range n.files[1:] {
		if _, ok := files[file]; ok {
			pkg := n.imported[k]
			return symbolPrefix(pkg.Path) + strings.TrimPrefix(name, pkg.Name)
		}
	}
	return n.own + "." + name
}

// symbolPrefix is how the names of functions begin in the package with that import
// path: dots of its last element are escaped.
func symbolPrefix(path string) string {
	last := strings.LastIndexByte(path, '/') + 1
	return path[:last] + strings.ReplaceAll(path[last:], ".", "%2e")
}

func rangeOf(pkg *check.Package, node ast.Node, name string) functionRange {
	return functionRange{
		first: pkg.Fset.Position(node.Pos()).Line,
		last:  pkg.Fset.Position(node.End()).Line,
		name:  name,
	}
}

// functionName is what Go calls a function in stack traces, without its package.
func functionName(decl *ast.FuncDecl) string {
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		if decl.Type.TypeParams != nil {
			return decl.Name.Name + "[...]"
		}
		return decl.Name.Name
	}
	recv := types.ExprString(decl.Recv.List[0].Type)
	if name, _, generic := strings.Cut(recv, "["); generic {
		recv = name + "[...]"
	}
	if recv[0] == '*' {
		recv = "(" + recv + ")"
	}
	return recv + "." + decl.Name.Name
}

// at is the function around a line; literal says that the place lies in a function
// literal of it. It is empty where no function of the source is there.
func (n *functionNames) at(file string, line int, literal bool) string {
	if n == nil {
		return ""
	}
	for _, files := range n.files {
		if ranges, ok := files[file]; ok {
			return nameAt(ranges, line, literal)
		}
	}
	return ""
}

func nameAt(ranges []functionRange, line int, literal bool) string {
	for _, f := range ranges {
		if line < f.first || line > f.last {
			continue
		}
		name := f.name
		if literal {
			for _, l := range f.literals { // the last is the innermost
				if line >= l.first && line <= l.last {
					name = l.name
				}
			}
		}
		return name
	}
	return ""
}
