package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

var assignOps = map[token.Token]token.Token{
	token.ADD_ASSIGN: token.ADD, token.SUB_ASSIGN: token.SUB, token.MUL_ASSIGN: token.MUL,
	token.QUO_ASSIGN: token.QUO, token.REM_ASSIGN: token.REM, token.AND_ASSIGN: token.AND,
	token.OR_ASSIGN: token.OR, token.XOR_ASSIGN: token.XOR, token.SHL_ASSIGN: token.SHL,
	token.SHR_ASSIGN: token.SHR, token.AND_NOT_ASSIGN: token.AND_NOT,
}

func (f *fn) assign(s *ast.AssignStmt) {
	if op, ok := assignOps[s.Tok]; ok {
		f.assignOp(s.Lhs[0], s.Rhs[0], op, s.Tok)
		return
	}
	define := s.Tok == token.DEFINE
	switch {
	case len(s.Lhs) != len(s.Rhs):
		f.assignMulti(s.Lhs, s.Rhs[0], define)
	case define:
		f.defineAll(s.Lhs, s.Rhs)
	case len(s.Lhs) == 1:
		f.assignOne(s.Lhs[0], s.Rhs[0])
	default:
		f.assignParallel(s.Lhs, s.Rhs)
	}
}

func isBlank(e ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && id.Name == "_"
}

// define declares a variable with a value.
func (f *fn) define(name string, t types.Type, v ex, shared bool) {
	switch {
	case strings.HasPrefix(v.s, "<-"):
		v = f.spill(v, t)
	case v.literal && shared:
		if _, ok := t.Underlying().(*types.Struct); !ok || v.s[len(v.s)-1] != '}' {
			v = f.spill(v, t) // filled in place
		}
	}
	f.emit("var ", name, " ", f.typ(t), " = ", v.s)
}

// defineAll lowers a, b := x, y and var declarations: some of the variables may
// exist already.
func (f *fn) defineAll(lhs, rhs []ast.Expr) {
	if len(lhs) == 1 {
		f.defineOne(lhs[0].(*ast.Ident), rhs[0])
		return
	}
	// All values are evaluated before any variable is set.
	evals := make([]eval, len(rhs))
	for i, r := range rhs {
		t := f.targetType(lhs[i], r)
		evals[i] = eval{t, func() ex { return f.exprAs(r, t) }}
	}
	vals := f.operands(evals...)
	existing := false
	for _, l := range lhs {
		existing = existing || f.info.Defs[l.(*ast.Ident)] == nil
	}
	for i, v := range vals {
		if !v.konst && (i < len(vals)-1 || existing) || v.literal {
			vals[i] = f.spill(v, evals[i].typ)
		}
	}
	for i, l := range lhs {
		id := l.(*ast.Ident)
		if id.Name == "_" {
			if i == len(vals)-1 && !vals[i].simple {
				f.spill(vals[i], evals[i].typ)
			}
			continue
		}
		if v, ok := f.info.Defs[id].(*types.Var); ok {
			f.emit("var ", f.declare(v, id.Name), " ", f.typ(evals[i].typ), " = ", vals[i].s)
		} else {
			f.emit(f.ident(id).s, " = ", vals[i].s)
		}
	}
}

// targetType returns the type of a variable that is assigned to, or of the value
// if the variable is blank.
func (f *fn) targetType(l, r ast.Expr) types.Type {
	if isBlank(l) {
		if v, ok := f.info.Defs[ast.Unparen(l).(*ast.Ident)].(*types.Var); ok {
			return f.env.subst(v.Type())
		}
		t := types.Default(f.typeOf(r))
		if isNil(t) {
			return emptyType
		}
		return t
	}
	return f.typeOf(l)
}

func (f *fn) defineOne(id *ast.Ident, r ast.Expr) {
	v, ok := f.info.Defs[id].(*types.Var)
	if !ok || id.Name == "_" {
		if id.Name == "_" {
			f.discardAs(r, f.targetType(id, r))
			return
		}
		f.assignOne(id, r)
		return
	}
	t := f.env.subst(v.Type())
	if lit, ok := ast.Unparen(r).(*ast.FuncLit); ok && !isInterface(t) {
		name := f.names.pick(id.Name) // declared after: not in scope in the literal
		f.closure(lit, name, t, "")
		f.local[v] = name
		return
	}
	value := f.exprAs(r, t)
	f.define(f.declare(v, id.Name), t, value, f.caps.shared[v])
}

