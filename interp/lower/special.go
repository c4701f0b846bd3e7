package lower

import (
	"go/ast"
	"go/types"
)

// guarded are the compiled functions and methods that run a function of the
// script in a goroutine of their own, where a panic would end the process: the
// index of that argument.
var guarded = map[string]int{
	"time.AfterFunc":    1,
	"context.AfterFunc": 1,
}

// special lowers calls of functions that need more than a call.
func (f *fn) special(e *ast.CallExpr, obj *types.Func, args []types.Type) (ex, bool) {
	if obj.Pkg() == nil || f.decls[obj.Origin()] != nil {
		return ex{}, false
	}
	name := obj.Pkg().Path() + "." + obj.Name()
	i, ok := guarded[name]
	if !ok || len(e.Args) <= i {
		return ex{}, false
	}
	sig := obj.Type().(*types.Signature)
	evals := f.args(e, sig, false)
	do := evals[i].do
	evals[i].do = func() ex { return f.guard(do(), evals[i].typ) }
	return callEx(f.native(obj.Pkg().Path(), obj.Name()), f.operands(evals...), false), true
}

// guard wraps a func() so that its panics are reported.
func (f *fn) guard(v ex, t types.Type) ex {
	return f.spill(ex{s: "rt_guarded(" + v.s + ")", prec: operand}, t)
}

// specialMethod lowers calls of compiled methods that need more than a call.
func (f *fn) specialMethod(e *ast.CallExpr, x *ast.SelectorExpr, m method) (ex, bool) {
	n, ok := types.Unalias(deref(m.recv)).(*types.Named)
	if !ok || n.Obj().Pkg() == nil {
		return ex{}, false
	}
	if n.Obj().Pkg().Path() == "reflect" && n.Obj().Name() == "Value" && m.obj.Name() == "Pointer" && !isPointer(m.recv) {
		f.functionPointers = true
		return callEx("rt_functionPointer", f.operands(eval{m.recv, func() ex { return f.nativeReceiver(x.X, m) }}), false), true
	}
	if n.Obj().Pkg().Path() == "sync" && n.Obj().Name() == "WaitGroup" && m.obj.Name() == "Go" && f.decls[m.obj.Origin()] == nil {
		v := f.operands(
			eval{m.recv, func() ex {
				t := f.typeOf(x.X)
				if isPointer(m.recv) {
					return f.field(f.expr(x.X), t, m.path)
				}
				p := f.field(f.place(x.X, false), t, m.path)
				return ex{s: "&" + p.at(unary), prec: unary, calls: p.calls}
			}},
			eval{niladic, func() ex { return f.exprAs(e.Args[0], niladic) }},
		)
		return callEx("rt_waitGroupGo", v, false), true
	}
	return ex{}, false
}
