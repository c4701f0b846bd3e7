package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// block lowers a list of statements.
func (f *fn) block(list []ast.Stmt) {
	for _, s := range list {
		f.stmt(s)
	}
}

func (f *fn) stmt(s ast.Stmt) {
	f.at(s)
	switch s := s.(type) {
	case *ast.EmptyStmt:
	case *ast.BlockStmt:
		f.emit("{")
		f.block(s.List)
		f.emit("}")
	case *ast.ExprStmt:
		f.exprStmt(s)
	case *ast.AssignStmt:
		f.assign(s)
	case *ast.IncDecStmt:
		f.incDec(s)
	case *ast.DeclStmt:
		f.decl(s.Decl.(*ast.GenDecl))
	case *ast.ReturnStmt:
		f.returnStmt(s)
	case *ast.IfStmt:
		f.ifStmt(s)
	case *ast.ForStmt:
		f.forStmt(s, nil)
	case *ast.RangeStmt:
		f.rangeStmt(s, nil)
	case *ast.SwitchStmt:
		f.switchStmt(s, nil)
	case *ast.TypeSwitchStmt:
		f.typeSwitch(s, nil)
	case *ast.SelectStmt:
		f.selectStmt(s, nil)
	case *ast.LabeledStmt:
		f.labeled(s)
	case *ast.BranchStmt:
		f.branchStmt(s)
	case *ast.GoStmt:
		f.goStmt(s)
	case *ast.DeferStmt:
		f.deferStmt(s)
	case *ast.SendStmt:
		f.send(s)
	default:
		f.refuse(s, "statement", "", "statement %T cannot be run", s)
	}
}

func (f *fn) exprStmt(s *ast.ExprStmt) {
	x := ast.Unparen(s.X)
	if call, ok := x.(*ast.CallExpr); ok && !f.info.Types[call.Fun].IsType() {
		v := f.call(call)
		if v.calls {
			f.emit(v.s)
		}
		return
	}
	f.discard(x)
}

// discard evaluates an expression for its effect.
func (f *fn) discard(e ast.Expr) {
	tv := f.info.Types[e]
	if tv.Value != nil || tv.IsNil() {
		return
	}
	v := f.expr(e)
	if v.simple {
		return
	}
	t := f.typeOf(e)
	if _, ok := t.(*types.Tuple); ok {
		f.emit(v.s)
		return
	}
	f.spill(v, t)
}

func (f *fn) decl(d *ast.GenDecl) {
	if d.Tok != token.VAR {
		return
	}
	for _, spec := range d.Specs {
		s := spec.(*ast.ValueSpec)
		f.at(s)
		switch {
		case len(s.Values) == 0:
			for _, name := range s.Names {
				v, _ := f.info.Defs[name].(*types.Var)
				t := f.env.subst(v.Type())
				f.emit("var ", f.declare(v, name.Name), " ", f.typ(t))
			}
		case len(s.Values) == len(s.Names):
			lhs := make([]ast.Expr, len(s.Names))
			for i, name := range s.Names {
				lhs[i] = name
			}
			f.defineAll(lhs, s.Values)
		default:
			lhs := make([]ast.Expr, len(s.Names))
			for i, name := range s.Names {
				lhs[i] = name
			}
			f.assignMulti(lhs, s.Values[0], true)
		}
	}
}

func (f *fn) ifStmt(s *ast.IfStmt) {
	if s.Init != nil {
		f.emit("{")
		f.stmt(s.Init)
		f.at(s.Cond)
		f.ifElse(s)
		f.emit("}")
		return
	}
	f.ifElse(s)
}

func (f *fn) ifElse(s *ast.IfStmt) {
	cond := f.condition(s.Cond)
	if cond.konst {
		if cond.s == "true" {
			f.stmt(s.Body)
		} else if s.Else != nil {
			f.stmt(s.Else)
		}
		return
	}
	f.emit("if ", header(cond), " {")
	f.block(s.Body.List)
	if s.Else != nil {
		f.pos = s.Body.Rbrace
		f.emit("} else {")
		if b, ok := s.Else.(*ast.BlockStmt); ok {
			f.block(b.List)
		} else {
			f.stmt(s.Else)
		}
	}
	f.pos = s.End() - 1
	f.emit("}")
}

// header returns a condition as it can stand in the header of a statement,
// where a composite literal needs parentheses.
func header(v ex) string {
	if literalIn(v.s) {
		return "(" + v.s + ")"
	}
	return v.s
}

// negated returns the opposite of a condition as it can stand in a header.
func negated(v ex) string { return header(ex{s: "!" + v.at(operand)}) }

