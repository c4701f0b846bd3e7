package lower

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
)

// expr lowers an expression to its value in its own type.
func (f *fn) expr(e ast.Expr) ex {
	e = ast.Unparen(e)
	if tv, ok := f.info.Types[e]; ok && tv.Value != nil {
		return f.constant(tv.Value, f.env.subst(tv.Type))
	}
	switch e := e.(type) {
	case *ast.Ident:
		return f.ident(e)
	case *ast.FuncLit:
		name := f.names.temp()
		f.closure(e, name, f.typeOf(e), "")
		return variable(name)
	case *ast.CompositeLit:
		return f.composite(e, f.typeOf(e))
	case *ast.SelectorExpr:
		return f.selector(e)
	case *ast.IndexExpr:
		if id := instantiated(e); id != nil {
			if _, ok := f.info.Instances[id]; ok {
				return f.expr(e.X)
			}
		}
		return f.index(e)
	case *ast.IndexListExpr:
		return f.expr(e.X)
	case *ast.SliceExpr:
		return f.slice(e)
	case *ast.TypeAssertExpr:
		return f.assertion(e)
	case *ast.CallExpr:
		return f.call(e)
	case *ast.StarExpr:
		x := f.expr(e.X)
		return ex{s: "*" + x.at(unary), prec: unary, calls: x.calls}
	case *ast.UnaryExpr:
		return f.unary(e)
	case *ast.BinaryExpr:
		return f.binary(e)
	}
	f.refuse(e, "expression", "", "expression %T cannot be run", e)
	return variable("nil")
}

// instantiated returns the identifier of the generic function that an index
// expression may instantiate.
func instantiated(e *ast.IndexExpr) *ast.Ident {
	switch x := ast.Unparen(e.X).(type) {
	case *ast.Ident:
		return x
	case *ast.SelectorExpr:
		return x.Sel
	}
	return nil
}

// exprAs lowers an expression to a value of type to, to which it is assignable.
func (f *fn) exprAs(e ast.Expr, to types.Type) ex {
	e = ast.Unparen(e)
	tv := f.info.Types[e]
	from := f.typeOf(e)
	switch {
	case tv.IsNil():
		return f.nilOf(to)
	case tv.Value != nil:
		if !isInterface(to) {
			return f.constant(tv.Value, to)
		}
		from = types.Default(from)
		return f.convert(f.constant(tv.Value, from), from, to)
	}
	return f.convert(f.expr(e), from, to)
}

// nilOf returns nil as a value of type t.
func (f *fn) nilOf(t types.Type) ex {
	if isPointer(t) || isUnsafePointer(t) {
		return ex{s: f.typ(t) + "(nil)", prec: operand, simple: true, konst: true}
	}
	return ex{s: f.typeFunction(Nil, "Z", t), prec: operand, simple: true, konst: true}
}

// zero returns the zero value of type t.
func (f *fn) zero(t types.Type) ex {
	if hasNil(t) {
		return f.nilOf(t)
	}
	if b, ok := t.Underlying().(*types.Basic); ok {
		switch {
		case b.Info()&types.IsBoolean != 0:
			return constEx("false")
		case b.Info()&types.IsString != 0:
			return f.constant(constant.MakeString(""), t)
		}
		return f.constant(constant.MakeInt64(0), t)
	}
	name := f.names.temp()
	f.emit("var ", name, " ", f.typ(t))
	return variable(name)
}

func (f *fn) ident(e *ast.Ident) ex {
	if _, ok := f.made[e]; ok {
		return variable(e.Name)
	}
	switch obj := f.info.ObjectOf(e).(type) {
	case *types.Var:
		return f.variable(obj)
	case *types.Func:
		return f.functionValue(e, obj)
	case *types.Nil:
		return constEx("nil")
	}
	f.refuse(e, "expression", "", "%s cannot be used as a value", e.Name)
	return variable("nil")
}

