package program

import (
	"fmt"
	"go/types"
)

// operation computes a value of a type from others.
func (g *generator) operation(t types.Type, depth int) string {
	if _, ok := t.(*types.TypeParam); ok {
		return g.leaf(t)
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch info := u.Info(); {
		case info&types.IsBoolean != 0:
			return g.typed(t, g.condition(depth))
		case info&types.IsString != 0:
			return g.stringOperation(t, depth)
		case info&types.IsInteger != 0:
			return g.integerOperation(t, depth)
		case info&types.IsComplex != 0:
			return fmt.Sprintf("(%s %s %s)", g.varying(t, depth), pick(g, []string{"+", "-", "*"}), g.expr(t, depth-1))
		default:
			return g.floatOperation(t, depth)
		}
	case *types.Slice:
		return g.sliceOperation(t, u, depth)
	case *types.Pointer:
		if v := g.visible(func(v variable) bool { return types.Identical(v.t, u.Elem()) && !v.readOnly }); v != nil && types.Identical(t, types.NewPointer(u.Elem())) && !g.pure {
			return "&" + v.name
		}
	}
	return g.literal(t, depth)
}

var numeric = []types.BasicKind{
	types.Int, types.Int8, types.Int16, types.Int32, types.Int64,
	types.Uint, types.Uint8, types.Uint16, types.Uint32, types.Uint64,
}

func (g *generator) integerOperation(t types.Type, depth int) string {
	left := g.varying(t, depth)
	right := func() string { return g.expr(t, depth-1) }
	switch g.n(9) {
	case 0, 1, 2:
		return fmt.Sprintf("(%s %s %s)", left, pick(g, []string{"+", "-", "*", "&", "|", "^", "&^"}), right())
	case 3:
		return fmt.Sprintf("(%s %s (%s | 1))", left, pick(g, []string{"/", "%"}), right())
	case 4:
		count := types.Typ[pick(g, []types.BasicKind{types.Uint8, types.Uint, types.Uint16})]
		return fmt.Sprintf("(%s %s %s)", left, pick(g, []string{"<<", ">>"}), g.expr(count, depth-1))
	case 5:
		return fmt.Sprintf("%s%s", pick(g, []string{"-", "^", "+"}), left)
	case 6:
		return g.typed(t, g.varying(types.Typ[pick(g, numeric)], depth))
	case 7:
		if g.in(3) {
			return g.typed(t, fmt.Sprintf("clamp(%s)", g.varying(types.Typ[types.Float64], depth)))
		}
		if v := g.visible(func(v variable) bool { return measurable(v.t) }); v != nil {
			return g.typed(t, fmt.Sprintf("%s(%s)", pick(g, []string{"len", "len", lengthOf(v.t)}), v.name))
		}
	case 8:
		return fmt.Sprintf("%s(%s, %s)", pick(g, []string{"min", "max", "addUp"}), left, right())
	}
	return g.leaf(t)
}

func measurable(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Slice, *types.Map, *types.Array:
		return true
	case *types.Basic:
		return u.Info()&types.IsString != 0
	}
	return false
}

// lengthOf is another measure of the type.
func lengthOf(t types.Type) string {
	if s, ok := t.Underlying().(*types.Slice); ok {
		if _, basic := s.Elem().Underlying().(*types.Basic); !basic { // conversions of strings have any capacity
			return "cap"
		}
	}
	return "len"
}

func (g *generator) floatOperation(t types.Type, depth int) string {
	left := g.varying(t, depth)
	switch g.n(5) {
	case 0, 1:
		return fmt.Sprintf("(%s %s %s)", left, pick(g, []string{"+", "-", "*"}), g.expr(t, depth-1))
	case 2:
		return fmt.Sprintf("(%s / %s)", left, g.varying(t, depth))
	case 3:
		return g.typed(t, g.varying(types.Typ[pick(g, numeric)], depth))
	}
	return "-" + left
}

func (g *generator) stringOperation(t types.Type, depth int) string {
	basic := types.Typ[types.String]
	switch g.n(8) {
	case 0, 1:
		return fmt.Sprintf("cut(%s + %s)", g.varying(t, depth), g.expr(t, depth-1))
	case 2:
		return fmt.Sprintf("sub(%s, %s, %s)", g.varying(t, depth), g.expr(types.Typ[types.Int], depth-1), g.expr(types.Typ[types.Int], depth-1))
	case 3:
		return g.typed(t, g.varying(types.Typ[pick(g, []types.BasicKind{types.Int32, types.Uint8})], depth))
	case 4:
		kind := types.Typ[pick(g, []types.BasicKind{types.Uint8, types.Int32})]
		return fmt.Sprintf("cut(%s)", g.typed(t, g.varying(types.NewSlice(kind), depth)))
	case 5:
		return g.typed(t, fmt.Sprintf("strings.ToUpper(%s)", g.typed(basic, g.varying(t, depth))))
	case 6:
		if !g.quiet {
			other := g.printable()
			return g.typed(t, fmt.Sprintf("cut(fmt.Sprintf(%q, %s))", pick(g, []string{"%v", "%T", "%+v", "%d", "%q", "%x", "%5v", "%s"}), g.expr(other, min(depth-1, 1))))
		}
	case 7:
		return fmt.Sprintf("%s(%s, %s)", pick(g, []string{"min", "max"}), g.varying(t, depth), g.expr(t, depth-1))
	}
	return g.leaf(t)
}

