package lower

import (
	"go/ast"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// dispatcher is a function of the lowered program that calls one method of an
// interface: directly if the value is of a type of the program, else as
// compiled code.
type dispatcher struct {
	name  string
	iface types.Type
	obj   *types.Func
	sig   *types.Signature
	// called is set when there is a call of it: most calls are made in place.
	called bool
}

// function returns the name by which to call the dispatcher.
func (d *dispatcher) function() string {
	d.called = true
	return d.name
}

// callInterface lowers x.m(args) where x is an interface.
func (f *fn) callInterface(e *ast.CallExpr, x *ast.SelectorExpr, m method) ex {
	sig := m.obj.Type().(*types.Signature)
	t := f.typeOf(x.X)
	recv := eval{m.recv, func() ex {
		v := f.base(x.X, m)
		if len(m.path) > 0 || !v.simple {
			v = f.field(v, t, m.path)
		}
		return f.before(x, v, m.recv)
	}}
	if !f.dispatched(m.obj) {
		evals := append([]eval{{m.recv, func() ex {
			v := recv.do()
			if v.prec < operand {
				v = f.spill(v, m.recv)
			}
			return v
		}}}, f.args(e, sig, false)...)
		v := f.operands(evals...)
		return callEx(v[0].at(operand)+"."+m.obj.Name(), v[1:], e.Ellipsis.IsValid())
	}
	d := f.dispatcher(m.recv, m.obj)
	evals := append([]eval{recv}, f.args(e, sig, true)...)
	v := f.operands(evals...)
	if sig.Results().Len() > 1 {
		return callEx(d.function(), v, false)
	}
	c := &interfaceCall{dispatcher: d, index: f.names.temp(), value: ReceiverPrefix + strings.TrimPrefix(f.names.temp(), "t_")}
	for i, x := range v {
		// A variable that is the receiver is read before arguments are computed.
		if !x.simple || x.prec < operand || i == 0 && len(v) > 1 {
			x = f.spill(x, evals[i].typ)
		}
		c.args = append(c.args, x.s)
	}
	f.interfaceCalls = append(f.interfaceCalls, c)
	mark := interfaceMark + strconv.Itoa(len(f.interfaceCalls)-1)
	if sig.Results().Len() == 0 {
		f.emit(mark)
		return variable("nil")
	}
	c.result = f.names.temp()
	f.emit("var ", c.result, " ", f.typ(sig.Results().At(0).Type()))
	f.emit(mark)
	return variable(c.result)
}

// interfaceMark stands for the call of an interface's method until all types
// that implement the interface are known.
const interfaceMark = "\x00interface "

// interfaceCall is such a call.
type interfaceCall struct {
	*dispatcher
	args         []string // variables or constants, the receiver first
	result       string   // variable, or ""
	index, value string   // names for variables
}

// ReceiverPrefix begins the names of variables that hold what a method of an interface
// is called for.
const ReceiverPrefix = "r_"

// maxInline is how many implementations are tried in place, which spares the
// call of the dispatcher.
const maxInline = 2

// expand puts the code of interface calls in place of their marks.
func (l *lowerer) expand(code []stmt) []stmt {
	marked := func(s stmt) bool { return strings.HasPrefix(s.text, interfaceMark) }
	if !slices.ContainsFunc(code, marked) {
		return code
	}
	var out []stmt
	for _, s := range code {
		mark, ok := strings.CutPrefix(s.text, interfaceMark)
		if !ok {
			out = append(out, s)
			continue
		}
		n, _ := strconv.Atoi(mark)
		for _, text := range l.interfaceCall(l.interfaceCalls[n]) {
			out = append(out, stmt{pos: s.pos, text: text})
		}
	}
	return out
}

func (l *lowerer) interfaceCall(c *interfaceCall) []string {
	store := ""
	if c.result != "" {
		store = c.result + " = "
	}
	list := l.implementations(c.dispatcher)
	if len(list) > maxInline {
		return []string{store + callEx2(c.function(), c.args)}
	}
	if len(list) == 1 && plain(list[0].typ) {
		i := list[0]
		call := callEx2(i.callee(l), append([]string{i.wrap + c.value}, c.args[1:]...))
		return []string{
			c.value + ", " + c.index + " := " + l.typeFunction(UnboxTyped, "X", i.typ) + "(" + c.args[0] + ")",
			"if " + c.index + " {", store + call,
			"} else {", store + c.compiled(l, c.args[0], c.args[1:]), "}",
		}
	}
	out := []string{c.index + ", " + c.value + " := rt_open(" + c.args[0] + ")"}
	for _, i := range list {
		out = append(out, "if "+c.index+" == "+strconv.Itoa(l.table.Add(i.typ))+" {",
			store+i.call(l, c.value, c.args[1:]), "} else {")
	}
	out = append(out, store+c.compiled(l, c.args[0], c.args[1:]))
	for range list {
		out = append(out, "}")
	}
	return out
}

// compiled returns the call of the method for a value of a compiled type.
func (d *dispatcher) compiled(l *lowerer, x string, args []string) string {
	if !d.obj.Exported() || !l.compiledMethod(d.obj) {
		if d.sig.Results().Len() == 1 {
			return "any(rt_noMethod(" + x + ", " + strconv.Quote(d.obj.Name()) + ")).(" + l.typ(d.sig.Results().At(0).Type()) + ")"
		}
		return "rt_noMethod(" + x + ", " + strconv.Quote(d.obj.Name()) + ")"
	}
	call := x + "." + d.obj.Name()
	if !d.sig.Variadic() {
		return callEx2(call, args)
	}
	if last := len(args) - 1; strings.HasPrefix(args[last], "Z_") { // nil
		return callEx2(call, args[:last])
	}
	return call + "(" + strings.Join(args, ", ") + "...)"
}

// dispatched reports whether an interface method can be one of a type of the
// program. If none has such a method it is called as compiled code, provided it
// is one that compiled types can have.
func (l *lowerer) dispatched(m *types.Func) bool {
	return l.methods[m.Name()] || !l.compiledMethod(m)
}

// compiledMethod reports whether compiled types can have an interface's method: its
// signature has compiled types only, or the interface is a compiled one whose method
// names an instance of a compiled generic type, as reflect.Type.Fields does.
func (l *lowerer) compiledMethod(m *types.Func) bool {
	if l.compiled(m.Type()) {
		return true
	}
	s := l.pkgs[m.Pkg()]
	return (s == nil || s.Standard) && m.Origin() == m
}

// dispatcher returns the dispatcher of a method of an interface.
func (l *lowerer) dispatcher(iface types.Type, obj *types.Func) *dispatcher {
	key := l.keys.key(iface) + "." + obj.Name()
	if d, ok := l.dispatch[key]; ok {
		return d
	}
	d := &dispatcher{
		name:  "D_" + strconv.Itoa(len(l.dispatchs)) + "_" + obj.Name(),
		iface: iface, obj: obj,
		sig: obj.Type().(*types.Signature),
	}
	l.dispatch[key] = d
	l.dispatchs = append(l.dispatchs, d)
	return d
}

// code returns the code of the dispatcher, for the types of the program that
// implement the interface.
func (l *lowerer) dispatcherCode(d *dispatcher) []stmt {
	var out []stmt
	emit := func(parts ...string) { out = append(out, stmt{text: strings.Join(parts, "")}) }
	params, args := []string{"x " + l.typ(d.iface)}, []string(nil)
	for i := range d.sig.Params().Len() {
		name := "p" + strconv.Itoa(i)
		params = append(params, name+" "+l.typ(d.sig.Params().At(i).Type()))
		args = append(args, name)
	}
	f := &fn{lowerer: l, sig: d.sig}
	result, returns := f.resultTypes(), "return "
	if d.sig.Results().Len() == 0 {
		returns = ""
	}
	emit("func ", d.name, "(", strings.Join(params, ", "), ")", result, " {")
	if l.mayRecover(d.obj.Name()) {
		emit("rt_forward()")
	}
	emit("i, v := rt_open(x)")
	tail := ""
	if returns == "" {
		tail = "; return"
	}
	for _, c := range l.implementations(d) {
		emit("if i == ", strconv.Itoa(l.table.Add(c.typ)), " { ", returns, c.call(l, "v", args), tail, " }")
	}
	emit("_ = v")
	if d.sig.Results().Len() > 1 && (!d.obj.Exported() || !l.compiledMethod(d.obj)) {
		returns = ""
	}
	last := d.compiled(l, "x", args)
	if returns != "" && strings.HasPrefix(last, "any(") {
		emit("var r", result, " = ", last)
		last = "r"
	}
	emit(returns, last)
	emit("}")
	return out
}

// implementation is a type of the program that implements an interface.
type implementation struct {
	typ  types.Type
	fn   *function
	wrap string // "*" if the method wants a value and the type is a pointer
}

// call returns the call of the method for the value that rt_open gave.
func (i implementation) call(l *lowerer, value string, args []string) string {
	recv := i.wrap + "any(" + value + ").(" + l.typ(i.typ) + ")"
	return callEx2(i.callee(l), append([]string{recv}, args...))
}

func (i implementation) callee(l *lowerer) string {
	name := i.fn.name
	if i.fn.floating() {
		name = l.valueOf(i.fn)
	}
	if i.wrap == "*" {
		l.nilReceiver(name, i)
	}
	return name
}

// nilReceiver notes what the runtime says where the pointer in the interface is nil.
func (l *lowerer) nilReceiver(callee string, i implementation) {
	if l.prog.NilReceivers == nil {
		l.prog.NilReceivers = map[string]string{}
	}
	n, ok := types.Unalias(deref(i.typ)).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || i.fn.obj == nil {
		return
	}
	name, _, generic := strings.Cut(n.Obj().Name(), "[")
	if generic || n.TypeArgs().Len() > 0 {
		name += "[...]"
	}
	l.prog.NilReceivers[callee] = "value method " + n.Obj().Pkg().Path() + "." + name + "." + i.fn.obj.Name() +
		" called using nil *" + name + " pointer"
}

func (l *lowerer) implementations(d *dispatcher) []implementation {
	iface, ok := d.iface.Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	// Values of other types come from compiled code only, and can be left to it.
	leave := d.obj.Exported() && l.compiledMethod(d.obj)
	var list []implementation
	for _, t := range l.boxed() {
		if leave && !l.converted[l.keys.key(t)] {
			continue
		}
		if isInterface(t) || !types.Implements(t, iface) {
			continue
		}
		if fu, wrap := l.boundMethod(t, d.obj); fu != nil {
			list = append(list, implementation{t, fu, wrap})
		}
	}
	return list
}

// boundMethod returns the function that implements a method of type t.
func (l *lowerer) boundMethod(t types.Type, obj *types.Func) (*function, string) {
	o, path, indirect := types.LookupFieldOrMethod(t, false, obj.Pkg(), obj.Name())
	m, ok := o.(*types.Func)
	if !ok {
		return nil, ""
	}
	_ = indirect
	if len(path) > 1 {
		return l.promoted(t, m, path), ""
	}
	fu := l.methodFunction(method{obj: m, recv: t})
	if fu == nil {
		return nil, ""
	}
	if isPointer(t) && !isPointer(fu.recv) {
		return fu, "*"
	}
	return fu, ""
}

// methodValue lowers x.m as a value: the receiver is evaluated now.
func (f *fn) methodValue(e *ast.SelectorExpr) ex {
	m := f.lookup(e)
	t := f.typeOf(e)
	sig := t.(*types.Signature)
	if !isInterface(m.recv) {
		if fu := f.methodFunction(m); fu != nil {
			recv := f.spill(f.receiver(e.X, m, isPointer(fu.recv)), fu.recv)
			return f.forward(t, sig, f.callsRecover(fu), func(args []string) string {
				return callEx2(fu.name, append([]string{recv.s}, args...))
			})
		}
		x := f.typeOf(e.X)
		var recv ex
		if obj := m.obj.Type().(*types.Signature).Recv(); obj != nil && isPointer(obj.Type()) && !isPointer(m.recv) {
			p := f.field(f.place(e.X, false), x, m.path)
			recv = ex{s: "&" + p.at(unary), prec: unary}
		} else {
			recv = f.field(f.base(e.X, m), x, m.path)
		}
		return f.boundNative(recv, m.obj.Name(), t)
	}
	recv := f.spill(f.field(f.base(e.X, m), f.typeOf(e.X), m.path), m.recv)
	f.emit("if ", recv.s, " == nil { rt_nilMethod() }")
	if !f.dispatched(m.obj) {
		return f.boundNative(recv, m.obj.Name(), t)
	}
	d := f.dispatcher(m.recv, m.obj)
	return f.forward(t, sig, f.mayRecover(m.obj.Name()), func(args []string) string {
		return callEx2(d.function(), append([]string{recv.s}, args...))
	})
}

// boundNative returns a method value of compiled code.
func (f *fn) boundNative(recv ex, name string, t types.Type) ex {
	s := "any(rt_method(" + recv.s + ", " + strconv.Quote(name) + ")).(" + f.typ(t) + ")"
	return f.spill(ex{s: s, prec: operand}, t)
}

func callEx2(fun string, args []string) string { return fun + "(" + strings.Join(args, ", ") + ")" }

// forward returns a literal of type t that calls something else with its
// parameters.
//
// It must say so at run time if what it calls may call recover.
func (f *fn) forward(t types.Type, sig *types.Signature, recovers bool, call func(args []string) string) ex {
	var params, args []string
	for i := range sig.Params().Len() {
		p := f.names.temp()
		pt := sig.Params().At(i).Type()
		if sig.Variadic() && i == sig.Params().Len()-1 {
			params = append(params, p+" ..."+f.typ(pt.(*types.Slice).Elem()))
		} else {
			params = append(params, p+" "+f.typ(pt))
		}
		args = append(args, p)
	}
	inner := &fn{lowerer: f.lowerer, sig: sig}
	body := call(args)
	if sig.Results().Len() > 0 {
		body = "return " + body
	}
	if recovers {
		body = "rt_forward(); " + body
	}
	name := f.names.temp()
	head, tail := "func("+strings.Join(params, ", ")+")"+inner.resultTypes()+" { "+body+" }", ""
	if f.concurrent {
		head, tail = "func() "+f.typ(t)+" { return "+head, " }()"
	}
	f.out = append(f.out, stmt{f.pos, "var " + name + " " + f.typ(t) + " = " + head + tail, true})
	return variable(name)
}

// variadicValue returns a variadic function as a value: in lowered code it
// takes a slice, which its type does not.
func (f *fn) variadicValue(fu *function) ex {
	return f.forward(fu.sig, fu.sig, f.callsRecover(fu), func(args []string) string { return callEx2(fu.name, args) })
}

// methodExpr lowers T.m as a value.
func (f *fn) methodExpr(e *ast.SelectorExpr) ex {
	m := f.lookup(e)
	t := f.typeOf(e)
	sig := t.(*types.Signature)
	recvType := sig.Params().At(0).Type()
	return f.forward(t, sig, f.mayRecover(m.obj.Name()), func(args []string) string {
		if isInterface(m.recv) && len(m.path) == 0 {
			d := f.dispatcher(m.recv, m.obj)
			return callEx2(d.function(), args)
		}
		x := f.field(variable(args[0]), recvType, m.path)
		if fu := f.methodFunction(m); fu != nil {
			switch have := isPointer(m.recv); {
			case isPointer(fu.recv) && !have:
				x.s = "&" + x.s
			case !isPointer(fu.recv) && have && len(m.path) == 0:
				x.s = "*any(" + x.s + ").(" + f.typ(recvType) + ")"
				f.nilReceiver(fu.name, implementation{typ: recvType, fn: fu})
			case !isPointer(fu.recv) && have:
				x.s = "*" + x.s
			}
			return callEx2(fu.name, append([]string{x.s}, args[1:]...))
		}
		if sig.Variadic() {
			args[len(args)-1] += "..."
		}
		return x.s + "." + callEx2(m.obj.Name(), args[1:])
	})
}
