package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
)

// A switch becomes a chain of ifs in a labelled block, which break leaves. The
// interpreter's own moves the default clause and compares by converting.

// switchStmt lowers an expression switch.
func (f *fn) switchStmt(s *ast.SwitchStmt, label types.Object) {
	f.enter(label, false)
	f.emit("{")
	if s.Init != nil {
		f.stmt(s.Init)
	}
	tag := ex{}
	var t types.Type
	if s.Tag != nil {
		f.at(s.Tag)
		t = types.Default(f.typeOf(s.Tag))
		tag = f.exprAs(s.Tag, t)
		if !tag.simple || tag.konst {
			tag = f.spill(tag, t)
		} else if _, ok := ast.Unparen(s.Tag).(*ast.Ident); ok && f.modified(s) {
			tag = f.spill(tag, t)
		}
	}
	clauses := make([]*ast.CaseClause, len(s.Body.List))
	falls := false
	for i, c := range s.Body.List {
		clauses[i] = c.(*ast.CaseClause)
		falls = falls || fallsThrough(clauses[i])
	}
	cond := func(c *ast.CaseClause) ex {
		var r ex
		for i, e := range c.List {
			var one ex
			code := f.capture(func() {
				if s.Tag == nil && isInterface(f.typeOf(e)) {
					x := f.exprAs(e, f.typeOf(e))
					if !x.simple || x.konst {
						x = f.spill(x, f.typeOf(e))
					}
					yes := f.spill(f.convert(constEx("true"), types.Typ[types.Bool], f.typeOf(e)), f.typeOf(e))
					one = opEx(x.s+" == "+yes.s, 3, x)
				} else if s.Tag == nil {
					one = f.condition(e)
				} else {
					one = f.caseEqual(tag, t, e)
				}
			})
			if i == 0 {
				f.out = append(f.out, code...)
				r = one
				continue
			}
			if len(code) == 0 && !r.konst && !one.konst && !literalIn(r.s) && !literalIn(one.s) {
				r = opEx(r.at(1)+" || "+one.at(2), 1, r, one)
				continue
			}
			if !r.simple || r.konst {
				r = f.spill(r, types.Typ[types.Bool])
			}
			f.emit("if ", negated(r), " {")
			f.out = append(f.out, code...)
			f.emit(r.s, " = ", one.s)
			f.emit("}")
		}
		return r
	}
	if falls {
		f.switchGoto(clauses, cond)
	} else {
		f.switchChain(clauses, cond, func(c *ast.CaseClause) { f.block(c.Body) })
	}
	f.pos = s.Body.Rbrace
	f.emit("}")
	f.exit()
}

// modified reports whether the clauses of a switch could change the variable
// that is its tag before all cases were looked at: case expressions with calls.
func (f *fn) modified(s *ast.SwitchStmt) bool {
	for _, c := range s.Body.List {
		for _, e := range c.(*ast.CaseClause).List {
			if f.info.Types[e].Value == nil {
				return true
			}
		}
	}
	return false
}

// caseEqual compares the tag with a case.
func (f *fn) caseEqual(tag ex, t types.Type, e ast.Expr) ex {
	if f.info.Types[ast.Unparen(e)].IsNil() {
		return opEx(tag.s+" == nil", 3, tag)
	}
	own := types.Default(f.typeOf(e))
	x := tag
	var v ex
	switch {
	case isInterface(own) && !isInterface(t):
		x = f.convert(tag, t, own)
		if x.prec < operand || !x.simple {
			x = f.spill(x, own)
		}
		v = f.arith(e, own)
	case isInterface(t) && isInterface(own):
		v = f.arith(e, own)
	default:
		v = f.arith(e, t)
		if isInterface(t) && (v.konst || v.prec < operand) {
			v = f.spill(v, t)
		} else if _, ok := t.Underlying().(*types.Chan); ok && !types.Identical(own, t) {
			if both := own.Underlying().(*types.Chan); both.Dir() == types.SendRecv {
				v = ex{s: f.typ(t) + "(" + v.s + ")", prec: operand, calls: v.calls}
			} else {
				x = ex{s: f.typ(own) + "(" + x.s + ")", prec: operand}
			}
		}
	}
	return opEx(x.at(4)+" == "+v.at(4), 3, x, v)
}

func fallsThrough(c *ast.CaseClause) bool {
	if len(c.Body) == 0 {
		return false
	}
	b, ok := c.Body[len(c.Body)-1].(*ast.BranchStmt)
	return ok && b.Tok == token.FALLTHROUGH
}