// returnStmt lowers a return. The interpreter stores some results early, at the
// wrong place or with the wrong type, so only plain values are returned.
func (f *fn) returnStmt(s *ast.ReturnStmt) {
	res := f.sig.Results()
	if f.body != nil { // inside the body of a range over a function
		f.returnFromBody(s)
		return
	}
	if len(s.Results) == 0 {
		f.leave()
		return
	}
	if f.saved {
		f.store(s)
		f.leave()
		return
	}
	if len(s.Results) == 1 && res.Len() > 1 {
		call := ast.Unparen(s.Results[0]).(*ast.CallExpr)
		tuple := f.typeOf(call).(*types.Tuple)
		temps := f.results2(call, tuple)
		list := make([]string, len(temps))
		for i, t := range temps {
			v := f.convert(t, tuple.At(i).Type(), res.At(i).Type())
			if !v.simple {
				v = f.spill(v, res.At(i).Type())
			}
			list[i] = v.s
		}
		f.emit("return ", strings.Join(list, ", "))
		return
	}
	if len(s.Results) == 1 {
		f.emit("return ", f.returned(s.Results[0], res.At(0).Type()).s)
		return
	}
	f.emit("return ", strings.Join(f.values(s.Results, false), ", "))
}

// returned lowers the only result of a function.
func (f *fn) returned(e ast.Expr, t types.Type) ex {
	v := f.exprAs(e, t)
	own := f.typeOf(e)
	_, basic := t.Underlying().(*types.Basic)
	switch {
	case v.simple:
		return v
	case !types.Identical(own, t) || v.op && !basic || v.asserted:
	case v.calls && v.prec == operand && !v.op && (strings.HasPrefix(v.s, "F_") || strings.HasPrefix(v.s, "N_") && !isInterface(t)):
		return v // the callee stores its result in our place
	case f.readable(v):
		return v
	case v.op && basic && v.prec < operand && v.prec > 2 && v.prec < unary && f.typ(t) == f.typ(own):
		return v // arithmetic and comparisons
	}
	return f.spill(v, t)
}

// readable reports whether an expression only reads a value, so that it can be
// returned as it is.
func (f *fn) readable(v ex) bool {
	return !v.calls && !v.op && !v.literal && !v.asserted && !v.boxed && v.prec >= unary
}

// values lowers results to plain values. If they are stored one by one, none may
// panic then.
func (f *fn) values(results []ast.Expr, stored bool) []string {
	res := f.sig.Results()
	evals := make([]eval, len(results))
	for i, r := range results {
		t := res.At(i).Type()
		evals[i] = eval{t, func() ex { return f.exprAs(r, t) }}
	}
	vals := f.operands(evals...)
	list := make([]string, len(vals))
	for i, v := range vals {
		t := res.At(i).Type()
		plain := !stored && f.readable(v) && types.Identical(f.typeOf(results[i]), t)
		if !plain && (!v.simple || stored && !v.konst) {
			v = f.spill(v, t)
		}
		list[i] = v.s
	}
	return list
}

// store puts the results of a return into the result variables.
func (f *fn) store(s *ast.ReturnStmt) {
	g := f.owner()
	res := g.sig.Results()
	if len(s.Results) == 1 && res.Len() > 1 {
		call := ast.Unparen(s.Results[0]).(*ast.CallExpr)
		tuple := f.typeOf(call).(*types.Tuple)
		for i, t := range f.results2(call, tuple) {
			f.emit(g.results[i], " = ", f.convert(t, tuple.At(i).Type(), res.At(i).Type()).s)
		}
		return
	}
	if len(s.Results) == 1 {
		v := f.exprAs(s.Results[0], res.At(0).Type())
		if !v.simple {
			v = f.spill(v, res.At(0).Type())
		}
		f.emit(g.results[0], " = ", v.s)
		return
	}
	sig := f.sig
	f.sig = g.sig
	list := f.values(s.Results, true)
	f.sig = sig
	for i, v := range list {
		f.emit(g.results[i], " = ", v)
	}
}

// owner returns the function that a return in f leaves.
func (f *fn) owner() *fn {
	for f.body != nil && f.body.fn == f {
		f = f.outer
	}
	return f
}

// leave returns from a function whose results, if any, are in variables.
func (f *fn) leave() {
	if f.wrapped || len(f.results) == 0 {
		f.emit("return")
		return
	}
	f.emit("return ", strings.Join(f.results, ", "))
}

func (f *fn) send(s *ast.SendStmt) {
	ch := f.typeOf(s.Chan)
	elem := ch.Underlying().(*types.Chan).Elem()
	v := f.operands(
		eval{ch, func() ex { return f.expr(s.Chan) }},
		eval{elem, func() ex {
			v := f.exprAs(s.Value, elem)
			if v.literal || v.op || v.asserted {
				v = f.spill(v, elem)
			}
			return v
		}},
	)
	f.emit("rt_send(", v[0].s, ", ", v[1].s, ")")
}

func (f *fn) incDec(s *ast.IncDecStmt) {
	var p ex
	if x, ok := f.mapElement(s.X); ok {
		p = f.mapPlace(x, hasCall(x))
	} else {
		p = f.place(s.X, false)
	}
	f.emit(p.s, step(s.Tok, f.typeOf(s.X)))
}

// step is what follows a variable of type t that is incremented or decremented.
func step(tok token.Token, t types.Type) string {
	if b, ok := t.Underlying().(*types.Basic); ok && b.Kind() == types.Uintptr {
		return " " + tok.String()[:1] + "= uintptr(1)" // yaegi has no step for ++
	}
	return tok.String()
}
