package lower

import (
	"go/ast"
	"go/types"
	"strconv"
)

// convert converts a value implicitly, from its own type to one that it is
// assignable to.
func (f *fn) convert(v ex, from, to types.Type) ex {
	if from == to {
		return v
	}
	if !isInterface(to) {
		return f.retype(v, from, to)
	}
	if isInterface(from) {
		return v
	}
	return f.box(v, from, to)
}

// box converts a value to an interface type: this is where a value of the
// script's own types becomes one that compiled code understands.
func (f *fn) box(v ex, from, to types.Type) ex {
	if v.op { // the interpreter would compute in the type of the destination
		v = f.spill(v, from)
	}
	if f.compiled(from) {
		return v
	}
	f.reached(from)
	f.converted[f.keys.key(from)] = true
	switch {
	case emptyInterface(to):
		return ex{s: f.typeFunction(Box, "B", from) + "(" + v.s + ")", prec: operand, calls: v.calls, boxed: !v.konst}
	case isError(to):
		return ex{s: f.typeFunction(BoxError, "E", from) + "(" + v.s + ")", prec: operand, calls: v.calls}
	}
	return ex{s: f.boxTo(from, to) + "(" + v.s + ")", prec: operand, calls: v.calls, boxed: !v.konst}
}

// retype converts between types with one underlying type.
func (f *fn) retype(v ex, from, to types.Type) ex {
	if f.sameInner(from, to) {
		return v
	}
	if _, ok := to.Underlying().(*types.Chan); ok {
		return v // a change of direction, which assigning does
	}
	return f.retyped(v, to)
}

// retyped changes the type of a value whose memory stays as it is.
func (f *fn) retyped(v ex, to types.Type) ex {
	s := "any(rt_retype(" + strconv.Itoa(f.table.Add(to)) + ", " + v.s + ")).(" + f.typ(to) + ")"
	return f.spill(ex{s: s, prec: operand}, to)
}

// sameInner reports whether two types have the same inner type.
func (l *lowerer) sameInner(a, b types.Type) bool {
	if types.Identical(a, b) {
		return true
	}
	return l.keys.key(l.erase(a)) == l.keys.key(l.erase(b))
}

// erase returns the type without the names that inner types do not have.
func (l *lowerer) erase(t types.Type) types.Type {
	if e, ok := l.erased[t]; ok {
		return e
	}
	l.erased[t] = t // recursive types stay as they are
	e := l.eraseType(types.Unalias(t))
	l.erased[t] = e
	return e
}

func (l *lowerer) eraseType(t types.Type) types.Type {
	switch t := t.(type) {
	case *types.Named:
		if l.compiled(t) || recursive(t) {
			return t
		}
		switch t.Underlying().(type) {
		case *types.Interface:
			return t
		}
		return l.erase(t.Underlying())
	case *types.Pointer:
		return types.NewPointer(l.erase(t.Elem()))
	case *types.Slice:
		return types.NewSlice(l.erase(t.Elem()))
	case *types.Array:
		return types.NewArray(l.erase(t.Elem()), t.Len())
	case *types.Chan:
		return types.NewChan(t.Dir(), l.erase(t.Elem()))
	case *types.Map:
		return types.NewMap(l.erase(t.Key()), l.erase(t.Elem()))
	case *types.Signature:
		return types.NewSignatureType(nil, nil, nil, l.eraseTuple(t.Params()), l.eraseTuple(t.Results()), t.Variadic())
	case *types.Struct:
		fields, tags := make([]*types.Var, t.NumFields()), make([]string, t.NumFields())
		for i := range fields {
			v := t.Field(i)
			fields[i] = types.NewField(v.Pos(), nil, l.fieldName(t, v), l.erase(v.Type()), false)
			tags[i] = t.Tag(i)
		}
		return types.NewStruct(fields, tags)
	}
	return t
}

