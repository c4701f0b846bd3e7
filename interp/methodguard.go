package interp

import (
	"log"
	"log/slog"
	"reflect"
	"slices"
)

// Functions and methods of packages log and log/slog that depend on the process: see
// logplaces.go and slogplaces.go.

// replacedMethods are the names of methods that may be such.
var replacedMethods = map[string]bool{
	"Print": true, "Printf": true, "Println": true, "Output": true,
	"Panic": true, "Panicf": true, "Panicln": true, "Fatal": true, "Fatalf": true, "Fatalln": true,
	"Debug": true, "Info": true, "Warn": true, "Error": true, "Log": true, "LogAttrs": true, "Handle": true,
	"DebugContext": true, "InfoContext": true, "WarnContext": true, "ErrorContext": true,
}

// replacedFunction is the instance's version of a function of these packages, nil where
// the package's own is to be used.
func (i *Instance) replacedFunction(path, name string) any {
	switch {
	case path == "log":
		return i.logFunction(log.Default, name)
	case path != "log/slog" || !i.program.lowered.ShowsSource:
	case name == "NewTextHandler" || name == "NewJSONHandler":
		return i.slogNewHandler(name)
	default:
		return i.slogFunction(slog.Default, name)
	}
	return nil
}

// replacedMethod is the instance's version of a method of these packages, nil where
// there is none.
func (i *Instance) replacedMethod(x any, name string) any {
	if !replacedMethods[name] {
		return nil
	}
	if fn := i.logMethod(x, name); fn != nil || !i.program.lowered.ShowsSource {
		return fn
	}
	return i.slogMethod(x, name)
}

// guardMethods has the guard's call be one of the instance's version of a method, where
// there is one. The receiver's type is known when the call is due.
func (g *guard) guardMethods() {
	l := g.u.m.layout
	fun := g.u.child(g.node, 0)
	if fun.kind(l) != kindSelector || g.u.replaced == nil {
		return
	}
	selector := *at[[]node](fun.n, l.child)
	if len(selector) != 2 || !replacedMethods[childNode{selector[1]}.ident(l)] {
		return
	}
	next, parent := l.after(g.node, l.tnext), *at[node](g.node, l.anc)
	switch (childNode{parent}).kind(l) {
	case kindDefer, kindGo, kindReturn, kindAssignX, kindDefineX: // lowered code has none
		return
	}
	if next == nil || *at[int](g.node, l.level) != 0 {
		return
	}
	name := childNode{selector[1]}.ident(l)
	spread := nodeAction(*at[uint](g.node, l.action)) == actionCallSlice
	receiver, inner := yaegiValue(selector[0]), g.inner
	c := &callNode{data: l.data, targets: resultOf(l, g.node)}
	for _, n := range (*at[[]node](g.node, l.child))[1:] {
		c.args = append(c.args, yaegiValue(n))
	}
	g.inner = func(f frame) step {
		method := g.u.replaced(promotedReceiver(pointerTo(receiver(f)), name), name)
		if method == nil {
			return inner(f)
		}
		fn := reflect.ValueOf(method)
		in := make([]reflect.Value, len(c.args))
		for k, arg := range c.args {
			if in[k] = arg(f); !in[k].IsValid() { // nil
				in[k] = reflect.Zero(fn.Type().In(min(k, fn.Type().NumIn()-1)))
			}
		}
		var out []reflect.Value
		if spread {
			out = fn.CallSlice(in)
		} else {
			out = fn.Call(in)
		}
		if len(out) == 1 {
			put(c.target(f, 0), out[0])
		}
		return *next
	}
}

// promotedReceiver is the embedded value of package log, log/slog or sync that the
// method x.name of a type of the script is promoted from, or x. Only names are compared:
// it is for methods that compiled code calls, which no type of the script declares.
func promotedReceiver(x any, name string) any {
	v := reflect.ValueOf(x)
	for range maxEmbedding {
		if v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		if v.Kind() != reflect.Struct || slices.Contains(guardedPackages, v.Type().PkgPath()) {
			return x
		}
		field, ok := promotingField(v.Type(), name)
		if !ok {
			return x
		}
		if v = v.Field(field); v.Kind() == reflect.Interface {
			v = v.Elem()
		}
		t := v
		if t.Kind() == reflect.Struct && t.CanAddr() {
			t = reflect.NewAt(t.Type(), t.Addr().UnsafePointer())
		}
		if t.Kind() == reflect.Pointer && !t.IsNil() && slices.Contains(guardedPackages, t.Type().Elem().PkgPath()) {
			return reflect.NewAt(t.Type().Elem(), t.UnsafePointer()).Interface()
		}
	}
	return x
}

// guardedPackages are those whose methods have versions of ours.
var guardedPackages = []string{"log", "log/slog", "sync"}

// maxEmbedding is how deep promotedReceiver looks.
const maxEmbedding = 8

// promotingField is the embedded field whose method of that name a struct promotes.
func promotingField(t reflect.Type, name string) (field int, ok bool) {
	for k := range t.NumField() {
		f := t.Field(k)
		if !f.Anonymous {
			continue
		}
		m := f.Type
		if m.Kind() != reflect.Pointer && m.Kind() != reflect.Interface {
			m = reflect.PointerTo(m)
		}
		if _, has := m.MethodByName(name); has {
			return k, true
		}
	}
	return 0, false
}