// variable returns the expression of a variable.
func (f *fn) variable(v *types.Var) ex {
	if name, ok := f.local[v]; ok {
		return variable(name)
	}
	if v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
		if name, ok := f.globalVar(v); ok {
			return variable(name)
		}
		return ex{s: "*" + f.nativeVar(v.Pkg().Path(), v.Name()), prec: unary, simple: true}
	}
	name := f.declare(v, v.Name())
	return variable(name)
}

// globalVar returns the name of a variable of a lowered package.
func (l *lowerer) globalVar(v *types.Var) (string, bool) {
	if name, ok := l.vars[v]; ok {
		return name, true
	}
	s := l.pkgs[v.Pkg()]
	if s == nil {
		return "", false
	}
	if s.Standard && !l.initialised(s, v) {
		return "", false
	}
	name := "V_" + s.prefix + "_" + v.Name()
	l.vars[v] = name
	l.globals = append(l.globals, global{name: name, typ: v.Type()})
	return name, true
}

// functionValue returns a declared function as a value.
func (f *fn) functionValue(id *ast.Ident, obj *types.Func) ex {
	if fu := f.function(obj, f.instance(id)); fu != nil {
		if fu.sig.Variadic() {
			return f.variadicValue(fu)
		}
		return variable(f.valueOf(fu))
	}
	return ex{s: f.native(obj.Pkg().Path(), obj.Name()), prec: operand, simple: true}
}

// instance returns the type arguments with which an identifier instantiates a
// generic function.
func (f *fn) instance(id *ast.Ident) []types.Type {
	inst, ok := f.info.Instances[id]
	if !ok {
		return nil
	}
	args := make([]types.Type, inst.TypeArgs.Len())
	for i := range args {
		args[i] = f.env.subst(inst.TypeArgs.At(i))
	}
	return args
}

// selector lowers x.f.
func (f *fn) selector(e *ast.SelectorExpr) ex {
	s, ok := f.info.Selections[e]
	if !ok { // a name of a package
		switch obj := f.info.Uses[e.Sel].(type) {
		case *types.Var:
			return f.variable(obj)
		case *types.Func:
			return f.functionValue(e.Sel, obj)
		}
		f.refuse(e, "expression", "", "%s cannot be used as a value", e.Sel.Name)
		return variable("nil")
	}
	switch s.Kind() {
	case types.FieldVal:
		x, t := f.expr(e.X), f.typeOf(e.X)
		if strings.HasSuffix(x.s, "}") { // the interpreter mixes up the literal and its field
			x = f.spill(x, t)
		}
		return f.field(x, t, s.Index())
	case types.MethodVal:
		return f.methodValue(e)
	}
	return f.methodExpr(e)
}

// field follows the path of a selection through a value.
func (f *fn) field(x ex, t types.Type, path []int) ex {
	s := x.at(operand)
	for _, i := range path {
		owner := deref(t)
		v := owner.Underlying().(*types.Struct).Field(i)
		s += "." + f.fieldName(owner, v)
		t = v.Type()
	}
	return ex{s: s, prec: operand, calls: x.calls}
}

// fieldType returns the type at the end of a path of fields.
func fieldType(t types.Type, path []int) types.Type {
	for _, i := range path {
		t = deref(t).Underlying().(*types.Struct).Field(i).Type()
	}
	return t
}

// index lowers x[i] of strings, slices, arrays, pointers to arrays and maps.
func (f *fn) index(e *ast.IndexExpr) ex {
	t := f.typeOf(e.X)
	key := f.integerType(e.Index)
	if m, ok := t.Underlying().(*types.Map); ok {
		key = m.Key()
	}
	v := f.operands(
		eval{t, func() ex { return f.indexed(e.X, t) }},
		eval{key, func() ex { return f.indexValue(e.Index, key, t) }},
	)
	return ex{s: v[0].at(operand) + "[" + v[1].s + "]", prec: operand, calls: v[0].calls || v[1].calls}
}