// printable is a type whose values look the same in every run.
func (g *generator) printable() types.Type {
	for range 10 {
		if t := pick(g, g.pool); flat(t, 4) && !addressed(t, 4) {
			return t
		}
	}
	return types.Typ[types.Int]
}

// addressed reports that a value prints as an address, or has one in it.
func addressed(t types.Type, depth int) bool {
	if depth == 0 {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer, *types.Signature, *types.Chan, *types.Interface:
		return true
	case *types.Slice:
		return addressed(u.Elem(), depth-1)
	case *types.Array:
		return addressed(u.Elem(), depth-1)
	case *types.Map:
		return addressed(u.Elem(), depth-1)
	case *types.Struct:
		for f := range u.Fields() {
			if addressed(f.Type(), depth-1) {
				return true
			}
		}
	}
	return false
}

func (g *generator) sliceOperation(t types.Type, u *types.Slice, depth int) string {
	s := g.varying(t, depth)
	index := func() string { return g.expr(types.Typ[types.Int], min(depth-1, 1)) }
	if basic, ok := u.Elem().Underlying().(*types.Basic); ok && (basic.Kind() == types.Uint8 || basic.Kind() == types.Int32) && g.in(3) {
		return g.typed(t, g.varying(types.Typ[types.String], depth))
	}
	switch g.n(7) {
	case 0, 1:
		return fmt.Sprintf("append(lim(%s), %s)", s, g.expr(u.Elem(), depth-1))
	case 2:
		return fmt.Sprintf("append(lim(%s), %s...)", s, g.expr(t, depth-1))
	case 3:
		return fmt.Sprintf("part(%s, %s, %s)", s, index(), index())
	case 4:
		return g.typed(t, fmt.Sprintf("slices.Clone(%s)", s))
	case 5:
		n := g.n(4)
		return g.typed(t, fmt.Sprintf("make(%s, %d, %d)", g.text(t), n, n+g.n(3)))
	}
	elem := g.comparableType(g.pool)
	return g.typed(t, fmt.Sprintf("transform(%s, func(x %s) %s { return %s })",
		g.expr(types.NewSlice(elem), depth-1), g.text(elem), g.text(u.Elem()), g.expr(u.Elem(), min(depth-1, 1))))
}

// condition is a boolean expression, of type bool or untyped.
func (g *generator) condition(depth int) string {
	if depth <= 0 {
		return g.leaf(types.Typ[types.Bool])
	}
	switch g.n(7) {
	case 0:
		return fmt.Sprintf("(%s && %s)", g.condition(depth-1), g.condition(depth-1))
	case 1:
		return fmt.Sprintf("(%s || %s)", g.condition(depth-1), g.condition(depth-1))
	case 2:
		return "!" + g.varying(types.Typ[types.Bool], depth)
	case 3, 4:
		t := g.basicType()
		op := pick(g, []string{"==", "!=", "<", "<=", ">", ">="})
		if b := t.Underlying().(*types.Basic); b.Info()&types.IsOrdered == 0 {
			op = pick(g, []string{"==", "!="})
		}
		return fmt.Sprintf("(%s %s %s)", g.varying(t, depth), op, g.expr(t, depth-1))
	case 5:
		t := pick(g, g.pool)
		if types.Comparable(t) && !types.IsInterface(t) && flat(t, 4) {
			return fmt.Sprintf("(%s == %s)", g.varying(t, depth), g.expr(t, depth-1))
		}
	}
	a := pick(g, g.pool)
	if _, ok := a.Underlying().(*types.Signature); ok {
		return "true"
	}
	return fmt.Sprintf("(equal(%s, %s) == \"true\")", g.expr(a, depth-1), g.expr(a, depth-1))
}

// basicType is a type of the pool that is basic underneath.
func (g *generator) basicType() types.Type {
	for range 20 {
		t := pick(g, g.pool)
		if _, ok := t.Underlying().(*types.Basic); ok {
			return t
		}
	}
	return types.Typ[types.Int]
}
