package lower

import (
	"go/ast"
	"go/types"
	"strings"
)

// call lowers a call or conversion with at most one value.
func (f *fn) call(e *ast.CallExpr) ex {
	fun := ast.Unparen(e.Fun)
	if f.info.Types[fun].IsType() {
		return f.conversion(e)
	}
	if b := f.builtinOf(fun); b != "" {
		return f.builtin(e, b)
	}
	v := f.callee(e, fun)
	if t := f.typeOf(e); t != nil && underFunc(t) != nil {
		v.literal = true
	}
	return v
}

// builtinOf returns the name of the predeclared function that fun denotes.
func (f *fn) builtinOf(fun ast.Expr) string {
	var obj types.Object
	switch x := fun.(type) {
	case *ast.Ident:
		obj = f.info.Uses[x]
	case *ast.SelectorExpr: // unsafe.Sizeof …
		obj = f.info.Uses[x.Sel]
	}
	if b, ok := obj.(*types.Builtin); ok {
		return b.Name()
	}
	return ""
}

// callee lowers a call of a function or method.
func (f *fn) callee(e *ast.CallExpr, fun ast.Expr) ex {
	switch x := fun.(type) {
	case *ast.IndexExpr:
		if id := instantiated(x); id != nil {
			if obj, ok := f.info.Uses[id].(*types.Func); ok {
				return f.callFunction(e, id, obj)
			}
		}
	case *ast.IndexListExpr:
		id, ok := ast.Unparen(x.X).(*ast.Ident)
		if s, sel := ast.Unparen(x.X).(*ast.SelectorExpr); sel {
			id, ok = s.Sel, true
		}
		if ok {
			if obj, ok := f.info.Uses[id].(*types.Func); ok {
				return f.callFunction(e, id, obj)
			}
		}
	case *ast.Ident:
		if obj, ok := f.info.Uses[x].(*types.Func); ok {
			return f.callFunction(e, x, obj)
		}
	case *ast.SelectorExpr:
		if s, ok := f.info.Selections[x]; ok {
			switch s.Kind() {
			case types.MethodVal:
				return f.callMethod(e, x)
			case types.MethodExpr:
				return f.callMethodExpr(e, x)
			}
		} else if obj, ok := f.info.Uses[x.Sel].(*types.Func); ok {
			return f.callFunction(e, x.Sel, obj)
		}
	}
	return f.callValue(e, fun)
}

// callFunction lowers the call of a declared function.
func (f *fn) callFunction(e *ast.CallExpr, id *ast.Ident, obj *types.Func) ex {
	args := f.instance(id)
	if s, ok := f.special(e, obj, args); ok {
		return s
	}
	if s, ok := f.callInstance(e, obj, args); ok {
		return s
	}
	if fu := f.function(obj, args); fu != nil {
		v := f.operands(f.args(e, fu.sig, true)...)
		return callEx(f.direct(fu, v), v, false)
	}
	sig := f.typeOf(e.Fun).(*types.Signature)
	v := f.operands(f.args(e, sig, false)...)
	return callEx(f.native(obj.Pkg().Path(), obj.Name()), v, e.Ellipsis.IsValid())
}

// direct returns the name by which to call a function with the given arguments.
// The interpreter does not pass arguments that it takes for zero, which minus
// zero is not; called as a value the function gets them.
func (f *fn) direct(fu *function, args []ex) string {
	if fu.floating() {
		for _, a := range args {
			if !a.konst {
				return f.valueOf(fu)
			}
		}
	}
	return fu.name
}

// floating reports whether the function has floating-point parameters.
func (fu *function) floating() bool {
	params := fu.sig.Params()
	for i := range params.Len() {
		if t := params.At(i).Type(); isFloat(t) || isComplex(t) {
			return true
		}
	}
	return false
}

// callEx returns the call of fun.
func callEx(fun string, args []ex, ellipsis bool) ex {
	list := make([]string, len(args))
	for i, a := range args {
		list[i] = a.s
	}
	s := fun + "(" + strings.Join(list, ", ")
	if ellipsis {
		s += "..."
	}
	return ex{s: s + ")", prec: operand, calls: true}
}

