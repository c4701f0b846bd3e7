package interp

import (
	"fmt"
	"go/ast"
	"go/types"

	"gateway/interp/check"
)

// functionNames tells from a place in the author's source in which function it lies.
// It is immutable.
type functionNames struct {
	files map[string][]functionRange // by file name
}

type functionRange struct {
	first, last int // lines
	name        string
	literals    []functionRange // in the order of the source, from the outermost
}

func newFunctionNames(pkg *check.Package) *functionNames {
	n := &functionNames{files: map[string][]functionRange{}}
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
			ast.Inspect(decl.Body, func(node ast.Node) bool {
				if lit, ok := node.(*ast.FuncLit); ok {
					name := fmt.Sprintf("%s.func%d", r.name, len(r.literals)+1)
					r.literals = append(r.literals, rangeOf(pkg, lit, name))
				}
				return true
			})
			name := pkg.Fset.Position(decl.Pos()).Filename
			n.files[name] = append(n.files[name], r)
		}
	}
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
		return decl.Name.Name
	}
	recv := types.ExprString(decl.Recv.List[0].Type)
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
