package lower

import (
	"go/ast"
	"go/constant"
	"go/types"
	"strconv"
	"strings"
)

// composite lowers a composite literal of type t.
func (f *fn) composite(e *ast.CompositeLit, t types.Type) ex {
	switch u := t.Underlying().(type) {
	case *types.Pointer: // an element &T{} whose type is left out
		return f.addressOf(f.compositeOf(e, u.Elem()), u.Elem())
	case *types.Struct, *types.Slice, *types.Array, *types.Map:
		return f.compositeOf(e, t)
	}
	f.refuse(e, "literal", "", "literal of type %s cannot be run", t)
	return variable("nil")
}

func (f *fn) addressOf(v ex, t types.Type) ex {
	if _, ok := t.Underlying().(*types.Struct); ok {
		return ex{s: "&" + v.s, prec: unary, calls: v.calls}
	}
	name := f.names.temp()
	f.emit("var ", name, " ", f.typ(t))
	f.emit(name, " = ", v.s)
	return ex{s: "&" + name, prec: unary}
}

func (f *fn) compositeOf(e *ast.CompositeLit, t types.Type) ex {
	var keys []string
	var evals []eval
	switch u := t.Underlying().(type) {
	case *types.Struct:
		keys, evals = f.structElements(e, t, u)
	case *types.Slice:
		keys, evals = f.listElements(e, u.Elem())
	case *types.Array:
		keys, evals = f.listElements(e, u.Elem())
	case *types.Map:
		return f.mapLiteral(e, t, u)
	}
	v := f.operands(evals...)
	list := make([]string, len(v))
	r := ex{prec: operand, literal: true}
	for i, x := range v {
		list[i] = keys[i] + x.s
		r.calls = r.calls || x.calls
	}
	r.s = f.typ(t) + "{" + strings.Join(list, ", ") + "}"
	return r
}

// element lowers an element of a literal. The interpreter guesses the types of
// elements without key too early to get all of them right.
func (f *fn) element(e ast.Expr, t types.Type, keyed bool) ex {
	var v ex
	if lit, ok := e.(*ast.CompositeLit); ok {
		v = f.convert(f.composite(lit, f.typeOf(lit)), f.typeOf(lit), t)
	} else {
		v = f.exprAs(e, t)
	}
	return f.settled(v, t, keyed)
}

// settled makes a value fit to be an element of a literal.
func (f *fn) settled(v ex, t types.Type, keyed bool) ex {
	composite := strings.HasSuffix(v.s, "}")
	switch {
	case v.op && isInterface(t), v.asserted, v.literal && !composite:
	case v.simple, v.op, keyed, composite, v.boxed && v.prec == operand:
		return v
	}
	return f.spill(v, t)
}

func (f *fn) structElements(e *ast.CompositeLit, t types.Type, u *types.Struct) (keys []string, evals []eval) {
	for i, el := range e.Elts {
		v := u.Field(i % max(u.NumFields(), 1))
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			v, _ = f.info.Uses[kv.Key.(*ast.Ident)].(*types.Var)
			for k := range u.NumFields() { // of this instance
				if u.Field(k).Name() == v.Name() {
					v = u.Field(k)
					break
				}
			}
			el = kv.Value
		}
		if v.Name() == "_" {
			f.discard(el)
			continue
		}
		ft := v.Type()
		keys = append(keys, f.fieldName(t, v)+": ")
		evals = append(evals, eval{ft, func() ex { return f.element(el, ft, true) }})
	}
	return keys, evals
}

// listElements lowers the elements of a slice or array. Keys are given only
// where they are not the next index.
func (f *fn) listElements(e *ast.CompositeLit, elem types.Type) (keys []string, evals []eval) {
	next := int64(0)
	for _, el := range e.Elts {
		key := ""
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			k, _ := constant.Int64Val(constant.ToInt(f.info.Types[kv.Key].Value))
			if k != next {
				key = strconv.FormatInt(k, 10) + ": "
			}
			next = k
			el = kv.Value
		}
		keys = append(keys, key)
		evals = append(evals, eval{elem, func() ex { return f.element(el, elem, key != "") }})
		next++
	}
	return keys, evals
}

func (f *fn) mapLiteral(e *ast.CompositeLit, t types.Type, u *types.Map) ex {
	var evals []eval
	for _, el := range e.Elts {
		kv := el.(*ast.KeyValueExpr)
		evals = append(evals,
			eval{u.Key(), func() ex { return f.element(kv.Key, u.Key(), true) }},
			eval{u.Elem(), func() ex {
				x := f.element(kv.Value, u.Elem(), true)
				if x.dereference() {
					x = f.spill(x, u.Elem())
				}
				return x
			}})
	}
	v := f.operands(evals...)
	list := make([]string, 0, len(v)/2)
	r := ex{prec: operand, literal: true}
	seen := map[string]bool{} // the interpreter refuses what instances may do
	for i := 0; i < len(v); i += 2 {
		if v[i].konst && seen[v[i].s] {
			v[i] = f.spill(v[i], u.Key())
		}
		seen[v[i].s] = true
		list = append(list, v[i].s+": "+v[i+1].s)
		r.calls = r.calls || v[i].calls || v[i+1].calls
	}
	r.s = f.typ(t) + "{" + strings.Join(list, ", ") + "}"
	return r
}