// indexed lowers the operand of an index or slice expression.
func (f *fn) indexed(x ast.Expr, t types.Type) ex {
	v := f.expr(x)
	if isPointer(t) {
		return ex{s: "*" + v.at(unary), prec: unary, calls: v.calls}
	}
	if v.literal || v.konst {
		return f.spill(v, t)
	}
	return v
}

// indexValue lowers an index: of a map in the type of its keys, else in its own
// integer type.
func (f *fn) indexValue(e ast.Expr, key, t types.Type) ex {
	if _, ok := t.Underlying().(*types.Map); ok {
		v := f.exprAs(e, key)
		if v.literal || v.asserted {
			return f.spill(v, key)
		}
		return v
	}
	return f.integer(e)
}

// integer lowers an index or a size, which may be an untyped constant.
func (f *fn) integer(e ast.Expr) ex {
	if tv := f.info.Types[e]; tv.Value != nil {
		return f.constant(constant.ToInt(tv.Value), types.Typ[types.Int])
	}
	return f.expr(e)
}

// integerType is the type of what integer gives.
func (f *fn) integerType(e ast.Expr) types.Type {
	if tv := f.info.Types[e]; tv.Value != nil {
		return types.Typ[types.Int]
	}
	return types.Default(f.typeOf(e)) // of an untyped shift, for example
}

// slice lowers x[low:high:max].
func (f *fn) slice(e *ast.SliceExpr) ex {
	t := f.typeOf(e.X)
	evals := []eval{{t, func() ex { return f.indexed(e.X, t) }}}
	for _, i := range []ast.Expr{e.Low, e.High, e.Max} {
		if i != nil {
			evals = append(evals, eval{f.integerType(i), func() ex { return f.integer(i) }})
		}
	}
	v := f.operands(evals...)
	s := v[0].at(operand) + "["
	k := 1
	for n, i := range []ast.Expr{e.Low, e.High, e.Max} {
		if n == 1 || n == 2 && e.Slice3 {
			s += ":"
		}
		if i != nil {
			s += v[k].s
			k++
		}
	}
	r := ex{s: s + "]", prec: operand}
	for _, x := range v {
		r.calls = r.calls || x.calls
	}
	return r
}

func (f *fn) unary(e *ast.UnaryExpr) ex {
	switch e.Op {
	case token.AND:
		return f.address(e.X)
	case token.ARROW:
		c := f.expr(e.X)
		return ex{s: "<-" + c.at(unary), prec: unary, calls: true, literal: true}
	case token.ADD:
		return f.expr(e.X)
	}
	x := f.expr(e.X)
	if x.konst || x.literal {
		x = f.spill(x, f.typeOf(e.X))
	}
	return opEx(e.Op.String()+x.at(operand), unary, x)
}

// address lowers &x.
func (f *fn) address(x ast.Expr) ex {
	x = ast.Unparen(x)
	if lit, ok := x.(*ast.CompositeLit); ok {
		t := f.typeOf(lit)
		v := f.composite(lit, t)
		if _, ok := t.Underlying().(*types.Struct); ok {
			return ex{s: "&" + v.s, prec: unary, calls: v.calls}
		}
		name := f.names.temp()
		f.emit("var ", name, " ", f.typ(t))
		f.emit(name, " = ", v.s)
		return ex{s: "&" + name, prec: unary}
	}
	if star, ok := x.(*ast.StarExpr); ok {
		p := f.spill(f.expr(star.X), f.typeOf(star.X))
		f.emit("if ", p.s, " == nil { rt_nilMethod() }")
		return p
	}
	p := f.place(x, false)
	return ex{s: "&" + p.at(unary), prec: unary, calls: p.calls}
}

