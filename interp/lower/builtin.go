package lower

import (
	"go/ast"
	"go/constant"
	"go/types"
	"strconv"
	"strings"
)

// builtin lowers the call of a predeclared function.
func (f *fn) builtin(e *ast.CallExpr, name string) ex {
	e = f.spreadBuiltin(e)
	switch name {
	case "len", "cap":
		return f.length(e.Args[0], name)
	case "append":
		return f.appendCall(e)
	case "copy":
		return f.copyCall(e)
	case "make":
		return f.makeCall(e)
	case "new":
		return f.newCall(e)
	case "delete":
		m := f.typeOf(e.Args[0])
		key := m.Underlying().(*types.Map).Key()
		v := f.operands(
			eval{m, func() ex { return f.plain(e.Args[0]) }},
			eval{key, func() ex { return f.indexValue(e.Args[1], key, m) }},
		)
		return effect("delete(" + v[0].s + ", " + v[1].s + ")")
	case "clear":
		return effect("rt_clear(" + f.plain(e.Args[0]).s + ")")
	case "close":
		return effect("rt_close(" + f.plain(e.Args[0]).s + ")")
	case "complex":
		return f.complexCall(e)
	case "real", "imag":
		t := f.typeOf(e.Args[0])
		v := f.arith(e.Args[0], t)
		if v.konst || v.op {
			v = f.spill(v, t)
		}
		r := ex{s: name + "(" + v.s + ")", prec: operand, calls: v.calls, op: true}
		if b, ok := t.Underlying().(*types.Basic); ok && b.Kind() == types.Complex64 {
			return f.spill(ex{s: "float32(" + name + "(" + f.explicit(v, t, types.Typ[types.Complex128]).s + "))", prec: operand}, types.Typ[types.Float32])
		}
		return r
	case "min", "max":
		return f.minMax(e, name)
	case "panic":
		return effect("rt_panic(" + f.exprAs(e.Args[0], emptyType).s + ")")
	case "print", "println":
		return f.printCall(e, name)
	case "recover":
		return f.recoverCall(e)
	}
	f.refuse(e, "builtin", "", "%s cannot be used here", name)
	return variable("nil")
}

// spreadBuiltin puts variables for the results of g in a call f(g()); other calls it
// leaves as they are.
func (f *fn) spreadBuiltin(e *ast.CallExpr) *ast.CallExpr {
	if len(e.Args) != 1 {
		return e
	}
	tuple, ok := f.typeOf(e.Args[0]).(*types.Tuple)
	if !ok {
		return e
	}
	if f.made == nil {
		f.made = map[ast.Expr]types.Type{}
	}
	call := *e
	call.Args = nil
	f.made[&call] = f.typeOf(e)
	for i, v := range f.results2(ast.Unparen(e.Args[0]).(*ast.CallExpr), tuple) {
		id := &ast.Ident{NamePos: e.Args[0].Pos(), Name: v.s}
		f.made[id] = tuple.At(i).Type()
		call.Args = append(call.Args, id)
	}
	return &call
}

// effect returns a call without value.
func effect(s string) ex { return ex{s: s, prec: operand, calls: true} }

var emptyType = types.NewInterfaceType(nil, nil).Complete()

// plain lowers an expression to something that is no literal and no constant.
func (f *fn) plain(e ast.Expr) ex {
	v := f.expr(e)
	if v.literal || v.konst {
		return f.spill(v, f.typeOf(e))
	}
	return v
}

func (f *fn) length(x ast.Expr, name string) ex {
	t := f.typeOf(x)
	v := f.expr(x)
	if p, ok := t.Underlying().(*types.Pointer); ok { // to an array
		if !v.simple {
			f.spill(v, t)
		}
		n := p.Elem().Underlying().(*types.Array).Len()
		return f.constant(constant.MakeInt64(n), types.Typ[types.Int])
	}
	if v.literal || v.konst || v.op {
		v = f.spill(v, t)
	}
	return ex{s: name + "(" + v.s + ")", prec: operand, calls: v.calls, op: true}
}