func (l *lowerer) eraseTuple(t *types.Tuple) *types.Tuple {
	vars := make([]*types.Var, t.Len())
	for i := range vars {
		vars[i] = types.NewParam(0, nil, "", l.erase(t.At(i).Type()))
	}
	return types.NewTuple(vars...)
}

// recursive reports whether a named type reaches itself.
func recursive(n *types.Named) bool {
	seen := map[types.Type]bool{}
	var reach func(t types.Type) bool
	reach = func(t types.Type) bool {
		t = types.Unalias(t)
		if seen[t] {
			return t == n
		}
		seen[t] = true
		switch t := t.(type) {
		case *types.Named:
			if t == n && len(seen) > 1 {
				return true
			}
			return reach(t.Underlying())
		case *types.Pointer:
			return reach(t.Elem())
		case *types.Slice:
			return reach(t.Elem())
		case *types.Array:
			return reach(t.Elem())
		case *types.Chan:
			return reach(t.Elem())
		case *types.Map:
			return reach(t.Key()) || reach(t.Elem())
		case *types.Signature:
			for i := range t.Params().Len() {
				if reach(t.Params().At(i).Type()) {
					return true
				}
			}
			for i := range t.Results().Len() {
				if reach(t.Results().At(i).Type()) {
					return true
				}
			}
		case *types.Struct:
			for i := range t.NumFields() {
				if reach(t.Field(i).Type()) {
					return true
				}
			}
		}
		return false
	}
	return reach(n)
}

// conversion lowers T(x).
func (f *fn) conversion(e *ast.CallExpr) ex {
	to := f.typeOf(e.Fun)
	x := ast.Unparen(e.Args[0])
	tv := f.info.Types[x]
	from := f.env.subst(tv.Type)
	if tv.IsNil() {
		return f.nilOf(to)
	}
	if tv.Value != nil {
		if isInterface(to) {
			return f.exprAs(x, to)
		}
		from = types.Default(from)
		if v, ok := wrapConst(tv.Value, from, to); ok {
			return f.constant(v, to)
		}
		if isInteger(to) || isFloat(to) {
			return f.explicit(f.spill(f.constant(tv.Value, from), from), from, to)
		}
		return f.explicit(f.constant(tv.Value, from), from, to)
	}
	if isInterface(to) {
		v := f.convert(f.expr(x), from, to)
		if !isInterface(from) && f.compiled(from) {
			v = ex{s: f.typ(to) + "(" + v.s + ")", prec: operand, calls: v.calls, boxed: true}
		}
		return v
	}
	return f.explicit(f.expr(x), from, to)
}

// explicit converts a value explicitly.
func (f *fn) explicit(v ex, from, to types.Type) ex {
	if types.Identical(from, to) || f.sameInner(from, to) {
		return v
	}
	if v.literal {
		v = f.spill(v, from)
	}
	conv := func() ex {
		return ex{s: f.typ(to) + "(" + v.s + ")", prec: operand, calls: v.calls}
	}
	switch {
	case isUnsafePointer(from) || isUnsafePointer(to):
		return f.unsafeConversion(v, from, to)
	case basicInfo(to)&types.IsNumeric != 0 && basicInfo(from)&types.IsNumeric != 0:
		if v.op {
			v = f.spill(v, from)
		}
		if b, ok := to.Underlying().(*types.Basic); ok && b.Kind() == types.Float32 && isInteger(from) {
			// Through float64 it would be rounded twice.
			return f.namedFloat32(v, to)
		}
		return conv()
	case isString(to), isString(from):
		if v.op {
			v = f.spill(v, from)
		}
		return f.stringConversion(v, from, to)
	}
	switch u := to.Underlying().(type) {
	case *types.Array: // of a slice
		if _, ok := from.Underlying().(*types.Slice); ok {
			return f.spill(conv(), to)
		}
	case *types.Pointer:
		if _, ok := from.Underlying().(*types.Slice); ok {
			return f.spill(conv(), to)
		}
	case *types.Chan, *types.Signature:
		if f.compiled(from) && f.compiled(to) {
			_ = u
			return conv()
		}
	}
	if f.compiled(from) && f.compiled(to) {
		return conv()
	}
	return f.retyped(v, to)
}