// args returns the operands of a call. If packed, the arguments of a variadic
// function become one slice.
func (f *fn) args(e *ast.CallExpr, sig *types.Signature, packed bool) []eval {
	params := sig.Params()
	if len(e.Args) == 1 {
		if tuple, ok := f.typeOf(e.Args[0]).(*types.Tuple); ok {
			return f.spread(e.Args[0].(*ast.CallExpr), tuple, sig, packed)
		}
	}
	var evals []eval
	for i, a := range e.Args {
		if sig.Variadic() && i >= params.Len()-1 && !e.Ellipsis.IsValid() {
			break
		}
		t := params.At(i).Type()
		evals = append(evals, eval{t, func() ex {
			v := f.arg(a, t)
			if e.Ellipsis.IsValid() && i == len(e.Args)-1 && v.konst && !packed {
				return f.spill(v, t) // the interpreter takes f(nil...) for f(nil)
			}
			return v
		}})
	}
	if !sig.Variadic() || e.Ellipsis.IsValid() {
		return evals
	}
	last := params.At(params.Len() - 1).Type()
	elem := last.(*types.Slice).Elem()
	var rest []eval
	for _, a := range e.Args[min(len(e.Args), params.Len()-1):] {
		rest = append(rest, eval{elem, func() ex {
			v := f.arg(a, elem)
			if packed {
				v = f.settled(v, elem, false)
			}
			return v
		}})
	}
	if !packed {
		return append(evals, rest...)
	}
	return append(evals, eval{last, func() ex { return f.pack(last, rest) }})
}

// arg lowers one argument.
func (f *fn) arg(a ast.Expr, t types.Type) ex {
	v := f.exprAs(a, t)
	if v.literal && underFunc(t) == nil && strings.HasPrefix(v.s, "<-") {
		return f.spill(v, t)
	}
	return v
}

// pack returns a slice of the extra arguments of a variadic function.
func (f *fn) pack(t types.Type, rest []eval) ex {
	if len(rest) == 0 {
		return f.nilOf(t)
	}
	v := f.operands(rest...)
	list := make([]string, len(v))
	calls := false
	for i, x := range v {
		list[i] = x.s
		calls = calls || x.calls
	}
	return f.spill(ex{s: f.typ(t) + "{" + strings.Join(list, ", ") + "}", prec: operand, calls: calls}, t)
}

// spread returns the operands of f(g()) where g has several results.
func (f *fn) spread(g *ast.CallExpr, tuple *types.Tuple, sig *types.Signature, packed bool) []eval {
	params := sig.Params()
	var temps []ex
	first := func() {
		if temps == nil {
			temps = f.results2(g, tuple)
		}
	}
	value := func(i int, to types.Type) eval {
		return eval{to, func() ex { first(); return f.convert(temps[i], tuple.At(i).Type(), to) }}
	}
	fixed := params.Len()
	if sig.Variadic() {
		fixed--
	}
	var evals []eval
	for i := range fixed {
		evals = append(evals, value(i, params.At(i).Type()))
	}
	if !sig.Variadic() {
		return evals
	}
	last := params.At(fixed).Type()
	var rest []eval
	for i := fixed; i < tuple.Len(); i++ {
		rest = append(rest, value(i, last.(*types.Slice).Elem()))
	}
	if !packed {
		return append(evals, rest...)
	}
	return append(evals, eval{last, func() ex { first(); return f.pack(last, rest) }})
}

// results2 calls a function with several results and returns them in temporary
// variables.
func (f *fn) results2(g *ast.CallExpr, tuple *types.Tuple) []ex {
	temps := make([]ex, tuple.Len())
	list := make([]string, tuple.Len())
	for i := range temps {
		list[i] = f.names.temp()
		temps[i] = variable(list[i])
	}
	v := f.call(g)
	f.emit(strings.Join(list, ", "), " := ", v.s)
	return temps
}

// callValue lowers the call of a function value.
func (f *fn) callValue(e *ast.CallExpr, fun ast.Expr) ex {
	t := f.typeOf(fun)
	sig := underFunc(t)
	if lit, ok := fun.(*ast.FuncLit); ok { // called at once
		name := f.names.temp()
		f.closureIn(lit, name, f.typ(t), "", false)
		v := f.operands(f.args(e, sig, false)...)
		return callEx(name, v, e.Ellipsis.IsValid())
	}
	evals := append([]eval{{t, func() ex {
		v := f.expr(fun)
		if v.calls || v.prec < operand {
			v = f.spill(v, t)
		}
		return v
	}}}, f.args(e, sig, false)...)
	v := f.operands(evals...)
	return callEx(v[0].s, v[1:], e.Ellipsis.IsValid())
}

// method is a method call whose receiver is known.
type method struct {
	obj  *types.Func
	path []int      // of embedded fields to the receiver
	recv types.Type // the receiver's type at the end of the path
}

// lookup finds the method that a selector calls in this instance.
func (f *fn) lookup(e *ast.SelectorExpr) method {
	s := f.info.Selections[e]
	t := f.env.subst(s.Recv())
	obj, path := s.Obj().(*types.Func), s.Index()
	if f.env != nil {
		if o, p, _ := types.LookupFieldOrMethod(t, true, f.src.Types, e.Sel.Name); o != nil {
			if m, ok := o.(*types.Func); ok {
				obj, path = m, p
			}
		}
	}
	path = f.embedding(t, path[:len(path)-1])
	return method{obj, path, fieldType(t, path)}
}

