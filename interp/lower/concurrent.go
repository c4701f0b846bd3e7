package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// selectStmt lowers a select. The interpreter's own keeps the cases in storage
// that all goroutines share.
func (f *fn) selectStmt(s *ast.SelectStmt, label types.Object) {
	f.enter(label, false)
	f.emit("{")
	var evals []eval
	var clauses []*ast.CommClause
	hasDefault := false
	number := map[*ast.CommClause]int{}
	for _, c := range s.Body.List {
		c := c.(*ast.CommClause)
		clauses = append(clauses, c)
		if c.Comm == nil {
			hasDefault = true
			number[c] = -1
			continue
		}
		number[c] = len(evals) / 2
		ch, value := f.commOperands(c.Comm)
		evals = append(evals, ch, value)
	}
	v := f.operands(evals...)
	for i := range v { // in the order of the source, variables too
		for _, later := range v[i+1:] {
			if later.calls && !v[i].konst {
				v[i] = f.spill(v[i], evals[i].typ)
				break
			}
		}
	}
	args := []string{strconv.FormatBool(hasDefault)}
	for _, c := range clauses {
		n := number[c]
		if n < 0 {
			continue
		}
		_, isSend := c.Comm.(*ast.SendStmt)
		args = append(args, strconv.FormatBool(isSend), v[2*n].s, v[2*n+1].s)
	}
	which, value, ok := f.names.temp(), f.names.temp(), f.names.temp()
	f.emit(which, ", ", value, ", ", ok, " := rt_select(", strings.Join(args, ", "), ")")
	depth := 0
	var last *ast.CommClause
	for _, c := range clauses {
		if number[c] < 0 {
			last = c
			continue
		}
		f.at(c)
		f.emit("if ", which, " == ", strconv.Itoa(number[c]), " {")
		f.received(c.Comm, value, ok)
		f.block(c.Body)
		f.pos = c.End()
		f.emit("} else {")
		depth++
	}
	if last != nil {
		f.at(last)
		f.emit("if ", which, " == -1 {")
		f.block(last.Body)
		f.emit("}")
	}
	for range depth {
		f.emit("}")
	}
	f.pos = s.Body.Rbrace
	f.emit("}")
	f.exit()
}

// commOperands returns the channel and the value of a case.
func (f *fn) commOperands(comm ast.Stmt) (ch, value eval) {
	if s, ok := comm.(*ast.SendStmt); ok {
		t := f.typeOf(s.Chan)
		elem := t.Underlying().(*types.Chan).Elem()
		return eval{t, func() ex { return f.plain(s.Chan) }}, eval{elem, func() ex {
			v := f.exprAs(s.Value, elem)
			if v.literal || v.op || v.asserted {
				v = f.spill(v, elem)
			}
			return v
		}}
	}
	x := receive(comm)
	t := f.typeOf(x.X)
	return eval{t, func() ex { return f.plain(x.X) }}, eval{emptyType, func() ex { return f.nilOf(emptyType) }}
}

func receive(comm ast.Stmt) *ast.UnaryExpr {
	var x ast.Expr
	switch s := comm.(type) {
	case *ast.ExprStmt:
		x = s.X
	case *ast.AssignStmt:
		x = s.Rhs[0]
	}
	return ast.Unparen(x).(*ast.UnaryExpr)
}

// received stores what a select received where the case wants it.
func (f *fn) received(comm ast.Stmt, value, ok string) {
	a, isAssign := comm.(*ast.AssignStmt)
	if !isAssign {
		return
	}
	elem := f.typeOf(receive(comm).X).Underlying().(*types.Chan).Elem()
	got := f.names.temp()
	f.emit("var ", got, " ", f.typ(elem))
	switch {
	case isInterface(elem) && emptyInterface(elem):
		f.emit(got, " = ", value)
	case isInterface(elem):
		f.emit("if ", value, " != nil { ", got, " = ", value, ".(", f.typ(elem), ") }")
	default:
		f.emit("if ", value, " != nil { ", got, " = any(", value, ").(", f.typ(elem), ") }")
	}
	vals := []string{got, ok}
	ts := []types.Type{elem, types.Typ[types.Bool]}
	for i, l := range a.Lhs {
		if isBlank(l) {
			continue
		}
		if a.Tok == token.DEFINE {
			if obj, ok := f.info.Defs[l.(*ast.Ident)].(*types.Var); ok {
				f.emit("var ", f.declare(obj, obj.Name()), " ", f.typ(ts[i]), " = ", vals[i])
				continue
			}
		}
		p := f.place(l, false)
		f.emit(p.s, " = ", f.convert(variable(vals[i]), ts[i], f.typeOf(l)).s)
	}
}

