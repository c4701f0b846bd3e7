package program

import (
	"fmt"
	"go/types"
	"strings"
)

// declared is a type declaration.
type declared struct {
	name       string
	params     []string // type parameters of a generic type
	comparable bool
	isIface    bool
	isStruct   bool
	embeddable bool
}

// header is the declaration of a method without its body.
type header struct {
	owner     *declared
	receiver  string // as written between the parentheses
	signature signature
}

// signature is one of the methods that types of all programs have, so that
// interfaces fit many of them. Pure ones change nothing.
type signature struct {
	name, text string
	pure       bool
}

var signatures = []signature{
	{"Size", "() int", true},
	{"Scale", "(n int) int", true},
	{"Label", "(s string) string", true},
	{"Both", "(b bool, f float64) (float64, string)", true},
	{"Many", "(xs ...int8) uint16", true},
	{"Put", "(n int)", false},
	{"Grow", "(s string) (n int, err error)", false},
	{"String", "() string", true},
	{"Error", "() string", true},
}

var basics = []string{
	"bool", "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64",
	"float32", "float64", "complex128", "string", "rune", "byte",
}

var fieldNames = []string{"A", "B", "C", "d", "e"}

// declareTypes writes the type declarations.
func (g *generator) declareTypes() string {
	return g.captured(func() {
		for range 4 + g.n(4) {
			d := &declared{name: fmt.Sprintf("T%d", len(g.named)), embeddable: true}
			switch g.n(9) {
			case 0, 1:
				d.comparable = true
				g.line("type %s %s", d.name, pick(g, basics))
			case 2:
				g.line("type %s []%s", d.name, g.fieldType(nil))
			case 3:
				g.line("type %s map[%s]%s", d.name, g.keyText(), g.fieldType(nil))
			case 4:
				g.iface(d)
			case 5, 6:
				g.genericStruct(d)
			default:
				g.structType(d)
			}
			if !d.isIface {
				g.declareMethods(d)
			}
			g.named = append(g.named, d)
		}
	})
}

func (g *generator) iface(d *declared) {
	d.isIface, d.comparable = true, false
	g.line("type %s interface {", d.name)
	for _, s := range signatures {
		if g.in(4) {
			g.line("%s%s", s.name, s.text)
		}
	}
	if other := pick(g, append(g.named, d)); other.isIface && other != d && g.in(2) {
		g.line("%s", other.name)
	}
	g.line("}")
}

func (g *generator) structType(d *declared) {
	d.isStruct, d.comparable = true, g.in(2)
	g.line("type %s struct {", d.name)
	g.fields(d)
	g.line("}")
}

func (g *generator) genericStruct(d *declared) {
	d.isStruct, d.embeddable = true, true
	d.params = []string{"K", "V"}[:1+g.n(2)]
	bounds := make([]string, len(d.params))
	for i, p := range d.params {
		bounds[i] = p + " " + []string{"any", "comparable"}[i]
	}
	if len(bounds) == 2 {
		bounds[0], bounds[1] = "K comparable", "V any"
	}
	g.line("type %s[%s] struct {", d.name, strings.Join(bounds, ", "))
	g.fields(d)
	g.line("}")
}

func (g *generator) fields(d *declared) {
	used := map[string]bool{}
	for range g.n(3) {
		e := g.embedded(d)
		name, _, _ := strings.Cut(strings.TrimLeft(e, "*"), "[")
		if e != "" && !used[name] {
			used[name] = true
			g.line("%s", e)
		}
	}
	for range 1 + g.n(3) {
		name := pick(g, fieldNames)
		if used[name] {
			continue
		}
		used[name] = true
		t := g.fieldType(d)
		if d.comparable {
			t = g.keyText()
		}
		tag := ""
		if g.in(4) {
			tag = "`json:\"" + pick(g, []string{"x", "y,omitempty", "z,omitzero", "-", ",omitempty"}) + "\"`"
		}
		g.line("%s %s %s", name, t, tag)
	}
}

// embedded is an embedded field of a struct, or nothing.
func (g *generator) embedded(d *declared) string {
	if len(g.named) == 0 {
		return ""
	}
	e := pick(g, g.named)
	if d.comparable && !e.comparable {
		return ""
	}
	name := e.name + g.arguments(e)
	if e.isStruct && !d.comparable && g.in(3) {
		return "*" + name
	}
	return name
}

// arguments is a list of type arguments for a generic type.
func (g *generator) arguments(d *declared) string {
	if len(d.params) == 0 {
		return ""
	}
	args := make([]string, len(d.params))
	for i := range args {
		args[i] = g.keyText()
	}
	return "[" + strings.Join(args, ", ") + "]"
}

// keyText is a comparable type without pointers.
func (g *generator) keyText() string {
	if g.in(3) {
		for _, d := range g.named {
			if d.comparable && g.in(2) {
				return d.name
			}
		}
	}
	if g.in(8) {
		return fmt.Sprintf("[2]%s", pick(g, basics))
	}
	return pick(g, []string{"int", "string", "uint8", "int64", "bool", "rune", "int16", "uint32"})
}

