package interp

import (
	"reflect"
	"strings"
	_ "unsafe" // for go:linkname

	"gateway/interp/rt"
)

// Yaegi indexes and slices by package reflect, whose panics do not say the numbers
// that Go's say. The operands are still in the frame when such a step has panicked,
// so the panic is replaced by the one that Go would have raised.

// yaegiValue is yaegi's own function that reads the value of a node from a frame.
//
//go:linkname yaegiValue github.com/traefik/yaegi/interp.genValue
func yaegiValue(n node) func(frame) reflect.Value

// explain returns the value that Go would have panicked with in the guard's step,
// or the value itself.
func (g *guard) explain(f frame, value any) (explained any) {
	text, ok := value.(string)
	if !ok || !strings.HasPrefix(text, "reflect") {
		return value
	}
	defer func() {
		if recover() != nil { // an operand that cannot be had
			explained = value
		}
	}()
	l := g.u.m.layout
	var run any
	switch nodeKind(*at[uint](g.node, l.kind)) {
	case kindIndex:
		run = g.explainIndex(f)
	case kindSlice:
		run = g.explainSlice(f)
	}
	if run != nil {
		return run
	}
	return value
}

func (g *guard) operand(f frame, i int) reflect.Value {
	c := g.u.child(g.node, i)
	if c.n == nil {
		return reflect.Value{}
	}
	return yaegiValue(c.n)(f)
}

// indexed is the first operand, and its length where it can be indexed.
func (g *guard) indexed(f frame) (v reflect.Value, length int, ok bool) {
	v = reflect.Indirect(g.operand(f, 0))
	switch v.Kind() {
	case reflect.Slice, reflect.Array, reflect.String:
		return v, v.Len(), true
	}
	return v, 0, false
}

func (g *guard) explainIndex(f frame) any {
	_, length, ok := g.indexed(f)
	if !ok {
		return nil
	}
	return rt.IndexError(toInt(g.operand(f, 1)), length)
}

func (g *guard) explainSlice(f frame) any {
	v, length, ok := g.indexed(f)
	if !ok {
		return nil
	}
	capacity := -1
	if v.Kind() == reflect.Slice {
		capacity = v.Cap()
	}
	var bounds []int
	for i := 1; g.u.child(g.node, i).n != nil; i++ {
		bounds = append(bounds, toInt(g.operand(f, i)))
	}
	if nodeAction(*at[uint](g.node, g.u.m.layout.action)) == actionSlice0 {
		bounds = append([]int{0}, bounds...)
	}
	switch len(bounds) {
	case 1:
		return rt.SliceError(bounds[0], -1, length, capacity)
	case 2:
		return rt.SliceError(bounds[0], bounds[1], length, capacity)
	}
	return nil
}

func toInt(v reflect.Value) int {
	if v.CanUint() {
		return int(v.Uint())
	}
	return int(v.Int())
}
