package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
)

// rangeStmt lowers a range over anything.
func (f *fn) rangeStmt(s *ast.RangeStmt, label types.Object) {
	t := f.typeOf(s.X)
	switch u := t.Underlying().(type) {
	case *types.Signature:
		f.rangeFunc(s, label, u)
		return
	case *types.Basic:
		if u.Info()&types.IsString != 0 {
			f.rangeString(s, label, t)
		} else {
			f.rangeInt(s, label, t)
		}
		return
	case *types.Chan:
		f.rangeChan(s, label, u)
		return
	case *types.Map:
		f.rangeList(s, label, t, u.Key(), u.Elem())
		return
	case *types.Slice:
		f.rangeList(s, label, t, types.Typ[types.Int], u.Elem())
		return
	case *types.Array:
		f.rangeList(s, label, t, types.Typ[types.Int], u.Elem())
		return
	case *types.Pointer:
		f.rangeList(s, label, t, types.Typ[types.Int], u.Elem().Underlying().(*types.Array).Elem())
		return
	}
	f.refuse(s, "range", "", "range over %s cannot be run", t)
}

// iteration is a variable that a range statement sets.
type iteration struct {
	expr ast.Expr // nil or blank: not wanted
	typ  types.Type
	// name is the variable that the loop of the lowered code itself sets.
	name string
	copy bool // to what the author named
}

func wanted(e ast.Expr) bool { return e != nil && !isBlank(e) }

// iterations decides into which variables the lowered loop puts key and value.
// The interpreter uses one variable for all iterations and knows no assignment
// to existing ones, so such variables are set from copies.
func (f *fn) iterations(s *ast.RangeStmt, key, value types.Type) (k, v iteration) {
	make := func(e ast.Expr, t types.Type) iteration {
		it := iteration{expr: e, typ: t, name: "_"}
		if !wanted(e) {
			return it
		}
		if s.Tok == token.DEFINE {
			if obj, ok := f.info.Defs[e.(*ast.Ident)].(*types.Var); ok && !f.caps.shared[obj] {
				it.name = f.declare(obj, obj.Name())
				return it
			}
		}
		it.name, it.copy = f.names.temp(), true
		return it
	}
	return make(s.Key, key), make(s.Value, value)
}

// assignIteration sets the author's variables at the start of an iteration.
func (f *fn) assignIteration(s *ast.RangeStmt, its ...iteration) {
	places := make([]ex, len(its))
	for i, it := range its {
		if it.copy && s.Tok != token.DEFINE {
			places[i] = f.place(it.expr, true)
		}
	}
	for i, it := range its {
		switch {
		case !it.copy:
		case s.Tok == token.DEFINE:
			obj, _ := f.info.Defs[it.expr.(*ast.Ident)].(*types.Var)
			f.emit("var ", f.declare(obj, obj.Name()), " ", f.typ(it.typ), " = ", it.name)
		default:
			f.emit(places[i].s, " = ", f.convert(variable(it.name), it.typ, f.typeOf(it.expr)).s)
		}
	}
}

// rangeList lowers a range over a slice, an array, a pointer to an array or a
// map.
func (f *fn) rangeList(s *ast.RangeStmt, label types.Object, t, key, value types.Type) {
	f.emit("{")
	if a, ok := t.Underlying().(*types.Array); ok && !wanted(s.Value) && !hasCall(s.X) {
		f.countLoop(s, label, strconv.FormatInt(a.Len(), 10), types.Typ[types.Int])
		f.emit("}")
		return
	}
	x := f.expr(s.X)
	if x.literal || x.konst || x.calls || x.prec < operand || literalIn(x.s) {
		x = f.spill(x, t)
	}
	if isPointer(t) {
		if !wanted(s.Value) { // the pointer may be nil
			n := deref(t).Underlying().(*types.Array).Len()
			f.countLoop(s, label, strconv.FormatInt(n, 10), types.Typ[types.Int])
			f.emit("}")
			return
		}
		name := f.names.temp()
		f.emit("var ", name, " ", f.typ(types.NewSlice(value)), " = (*", x.s, ")[:]")
		x = variable(name)
	} else if _, ok := t.Underlying().(*types.Array); ok && !wanted(s.Value) {
		n := t.Underlying().(*types.Array).Len()
		f.countLoop(s, label, strconv.FormatInt(n, 10), types.Typ[types.Int])
		f.emit("}")
		return
	}
	k, v := f.iterations(s, key, value)
	f.keepCount(s, &k)
	if _, ok := value.Underlying().(*types.Chan); ok && wanted(s.Value) {
		// The interpreter would take it for a range over the channel.
		if k.name == "_" {
			k.name = f.names.temp()
		}
		if hasVar(x) {
			x = f.spill(x, t)
		}
		f.enter(label, true)
		f.emit("for ", k.name, " := range ", x.s, " {")
		f.emit("var ", v.name, " ", f.typ(value), " = ", x.s, "[", k.name, "]")
	} else {
		f.enter(label, true)
		head := "for "
		switch {
		case wanted(s.Value):
			head += k.name + ", " + v.name + " := "
		case k.name != "_":
			head += k.name + " := "
		}
		f.emit(head, "range ", x.s, " {")
	}
	f.assignIteration(s, k, v)
	f.block(s.Body.List)
	f.pos = s.Body.Rbrace
	f.emit("}")
	f.exit()
	f.emit("}")
}

