package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
	"unicode/utf8"
)

// program lowers everything that the entries and the initialisation of the
// packages need and assembles the source.
func (l *lowerer) program(entries []string) {
	for _, s := range l.order {
		l.concurrent = l.concurrent || !s.Standard && startsGoroutines(s)
	}
	l.logs()
	init := l.initCode()
	var ready []stmt
	for _, name := range entries {
		obj, ok := l.root.Types.Scope().Lookup(name).(*types.Func)
		if !ok {
			continue
		}
		fu := l.function(obj, nil)
		if fu == nil {
			continue
		}
		l.prog.Entries = append(l.prog.Entries, name)
		ready = append(ready, stmt{text: "rt_ready(" + strconv.Quote(name) + ", " + fu.name + ")"})
	}
	var binds []stmt
	var dispatch [][]stmt                       // by dispatcher
	for begun := -1; begun != len(l.emitted); { // dispatchers need functions and those dispatchers
		begun = len(l.emitted)
		binds = append(binds, l.complete()...)
		dispatch = nil
		for i := 0; i < len(l.dispatchs); i++ {
			dispatch = append(dispatch, l.dispatcherCode(l.dispatchs[i]))
		}
	}
	for _, fu := range l.emitted {
		fu.code = l.expand(fu.code)
	}
	if l.failed {
		return
	}
	if len(l.root.Handlers) > 0 {
		l.serial(entries)
	}
	w := &writer{fset: l.fset}
	w.b.Grow(l.codeSize())
	w.b.WriteString("package main\n\nimport . \"" + ImportPath + "\"\n\n")
	for _, g := range l.globals {
		w.b.WriteString("var " + g.name + " " + l.typ(g.typ) + "\n")
	}
	for _, fu := range l.emitted {
		w.statements(fu.code)
	}
	w.place("dispatch")
	for i, d := range l.dispatchs {
		if d.called {
			w.statements(dispatch[i])
		}
	}
	w.place("main")
	w.b.WriteString("func main() {\n")
	if l.functionPointers {
		l.prog.Functions = map[string]token.Position{}
	}
	for _, fu := range l.emitted {
		if l.functionPointers && fu.decl != nil {
			l.prog.Functions[fu.name] = l.fset.Position(fu.decl.decl.Pos())
		}
		if fu.value != "" {
			w.b.WriteString(fu.value + " = " + fu.name + "\n")
			if l.functionPointers {
				w.b.WriteString("rt_function(" + fu.value + ", " + strconv.Quote(fu.name) + ")\n")
			}
		}
	}
	for _, b := range binds {
		w.b.WriteString(b.text + "\n")
	}
	w.begun = false
	w.statements(init)
	w.place("main")
	for _, r := range ready {
		w.b.WriteString(r.text + "\n")
	}
	w.b.WriteString("rt_park()\n}\n")
	l.prog.Source = w.b.String()
	l.prog.Helpers = helperNames(l.prog.Source)
	l.table.Freeze()
}

// codeSize is about how long the lowered source is going to be, in bytes.
func (l *lowerer) codeSize() int {
	size := 1 << 10
	for _, fu := range l.emitted {
		for _, s := range fu.code {
			size += len(s.text) + 4
		}
	}
	return size
}

// helperNames returns the words of a text that begin with rt_, each once.
func helperNames(text string) []string {
	names, seen := []string{}, map[string]bool{}
	inWord := func(c byte) bool {
		return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= utf8.RuneSelf
	}
	for rest := text; ; {
		i := strings.Index(rest, "rt_")
		if i < 0 {
			return names
		}
		end := i + len("rt_")
		for end < len(rest) && inWord(rest[end]) {
			end++
		}
		if name := rest[i:end]; (i == 0 || !inWord(rest[i-1])) && !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
		rest = rest[end:]
	}
}

// complete lowers functions until nothing new is needed, and returns the code
// that binds methods to their types.
func (l *lowerer) complete() []stmt {
	var binds []stmt
	for {
		for l.next < len(l.emitted) {
			fu := l.emitted[l.next]
			l.next++
			if fu.decl != nil {
				l.lowerFunction(fu)
			}
		}
		if l.bound == len(l.reachedTypes) {
			return binds
		}
		for l.bound < len(l.reachedTypes) {
			t := l.reachedTypes[l.bound]
			l.bound++
			binds = append(binds, l.bind(t)...)
		}
	}
}