// discardAs evaluates an expression that is assigned to the blank identifier.
func (f *fn) discardAs(e ast.Expr, t types.Type) {
	tv := f.info.Types[ast.Unparen(e)]
	if tv.Value != nil || tv.IsNil() {
		return
	}
	v := f.exprAs(e, t)
	if !v.simple {
		f.spill(v, t)
	}
}

// assignOne lowers l = r.
func (f *fn) assignOne(l, r ast.Expr) {
	if isBlank(l) {
		f.discardAs(r, f.targetType(l, r))
		return
	}
	t := f.typeOf(l)
	var p, v ex
	target := f.capture(func() { p = f.place(l, false) })
	value := f.capture(func() {
		v = f.exprAs(r, t)
		if v.literal {
			v = f.spill(v, t)
		}
		if _, ok := f.mapElement(l); ok && (v.konst || v.dereference()) {
			v = f.spill(v, t) // else the interpreter reads the element first, or takes nil for delete
		}
		builtin := v.op && strings.HasSuffix(v.s, ")") && !strings.HasPrefix(v.s, "append(")
		if builtin || v.op && f.typ(t) != f.typ(f.typeOf(r)) && f.info.Types[ast.Unparen(r)].Value == nil {
			v = f.spill(v, t)
		}
		if v.calls && !v.op && f.checked(l) {
			v = f.spill(v, t) // the place is looked at after the call
		}
	})
	if len(value) > 0 && p.calls {
		target = f.capture(func() { p = f.place(l, true) })
	}
	f.out = append(f.out, target...)
	f.out = append(f.out, value...)
	f.emit(p.s, " = ", v.s)
}

// checked reports whether assigning to a place can panic: through a pointer, an
// index or a map.
func (f *fn) checked(l ast.Expr) bool {
	switch x := ast.Unparen(l).(type) {
	case *ast.IndexExpr, *ast.StarExpr:
		return true
	case *ast.SelectorExpr:
		s, ok := f.info.Selections[x]
		return ok && (s.Indirect() || isPointer(f.typeOf(x.X)) || f.checked(x.X))
	}
	return false
}

// assignParallel lowers a, b = x, y: the operands of indices and pointers on
// the left and the values on the right are evaluated first.
func (f *fn) assignParallel(lhs, rhs []ast.Expr) {
	if f.swap(lhs, rhs) {
		return
	}
	places := make([]ex, len(lhs))
	for i, l := range lhs {
		if !isBlank(l) {
			places[i] = f.place(l, true)
		}
	}
	vals := make([]ex, len(rhs))
	for i, r := range rhs {
		t := f.targetType(lhs[i], r)
		vals[i] = f.exprAs(r, t)
		if !vals[i].konst {
			vals[i] = f.spill(vals[i], t)
		}
	}
	for i := range lhs {
		if !isBlank(lhs[i]) {
			f.emit(places[i].s, " = ", vals[i].s)
		}
	}
}

