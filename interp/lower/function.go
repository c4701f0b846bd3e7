package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// function is one function of the lowered program: a declared function or
// method, or one instance of a generic one.
type function struct {
	name  string
	decl  *declaration
	obj   *types.Func // the declared, generic one
	env   *env
	sig   *types.Signature // of this instance, without receiver
	recv  types.Type       // or nil
	value string           // the global that holds it as a value, once needed
	code  []stmt
}

// functionKey identifies a function of the lowered program.
type functionKey struct {
	obj  *types.Func // the declared, generic one; nil for a promoted method
	args string      // keys of the type arguments; of a promoted method its type and name
}

// maxInstances bounds the instances of one generic function.
const maxInstances = 2000

// function returns the instance of a declared function or method with the given
// type arguments: for a method those of its receiver's type.
func (l *lowerer) function(obj *types.Func, args []types.Type) *function {
	obj = obj.Origin()
	refuseHuge(obj.Pos(), args)
	key := functionKey{obj, l.keys.keys(args)}
	if fu, ok := l.functions[key]; ok {
		return fu
	}
	d := l.decls[obj]
	if d == nil {
		return nil
	}
	l.refuseWithheld(d)
	fu := &function{decl: d, obj: obj}
	l.functions[key] = fu
	sig := obj.Type().(*types.Signature)
	if len(args) > 0 {
		fu.env = newEnv(d.decl, l.ctxt, &l.keys)
		fu.env.args = args
		if recv := sig.RecvTypeParams(); recv.Len() > 0 {
			fu.env.bind(recv, args)
		} else {
			fu.env.bind(sig.TypeParams(), args)
		}
	}
	fu.sig = fu.env.subst(types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic())).(*types.Signature)
	if sig.Recv() != nil {
		fu.recv = fu.env.subst(sig.Recv().Type())
	}
	fu.name = l.functionName(fu, len(args) > 0)
	l.taken[fu.name] = true
	l.emitted = append(l.emitted, fu)
	if len(l.emitted) > maxInstances*10 {
		l.refuse(d.decl.Name, "instances", "", "%s is instantiated without end", obj.Name())
		l.next = len(l.emitted)
	}
	return fu
}

func (l *lowerer) functionName(fu *function, generic bool) string {
	name := "F_" + fu.decl.pkg.prefix + "_"
	if fu.recv != nil {
		if n, ok := types.Unalias(deref(fu.recv)).(*types.Named); ok {
			name += n.Obj().Name() + "_"
		}
	}
	name += fu.obj.Name()
	if fu.obj.Name() == "init" || fu.obj.Name() == "_" || generic {
		name += "_" + strconv.Itoa(len(l.functions))
	}
	// Type and method names may meet function names: T_M is also a name.
	for n := 2; l.taken[name]; n++ {
		name += "_" + strconv.Itoa(n)
	}
	return name
}

// valueOf returns the global that holds a function as a value.
func (l *lowerer) valueOf(fu *function) string {
	if fu.value == "" {
		sig := fu.sig
		if fu.recv != nil {
			params := []*types.Var{types.NewParam(token.NoPos, nil, "", fu.recv)}
			for i := range sig.Params().Len() {
				params = append(params, sig.Params().At(i))
			}
			sig = types.NewSignatureType(nil, nil, nil, types.NewTuple(params...), sig.Results(), false)
		}
		if sig.Variadic() { // in lowered code the function takes a slice
			sig = types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), false)
		}
		fu.value = "G" + strings.TrimPrefix(fu.name, "F")
		l.globals = append(l.globals, global{name: fu.value, typ: sig})
	}
	return fu.value
}

// fn is the state of lowering one function body or literal.
type fn struct {
	*lowerer
	src   *source
	info  *types.Info
	env   *env
	caps  *captures
	facts *facts
	names *names
	local map[*types.Var]string // shared with the literals inside
	outer *fn                   // of a literal
	sig   *types.Signature

	out []stmt
	pos token.Pos

	results []string // variables of the results, where there are some
	saved   bool     // return stores the results in these variables first
	wrapped bool     // the body is in a literal of its own: return has no values
	defers  string   // the variable that collects deferred calls
	rec     string   // what recover asks
	flow    *flow
	body    *loopBody // innermost body of a range over a function

	asserted string                  // the variable of the last type assertion
	labels   map[types.Object]string // of goto, in the outermost function
	made     map[ast.Expr]types.Type // expressions that the lowering made
}

// emit appends a piece of code.
func (f *fn) emit(parts ...string) {
	f.out = append(f.out, stmt{pos: f.pos, text: strings.Join(parts, "")})
}