// bind returns the code that binds the methods of a type that compiled code may
// see.
func (l *lowerer) bind(t types.Type) []stmt {
	if isInterface(t) || isPointer(t) {
		return nil
	}
	i := l.table.Add(t)
	args := []string{strconv.Itoa(i)}
	for _, m := range l.table.Methods(i) {
		if m.Promoted && !l.dereferences(t, m.Func) || !m.Func.Exported() {
			continue // it needs nothing, or compiled code has no way to call it
		}
		recv := t
		if m.Pointer {
			recv = types.NewPointer(t)
		}
		fu, _ := l.boundMethod(recv, m.Func)
		if fu == nil {
			continue
		}
		args = append(args, strconv.Quote(m.Name), fu.name)
	}
	if len(args) == 1 {
		return nil
	}
	return []stmt{{text: "rt_bind(" + strings.Join(args, ", ") + ")"}}
}

// dereferences reports whether the promoted method is one for values of a source type,
// and reached through an embedded pointer: where that is nil, the promotion panics and
// not the method.
func (l *lowerer) dereferences(t types.Type, m *types.Func) bool {
	if recv := m.Signature().Recv(); recv == nil || isPointer(recv.Type()) || l.decls[m.Origin()] == nil {
		return false
	}
	_, path, _ := types.LookupFieldOrMethod(t, true, m.Pkg(), m.Name())
	return len(path) > 1 && isPointer(fieldType(t, path[:len(path)-1]))
}

// reached notes that values of type t are converted to interfaces, so that
// compiled code sees them, and through them the types they consist of.
func (l *lowerer) reached(t types.Type) {
	t = types.Unalias(t)
	if l.compiled(t) {
		return
	}
	key := l.keys.key(t)
	if l.reachedKeys[key] {
		return
	}
	if l.reachedKeys == nil {
		l.reachedKeys = map[string]bool{}
	}
	l.reachedKeys[key] = true
	switch u := t.(type) {
	case *types.Named:
		l.reachedTypes = append(l.reachedTypes, u)
		l.reached(types.NewPointer(u))
		l.reached(u.Underlying())
	case *types.Pointer:
		l.table.Add(u)
		l.reachedPtrs = append(l.reachedPtrs, u)
		l.reached(u.Elem())
	case *types.Slice:
		l.reached(u.Elem())
	case *types.Array:
		l.reached(u.Elem())
	case *types.Chan:
		l.reached(u.Elem())
	case *types.Map:
		l.reached(u.Key())
		l.reached(u.Elem())
	case *types.Signature:
		for i := range u.Params().Len() {
			l.reached(u.Params().At(i).Type())
		}
		for i := range u.Results().Len() {
			l.reached(u.Results().At(i).Type())
		}
	case *types.Struct:
		for i := range u.NumFields() {
			if u.Field(i).Embedded() {
				l.reachedTypes = append(l.reachedTypes, u)
				l.reached(types.NewPointer(u))
				break
			}
		}
		for i := range u.NumFields() {
			l.reached(u.Field(i).Type())
		}
	}
}

// boxed returns the types of the program whose values can be in interfaces and
// that can have methods.
func (l *lowerer) boxed() []types.Type {
	list := append([]types.Type(nil), l.reachedTypes...)
	for _, p := range l.reachedPtrs {
		list = append(list, p)
	}
	return list
}

// promoted returns a function for a method of t that an embedded field has.
func (l *lowerer) promoted(t types.Type, m *types.Func, path []int) *function {
	key := functionKey{args: "promoted " + l.keys.key(t) + "." + m.Name()}
	if fu, ok := l.functions[key]; ok {
		return fu
	}
	embedded := l.embedding(t, path[:len(path)-1])
	recv := fieldType(t, embedded)
	sig := m.Type().(*types.Signature)
	fu := &function{name: "W_" + strconv.Itoa(len(l.functions)) + "_" + m.Name(), obj: m, recv: t, sig: sig}
	l.functions[key] = fu
	l.emitted = append(l.emitted, fu)

	f := &fn{lowerer: l, sig: sig, names: newNames()}
	params, args := []string{"x " + l.typ(t)}, []string(nil)
	for i := range sig.Params().Len() {
		name := "p" + strconv.Itoa(i)
		params = append(params, name+" "+l.typ(sig.Params().At(i).Type()))
		args = append(args, name)
	}
	f.emit("func ", fu.name, "(", strings.Join(params, ", "), ")", f.resultTypes(), " {")
	if l.mayRecover(m.Name()) {
		f.emit("rt_forward()")
	}
	x := f.field(variable("x"), t, embedded)
	ret := ""
	if sig.Results().Len() > 0 {
		ret = "return "
	}
	f.emit(ret, f.promotedCall(x, method{obj: m, recv: recv}, sig, args))
	f.emit("}")
	fu.code = f.out
	return fu
}

