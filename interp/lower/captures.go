package lower

import (
	"go/ast"
	"go/token"
	"go/types"
)

// captures is what the lowering must know of a whole function, with the
// literals in it, before it begins.
type captures struct {
	// shared are the variables that a literal or a pointer can reach: each
	// execution of their declaration must make a new one.
	shared map[*types.Var]bool
	// gotos are the labels that goto statements jump to.
	gotos map[types.Object]bool
	// facts of the function itself and of each literal.
	facts map[ast.Node]*facts
}

// facts of one function body, without the literals in it.
type facts struct {
	defers   int
	deferred *ast.CallExpr // the last of them
	inLoop   bool          // a defer is in a loop
	recovers bool
	literals int
	returns  bool // from inside a loop
}

// capturesOf analyses a function declaration or an initialiser once.
func (l *lowerer) capturesOf(root ast.Node, info *types.Info) *captures {
	if c, ok := l.captures[root]; ok {
		return c
	}
	c := &captures{
		shared: map[*types.Var]bool{},
		gotos:  map[types.Object]bool{},
		facts:  map[ast.Node]*facts{},
	}
	w := &captureWalk{captures: c, info: info, owner: map[*types.Var]ast.Node{}}
	w.function(root)
	l.captures[root] = c
	return c
}

type captureWalk struct {
	*captures
	info  *types.Info
	owner map[*types.Var]ast.Node // the function that declares a variable
	fn    ast.Node
	loops int
}

func (w *captureWalk) function(n ast.Node) {
	fn, loops := w.fn, w.loops
	w.fn, w.loops = n, 0
	w.facts[n] = &facts{}
	switch n := n.(type) {
	case *ast.FuncDecl:
		if n.Recv != nil {
			w.walk(n.Recv)
		}
		w.walk(n.Type)
		w.walk(n.Body)
	case *ast.FuncLit:
		w.walk(n.Type)
		w.walk(n.Body)
	default:
		w.walk(n)
	}
	w.fn, w.loops = fn, loops
}

func (w *captureWalk) walk(root ast.Node) {
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			if n == root {
				return true
			}
			w.facts[w.fn].literals++
			w.function(n)
			return false
		case *ast.Ident:
			w.ident(n)
		case *ast.ForStmt, *ast.RangeStmt:
			if n != root {
				w.loops++
				w.walk(n)
				w.loops--
				return false
			}
		case *ast.DeferStmt:
			w.facts[w.fn].defers++
			w.facts[w.fn].deferred = n.Call
			if w.loops > 0 {
				w.facts[w.fn].inLoop = true
			}
		case *ast.ReturnStmt:
			if w.loops > 0 {
				w.facts[w.fn].returns = true
			}
		case *ast.BranchStmt:
			if n.Tok == token.GOTO {
				w.gotos[w.info.Uses[n.Label]] = true
				w.facts[w.fn].inLoop = true // a defer might be executed again
			}
		case *ast.CallExpr:
			if id, ok := ast.Unparen(n.Fun).(*ast.Ident); ok {
				if b, ok := w.info.Uses[id].(*types.Builtin); ok && b.Name() == "recover" {
					w.facts[w.fn].recovers = true
				}
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				w.share(n.X)
			}
		case *ast.SliceExpr:
			if t := w.info.TypeOf(n.X); t != nil {
				if _, ok := t.Underlying().(*types.Array); ok {
					w.share(n.X)
				}
			}
		case *ast.SelectorExpr:
			w.selector(n)
		}
		return true
	})
}

func (w *captureWalk) ident(id *ast.Ident) {
	if v, ok := w.info.Defs[id].(*types.Var); ok {
		w.owner[v] = w.fn
		return
	}
	if v, ok := w.info.Uses[id].(*types.Var); ok {
		if owner, local := w.owner[v]; local && owner != w.fn {
			w.shared[v] = true
		}
	}
}

// selector notes the variable whose address a method call takes.
func (w *captureWalk) selector(n *ast.SelectorExpr) {
	s, ok := w.info.Selections[n]
	if !ok || s.Kind() != types.MethodVal {
		return
	}
	sig := s.Obj().Type().(*types.Signature)
	if sig.Recv() != nil && isPointer(sig.Recv().Type()) && !isPointer(s.Recv()) {
		w.share(n.X)
	}
}

// share marks the variable in which the operand lies.
func (w *captureWalk) share(e ast.Expr) {
	for {
		switch x := e.(type) {
		case *ast.ParenExpr:
			e = x.X
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.Ident:
			if v, ok := w.info.ObjectOf(x).(*types.Var); ok {
				w.shared[v] = true
			}
			return
		default:
			return
		}
	}
}