// swap lowers the parallel assignment of plain variables and slice elements,
// which the interpreter does well.
func (f *fn) swap(lhs, rhs []ast.Expr) bool {
	assigned := map[types.Object]bool{}
	for _, l := range lhs {
		if id, ok := ast.Unparen(l).(*ast.Ident); ok {
			assigned[f.info.ObjectOf(id)] = true
		}
	}
	plain := func(e ast.Expr) bool {
		switch e := ast.Unparen(e).(type) {
		case *ast.Ident:
			v, ok := f.info.ObjectOf(e).(*types.Var)
			return ok && e.Name != "_" && v.Pkg() != nil && (f.local[v] != "" || f.pkgs[v.Pkg()] != nil)
		case *ast.IndexExpr:
			if _, ok := f.typeOf(e.X).Underlying().(*types.Slice); !ok {
				return false
			}
			for _, x := range []ast.Expr{e.X, e.Index} {
				x = ast.Unparen(x)
				if f.info.Types[x].Value != nil {
					continue
				}
				id, ok := x.(*ast.Ident)
				if !ok || assigned[f.info.ObjectOf(id)] {
					return false
				}
			}
			return true
		}
		return false
	}
	for i := range lhs {
		if _, ok := ast.Unparen(lhs[i]).(*ast.IndexExpr); ok && i > 0 && !f.reads(rhs, lhs[i]) {
			return false // its index may be out of range, when those before are assigned
		}
		if !plain(lhs[i]) || !plain(rhs[i]) && f.info.Types[rhs[i]].Value == nil || isInterface(f.typeOf(lhs[i])) ||
			!types.Identical(f.typeOf(lhs[i]), f.typeOf(rhs[i])) {
			return false
		}
	}
	var left, right []string
	for i := range lhs {
		left = append(left, f.place(lhs[i], false).s)
		right = append(right, f.exprAs(rhs[i], f.typeOf(lhs[i])).s)
	}
	f.emit(strings.Join(left, ", "), " = ", strings.Join(right, ", "))
	return true
}

// reads reports whether one of the expressions is the element l of a slice, so that
// l's index was in range when they were evaluated.
func (f *fn) reads(list []ast.Expr, l ast.Expr) bool {
	s := types.ExprString(ast.Unparen(l))
	return slices.ContainsFunc(list, func(e ast.Expr) bool { return types.ExprString(ast.Unparen(e)) == s })
}

// assignOp lowers x op= y.
func (f *fn) assignOp(l, r ast.Expr, op, tok token.Token) {
	t := f.typeOf(l)
	shift := op == token.SHL || op == token.SHR
	var p, v ex
	target := f.capture(func() { p = f.place(l, false) })
	value := f.capture(func() {
		if shift {
			v = f.shiftCount(r)
		} else {
			v = f.arith(r, t)
		}
		if _, plain := ast.Unparen(l).(*ast.Ident); v.calls && !plain {
			of := t
			if shift {
				of = f.typeOf(r)
			}
			v = f.spill(v, of) // the compiler calls before it looks at the place
		}
	})
	if x, ok := f.mapElement(l); ok {
		target = f.capture(func() { p = f.mapPlace(x, hasCall(x)) })
	} else if len(value) > 0 && p.calls {
		target = f.capture(func() { p = f.place(l, true) })
	}
	f.out = append(f.out, target...)
	f.out = append(f.out, value...)
	f.emit(p.s, " ", tok.String(), " ", v.s)
}

// mapPlace lowers a map element that is read and then written. If fixed, map and
// key are evaluated at once.
func (f *fn) mapPlace(x *ast.IndexExpr, fixed bool) ex {
	t := f.typeOf(x.X)
	key := t.Underlying().(*types.Map).Key()
	if !isInterface(key) {
		return f.place(x, fixed)
	}
	m := f.spill(f.expr(x.X), t)
	k := f.spill(f.indexValue(x.Index, key, t), key)
	f.emit("rt_checkKey(", k.s, ")") // reading fails with another error
	return ex{s: m.s + "[" + k.s + "]", prec: operand}
}

func (f *fn) mapElement(e ast.Expr) (*ast.IndexExpr, bool) {
	x, ok := ast.Unparen(e).(*ast.IndexExpr)
	if !ok {
		return nil, false
	}
	_, ok = f.typeOf(x.X).Underlying().(*types.Map)
	return x, ok
}