// at sets the author's place for what is emitted next.
func (f *fn) at(n ast.Node) {
	f.pos = n.Pos()
	f.lowerer.pos = f.pos
}

// capture runs do and returns what it emitted instead of emitting it.
func (f *fn) capture(do func()) []stmt {
	saved := f.out
	f.out = nil
	do()
	out := f.out
	f.out = saved
	return out
}

// typeOf returns the type of an expression in this instance.
func (f *fn) typeOf(e ast.Expr) types.Type {
	if t, ok := f.made[e]; ok {
		return t
	}
	return f.env.subst(f.info.TypeOf(e))
}

// spill puts an expression into a temporary variable.
func (f *fn) spill(v ex, t types.Type) ex {
	name := f.names.temp()
	f.emit("var ", name, " ", f.typ(t), " = ", v.s)
	return variable(name)
}

func variable(name string) ex { return ex{s: name, prec: operand, simple: true} }

// eval is an operand that is yet to be lowered.
type eval struct {
	typ types.Type
	do  func() ex
}

// operands lowers expressions that are evaluated one after the other. Where a
// later one needs statements, the calls of earlier ones are put before them.
func (f *fn) operands(evals ...eval) []ex {
	vals := make([]ex, len(evals))
	if len(evals) == 1 {
		vals[0] = evals[0].do()
		return vals
	}
	code := make([][]stmt, len(evals))
	last := -1
	for i, e := range evals {
		code[i] = f.capture(func() { vals[i] = e.do() })
		if len(code[i]) > 0 {
			last = i
		}
	}
	// Calls come before conversions to interfaces, which copy: as compiled.
	boxed := false
	for i := range evals {
		if boxed && vals[i].calls {
			last = i + 1
		}
		boxed = boxed || vals[i].boxed && !vals[i].calls
	}
	for i, e := range evals {
		f.out = append(f.out, code[i]...)
		if i < last && vals[i].calls {
			vals[i] = f.spill(vals[i], e.typ)
		}
	}
	return vals
}

// lowerFunction lowers the body of a function.
func (l *lowerer) lowerFunction(fu *function) {
	d := fu.decl
	if d.decl.Body == nil { // it is withheld, and the program refused
		return
	}
	f := &fn{
		lowerer: l, src: d.pkg, info: d.pkg.Info, env: fu.env,
		caps:  l.capturesOf(d.decl, d.pkg.Info),
		names: newNames(), local: map[*types.Var]string{},
		sig: fu.sig, pos: d.decl.Pos(),
	}
	f.facts = f.caps.facts[d.decl]
	l.pos = d.decl.Pos()
	var params []string
	if d.decl.Recv != nil {
		params = f.params(params, d.decl.Recv, fu.recv)
	}
	params = f.params(params, d.decl.Type.Params, nil)
	f.emit("func ", fu.name, "(", strings.Join(params, ", "), ")", f.resultTypes(), " {")
	f.lowerBody(d.decl.Type, d.decl.Body)
	f.emit("}")
	fu.code = f.out
}

// params declares the parameters of a field list. A receiver's type is given:
// its type parameters are declared by the receiver itself.
func (f *fn) params(list []string, fields *ast.FieldList, recv types.Type) []string {
	for _, field := range fields.List {
		t := recv
		if t == nil {
			if e, ok := field.Type.(*ast.Ellipsis); ok {
				t = types.NewSlice(f.typeOf(e.Elt))
			} else {
				t = f.typeOf(field.Type)
			}
		}
		if len(field.Names) == 0 {
			list = append(list, f.names.pick("p")+" "+f.typ(t))
		}
		for _, name := range field.Names {
			v, _ := f.info.Defs[name].(*types.Var)
			list = append(list, f.declare(v, name.Name)+" "+f.typ(t))
		}
	}
	return list
}

// declare gives a variable its name in lowered code.
func (f *fn) declare(v *types.Var, name string) string {
	s := f.names.pick(name)
	if v != nil {
		f.local[v] = s
	}
	return s
}

func (f *fn) resultTypes() string {
	res := f.sig.Results()
	switch res.Len() {
	case 0:
		return ""
	case 1:
		return " " + f.typ(res.At(0).Type())
	}
	list := make([]string, res.Len())
	for i := range list {
		list[i] = f.typ(res.At(i).Type())
	}
	return " (" + strings.Join(list, ", ") + ")"
}

