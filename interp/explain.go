package interp

import (
	"fmt"
	"reflect"
	"strings"
	_ "unsafe" // for go:linkname

	"gateway/interp/lower"
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
	if _, invalid := value.(*reflect.ValueError); !invalid && (!ok || !strings.HasPrefix(text, "reflect")) {
		return value
	}
	defer func() {
		if recover() != nil { // an operand that cannot be had
			explained = value
		}
	}()
	l := g.u.m.layout
	var run any
	switch kind := nodeKind(*at[uint](g.node, l.kind)); {
	case g.dereferencesNil(f, &run):
	case !ok && kind != kindCall: // a field of what a nil pointer points to
		run = rt.NilDereference
	case !ok:
	case kind == kindIndex:
		run = g.explainIndex(f)
	case kind == kindSlice:
		run = g.explainSlice(f)
	}
	if run != nil {
		return run
	}
	return value
}

// dereferencesNil reports whether an operand of the step is *p with a p that is nil,
// and sets the error for that.
func (g *guard) dereferencesNil(f frame, run *any) bool {
	l := g.u.m.layout
	for _, c := range *at[[]node](g.node, l.child) {
		if star := (childNode{c}); star.kind(l) != kindStar {
			continue
		}
		x := g.u.child(c, 0)
		if p := yaegiValue(x.n)(f); p.Kind() != reflect.Pointer || !p.IsNil() {
			continue
		}
		*run = rt.NilDereference
		if x.kind(l) == kindTypeAssert || strings.HasPrefix(x.ident(l), lower.ReceiverPrefix) {
			if text, ok := g.u.nilReceivers[g.u.child(g.node, 0).ident(l)]; ok {
				*run = rt.PlainError(text)
			}
		}
		return true
	}
	return false
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
	x := make([]struct{}, length)
	if i := g.operand(f, 1); i.CanUint() {
		return caught(func() { _ = x[i.Uint()] })
	} else {
		return caught(func() { _ = x[i.Int()] })
	}
}

func (g *guard) explainSlice(f frame) any {
	v, length, ok := g.indexed(f)
	if !ok {
		return nil
	}
	x := make([]struct{}, length)
	if v.Kind() == reflect.Slice {
		x = make([]struct{}, length, v.Cap())
	}
	var bounds []reflect.Value
	if nodeAction(*at[uint](g.node, g.u.m.layout.action)) == actionSlice0 {
		bounds = append(bounds, reflect.ValueOf(0))
	}
	for i := 1; g.u.child(g.node, i).n != nil; i++ {
		bounds = append(bounds, g.operand(f, i))
	}
	var panicked any
	if signed := signedBounds(bounds); signed != nil {
		panicked = caught(func() { sliceBy(x, signed) })
	} else {
		panicked = caught(func() { sliceBy(x, unsignedBounds(bounds)) })
	}
	if v.Kind() == reflect.Slice {
		return panicked
	}
	return ofLength(panicked)
}

// ofLength makes the run-time error of slicing a slice, which has a capacity, the
// one of slicing a string or an array. The two differ in one code.
func ofLength(panicked any) any {
	v := reflect.ValueOf(panicked)
	if v.Kind() != reflect.Struct {
		return panicked
	}
	err := reflect.New(v.Type()).Elem()
	err.Set(v)
	code := err.FieldByName("code")
	if code.Kind() != reflect.Uint8 || !strings.Contains(fmt.Sprint(panicked), "with capacity") {
		return panicked
	}
	*(*uint8)(code.Addr().UnsafePointer())-- // runtime: each code for a capacity follows the one for a length
	return err.Interface()
}

// signedBounds are the bounds as int64, or nil where one is not of a signed type.
func signedBounds(bounds []reflect.Value) []int64 {
	var list []int64
	for _, b := range bounds {
		if !b.CanInt() {
			return nil
		}
		list = append(list, b.Int())
	}
	return list
}

// unsignedBounds are the bounds as uint64; signed ones among them are not negative
// or panic by themselves.
func unsignedBounds(bounds []reflect.Value) []uint64 {
	var list []uint64
	for _, b := range bounds {
		if b.CanUint() {
			list = append(list, b.Uint())
		} else {
			list = append(list, uint64(b.Int()))
		}
	}
	return list
}

// sliceBy slices x as Go does, so that it panics as Go does.
func sliceBy[T int64 | uint64](x []struct{}, bounds []T) {
	switch len(bounds) {
	case 1:
		_ = x[bounds[0]:]
	case 2:
		_ = x[bounds[0]:bounds[1]]
	case 3:
		_ = x[bounds[0]:bounds[1]:bounds[2]]
	}
}

// caught is the value that f panics with, nil where it does not.
func caught(f func()) (value any) {
	defer func() { value = recover() }()
	f()
	return nil
}