// place lowers an addressable expression or map element for use as the target
// of an assignment. If fixed, all its operands are evaluated at once.
func (f *fn) place(e ast.Expr, fixed bool) ex {
	e = ast.Unparen(e)
	fix := func(x ex, t types.Type) ex {
		if fixed && !x.konst {
			return f.spill(x, t)
		}
		return x
	}
	switch e := e.(type) {
	case *ast.Ident:
		return f.ident(e)
	case *ast.SelectorExpr:
		s, ok := f.info.Selections[e]
		if !ok {
			return f.selector(e)
		}
		t := f.typeOf(e.X)
		var x ex
		if isPointer(t) {
			x = fix(f.expr(e.X), t)
		} else {
			x = f.place(e.X, fixed)
		}
		return f.field(x, t, s.Index())
	case *ast.IndexExpr:
		t := f.typeOf(e.X)
		key := f.integerType(e.Index)
		array := false
		switch u := t.Underlying().(type) {
		case *types.Map:
			key = u.Key()
		case *types.Array:
			array = true
		}
		v := f.operands(
			eval{t, func() ex {
				if array {
					return f.place(e.X, fixed)
				}
				if isPointer(t) {
					p := fix(f.expr(e.X), t)
					return ex{s: "*" + p.at(unary), prec: unary, calls: p.calls}
				}
				x := f.indexed(e.X, t)
				return fix(x, t)
			}},
			eval{key, func() ex { return fix(f.indexValue(e.Index, key, t), key) }},
		)
		return ex{s: v[0].at(operand) + "[" + v[1].s + "]", prec: operand, calls: v[0].calls || v[1].calls}
	case *ast.StarExpr:
		x := fix(f.expr(e.X), f.typeOf(e.X))
		return ex{s: "*" + x.at(unary), prec: unary, calls: x.calls}
	}
	return f.expr(e) // the operand of & that is no variable: a composite literal
}

var precedence = map[token.Token]int{
	token.LOR: 1, token.LAND: 2,
	token.EQL: 3, token.NEQ: 3, token.LSS: 3, token.LEQ: 3, token.GTR: 3, token.GEQ: 3,
	token.ADD: 4, token.SUB: 4, token.OR: 4, token.XOR: 4,
	token.MUL: 5, token.QUO: 5, token.REM: 5, token.SHL: 5, token.SHR: 5, token.AND: 5, token.AND_NOT: 5,
}

func (f *fn) binary(e *ast.BinaryExpr) ex {
	switch e.Op {
	case token.LAND, token.LOR:
		return f.logical(e)
	case token.EQL, token.NEQ:
		return f.equality(e.X, e.Y, e.Op.String())
	case token.SHL, token.SHR:
		return f.shift(e.X, e.Y, f.typeOf(e), e.Op.String())
	}
	t := f.typeOf(e)
	if precedence[e.Op] == 3 { // the operands' type
		t = f.typeOf(e.X)
		if f.info.Types[e.X].Value != nil {
			t = f.typeOf(e.Y)
		}
	}
	v := f.operands(
		eval{t, func() ex { return f.arith(e.X, t) }},
		eval{t, func() ex { return f.arith(e.Y, t) }},
	)
	return f.binaryEx(v[0], v[1], e.Op)
}

// arith lowers an operand of an arithmetic operator or a comparison.
func (f *fn) arith(e ast.Expr, t types.Type) ex {
	v := f.exprAs(e, t)
	if v.literal || v.asserted {
		return f.spill(v, t)
	}
	return v
}

func (f *fn) binaryEx(x, y ex, op token.Token) ex {
	p := precedence[op]
	return opEx(x.at(p)+" "+op.String()+" "+y.at(p+1), p, x, y)
}

// logical lowers && and ||. If the right operand needs statements they must
// not run when the left one decides.
func (f *fn) logical(e *ast.BinaryExpr) ex {
	and := e.Op == token.LAND
	x := f.condition(e.X)
	if x.konst { // true && y, false || y; the interpreter cannot
		if (x.s == "true") == and {
			return f.condition(e.Y)
		}
		return x
	}
	var y ex
	code := f.capture(func() { y = f.condition(e.Y) })
	if len(code) == 0 && !y.konst && !literalIn(x.s) && !literalIn(y.s) {
		p := precedence[e.Op]
		return opEx(x.at(p)+" "+e.Op.String()+" "+y.at(p+1), p, x, y)
	}
	r := f.spill(x, types.Typ[types.Bool])
	cond := r.s
	if !and {
		cond = "!" + cond
	}
	f.emit("if ", cond, " {")
	f.out = append(f.out, code...)
	f.emit(r.s, " = ", y.s)
	f.emit("}")
	return r
}