// lowerBody lowers what stands between the braces of a function.
func (f *fn) lowerBody(typ *ast.FuncType, body *ast.BlockStmt) {
	if f.facts.recovers && f.rec == "" {
		f.rec = f.names.temp()
		f.emit("var ", f.rec, " rt_Defers = rt_entered()")
	}
	collects := f.facts.defers > 0 && !f.directDefer()
	leaves := collects || f.returnsFromRange(body)
	if f.sig.Results().Len() > 0 && (leaves || namedResults(typ)) {
		f.declareResults(typ)
		f.saved = leaves || f.sharedResults(typ)
	}
	if !collects {
		f.block(body.List)
		return
	}
	f.defers = f.names.temp()
	lit := f.names.temp()
	f.emit("var ", lit, " rt_Body = func(", f.defers, " rt_Defers) {")
	f.wrapped = true
	f.block(body.List)
	f.wrapped = false
	f.pos = body.Rbrace
	f.emit("}")
	f.emit("rt_run(", lit, ")")
	if len(f.results) > 0 {
		f.emit("return ", strings.Join(f.results, ", "))
	}
}

var niladic = types.NewSignatureType(nil, nil, nil, nil, nil, false)

func namedResults(typ *ast.FuncType) bool {
	return typ.Results != nil && len(typ.Results.List) > 0 && len(typ.Results.List[0].Names) > 0
}

func (f *fn) declareResults(typ *ast.FuncType) {
	i := 0
	for _, field := range typ.Results.List {
		n := max(len(field.Names), 1)
		for k := range n {
			var v *types.Var
			name := "r"
			if len(field.Names) > 0 {
				v, _ = f.info.Defs[field.Names[k]].(*types.Var)
				if v != nil && v.Name() != "_" {
					name = v.Name()
				}
			}
			s := f.declare(v, name)
			f.emit("var ", s, " ", f.typ(f.sig.Results().At(i).Type()))
			f.results = append(f.results, s)
			i++
		}
	}
}

// sharedResults reports whether a literal or pointer can see a named result.
func (f *fn) sharedResults(typ *ast.FuncType) bool {
	for _, field := range typ.Results.List {
		for _, name := range field.Names {
			if v, ok := f.info.Defs[name].(*types.Var); ok && f.caps.shared[v] {
				return true
			}
		}
	}
	return false
}

// returnsFromRange reports whether the body returns from inside a range over a
// function, whose body becomes a literal.
func (f *fn) returnsFromRange(body *ast.BlockStmt) bool {
	if !f.facts.returns {
		return false
	}
	found := false
	var walk func(n ast.Node, inside bool)
	walk = func(n ast.Node, inside bool) {
		ast.Inspect(n, func(m ast.Node) bool {
			switch m := m.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ReturnStmt:
				found = found || inside
			case *ast.RangeStmt:
				if m != n && underFunc(f.typeOf(m.X)) != nil {
					walk(m.Body, true)
					return false
				}
			}
			return !found
		})
	}
	walk(body, false)
	return found
}

// closure lowers a function literal into the variable called name, which it
// declares.
func (f *fn) closure(lit *ast.FuncLit, name string, typ types.Type, rec string) {
	f.closureIn(lit, name, f.typ(typ), rec, f.concurrent)
}

// closureIn lowers a literal. The interpreter keeps the newest function of each
// literal in a variable of the enclosing call and resets it when one of them
// ends: if others can run at the same time, the literal is put in a call of its
// own.
func (f *fn) closureIn(lit *ast.FuncLit, name, typ, rec string, alone bool) {
	sig, _ := f.typeOf(lit).(*types.Signature)
	inner := &fn{
		lowerer: f.lowerer, src: f.src, info: f.info, env: f.env, caps: f.caps,
		facts: f.caps.facts[lit], names: f.names, local: f.local,
		outer: f, sig: sig, pos: lit.Pos(), rec: rec,
	}
	params := inner.params(nil, lit.Type.Params, nil)
	if sig.Variadic() {
		last := len(params) - 1
		v := strings.SplitN(params[last], " ", 2)
		elem := sig.Params().At(sig.Params().Len() - 1).Type().(*types.Slice).Elem()
		params[last] = v[0] + " ..." + f.typ(elem)
	}
	head := "func(" + strings.Join(params, ", ") + ")" + inner.resultTypes() + " {"
	tail := "}"
	if alone {
		head = "func() " + typ + " { return " + head
		tail = "} }()"
	}
	pos := f.pos
	f.at(lit)
	f.emit("var ", name, " ", typ, " = ", head)
	inner.lowerBody(lit.Type, lit.Body)
	f.out = append(f.out, inner.out...)
	f.pos = lit.Body.Rbrace
	f.emit(tail)
	f.pos = pos
}