func (f *fn) appendCall(e *ast.CallExpr) ex {
	t := f.typeOf(e)
	elem := t.Underlying().(*types.Slice).Elem()
	evals := []eval{{t, func() ex {
		v := f.exprAs(e.Args[0], t)
		if v.literal {
			v = f.spill(v, t)
		}
		return v
	}}}
	for _, a := range e.Args[1:] {
		evals = append(evals, eval{elem, func() ex { return f.appended(a, elem, t, e.Ellipsis.IsValid()) }})
	}
	v := f.operands(evals...)
	if len(v) == 1 {
		return v[0]
	}
	if len(v) > 2 { // elements of the slice itself must be read before it changes
		for i, x := range v {
			switch {
			case i == 0 && x.calls:
				v[i] = f.spill(x, t)
			case i > 0 && !x.simple && (!x.boxed || x.calls):
				v[i] = f.spill(x, elem)
			}
		}
	}
	name := "append"
	var list []string
	for _, x := range v {
		list = append(list, x.s)
	}
	s := name + "(" + strings.Join(list, ", ")
	if e.Ellipsis.IsValid() {
		s += "..."
	}
	r := ex{s: s + ")", prec: operand, calls: true, op: true}
	if !e.Ellipsis.IsValid() && len(v) == 2 && f.sameInner(elem, t) { // type S []S
		r.s = "any(rt_append(" + strings.Join(list, ", ") + ")).(" + f.typ(t) + ")"
		return f.spill(r, t)
	}
	return r
}

// appended lowers an argument of append. The interpreter takes a value whose
// type it believes to be that of the slice for a slice to be appended.
func (f *fn) appended(a ast.Expr, elem, t types.Type, ellipsis bool) ex {
	if ellipsis {
		if isString(f.typeOf(a)) {
			return f.plain(a)
		}
		v := f.exprAs(a, t)
		if v.literal || v.konst {
			return f.spill(v, t)
		}
		return v
	}
	v := f.exprAs(a, elem)
	if v.op || v.asserted || v.literal && strings.HasPrefix(v.s, "<-") {
		v = f.spill(v, elem)
	}
	switch {
	case emptyInterface(elem):
		v = ex{s: f.typ(elem) + "(" + v.s + ")", prec: operand, calls: v.calls}
	case isInterface(elem):
		v = f.spill(v, elem)
	}
	return v
}

func (f *fn) copyCall(e *ast.CallExpr) ex {
	v := f.operands(
		eval{f.typeOf(e.Args[0]), func() ex { return f.plain(e.Args[0]) }},
		eval{f.typeOf(e.Args[1]), func() ex { return f.plain(e.Args[1]) }},
	)
	return ex{s: "copy(" + v[0].s + ", " + v[1].s + ")", prec: operand, calls: true, op: true}
}

func (f *fn) makeCall(e *ast.CallExpr) ex {
	t := f.typeOf(e)
	var evals []eval
	for _, a := range e.Args[1:] {
		evals = append(evals, eval{f.integerType(a), func() ex {
			v := f.integer(a)
			if v.op {
				v = f.spill(v, f.typeOf(a))
			}
			return v
		}})
	}
	v := f.operands(evals...)
	if c, ok := t.Underlying().(*types.Chan); ok && c.Dir() != types.SendRecv {
		both := types.NewChan(types.SendRecv, c.Elem())
		s := "make(" + f.typ(both)
		if len(v) > 0 {
			s += ", " + v[0].s
		}
		return f.spill(ex{s: s + ")", prec: operand}, t)
	}
	s, calls := "make("+f.typ(t), false
	for _, x := range v {
		s += ", " + x.s
		calls = calls || x.calls
	}
	variable := false
	for _, x := range v {
		variable = variable || !x.konst
	}
	if _, isMap := t.Underlying().(*types.Map); variable && !isMap {
		// A size that is no constant is checked as Go does it.
		check := "rt_checkSlice(" + strconv.Itoa(f.table.Add(t))
		for i, x := range v {
			if !x.simple {
				v[i] = f.spill(x, evals[i].typ)
			}
			check += ", " + v[i].s
		}
		f.emit(check, ")")
		s = "make(" + f.typ(t)
		for _, x := range v {
			s += ", " + x.s
		}
	}
	return ex{s: s + ")", prec: operand, calls: calls, op: true}
}

