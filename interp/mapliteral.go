package interp

import "reflect"

// mapLiteral is a composite literal of a map with strings for keys, as nearly every
// JSON answer is one. Yaegi makes such maps by reflection.
type mapLiteral struct {
	inner        step // yaegi's own step
	next         *step
	keys, values []func(frame) reflect.Value
	data         uintptr // offset of a frame's variables
	result       int     // where the map goes among them
}

// mapLiteral returns a step for a composite literal, or nil where yaegi's own is the
// one to take.
func (g *guard) mapLiteral(n node) step {
	l := g.u.m.layout
	typ, next := *at[node](n, l.typ), l.after(n, l.tnext)
	if typ == nil || next == nil || *at[int](n, l.level) != 0 {
		return nil
	}
	m := &mapLiteral{inner: g.inner, next: next, data: l.data, result: *at[int](n, l.findex)}
	var s step
	switch *at[reflect.Type](typ, l.rtype) {
	case reflect.TypeFor[map[string]string]():
		s = m.strings
	case reflect.TypeFor[map[string]any]():
		s = m.anys
	default:
		return nil
	}
	for i, c := range *at[[]node](n, l.child) {
		pair := *at[[]node](c, l.child)
		if nodeKind(*at[uint](c, l.kind)) != kindKeyValue {
			if i == 0 {
				continue // the type
			}
			return nil
		}
		if nodeKind(*at[uint](pair[1], l.kind)) == kindFuncLit {
			return nil // yaegi makes function values in several ways
		}
		m.keys = append(m.keys, yaegiValue(pair[0]))
		m.values = append(m.values, yaegiValue(pair[1]))
	}
	return s
}

// strings is the step of a map[string]string.
func (m *mapLiteral) strings(f frame) step {
	made := make(map[string]string, len(m.keys))
	for i, key := range m.keys {
		k, v := key(f), m.values[i](f)
		if k.Kind() != reflect.String || v.Kind() != reflect.String {
			return m.inner(f)
		}
		made[k.String()] = v.String()
	}
	return m.set(f, reflect.ValueOf(made))
}

// anys is the step of a map[string]any.
func (m *mapLiteral) anys(f frame) step {
	made := make(map[string]any, len(m.keys))
	for i, key := range m.keys {
		k, v := key(f), m.values[i](f)
		if k.Kind() != reflect.String || !v.IsValid() || v.Kind() == reflect.Func {
			return m.inner(f)
		}
		made[k.String()] = anyOf(v)
	}
	return m.set(f, reflect.ValueOf(made))
}

func (m *mapLiteral) set(f frame, v reflect.Value) step {
	(*at[[]reflect.Value](f, m.data))[m.result].Set(v)
	return *m.next
}