// hasCall reports whether evaluating the expression can have an effect.
func hasCall(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			found = true
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		}
		return !found
	})
	return found
}

// countLoop lowers a loop over 0 … n-1.
func (f *fn) countLoop(s *ast.RangeStmt, label types.Object, n string, t types.Type) {
	k, _ := f.iterations(s, t, nil)
	if k.name == "_" {
		k.name = f.names.temp()
	}
	f.keepCount(s, &k)
	typ := f.typ(t)
	f.emit("var ", k.name, " ", typ, " = ", f.zero(t).s)
	f.enter(label, true)
	f.emit("for ; ", k.name, " < ", n, "; ", k.name, step(token.INC, t), " {")
	f.assignIteration(s, k)
	f.block(s.Body.List)
	f.pos = s.Body.Rbrace
	f.emit("}")
	f.exit()
}

// keepCount gives the body a copy of the count if it changes its variable, which the
// loop must not see.
func (f *fn) keepCount(s *ast.RangeStmt, k *iteration) {
	if !wanted(s.Key) || k.copy {
		return
	}
	if obj, ok := f.info.Defs[s.Key.(*ast.Ident)].(*types.Var); ok && f.assigned(s.Body, obj) {
		k.name, k.copy = f.names.temp(), true
	}
}

// assigned reports whether a statement changes a variable.
func (f *fn) assigned(body ast.Node, v *types.Var) bool {
	found := false
	is := func(e ast.Expr) {
		if id, ok := ast.Unparen(e).(*ast.Ident); ok && f.info.Uses[id] == v {
			found = true
		}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				is(l)
			}
		case *ast.IncDecStmt:
			is(n.X)
		case *ast.RangeStmt:
			if n.Key != nil {
				is(n.Key)
			}
			if n.Value != nil {
				is(n.Value)
			}
		}
		return !found
	})
	return found
}

func (f *fn) rangeInt(s *ast.RangeStmt, label types.Object, t types.Type) {
	if b, ok := t.(*types.Basic); ok && b.Info()&types.IsUntyped != 0 {
		t = types.Typ[types.Int]
		if wanted(s.Key) {
			t = f.typeOf(s.Key)
		}
	}
	f.emit("{")
	n := f.exprAs(s.X, t)
	if !n.konst {
		n = f.spill(n, t)
	}
	f.countLoop(s, label, n.s, t)
	f.emit("}")
}

func (f *fn) rangeChan(s *ast.RangeStmt, label types.Object, u *types.Chan) {
	f.emit("{")
	c := f.spill(f.expr(s.X), f.typeOf(s.X))
	v, ok := f.names.temp(), f.names.temp()
	f.enter(label, true)
	f.emit("for {")
	f.emit("var ", v, " ", f.typ(u.Elem()))
	f.emit("var ", ok, " bool")
	f.emit(v, ", ", ok, " = <-", c.s)
	f.emit("if !", ok, " { break }")
	if wanted(s.Key) {
		f.assignIteration(s, iteration{expr: s.Key, typ: u.Elem(), name: v, copy: true})
	}
	f.block(s.Body.List)
	f.pos = s.Body.Rbrace
	f.emit("}")
	f.exit()
	f.emit("}")
}

// rangeString lowers a range over a string. The interpreter's own takes time
// quadratic in its length and miscounts invalid UTF-8.
func (f *fn) rangeString(s *ast.RangeStmt, label types.Object, t types.Type) {
	f.emit("{")
	x := f.expr(s.X)
	if !x.simple || x.konst {
		x = f.spill(x, t)
	}
	k, v := f.iterations(s, types.Typ[types.Int], types.Typ[types.Rune])
	runes := f.names.temp()
	f.enterString(k, v, runes, x.s)
	f.enter(label, true)
	switch {
	case k.name == "_" && v.name == "_":
		f.emit("for range ", runes, " {")
	case k.name == "_":
		f.emit("for _, ", v.name, " := range ", runes, " {")
	case v.name == "_":
		f.emit("for _, ", k.name, " := range ", runes, " {")
	default:
		i := f.names.temp()
		f.emit("for ", i, ", ", v.name, " := range ", runes, " {")
		f.emit("var ", k.name, " int = ", runes, "i[", i, "]")
	}
	f.assignIteration(s, k, v)
	f.block(s.Body.List)
	f.pos = s.Body.Rbrace
	f.emit("}")
	f.exit()
	f.emit("}")
}

func (f *fn) enterString(k, v iteration, runes, x string) {
	switch {
	case k.name == "_":
		f.emit(runes, " := rt_runes(", x, ")")
	case v.name == "_":
		f.emit(runes, " := rt_runeStarts(", x, ")")
	default:
		f.emit(runes, ", ", runes, "i := rt_runesAt(", x, ")")
	}
}