// goStmt lowers go: function and arguments are evaluated now, and a panic of
// the goroutine must not end the process.
func (f *fn) goStmt(s *ast.GoStmt) {
	fun, args := f.deferred(s.Call, false)
	f.emit("rt_go(", strings.Join(append([]string{fun}, args...), ", "), ")")
}

// deferStmt lowers defer.
func (f *fn) deferStmt(s *ast.DeferStmt) {
	if f.directDefer() {
		f.directDeferred(s.Call)
		return
	}
	if f.deferMethod(s.Call) {
		return
	}
	fun, args := f.deferred(s.Call, true)
	f.emit("rt_defer(", strings.Join(append([]string{f.defersVar(), fun}, args...), ", "), ")")
}

// deferMethod lowers the deferred call of a method of compiled code.
func (f *fn) deferMethod(call *ast.CallExpr) bool {
	x, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	s, ok := f.info.Selections[x]
	if !ok || s.Kind() != types.MethodVal {
		return false
	}
	m := f.lookup(x)
	if isInterface(m.recv) && f.dispatched(m.obj) || f.methodFunction(m) != nil {
		return false
	}
	recv, t := f.nativeMethodReceiver(x)
	recv = f.spill(recv, t)
	args := append([]string{f.defersVar(), recv.s, strconv.Quote(m.obj.Name())}, f.anyArgs(call, f.typeOf(x).(*types.Signature))...)
	f.emit("rt_deferMethod(", strings.Join(args, ", "), ")")
	return true
}

// defersVar returns the variable that collects the deferred calls of the
// function, also from inside the body of a range over a function.
func (f *fn) defersVar() string {
	return f.owner().defers
}

// deferred evaluates the function and the arguments of a go or defer statement.
// It returns a function value and the arguments to call it with.
func (f *fn) deferred(call *ast.CallExpr, isDefer bool) (fun string, args []string) {
	target := ast.Unparen(call.Fun)
	if lit, ok := target.(*ast.FuncLit); ok {
		rec := ""
		if isDefer {
			rec = f.defersVar()
		}
		name := f.names.temp()
		t := f.typeOf(lit)
		f.closureIn(lit, name, f.typ(t), rec, !isDefer)
		return name, f.anyArgs(call, underFunc(t))
	}
	if b := f.builtinOf(target); b != "" {
		return f.deferredBuiltin(call, b)
	}
	if f.info.Types[target].IsType() {
		f.discard(call)
		return "rt_nothing", nil
	}
	sig := underFunc(f.typeOf(target))
	if obj, id := f.staticFunction(target); obj != nil {
		if fu := f.function(obj, f.instance(id)); fu != nil {
			return f.markRecover(fu, f.valueOf(fu), isDefer), f.anyArgs(call, fu.sig)
		}
	}
	if x, ok := target.(*ast.SelectorExpr); ok {
		if s, ok := f.info.Selections[x]; ok && s.Kind() == types.MethodVal {
			m := f.lookup(x)
			if fu := f.methodFunction(m); fu != nil && !isInterface(m.recv) {
				recv := f.spill(f.receiver(x.X, m, isPointer(fu.recv)), fu.recv)
				return f.markRecover(fu, f.valueOf(fu), isDefer), append([]string{recv.s}, f.anyArgs(call, fu.sig)...)
			}
		}
	}
	v := f.expr(target)
	if !v.simple {
		v = f.spill(v, f.typeOf(target))
	}
	if hasVar(v) {
		v = f.spill(v, f.typeOf(target))
		if isDefer {
			v.s = "rt_recovers(" + v.s + ")"
		}
	}
	return v.s, f.anyArgs(call, sig)
}

// hasVar reports whether an expression is a variable, which may change later.
func hasVar(v ex) bool {
	return !v.konst && !strings.HasPrefix(v.s, "G_") && !strings.HasPrefix(v.s, "N_")
}

// markRecover names the function to the runtime if it calls recover: only the
// function that is deferred itself may.
func (f *fn) markRecover(fu *function, value string, isDefer bool) string {
	if isDefer && f.callsRecover(fu) {
		return "rt_recovers(" + value + ")"
	}
	return value
}

// callsRecover reports whether the function itself calls recover.
func (l *lowerer) callsRecover(fu *function) bool {
	return fu.decl != nil && l.capturesOf(fu.decl.decl, fu.decl.pkg.Info).facts[fu.decl.decl].recovers
}

// mayRecover reports whether a method of that name calls recover itself.
func (l *lowerer) mayRecover(method string) bool {
	if l.recovering == nil {
		l.recovering = map[string]bool{}
		for _, d := range l.decls {
			if !d.pkg.Standard && d.decl.Recv != nil && d.decl.Body != nil && l.capturesOf(d.decl, d.pkg.Info).facts[d.decl].recovers {
				l.recovering[d.decl.Name.Name] = true
			}
		}
	}
	return l.recovering[method]
}

