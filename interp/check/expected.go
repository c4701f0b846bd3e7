package check

import (
	"go/ast"
	"go/token"
	"go/types"
)

// operand returns the expression that the marker is or is the last name of, and the
// number of its node in the path.
func (v *view) operand() (ast.Expr, int) {
	e, ok := v.node(0).(ast.Expr)
	if !ok {
		return nil, 0
	}
	n := 0
	for {
		switch parent := v.node(n + 1).(type) {
		case *ast.SelectorExpr:
			if parent.Sel != e {
				return e, n
			}
			e = parent
		case *ast.ParenExpr:
			e = parent
		default:
			return e, n
		}
		n++
	}
}

// isType tells whether only a type can stand at the place.
func (v *view) isType() bool {
	e, n := v.operand()
	for {
		switch parent := v.node(n + 1).(type) {
		case *ast.StarExpr: // of a type, or of a pointer
			e = parent
			n++
			continue
		case *ast.Field:
			return parent.Type == e
		case *ast.ValueSpec:
			return parent.Type == e
		case *ast.ArrayType:
			return parent.Elt == e
		case *ast.MapType, *ast.ChanType, *ast.Ellipsis:
			return true
		case *ast.CompositeLit:
			return parent.Type == e
		case *ast.TypeSpec:
			return parent.Type == e
		case *ast.TypeAssertExpr:
			return parent.Type == e
		case *ast.CaseClause:
			_, isTypeSwitch := v.node(n + 3).(*ast.TypeSwitchStmt)
			return isTypeSwitch
		case *ast.CallExpr:
			if fn, ok := parent.Fun.(*ast.Ident); ok && len(parent.Args) > 0 && parent.Args[0] == e {
				_, isBuiltin := v.info.Uses[fn].(*types.Builtin)
				return isBuiltin && fn.Name == "make" // new has an expression, too
			}
			return false
		default:
			return false
		}
	}
}

// expected returns the type of what can stand at the place, or nil.
func (v *view) expected() types.Type {
	e, n := v.operand()
	if e == nil {
		return nil
	}
	switch parent := v.node(n + 1).(type) {
	case *ast.CallExpr:
		return v.parameter(parent, e)
	case *ast.AssignStmt:
		if i := indexOf(parent.Rhs, e); i >= 0 && parent.Tok != token.DEFINE && len(parent.Lhs) == len(parent.Rhs) {
			return v.typeOf(parent.Lhs[i])
		}
	case *ast.ValueSpec:
		if parent.Type != nil && indexOf(parent.Values, e) >= 0 {
			return v.typeOf(parent.Type)
		}
	case *ast.ReturnStmt:
		if sig := v.function(); sig != nil {
			if i := indexOf(parent.Results, e); i >= 0 && i < sig.Results().Len() {
				return sig.Results().At(i).Type()
			}
		}
	case *ast.BinaryExpr:
		switch other := parent.X; {
		case parent.Op == token.LAND || parent.Op == token.LOR:
			return types.Typ[types.Bool]
		case parent.Op == token.SHL || parent.Op == token.SHR:
			return nil
		default:
			if other == e {
				other = parent.Y
			}
			if t := v.typeOf(other); t != nil && t != types.Typ[types.UntypedNil] {
				return types.Default(t)
			}
		}
	case *ast.UnaryExpr:
		if parent.Op == token.NOT {
			return types.Typ[types.Bool]
		}
	case *ast.IfStmt:
		if parent.Cond == e {
			return types.Typ[types.Bool]
		}
	case *ast.ForStmt:
		if parent.Cond == e {
			return types.Typ[types.Bool]
		}
	case *ast.IndexExpr:
		if t := v.typeOf(parent.X); t != nil && parent.Index == e {
			if m, ok := t.Underlying().(*types.Map); ok {
				return m.Key()
			}
			return types.Typ[types.Int]
		}
	case *ast.SendStmt:
		if t := v.typeOf(parent.Chan); t != nil && parent.Value == e {
			if c, ok := t.Underlying().(*types.Chan); ok {
				return c.Elem()
			}
		}
	case *ast.KeyValueExpr:
		if lit, ok := v.node(n + 2).(*ast.CompositeLit); ok {
			return v.element(lit, parent, e)
		}
	case *ast.CompositeLit:
		return v.element(parent, nil, e)
	case *ast.CaseClause:
		if sw, ok := v.node(n + 3).(*ast.SwitchStmt); ok {
			if sw.Tag == nil {
				return types.Typ[types.Bool]
			}
			return v.typeOf(sw.Tag)
		}
	}
	return nil
}

// parameter returns the type of the parameter that an argument is for.
func (v *view) parameter(call *ast.CallExpr, arg ast.Expr) types.Type {
	i := indexOf(call.Args, arg)
	fn := v.info.Types[call.Fun]
	if i < 0 || fn.Type == nil {
		return nil
	}
	if fn.IsType() {
		return nil
	}
	sig, ok := fn.Type.Underlying().(*types.Signature)
	if !ok {
		return nil
	}
	params := sig.Params()
	var t types.Type
	switch last := params.Len() - 1; {
	case sig.Variadic() && i >= last:
		if list, ok := params.At(last).Type().Underlying().(*types.Slice); ok {
			t = list.Elem()
		}
	case i <= last:
		t = params.At(i).Type()
	}
	if _, isParam := types.Unalias(t).(*types.TypeParam); isParam {
		return nil
	}
	return t
}

// element returns the type of a key or a value in a literal. kv is nil for a value
// without a key.
func (v *view) element(lit *ast.CompositeLit, kv *ast.KeyValueExpr, e ast.Expr) types.Type {
	t := v.typeOf(lit)
	if t == nil {
		return nil
	}
	switch t := deref(t).Underlying().(type) {
	case *types.Struct:
		if kv == nil {
			if i := indexOf(lit.Elts, e); i >= 0 && i < t.NumFields() {
				return t.Field(i).Type()
			}
			return nil
		}
		if id, ok := kv.Key.(*ast.Ident); ok && kv.Value == e {
			for f := range t.Fields() {
				if f.Name() == id.Name {
					return f.Type()
				}
			}
		}
	case *types.Map:
		if kv != nil && kv.Value == e {
			return t.Elem()
		}
		return t.Key()
	case *types.Slice:
		return t.Elem()
	case *types.Array:
		return t.Elem()
	}
	return nil
}

// function returns the signature of the function that the place is in, or nil.
func (v *view) function() *types.Signature {
	for n := range v.path {
		switch fn := v.node(n).(type) {
		case *ast.FuncLit:
			sig, _ := v.info.TypeOf(fn.Type).(*types.Signature)
			return sig
		case *ast.FuncDecl:
			if obj, ok := v.info.Defs[fn.Name].(*types.Func); ok {
				return obj.Signature()
			}
			return nil
		}
	}
	return nil
}

func indexOf(list []ast.Expr, e ast.Expr) int {
	for i, x := range list {
		if x == e {
			return i
		}
	}
	return -1
}