// literalIn reports whether code has a composite literal in it, which the interpreter
// mixes up with the operands of && and ||, and the parser with a block.
func literalIn(code string) bool {
	text := false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			text = !text
		case text && c == '\\':
			i++
		case !text && c == '{':
			return true
		}
	}
	return false
}

// condition lowers a boolean that decides where to go on.
func (f *fn) condition(e ast.Expr) ex {
	v := f.expr(e)
	if v.literal {
		return f.spill(v, types.Typ[types.Bool])
	}
	return v
}

// equality lowers == and !=.
func (f *fn) equality(x, y ast.Expr, op string) ex {
	tx, ty := f.typeOf(x), f.typeOf(y)
	if f.info.Types[x].IsNil() {
		x, y, tx, ty = y, x, ty, tx
	}
	if f.info.Types[y].IsNil() {
		v := f.expr(x)
		if v.literal || v.konst || v.prec < operand || v.boxed {
			v = f.spill(v, tx)
		}
		return opEx(v.at(4)+" "+op+" nil", 3, v)
	}
	t := tx
	switch {
	case isInterface(ty) && !isInterface(tx):
		t = ty
	case isInterface(tx):
	case f.info.Types[x].Value != nil:
		t = ty
	}
	side := func(e ast.Expr, own types.Type) ex {
		if isInterface(t) && isInterface(own) {
			return f.arith(e, own)
		}
		as := own
		if isInterface(t) || f.info.Types[ast.Unparen(e)].Value != nil {
			as = t
		}
		v := f.arith(e, as)
		if isInterface(t) && (v.konst || v.prec < operand) {
			v = f.spill(v, t)
		} else if c, ok := own.Underlying().(*types.Chan); ok && c.Dir() == types.SendRecv && !types.Identical(tx, ty) {
			other := tx // which may have one direction
			if own == tx {
				other = ty
			}
			v = ex{s: f.typ(other) + "(" + v.s + ")", prec: operand, calls: v.calls}
		}
		return v
	}
	v := f.operands(eval{t, func() ex { return side(x, tx) }}, eval{t, func() ex { return side(y, ty) }})
	return opEx(v[0].at(4)+" "+op+" "+v[1].at(4), 3, v...)
}

// shift lowers x << y and x >> y. The interpreter takes a negative count for a
// very large one.
func (f *fn) shift(x, y ast.Expr, t types.Type, op string) ex {
	v := f.operands(
		eval{t, func() ex {
			v := f.exprAs(x, t)
			if v.konst && basicName(t.Underlying().(*types.Basic)) == "int" {
				v = ex{s: "int(" + v.s + ")", prec: operand, simple: true, konst: true}
			}
			return v
		}},
		eval{f.typeOf(y), func() ex { return f.shiftCount(y) }},
	)
	return opEx(v[0].at(5)+" "+op+" "+v[1].at(6), 5, v...)
}

// shiftCount lowers the right operand of a shift and checks it.
func (f *fn) shiftCount(y ast.Expr) ex {
	if tv := f.info.Types[y]; tv.Value != nil {
		return f.constant(constant.ToInt(tv.Value), types.Typ[types.Uint])
	}
	t := f.typeOf(y)
	v := f.expr(y)
	if isUnsigned(t) {
		if v.op { // the interpreter would compute in the type of the left operand
			return f.spill(v, t)
		}
		return v
	}
	if !v.simple {
		v = f.spill(v, t)
	}
	f.emit("if ", v.s, " < 0 { rt_negativeShift() }")
	return v
}
