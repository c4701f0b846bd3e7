package lower

import (
	"reflect"

	"gateway/symbols"
)

// nativeType returns the compiled type with that package path and name, or nil.
// Types that are not exported are found through what the package exports.
func nativeType(path, name string) reflect.Type {
	if t := symbols.Type(path, name); t != nil {
		return t
	}
	if _, ok := symbols.Package(path); !ok {
		return nil
	}
	return hiddenType(path, name)
}

// hiddenType looks for an unexported type among the types of what a package
// exports.
func hiddenType(path, name string) (found reflect.Type) {
	seen := map[reflect.Type]bool{}
	var visit func(t reflect.Type)
	visit = func(t reflect.Type) {
		if seen[t] || found != nil {
			return
		}
		seen[t] = true
		if t.Name() != "" && t.PkgPath() != path {
			return
		}
		if t.Name() == name {
			found = t
			return
		}
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Chan:
			visit(t.Elem())
		case reflect.Map:
			visit(t.Key())
			visit(t.Elem())
		case reflect.Func:
			for in := range t.Ins() {
				visit(in)
			}
			for out := range t.Outs() {
				visit(out)
			}
		case reflect.Struct:
			for f := range t.Fields() {
				visit(f.Type)
			}
		}
		for m := range t.Methods() {
			visit(m.Type)
		}
	}
	exports, _ := symbols.Package(path)
	for _, v := range exports {
		visit(v.Type())
	}
	return found
}
