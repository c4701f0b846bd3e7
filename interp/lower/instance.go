package lower

import (
	"cmp"
	"go/ast"
	"go/types"
	"reflect"
	"slices"
)

// instances are generic functions of the standard library that are compiled for basic
// types, by name and kind of the last type argument. Others are lowered from their
// source. They are functions that call nothing of the program's and do not panic, so that
// nothing but the time they take tells the difference.
var instances = func() map[string]map[types.BasicKind]reflect.Value {
	table := map[string]map[types.BasicKind]reflect.Value{}
	orderedInstances[string](table, types.String)
	orderedInstances[int](table, types.Int)
	orderedInstances[int8](table, types.Int8)
	orderedInstances[int16](table, types.Int16)
	orderedInstances[int32](table, types.Int32)
	orderedInstances[int64](table, types.Int64)
	orderedInstances[uint](table, types.Uint)
	orderedInstances[uint8](table, types.Uint8)
	orderedInstances[uint16](table, types.Uint16)
	orderedInstances[uint32](table, types.Uint32)
	orderedInstances[uint64](table, types.Uint64)
	orderedInstances[float32](table, types.Float32)
	orderedInstances[float64](table, types.Float64)
	return table
}()

func orderedInstances[T cmp.Ordered](table map[string]map[types.BasicKind]reflect.Value, kind types.BasicKind) {
	for name, fn := range map[string]any{
		"cmp.Compare":         cmp.Compare[T],
		"cmp.Less":            cmp.Less[T],
		"cmp.Or":              cmp.Or[T],
		"slices.BinarySearch": slices.BinarySearch[[]T],
		"slices.Compare":      slices.Compare[[]T],
		"slices.Contains":     slices.Contains[[]T],
		"slices.Equal":        slices.Equal[[]T],
		"slices.Index":        slices.Index[[]T],
		"slices.IsSorted":     slices.IsSorted[[]T],
		"slices.Reverse":      slices.Reverse[[]T],
		"slices.Sort":         slices.Sort[[]T],
	} {
		if table[name] == nil {
			table[name] = map[types.BasicKind]reflect.Value{}
		}
		table[name][kind] = reflect.ValueOf(fn)
	}
}

// callInstance lowers the call of a function of instances.
func (f *fn) callInstance(e *ast.CallExpr, obj *types.Func, args []types.Type) (ex, bool) {
	if len(args) == 0 || obj.Pkg() == nil {
		return ex{}, false
	}
	if s := f.pkgs[obj.Pkg()]; s == nil || !s.Standard {
		return ex{}, false
	}
	elem, ok := types.Unalias(args[len(args)-1]).(*types.Basic)
	if !ok {
		return ex{}, false
	}
	if len(args) == 2 { // of a function over slices: not over a named type
		if s, ok := types.Unalias(args[0]).(*types.Slice); !ok || !types.Identical(s.Elem(), elem) {
			return ex{}, false
		}
	}
	name := obj.Pkg().Path() + "." + obj.Name()
	fn, ok := instances[name][elem.Kind()]
	if !ok {
		return ex{}, false
	}
	id := f.symbol("N_"+identifier(name)+"_"+basicName(elem), Symbol{Kind: Const, Value: fn})
	v := f.operands(f.args(e, f.typeOf(e.Fun).(*types.Signature), false)...)
	return callEx(id, v, e.Ellipsis.IsValid()), true
}
