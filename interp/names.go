package interp

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"gateway/interp/check"
)

// functionNames tells from a place in the author's source in which function it lies.
// It is immutable.
type functionNames struct {
	files map[string][]functionRange // by file name
	own   string                     // name of the package that is not imported
	other map[string]bool            // files of imported packages
}

type functionRange struct {
	first, last int // lines
	name        string
	literals    []functionRange // in the order of the source, from the outermost
}

func newFunctionNames(pkg *check.Package) *functionNames {
	n := &functionNames{files: map[string][]functionRange{}, own: pkg.Name, other: map[string]bool{}}
	n.add(pkg, "")
	for _, imported := range pkg.Imports {
		n.add(imported, imported.Name+".")
	}
	return n
}

func (n *functionNames) add(pkg *check.Package, prefix string) {
	for _, file := range pkg.Files {
		for _, d := range file.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || decl.Body == nil {
				continue
			}
			r := rangeOf(pkg, decl, prefix+functionName(decl))
			r.addLiterals(pkg, decl.Body, r.name+".func")
			name := pkg.Fset.Position(decl.Pos()).Filename
			n.other[name] = prefix != ""
			n.files[name] = append(n.files[name], r)
		}
	}
}

// addLiterals adds the function literals in a body, which the compiler numbers within
// the function or the literal around them.
func (r *functionRange) addLiterals(pkg *check.Package, body *ast.BlockStmt, prefix string) {
	count := 0
	ast.Inspect(body, func(node ast.Node) bool {
		lit, ok := node.(*ast.FuncLit)
		if !ok {
			return true
		}
		count++
		inner := rangeOf(pkg, lit, fmt.Sprint(prefix, count))
		r.literals = append(r.literals, inner)
		r.addLiterals(pkg, lit.Body, inner.name+".")
		return false
	})
}

// qualified is a function's name with its package's, which those of imported packages
// have already.
func (n *functionNames) qualified(name, file string) string {
	if n == nil || n.other[file] {
		return name
	}
	return n.own + "." + name
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
	for _, f := range n.files[file] {
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