// namedFloat32 converts an integer to a float32 type.
func (f *fn) namedFloat32(v ex, to types.Type) ex {
	s := ex{s: "rt_float32(" + v.s + ")", prec: operand, calls: v.calls}
	if f.typ(to) != "float32" {
		s.s = f.typ(to) + "(" + s.s + ")"
	}
	return s
}

// stringConversion converts between strings, bytes, runes and integers.
func (f *fn) stringConversion(v ex, from, to types.Type) ex {
	return ex{s: f.typ(to) + "(" + v.s + ")", prec: operand, calls: v.calls}
}

// unsafeConversion converts to and from unsafe.Pointer, which the generic
// standard library needs.
func (f *fn) unsafeConversion(v ex, from, to types.Type) ex {
	if isInteger(to) {
		s := "rt_address(" + v.s + ")"
		if to = types.Unalias(to); to != types.Typ[types.Uintptr] {
			s = f.typ(to) + "(" + s + ")"
		}
		return ex{s: s, prec: operand, calls: v.calls}
	}
	if isInteger(from) {
		f.refuse(at(f.pos), "unsafe", "keep the pointer, and index a slice",
			"an integer cannot become an unsafe.Pointer in interpreted code")
		return v
	}
	if !isUnsafePointer(to) {
		s := "any(rt_pointer(" + strconv.Itoa(f.table.Add(to)) + ", " + v.s + ")).(" + f.typ(to) + ")"
		return f.spill(ex{s: s, prec: operand}, to)
	}
	return ex{s: "rt_unsafe(" + v.s + ")", prec: operand, calls: v.calls}
}

// assertion lowers x.(T).
func (f *fn) assertion(e *ast.TypeAssertExpr) ex {
	v, ok := f.assert(e)
	f.emit("if !", ok, " { rt_assert(", f.asserted, ", ", strconv.Itoa(f.table.Add(f.typeOf(e.X))), ", ",
		strconv.Itoa(f.table.Add(f.typeOf(e.Type))), ") }")
	return variable(v)
}

// assert lowers x.(T) to two variables: the value and whether it was one.
func (f *fn) assert(e *ast.TypeAssertExpr) (value, ok string) {
	t := f.typeOf(e.Type)
	x := f.expr(e.X)
	if !x.simple || x.prec < operand || x.konst {
		x = f.spill(x, f.typeOf(e.X))
	}
	f.asserted = x.s
	value, ok = f.names.temp(), f.names.temp()
	f.assertTo(x.s, t, value, ok)
	return value, ok
}

// assertTo declares two variables for the value of x.(T) and whether it was one.
func (f *fn) assertTo(x string, t types.Type, value, ok string) {
	switch {
	case isInterface(t):
		f.emit("var ", value, " ", f.typ(t))
		f.emit("var ", ok, " bool = ", f.typeFunction(Implements, "I", t), "(", x, ")")
		f.emit("if ", ok, " { ", value, " = ", x, ".(", f.typ(t), ") }")
	case f.compiled(t) && isBasic(t): // of others the interpreter takes what is assignable
		f.emit("var ", value, " ", f.typ(t))
		f.emit("var ", ok, " bool")
		f.emit(value, ", ", ok, " = any(", x, ").(", f.typ(t), ")")
	case plain(t):
		f.reached(t)
		f.emit(value, ", ", ok, " := ", f.typeFunction(UnboxTyped, "X", t), "(", x, ")")
	default:
		f.reached(t)
		inner := f.names.temp()
		f.emit(inner, ", ", ok, " := ", f.typeFunction(Unbox, "U", t), "(", x, ")")
		f.emit("var ", value, " ", f.typ(t), " = any(", inner, ").(", f.typ(t), ")")
	}
}
