package lower

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// constant returns an expression of type t with the value v. Small integers,
// strings and booleans are literals; everything else is a symbol that holds the
// exact value, because the interpreter's own constants lose bits and types.
func (l *lowerer) constant(v constant.Value, t types.Type) ex {
	b, ok := t.Underlying().(*types.Basic)
	if !ok {
		panic(fmt.Sprintf("constant of type %s", t))
	}
	if n, ok := l.compiledNamed(t); ok {
		if rt := nativeType(n.Obj().Pkg().Path(), n.Obj().Name()); rt != nil {
			return l.pooled(l.keys.key(t)+" "+v.ExactString(), "", reflectConst(v, b.Kind()).Convert(rt))
		}
	}
	switch info := b.Info(); {
	case info&types.IsBoolean != 0:
		return constEx(strconv.FormatBool(constant.BoolVal(v)))
	case info&types.IsString != 0:
		return constEx(strconv.Quote(constant.StringVal(v)))
	case info&types.IsInteger != 0:
		if i, ok := constant.Int64Val(constant.ToInt(v)); ok && i >= -1<<31 && i < 1<<31 {
			s := strconv.FormatInt(i, 10)
			switch name := basicName(b); {
			case name != "int":
				return constEx(name + "(" + s + ")")
			case i < 0:
				return constEx("(" + s + ")")
			}
			return constEx(s)
		}
	}
	return l.pooled(basicName(b)+" "+v.ExactString(), "", reflectConst(v, b.Kind()))
}

// constantMethod returns the symbol of a method of a constant of a compiled type, such
// as gateway.ErrNotFound.New.
func (f *fn) constantMethod(x ast.Expr, m method) (ex, bool) {
	v := f.info.Types[x].Value
	n, ok := f.compiledNamed(m.recv)
	if v == nil || !ok {
		return ex{}, false
	}
	rt := nativeType(n.Obj().Pkg().Path(), n.Obj().Name())
	b, ok := n.Underlying().(*types.Basic)
	if rt == nil || !ok {
		return ex{}, false
	}
	fn := reflectConst(v, b.Kind()).Convert(rt).MethodByName(m.obj.Name())
	if !fn.IsValid() {
		return ex{}, false
	}
	return f.pooled(f.keys.key(n)+" "+v.ExactString(), m.obj.Name(), fn), true
}

func constEx(s string) ex { return ex{s: s, prec: operand, simple: true, konst: true} }

// pooled returns the symbol of a constant, or of its method of that name.
func (l *lowerer) pooled(key, method string, v reflect.Value) ex {
	key += "." + method
	name, ok := l.consts[key]
	if !ok {
		name = strings.TrimSuffix("K_"+strconv.Itoa(len(l.consts))+"_"+method, "_")
		l.consts[key] = name
		l.symbol(name, Symbol{Kind: Const, Value: v})
	}
	return constEx(name)
}

// reflectConst returns the constant as a value of a basic type.
func reflectConst(v constant.Value, kind types.BasicKind) reflect.Value {
	i := func() int64 { n, _ := constant.Int64Val(constant.ToInt(v)); return n }
	u := func() uint64 { n, _ := constant.Uint64Val(constant.ToInt(v)); return n }
	switch kind {
	case types.Bool, types.UntypedBool:
		return reflect.ValueOf(constant.BoolVal(v))
	case types.String, types.UntypedString:
		return reflect.ValueOf(constant.StringVal(v))
	case types.Int, types.UntypedInt:
		return reflect.ValueOf(int(i()))
	case types.Int8:
		return reflect.ValueOf(int8(i()))
	case types.Int16:
		return reflect.ValueOf(int16(i()))
	case types.Int32, types.UntypedRune:
		return reflect.ValueOf(int32(i()))
	case types.Int64:
		return reflect.ValueOf(i())
	case types.Uint:
		return reflect.ValueOf(uint(u()))
	case types.Uint8:
		return reflect.ValueOf(uint8(u()))
	case types.Uint16:
		return reflect.ValueOf(uint16(u()))
	case types.Uint32:
		return reflect.ValueOf(uint32(u()))
	case types.Uint64:
		return reflect.ValueOf(u())
	case types.Uintptr:
		return reflect.ValueOf(uintptr(u()))
	case types.Float32:
		return reflect.ValueOf(float32Of(v))
	case types.Complex64:
		c := constant.ToComplex(v)
		return reflect.ValueOf(complex(float32Of(constant.Real(c)), float32Of(constant.Imag(c))))
	case types.Complex128, types.UntypedComplex:
		c := constant.ToComplex(v)
		return reflect.ValueOf(complex(float64Of(constant.Real(c)), float64Of(constant.Imag(c))))
	}
	return reflect.ValueOf(float64Of(v))
}

func float64Of(v constant.Value) float64 {
	f, _ := constant.Float64Val(constant.ToFloat(v))
	return f
}

func float32Of(v constant.Value) float32 {
	f, _ := constant.Float32Val(constant.ToFloat(v))
	return f
}

// wrapConst converts a constant as the conversion of a variable would: a
// conversion to a type parameter is no constant expression, so what does not
// fit wraps around.
func wrapConst(v constant.Value, from, to types.Type) (constant.Value, bool) {
	fb, ok1 := from.Underlying().(*types.Basic)
	tb, ok2 := to.Underlying().(*types.Basic)
	if !ok1 || !ok2 {
		return nil, false
	}
	fi, ti := fb.Info(), tb.Info()
	switch {
	case fi&types.IsString != 0 && ti&types.IsString != 0, fi&types.IsBoolean != 0 && ti&types.IsBoolean != 0:
		return v, true
	case fi&types.IsInteger != 0 && ti&types.IsString != 0:
		r := rune(0xFFFD)
		if i, ok := constant.Int64Val(constant.ToInt(v)); ok && i >= 0 && i <= math.MaxInt32 {
			r = rune(i)
		}
		return constant.MakeString(string(r)), true
	case fi&types.IsNumeric == 0 || ti&types.IsNumeric == 0:
		return nil, false
	case ti&types.IsInteger != 0:
		if fi&types.IsInteger == 0 {
			v = constant.ToInt(v)
			if v.Kind() != constant.Int {
				return nil, false
			}
		}
		return wrapInt(constant.ToInt(v), tb), true
	case ti&types.IsFloat != 0:
		return constant.ToFloat(v), true
	}
	return constant.ToComplex(v), true
}

func wrapInt(v constant.Value, b *types.Basic) constant.Value {
	u, ok := constant.Uint64Val(v)
	if !ok {
		i, _ := constant.Int64Val(v)
		u = uint64(i)
	}
	switch b.Kind() {
	case types.Int8:
		return constant.MakeInt64(int64(int8(u)))
	case types.Int16:
		return constant.MakeInt64(int64(int16(u)))
	case types.Int32, types.UntypedRune:
		return constant.MakeInt64(int64(int32(u)))
	case types.Int, types.Int64, types.UntypedInt:
		return constant.MakeInt64(int64(u))
	case types.Uint8:
		return constant.MakeUint64(uint64(uint8(u)))
	case types.Uint16:
		return constant.MakeUint64(uint64(uint16(u)))
	case types.Uint32:
		return constant.MakeUint64(uint64(uint32(u)))
	}
	return constant.MakeUint64(u)
}
