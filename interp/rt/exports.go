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
	m := make(map[string]reflect.Value, len(r.prog.Symbols)+64)
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

// helpers enters the functions and types that every program has.
func (r *Runtime) helpers(m map[string]reflect.Value) {
	for name, f := range map[string]any{
		"rt_ready": r.ready,
		"rt_park":  r.host.Park,
		"rt_bind":  r.bind,

		"rt_open":     r.open,
		"rt_switch":   r.typeSwitch,
		"rt_unbox":    r.types.Unbox,
		"rt_assert":   r.assertionFailed,
		"rt_retype":   r.retype,
		"rt_pointer":  r.pointer,
		"rt_unsafe":   unsafePointer,
		"rt_address":  address,
		"rt_method":   r.method,
		"rt_noMethod": r.noMethod,

		"rt_defers":          newDefers,
		"rt_defer":           r.deferCall,
		"rt_deferMethod":     r.deferMethod,
		"rt_run":             r.run,
		"rt_recover":         r.recover,
		"rt_recovers":        recovers,
		"rt_recoverDeferred": r.recoverDeferred,
		"rt_entered":         r.entered,
		"rt_forward":         r.forward,
		"rt_panic":           panicWith,
		"rt_nilMethod":       nilMethod,
		"rt_negativeShift":   negativeShift,
		"rt_rangeState":      rangeState,
		"rt_checkSlice":      r.checkSlice,

		"rt_go":          r.goCall,
		"rt_guarded":     r.guarded,
		"rt_waitGroupGo": r.waitGroupGo,
		"rt_send":        r.send,
		"rt_select":      r.selectCase,
		"rt_close":       closeChannel,

		"rt_append":     appendOne,
		"rt_clear":      clearAll,
		"rt_checkKey":   checkKey,
		"rt_delete":     deleteKey,
		"rt_copy":       copySlice,
		"rt_runes":      runes,
		"rt_runesAt":    runesAt,
		"rt_runeStarts": runeStarts,
		"rt_float32":    toFloat32,
		"rt_complex":    toComplex,
		"rt_min":        minFloat,
		"rt_max":        maxFloat,
		"rt_nothing":    func() {},
		"rt_print":      r.print,
		"rt_println":    r.println,
		"rt_interface":  markInterface,
	} {
		m[name] = reflect.ValueOf(f)
	}
	m["rt_Defers"] = typeSymbol(reflect.TypeFor[*Defers]())
	m["rt_Body"] = typeSymbol(reflect.TypeFor[func(*Defers)]())
}