// embedding shortens the fields that lead from t to what has a method, so that they end
// where a compiled type keeps the rest to itself: the method is one of that type too.
func (l *lowerer) embedding(t types.Type, path []int) []int {
	for i := range path {
		owner := fieldType(t, path[:i])
		if _, ok := l.compiledNamed(deref(owner)); ok && !deref(owner).Underlying().(*types.Struct).Field(path[i]).Exported() {
			return path[:i]
		}
	}
	return path
}

// methodFunction returns the lowered function of a method of a source type.
func (l *lowerer) methodFunction(m method) *function {
	n, ok := types.Unalias(deref(m.recv)).(*types.Named)
	if !ok {
		return nil
	}
	var args []types.Type
	for i := range n.TypeArgs().Len() {
		args = append(args, n.TypeArgs().At(i))
	}
	return l.function(m.obj, args)
}

// callMethod lowers x.m(args).
func (f *fn) callMethod(e *ast.CallExpr, x *ast.SelectorExpr) ex {
	m := f.lookup(x)
	if isInterface(m.recv) {
		return f.callInterface(e, x, m)
	}
	if s, ok := f.specialMethod(e, x, m); ok {
		return s
	}
	if fu := f.methodFunction(m); fu != nil {
		evals := append([]eval{{fu.recv, func() ex {
			return f.before(x, f.receiver(x.X, m, isPointer(fu.recv)), fu.recv)
		}}}, f.args(e, fu.sig, true)...)
		v := f.operands(evals...)
		return callEx(f.direct(fu, v[1:]), v, false)
	}
	sig := f.typeOf(x).(*types.Signature)
	if method, ok := f.constantMethod(x.X, m); ok {
		return callEx(method.s, f.operands(f.args(e, sig, false)...), e.Ellipsis.IsValid())
	}
	evals := append([]eval{{m.recv, func() ex { return f.nativeReceiver(x.X, m) }}}, f.args(e, sig, false)...)
	v := f.operands(evals...)
	return callEx(v[0].at(operand)+"."+m.obj.Name(), v[1:], e.Ellipsis.IsValid())
}

// before evaluates the receiver of a method call before the place of what follows
// becomes that of the method's name, if it is on a later line: it is the call's place.
func (f *fn) before(x *ast.SelectorExpr, recv ex, t types.Type) ex {
	if f.fset.Position(x.X.End()).Line == f.fset.Position(x.Sel.Pos()).Line {
		return recv
	}
	if recv.calls {
		recv = f.spill(recv, t)
	}
	f.pos = x.Sel.Pos()
	return recv
}

// receiver lowers the receiver of a method of a source type.
func (f *fn) receiver(x ast.Expr, m method, wantPointer bool) ex {
	t := f.typeOf(x)
	have := isPointer(m.recv)
	switch {
	case wantPointer && !have:
		if lit, ok := ast.Unparen(x).(*ast.CompositeLit); ok && len(m.path) == 0 {
			return f.address(lit)
		}
		var p ex
		if isPointer(t) {
			p = f.field(f.expr(x), t, m.path)
		} else {
			p = f.field(f.place(x, false), t, m.path)
		}
		return ex{s: "&" + p.at(unary), prec: unary, calls: p.calls}
	case !wantPointer && have:
		v := f.field(f.base(x, m), t, m.path)
		return ex{s: "*" + v.at(unary), prec: unary, calls: v.calls}
	}
	return f.field(f.base(x, m), t, m.path)
}

// base lowers the expression in which a receiver lies.
func (f *fn) base(x ast.Expr, m method) ex {
	v := f.expr(x)
	if v.literal && (len(m.path) > 0 || strings.HasPrefix(v.s, "<-")) {
		return f.spill(v, f.typeOf(x))
	}
	return v
}

// nativeReceiver lowers the receiver of a method of a compiled type. The
// interpreter takes its address where the method wants it.
func (f *fn) nativeReceiver(x ast.Expr, m method) ex {
	t := f.typeOf(x)
	v := f.expr(x)
	if v.literal || v.konst || v.prec < operand && !(isPointer(m.recv) && len(m.path) == 0 && !strings.HasPrefix(v.s, "*")) && !strings.HasPrefix(v.s, "*") {
		v = f.spill(v, t)
	} else if v.prec < operand && strings.HasPrefix(v.s, "&") {
		v = f.spill(v, t)
	}
	return f.field(v, t, m.path)
}

// callMethodExpr lowers T.m(x, args).
func (f *fn) callMethodExpr(e *ast.CallExpr, x *ast.SelectorExpr) ex {
	m := f.lookup(x)
	if !isInterface(m.recv) && len(m.path) == 0 {
		if fu := f.methodFunction(m); fu != nil && isPointer(fu.recv) == isPointer(m.recv) {
			sig := f.typeOf(x).(*types.Signature)
			return callEx(fu.name, f.operands(f.args(e, sig, true)...), false)
		}
	}
	return f.callValue(e, x)
}