func (f *fn) newCall(e *ast.CallExpr) ex {
	if f.info.Types[e.Args[0]].IsType() {
		return ex{s: "new(" + f.typ(f.typeOf(e.Args[0])) + ")", prec: operand, calls: true, op: true}
	}
	t := deref(f.typeOf(e))
	v := f.exprAs(e.Args[0], t)
	name := f.names.temp()
	f.define(name, t, v, true)
	return ex{s: "&" + name, prec: unary}
}

func (f *fn) complexCall(e *ast.CallExpr) ex {
	t := f.typeOf(e)
	part := types.Type(types.Typ[types.Float64])
	if b := t.Underlying().(*types.Basic); b.Kind() == types.Complex64 {
		part = types.Typ[types.Float32]
	}
	operandOf := func(a ast.Expr) eval {
		return eval{part, func() ex {
			v := f.exprAs(a, part)
			if part == types.Typ[types.Float32] {
				v = ex{s: "float64(" + v.s + ")", prec: operand, calls: v.calls}
			}
			return v
		}}
	}
	v := f.operands(operandOf(e.Args[0]), operandOf(e.Args[1]))
	r := callEx("rt_complex", v, false)
	if part == types.Typ[types.Float32] {
		r.s = "complex64(" + r.s + ")"
	}
	if n, ok := f.compiledNamed(t); ok {
		r.s = f.typ(n) + "(" + r.s + ")"
	}
	return r
}

// minMax lowers min and max to comparisons.
func (f *fn) minMax(e *ast.CallExpr, name string) ex {
	t := f.typeOf(e)
	var evals []eval
	for _, a := range e.Args {
		evals = append(evals, eval{t, func() ex { return f.arith(a, t) }})
	}
	v := f.operands(evals...)
	if isFloat(t) { // NaN and the sign of zero
		r := v[0]
		for _, x := range v[1:] {
			to := func(x ex) string {
				if basicName(t.Underlying().(*types.Basic)) == "float64" && f.typ(t) == "float64" {
					return x.s
				}
				return "float64(" + x.s + ")"
			}
			s := "rt_" + name + "(" + to(r) + ", " + to(x) + ")"
			if f.typ(t) != "float64" {
				s = f.typ(t) + "(" + s + ")"
			}
			r = ex{s: s, prec: operand, calls: true}
		}
		return r
	}
	r := f.names.temp()
	for i, x := range v {
		if i == 0 && x.calls || i > 0 && !x.simple {
			v[i] = f.spill(x, t)
		}
	}
	f.emit("var ", r, " ", f.typ(t), " = ", v[0].s)
	op := " < "
	if name == "max" {
		op = " > "
	}
	for _, x := range v[1:] {
		f.emit("if ", x.s, op, r, " { ", r, " = ", x.s, " }")
	}
	return variable(r)
}

func (f *fn) printCall(e *ast.CallExpr, name string) ex {
	var evals []eval
	for _, a := range e.Args {
		t := types.Default(f.typeOf(a))
		evals = append(evals, eval{t, func() ex {
			v := f.exprAs(a, t)
			if v.op {
				v = f.spill(v, t)
			}
			if isInterface(t) {
				v = ex{s: "rt_interface(" + v.s + ")", prec: operand, calls: v.calls}
			}
			return v
		}})
	}
	return callEx("rt_"+name, f.operands(evals...), false)
}

// recoverCall lowers recover, which asks the function whose deferred calls are
// running.
func (f *fn) recoverCall(e *ast.CallExpr) ex {
	return ex{s: "rt_recover(" + f.outerRec() + ")", prec: operand, calls: true}
}

// outerRec returns what recover asks, also in the body of a range over a
// function.
func (f *fn) outerRec() string {
	for g := f; g != nil; g = g.outer {
		if g.rec != "" {
			return g.rec
		}
	}
	return "rt_defers()"
}
