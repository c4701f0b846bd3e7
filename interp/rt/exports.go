package rt

import (
	"fmt"
	"reflect"

	"gateway/interp/lower"
	"gateway/symbols"
)

// Exports returns the symbols for the interpreter: Use them before the
// program's source is evaluated.
func (r *Runtime) Exports() (map[string]map[string]reflect.Value, error) {
	m := make(map[string]reflect.Value, len(r.prog.Symbols)+len(r.prog.Helpers))
	r.helpers(m)
	for name, s := range r.prog.Symbols {
		v, err := r.symbol(s)
		if err != nil {
			return nil, fmt.Errorf("symbol %s: %w", name, err)
		}
		m[name] = v
	}
	return map[string]map[string]reflect.Value{lower.ImportPath + "/" + lower.ImportPath: m}, nil
}

// typeSymbol is how the interpreter is given a type: a nil pointer to it.
func typeSymbol(t reflect.Type) reflect.Value { return reflect.Zero(reflect.PointerTo(t)) }

func (r *Runtime) symbol(s lower.Symbol) (reflect.Value, error) {
	i := s.Index
	switch s.Kind {
	case lower.Inner:
		return typeSymbol(r.types.Inner(i)), nil
	case lower.Box:
		return reflect.ValueOf(func(v any) any { return r.types.Box(i, v) }), nil
	case lower.BoxError:
		return reflect.ValueOf(func(v any) error { return r.types.Box(i, v).(error) }), nil
	case lower.BoxTo:
		return r.boxTo(i, s.To), nil
	case lower.Unbox:
		zero := reflect.Zero(r.types.Inner(i)).Interface()
		return reflect.ValueOf(func(v any) (any, bool) {
			if !r.types.Is(i, v) {
				return zero, false
			}
			return r.types.Unbox(i, v), true
		}), nil
	case lower.UnboxTyped:
		return r.unboxTyped(i)
	case lower.Implements:
		return reflect.ValueOf(func(v any) bool { return r.types.Is(i, v) }), nil
	case lower.Const:
		return s.Value, nil
	case lower.Nil:
		return reflect.Zero(r.types.Inner(i)), nil
	case lower.Native, lower.NativeVar:
		return r.native(s)
	}
	return reflect.Value{}, fmt.Errorf("unknown kind %d", s.Kind)
}

// native returns a symbol of a compiled package.
func (r *Runtime) native(s lower.Symbol) (reflect.Value, error) {
	if v, ok, err := r.override(s.Path, s.Name); ok || err != nil {
		return v, err
	}
	exports, ok := symbols.Package(s.Path)
	if !ok {
		return reflect.Value{}, fmt.Errorf("package %s has no symbols", s.Path)
	}
	v, ok := exports[s.Name]
	if !ok {
		return reflect.Value{}, fmt.Errorf("package %s has no symbol %s", s.Path, s.Name)
	}
	if s.Kind == lower.NativeVar {
		return v.Addr(), nil
	}
	return v, nil
}

// helpers enters the functions and types of this package that the program uses.
func (r *Runtime) helpers(m map[string]reflect.Value) {
	if r.prog.Helpers == nil {
		for name, helper := range helpers {
			m[name] = reflect.ValueOf(helper(r))
		}
	}
	for _, name := range r.prog.Helpers {
		if helper := helpers[name]; helper != nil { // else it is only text that looks like one
			m[name] = reflect.ValueOf(helper(r))
		}
	}
}

// helpers are what lowered code can use of this package.
var helpers = map[string]func(r *Runtime) any{
	"rt_ready":           func(r *Runtime) any { return r.ready },
	"rt_park":            func(r *Runtime) any { return r.host.Park },
	"rt_bind":            func(r *Runtime) any { return r.bind },
	"rt_open":            func(r *Runtime) any { return r.open },
	"rt_switch":          func(r *Runtime) any { return r.typeSwitch },
	"rt_unbox":           func(r *Runtime) any { return r.types.Unbox },
	"rt_assert":          func(r *Runtime) any { return r.assertionFailed },
	"rt_retype":          func(r *Runtime) any { return r.retype },
	"rt_pointer":         func(r *Runtime) any { return r.pointer },
	"rt_unsafe":          same(unsafePointer),
	"rt_address":         same(address),
	"rt_method":          func(r *Runtime) any { return r.method },
	"rt_noMethod":        func(r *Runtime) any { return r.noMethod },
	"rt_defers":          same(newDefers),
	"rt_defer":           func(r *Runtime) any { return r.deferCall },
	"rt_deferMethod":     func(r *Runtime) any { return r.deferMethod },
	"rt_run":             func(r *Runtime) any { return r.run },
	"rt_recover":         func(r *Runtime) any { return r.recover },
	"rt_recovers":        same(recovers),
	"rt_recoverDeferred": func(r *Runtime) any { return r.recoverDeferred },
	"rt_entered":         func(r *Runtime) any { return r.entered },
	"rt_forward":         func(r *Runtime) any { return r.forward },
	"rt_panic":           same(panicWith),
	"rt_nilMethod":       same(nilMethod),
	"rt_negativeShift":   same(negativeShift),
	"rt_rangeState":      same(rangeState),
	"rt_checkSlice":      func(r *Runtime) any { return r.checkSlice },
	"rt_go":              func(r *Runtime) any { return r.goCall },
	"rt_guarded":         func(r *Runtime) any { return r.guarded },
	"rt_function":        func(r *Runtime) any { return r.function },
	"rt_functionPointer": func(r *Runtime) any { return r.functionPointer },
	"rt_waitGroupGo":     func(r *Runtime) any { return r.waitGroupGo },
	"rt_send":            func(r *Runtime) any { return r.send },
	"rt_select":          func(r *Runtime) any { return r.selectCase },
	"rt_close":           same(closeChannel),
	"rt_append":          same(appendOne),
	"rt_clear":           same(clearAll),
	"rt_checkKey":        same(checkKey),
	"rt_delete":          same(deleteKey),
	"rt_copy":            same(copySlice),
	"rt_runes":           same(runes),
	"rt_runesAt":         same(runesAt),
	"rt_runeStarts":      same(runeStarts),
	"rt_float32":         same(toFloat32),
	"rt_complex":         same(toComplex),
	"rt_min":             same(minFloat),
	"rt_max":             same(maxFloat),
	"rt_nothing":         same(func() {}),
	"rt_print":           func(r *Runtime) any { return r.print },
	"rt_println":         func(r *Runtime) any { return r.println },
	"rt_interface":       same(markInterface),
	"rt_Defers":          typeHelper[*Defers],
	"rt_Body":            typeHelper[func(*Defers)],
}

func same(fn any) func(*Runtime) any { return func(*Runtime) any { return fn } }

func typeHelper[T any](*Runtime) any { return typeSymbol(reflect.TypeFor[T]()).Interface() }