// fieldType is a type for a field of d, or for the elements of another type.
func (g *generator) fieldType(d *declared) string {
	switch g.n(14) {
	case 0:
		return "[]" + g.fieldType(nil)
	case 1:
		return fmt.Sprintf("[%d]%s", 1+g.n(3), g.keyText())
	case 2:
		return fmt.Sprintf("map[%s]%s", g.keyText(), pick(g, basics))
	case 3:
		return "any"
	case 4:
		return "error"
	case 5:
		return fmt.Sprintf("func(%s) %s", pick(g, basics), pick(g, basics))
	case 6:
		return "*" + pick(g, basics)
	case 7, 8:
		if d != nil && d.params == nil {
			return pick(g, []string{"*", "[]", "map[string]*"}) + d.name
		}
		if d != nil {
			return pick(g, []string{"", "*", "[]"}) + pick(g, d.params)
		}
	case 9, 10, 11:
		if len(g.named) > 0 {
			other := pick(g, g.named)
			return other.name + g.arguments(other)
		}
	}
	if d != nil && d.params != nil {
		return pick(g, d.params)
	}
	return pick(g, basics)
}

// declareMethods chooses the methods of a type; their bodies come later.
func (g *generator) declareMethods(d *declared) {
	params := ""
	if len(d.params) > 0 {
		params = "[" + strings.Join(d.params, ", ") + "]"
	}
	for _, s := range signatures {
		chance := 3
		if s.name == "Error" || s.name == "String" {
			chance = 5
		}
		if !g.in(chance) {
			continue
		}
		pointer := ""
		if !s.pure || g.in(3) {
			pointer = "*"
		}
		g.headers = append(g.headers, header{d, fmt.Sprintf("r %s%s%s", pointer, d.name, params), s})
	}
	if len(d.params) > 0 {
		for i, p := range d.params {
			g.headers = append(g.headers, header{d, fmt.Sprintf("r *%s%s", d.name, params), signature{fmt.Sprintf("Get%d", i), "() " + p, true}})
		}
	}
}

func (g *generator) headerText() string {
	var b strings.Builder
	for _, h := range g.headers {
		fmt.Fprintf(&b, "func (%s) %s%s { panic(0) }\n", h.receiver, h.signature.name, h.signature.text)
	}
	return b.String()
}

// fillPool chooses the types that variables have.
func (g *generator) fillPool() {
	var all []types.Type
	for _, b := range []string{"bool", "int", "int8", "int32", "uint8", "uint16", "uint64", "float64", "string"} {
		all = append(all, types.Universe.Lookup(b).Type())
	}
	for range 2 {
		all = append(all, types.Universe.Lookup(pick(g, basics)).Type())
	}
	for _, d := range g.named {
		t := g.pkg.Scope().Lookup(d.name).Type()
		if len(d.params) == 0 {
			all = append(all, t, t)
			continue
		}
		for range 2 {
			args := make([]types.Type, len(d.params))
			for i := range args {
				args[i] = g.comparableType(all)
			}
			if inst, err := types.Instantiate(nil, t, args, true); err == nil {
				all = append(all, inst)
			}
		}
	}
	for range 5 + g.n(4) {
		elem := pick(g, all)
		switch g.n(6) {
		case 0, 1:
			all = append(all, types.NewSlice(elem))
		case 2:
			all = append(all, types.NewArray(elem, int64(1+g.n(3))))
		case 3:
			all = append(all, types.NewPointer(elem))
		case 4:
			all = append(all, types.NewMap(g.comparableType(all), elem))
		case 5:
			in := types.NewVar(0, nil, "", pick(g, all))
			out := types.NewVar(0, nil, "", elem)
			all = append(all, types.NewSignatureType(nil, nil, nil, types.NewTuple(in), types.NewTuple(out), false))
		}
	}
	g.pool = append(all, types.Universe.Lookup("any").Type(), types.Universe.Lookup("error").Type())
}

// comparableType is a type for keys and type arguments: comparable, and without
// pointers, floating-point numbers and interfaces, which have no fixed order.
func (g *generator) comparableType(from []types.Type) types.Type {
	for range 10 {
		if t := pick(g, from); types.Comparable(t) && ordered(t) {
			return t
		}
	}
	return types.Typ[types.Int]
}

func ordered(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&(types.IsFloat|types.IsComplex) == 0
	case *types.Array:
		return ordered(u.Elem())
	case *types.Struct:
		for f := range u.Fields() {
			if !ordered(f.Type()) {
				return false
			}
		}
		return true
	}
	return false
}

// flat reports that a value of the type holds no interface, not even behind slices
// and maps: stored in an interface it makes no circle.
func flat(t types.Type, depth int) bool {
	if depth == 0 {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Interface:
		_, param := t.(*types.TypeParam)
		return param
	case *types.Slice:
		return flat(u.Elem(), depth-1)
	case *types.Array:
		return flat(u.Elem(), depth-1)
	case *types.Map:
		return flat(u.Elem(), depth-1) && flat(u.Key(), depth-1)
	case *types.Struct:
		for f := range u.Fields() {
			if !flat(f.Type(), depth-1) {
				return false
			}
		}
	case *types.Pointer:
		_, named := u.Elem().Underlying().(*types.Struct)
		return named || flat(u.Elem(), depth-1)
	}
	return true
}