// assignMulti lowers a, b = f(), v, ok = m[k] and the like.
func (f *fn) assignMulti(lhs []ast.Expr, r ast.Expr, define bool) {
	r = ast.Unparen(r)
	ts := f.tupleTypes(r)
	_, isCall := r.(*ast.CallExpr)
	targets := make([]target, len(lhs))
	places := make([]ex, len(lhs))
	fresh := 0
	for i, l := range lhs {
		id, isIdent := ast.Unparen(l).(*ast.Ident)
		switch {
		case isBlank(l):
			targets[i] = target{name: "_"}
			continue
		case define && f.info.Defs[id] != nil && types.Identical(f.typeOf(l), ts[i]):
			targets[i] = target{fresh: true, define: id}
			fresh++
			continue
		case isIdent && isCall && types.Identical(f.typeOf(l), ts[i]) && underFunc(ts[i]) == nil:
			if v, ok := f.info.ObjectOf(id).(*types.Var); ok && f.local[v] != "" {
				targets[i] = target{name: f.local[v]}
				continue
			}
		case !define:
			places[i] = f.place(l, true)
		}
		targets[i] = target{fresh: true, copied: true}
		fresh++
	}
	if fresh > 0 { // := makes all of them: existing ones are set after
		for i, l := range lhs {
			if !targets[i].fresh && !isBlank(l) {
				targets[i] = target{fresh: true, copied: true}
			}
		}
	}
	f.multi(r, targets, ts, fresh > 0)
	for i, l := range lhs {
		if !targets[i].copied {
			continue
		}
		t := f.typeOf(l)
		v := f.convert(variable(targets[i].name), ts[i], t)
		if places[i].s != "" {
			f.emit(places[i].s, " = ", v.s)
			continue
		}
		id := ast.Unparen(l).(*ast.Ident)
		if obj, ok := f.info.Defs[id].(*types.Var); ok && define {
			f.emit("var ", f.declare(obj, id.Name), " ", f.typ(t), " = ", v.s)
		} else {
			f.emit(f.ident(id).s, " = ", v.s)
		}
	}
}

// target is where one of several values goes.
type target struct {
	name   string
	fresh  bool       // the variable is to be declared
	define *ast.Ident // the author's variable that it is
	copied bool       // it is a temporary variable
}

func (f *fn) tupleTypes(r ast.Expr) []types.Type {
	if call, ok := r.(*ast.CallExpr); ok {
		tuple := f.typeOf(call).(*types.Tuple)
		ts := make([]types.Type, tuple.Len())
		for i := range ts {
			ts[i] = tuple.At(i).Type()
		}
		return ts
	}
	t := f.typeOf(r)
	if tuple, ok := t.(*types.Tuple); ok {
		t = tuple.At(0).Type()
	}
	return []types.Type{t, types.Typ[types.Bool]}
}

// multi lowers an expression with several values, which go to the targets.
func (f *fn) multi(r ast.Expr, targets []target, ts []types.Type, fresh bool) {
	name := func(i int) string {
		switch t := &targets[i]; {
		case t.define != nil:
			v, _ := f.info.Defs[t.define].(*types.Var)
			t.name = f.declare(v, t.define.Name)
		case t.copied:
			t.name = f.names.temp()
		}
		return targets[i].name
	}
	switch r := r.(type) {
	case *ast.CallExpr:
		v := f.call(r)
		list := make([]string, len(targets))
		for i := range targets {
			list[i] = name(i)
		}
		blank := true
		for _, n := range list {
			blank = blank && n == "_"
		}
		switch {
		case blank:
			f.emit(v.s)
		case fresh:
			f.emit(strings.Join(list, ", "), " := ", v.s)
		default:
			f.emit(strings.Join(list, ", "), " = ", v.s)
		}
		return
	case *ast.TypeAssertExpr:
		t := f.typeOf(r.Type)
		x := f.expr(r.X)
		if !x.simple || x.prec < operand || x.konst {
			x = f.spill(x, f.typeOf(r.X))
		}
		v, ok := name(0), name(1)
		if v == "_" || !targets[0].fresh {
			v = f.names.temp()
		}
		if ok == "_" || !targets[1].fresh {
			ok = f.names.temp()
		}
		f.assertTo(x.s, t, v, ok)
		return
	}
	var src ex
	switch r := r.(type) {
	case *ast.IndexExpr:
		src = f.index(r)
	case *ast.UnaryExpr:
		src = f.unary(r)
	}
	v, ok := name(0), name(1)
	if v == "_" {
		v = f.names.temp() // the interpreter skips the whole operation
	}
	f.emit("var ", v, " ", f.typ(ts[0]))
	if ok == "_" {
		ok = f.names.temp()
	}
	f.emit("var ", ok, " bool")
	f.emit(v, ", ", ok, " = ", src.s)
}
