package check

import (
	"go/ast"
	"go/token"
)

// A survey is what the checks of a file look at, collected in one walk through its
// tree, in the order of the source.
type survey struct {
	deep    token.Pos // of the first node that is nested too deeply; else not valid
	types   []*ast.TypeSpec
	consts  []*ast.GenDecl // of constants
	sums    []*ast.BinaryExpr
	idents  []*ast.Ident
	changes []ast.Node // that may change a variable: see checkChanges
}

// surveyOf walks through a file, no deeper than is allowed.
func surveyOf(f *ast.File) *survey {
	s := &survey{idents: make([]*ast.Ident, 0, int(min(f.FileEnd-f.FileStart, 1<<16))/9)}
	depth := 0
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil {
			depth--
			return false
		}
		if s.deep.IsValid() {
			return false
		}
		if depth == maxDepth {
			s.deep = n.Pos()
			return false
		}
		depth++
		switch n := n.(type) {
		case *ast.Ident:
			s.idents = append(s.idents, n)
		case *ast.BinaryExpr:
			s.sums = append(s.sums, n)
		case *ast.TypeSpec:
			s.types = append(s.types, n)
		case *ast.GenDecl:
			if n.Tok == token.CONST {
				s.consts = append(s.consts, n)
			}
		case *ast.AssignStmt, *ast.IncDecStmt, *ast.RangeStmt:
			s.changes = append(s.changes, n)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				s.changes = append(s.changes, n)
			}
		}
		return true
	})
	return s
}