// switchChain lowers the clauses to if … else if … else.
func (f *fn) switchChain(clauses []*ast.CaseClause, cond func(*ast.CaseClause) ex, body func(*ast.CaseClause)) {
	depth := 0
	var last *ast.CaseClause
	for _, c := range clauses {
		if c.List == nil {
			last = c
			continue
		}
		f.at(c)
		v := cond(c)
		f.emit("if ", header(v), " {")
		body(c)
		f.pos = c.End()
		f.emit("} else {")
		depth++
	}
	if last != nil {
		f.at(last)
		body(last)
	}
	for range depth {
		f.emit("}")
	}
}

// switchGoto lowers the clauses of a switch with fallthrough.
func (f *fn) switchGoto(clauses []*ast.CaseClause, cond func(*ast.CaseClause) ex) {
	labels := make([]string, len(clauses)+1)
	for i := range labels {
		labels[i] = f.names.label()
	}
	target := labels[len(clauses)]
	for i, c := range clauses {
		if c.List == nil {
			target = labels[i]
			continue
		}
		f.at(c)
		v := cond(c)
		f.emit("if ", header(v), " { goto ", labels[i], " }")
	}
	f.emit("goto ", target)
	for i, c := range clauses {
		f.at(c)
		f.emit(labels[i], ": {")
		f.block(c.Body)
		f.pos = c.End()
		if !fallsThrough(c) {
			f.emit("goto ", labels[len(clauses)])
		}
		f.emit("}")
	}
	f.emit(labels[len(clauses)], ": {}")
}

// typeSwitch lowers a type switch: the runtime finds the clause.
func (f *fn) typeSwitch(s *ast.TypeSwitchStmt, label types.Object) {
	f.enter(label, false)
	f.emit("{")
	if s.Init != nil {
		f.stmt(s.Init)
	}
	var x *ast.TypeAssertExpr
	bound := false
	switch a := s.Assign.(type) {
	case *ast.ExprStmt:
		x = ast.Unparen(a.X).(*ast.TypeAssertExpr)
	case *ast.AssignStmt:
		x = ast.Unparen(a.Rhs[0]).(*ast.TypeAssertExpr)
		bound = !isBlank(a.Lhs[0])
	}
	f.at(s.Assign)
	t := f.typeOf(x.X)
	v := f.spill(f.expr(x.X), t)

	var cases []int
	first := map[*ast.CaseClause]int{}
	var clauses []*ast.CaseClause
	for _, c := range s.Body.List {
		c := c.(*ast.CaseClause)
		clauses = append(clauses, c)
		first[c] = len(cases)
		for _, e := range c.List {
			if f.info.Types[e].IsNil() {
				cases = append(cases, -1)
				continue
			}
			ct := f.typeOf(e)
			f.reached(ct)
			cases = append(cases, f.table.Add(ct))
		}
	}
	which := f.names.temp()
	f.emit("var ", which, " int = rt_switch(", strconv.Itoa(len(f.prog.Switches)), ", ", v.s, ")")
	f.prog.Switches = append(f.prog.Switches, cases)
	cond := func(c *ast.CaseClause) ex {
		lo, hi := first[c], first[c]+len(c.List)-1
		if lo == hi {
			return opEx(which+" == "+strconv.Itoa(lo), 3)
		}
		return opEx(which+" >= "+strconv.Itoa(lo)+" && "+which+" <= "+strconv.Itoa(hi), 2)
	}
	f.switchChain(clauses, cond, func(c *ast.CaseClause) {
		if obj, ok := f.info.Implicits[c].(*types.Var); ok && bound {
			f.bindCase(c, obj, v, t)
		}
		f.block(c.Body)
	})
	f.pos = s.Body.Rbrace
	f.emit("}")
	f.exit()
}

// bindCase declares the variable of a type switch in one clause.
func (f *fn) bindCase(c *ast.CaseClause, obj *types.Var, v ex, t types.Type) {
	ct := f.env.subst(obj.Type())
	name := f.declare(obj, obj.Name())
	switch {
	case len(c.List) != 1 || f.info.Types[c.List[0]].IsNil() || types.Identical(ct, t):
		f.emit("var ", name, " ", f.typ(ct), " = ", v.s)
	case isInterface(ct):
		f.emit("var ", name, " ", f.typ(ct), " = ", v.s, ".(", f.typ(ct), ")")
	case f.compiled(ct):
		f.emit("var ", name, " ", f.typ(ct), " = any(", v.s, ").(", f.typ(ct), ")")
	case plain(ct):
		f.emit(name, ", _ := ", f.typeFunction(UnboxTyped, "X", ct), "(", v.s, ")")
	default:
		f.emit("var ", name, " ", f.typ(ct), " = any(rt_unbox(", strconv.Itoa(f.table.Add(ct)), ", ", v.s, ")).(", f.typ(ct), ")")
	}
}