// promotedCall calls a method of an embedded field.
func (f *fn) promotedCall(x ex, m method, sig *types.Signature, args []string) string {
	if isInterface(m.recv) {
		if f.dispatched(m.obj) {
			d := f.dispatcher(m.recv, m.obj)
			return callEx2(d.function(), append([]string{x.s}, args...))
		}
	} else if fu := f.methodFunction(m); fu != nil {
		switch have := isPointer(m.recv); {
		case isPointer(fu.recv) && !have:
			x.s = "&" + x.s
		case !isPointer(fu.recv) && have:
			x.s = "*" + x.s
		}
		return callEx2(fu.name, append([]string{x.s}, args...))
	}
	if sig.Variadic() {
		args[len(args)-1] += "..."
	}
	return x.s + "." + callEx2(m.obj.Name(), args)
}

// initCode lowers the initialisation of all packages, in the order of their
// imports.
func (l *lowerer) initCode() []stmt {
	var code []stmt
	for _, s := range l.order {
		if s.Standard {
			continue
		}
		code = append(code, l.initPackage(s)...)
	}
	return code
}

func (l *lowerer) initPackage(s *source) []stmt {
	var code []stmt
	for _, file := range s.Files { // variables exist even if nothing is stored in them
		for _, d := range file.Decls {
			if g, ok := d.(*ast.GenDecl); ok {
				l.declareGlobals(s, g)
			}
		}
	}
	for i, init := range s.initOrder() {
		name := "F_" + s.prefix + "_var_" + strconv.Itoa(i)
		for l.taken[name] {
			name += "_"
		}
		l.taken[name] = true
		code = append(code, l.initVar(s, init, name))
	}
	for _, file := range s.Files {
		for _, d := range file.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || decl.Recv != nil || decl.Name.Name != "init" {
				continue
			}
			obj, _ := s.Info.Defs[decl.Name].(*types.Func)
			fu := l.function(obj, nil)
			code = append(code, stmt{pos: decl.Pos(), text: fu.name + "()"})
		}
	}
	return code
}

func (l *lowerer) declareGlobals(s *source, g *ast.GenDecl) {
	for _, spec := range g.Specs {
		vs, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for _, id := range vs.Names {
			if v, ok := s.Info.Defs[id].(*types.Var); ok && id.Name != "_" {
				l.globalVar(v)
			}
		}
	}
}

// initVar lowers one initialiser to a function of its own.
func (l *lowerer) initVar(s *source, init *types.Initializer, name string) stmt {
	fu := &function{name: name, sig: niladic}
	l.emitted = append(l.emitted, fu)
	f := &fn{
		lowerer: l, src: s, info: s.Info, caps: l.capturesOf(init.Rhs, s.Info),
		names: newNames(), local: map[*types.Var]string{}, sig: niladic, pos: init.Rhs.Pos(),
	}
	f.facts = f.caps.facts[init.Rhs]
	f.emit("func ", name, "() {")
	if len(init.Lhs) == 1 {
		v := init.Lhs[0]
		if v.Name() == "_" {
			f.discardAs(init.Rhs, v.Type())
		} else {
			g, _ := l.globalVar(v)
			x := f.exprAs(init.Rhs, v.Type())
			if !x.simple {
				x = f.spill(x, v.Type())
			}
			f.emit(g, " = ", x.s)
		}
	} else {
		ts := f.tupleTypes(ast.Unparen(init.Rhs))
		targets := make([]target, len(init.Lhs))
		for i, v := range init.Lhs {
			targets[i] = target{fresh: true, copied: true}
			if v.Name() == "_" {
				targets[i] = target{name: "_"}
			}
		}
		f.multi(ast.Unparen(init.Rhs), targets, ts, true)
		for i, v := range init.Lhs {
			if v.Name() != "_" {
				g, _ := l.globalVar(v)
				f.emit(g, " = ", f.convert(variable(targets[i].name), ts[i], v.Type()).s)
			}
		}
	}
	f.emit("}")
	fu.code = f.out
	return stmt{pos: init.Rhs.Pos(), text: name + "()"}
}

// initialised reports whether a variable of a standard package with source is
// one of the lowered program, and sees to its initialisation.
func (l *lowerer) initialised(s *source, v *types.Var) bool { return false }

// startsGoroutines reports whether code of the package can run in several
// goroutines.
func startsGoroutines(s *source) bool {
	found := false
	for _, file := range s.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				found = true
			case *ast.SelectorExpr:
				if name := n.Sel.Name; name == "AfterFunc" || name == "Go" || name == "NewServer" {
					found = true
				}
			}
			return !found
		})
	}
	return found
}