// staticFunction returns the declared function that an expression denotes.
func (f *fn) staticFunction(e ast.Expr) (*types.Func, *ast.Ident) {
	switch x := e.(type) {
	case *ast.Ident:
		obj, _ := f.info.Uses[x].(*types.Func)
		return obj, x
	case *ast.SelectorExpr:
		if _, ok := f.info.Selections[x]; !ok {
			obj, _ := f.info.Uses[x.Sel].(*types.Func)
			return obj, x.Sel
		}
	case *ast.IndexExpr:
		return f.staticFunction(ast.Unparen(x.X))
	case *ast.IndexListExpr:
		return f.staticFunction(ast.Unparen(x.X))
	}
	return nil, nil
}

// anyArgs evaluates arguments for a call that happens later.
func (f *fn) anyArgs(call *ast.CallExpr, sig *types.Signature) []string {
	evals := f.args(call, sig, true)
	vals := f.operands(evals...)
	list := make([]string, len(vals))
	for i, v := range vals {
		if !v.konst {
			v = f.spill(v, evals[i].typ)
		}
		list[i] = v.s
	}
	return list
}

// deferredBuiltin returns what does the work of a predeclared function later.
func (f *fn) deferredBuiltin(call *ast.CallExpr, name string) (string, []string) {
	call = f.spreadBuiltin(call)
	list := make([]string, len(call.Args))
	for i, a := range call.Args {
		t := types.Default(f.typeOf(a))
		switch {
		case name == "delete" && i == 1:
			t = f.typeOf(call.Args[0]).Underlying().(*types.Map).Key()
		case name == "panic" || isNil(t):
			t = emptyType
		}
		v := f.exprAs(a, t)
		if isInterface(t) && strings.HasPrefix(name, "print") {
			v, t = ex{s: "rt_interface(" + v.s + ")", prec: operand}, emptyType
		}
		if !v.konst {
			v = f.spill(v, t)
		}
		list[i] = v.s
	}
	switch name {
	case "panic", "print", "println", "close", "clear":
		return "rt_" + name, list
	case "delete", "copy":
		return "rt_" + name, list
	case "recover":
		own := f.owner().defers
		if own == "" {
			own = "rt_defers()"
		}
		return "rt_recoverDeferred", []string{f.outerRec(), own}
	}
	f.refuse(call, "deferred-builtin", "call it in a function literal: defer func() { … }()", "%s cannot be deferred or run as a goroutine", name)
	return "rt_nothing", nil
}

// directDefer reports whether the only deferred call of the function can be left
// to the interpreter, which is faster: one call of compiled code that calls
// nothing of the script. While such calls run, the interpreter holds a lock that
// the literals of the function need when they end, so there must be none.
func (f *fn) directDefer() bool {
	if f.facts.defers != 1 || f.facts.inLoop || f.facts.literals > 0 || f.facts.recovers || f.body != nil {
		return false
	}
	call := f.facts.deferred
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.SelectorExpr:
		s, ok := f.info.Selections[fun]
		if !ok || s.Kind() != types.MethodVal || len(call.Args) > 0 {
			return false
		}
		switch fun.Sel.Name {
		case "Unlock", "RUnlock", "Done", "Close", "Stop":
			m := f.lookup(fun)
			return !isInterface(m.recv) && f.compiled(m.recv)
		}
	case *ast.Ident:
		n, ok := f.compiledNamed(f.typeOf(fun))
		return ok && n.Obj().Name() == "CancelFunc" && len(call.Args) == 0
	}
	return false
}

func (f *fn) directDeferred(call *ast.CallExpr) {
	fun := ast.Unparen(call.Fun)
	x, ok := fun.(*ast.SelectorExpr)
	if !ok {
		f.emit("defer ", f.spill(f.expr(fun), f.typeOf(fun)).s, "()")
		return
	}
	recv, t := f.nativeMethodReceiver(x)
	f.emit("defer ", f.spill(recv, t).s, ".", x.Sel.Name, "()")
}

// nativeMethodReceiver evaluates the receiver of a method of a compiled type, as
// the method takes it.
func (f *fn) nativeMethodReceiver(x *ast.SelectorExpr) (ex, types.Type) {
	m := f.lookup(x)
	t := f.typeOf(x.X)
	recv := m.obj.Type().(*types.Signature).Recv()
	if recv != nil && isPointer(recv.Type()) && !isPointer(m.recv) {
		p := f.field(f.place(x.X, false), t, m.path)
		return ex{s: "&" + p.at(unary), prec: unary}, types.NewPointer(m.recv)
	}
	return f.field(f.base(x.X, m), t, m.path), m.recv
}
