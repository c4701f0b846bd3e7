package interp

import (
	"fmt"
	"io"
	"reflect"
	"sync"
)

// Package fmt follows maps, slices and interfaces to the end. Data that contains
// itself has none: compiled code exhausts the stack, which ends the process. So the
// arguments of functions that print are looked at first.

// maxDepth is how deep data may be nested to be printed. Deeper counts as endless.
const maxDepth = 50_000

// printGuard looks at what scripts print. It is safe for concurrent use.
type printGuard struct {
	// nesting remembers mayNest by type. It grows only with the types of the process,
	// which live as long.
	nesting sync.Map // reflect.Type → bool
}

// guard returns the function with its arguments looked at, if it is one of the forms
// in which packages fmt and log print.
func (g *printGuard) guard(print any) any {
	switch print := print.(type) {
	case func(...any):
		return func(a ...any) { g.refuseEndless(a); print(a...) }
	case func(string, ...any):
		return func(f string, a ...any) { g.refuseEndless(a); print(f, a...) }
	case func(...any) string:
		return func(a ...any) string { g.refuseEndless(a); return print(a...) }
	case func(string, ...any) string:
		return func(f string, a ...any) string { g.refuseEndless(a); return print(f, a...) }
	case func(string, ...any) error:
		return func(f string, a ...any) error { g.refuseEndless(a); return print(f, a...) }
	case func(...any) (int, error):
		return func(a ...any) (int, error) { g.refuseEndless(a); return print(a...) }
	case func(string, ...any) (int, error):
		return func(f string, a ...any) (int, error) { g.refuseEndless(a); return print(f, a...) }
	case func(io.Writer, ...any) (int, error):
		return func(w io.Writer, a ...any) (int, error) { g.refuseEndless(a); return print(w, a...) }
	case func(io.Writer, string, ...any) (int, error):
		return func(w io.Writer, f string, a ...any) (int, error) { g.refuseEndless(a); return print(w, f, a...) }
	case func([]byte, ...any) []byte:
		return func(b []byte, a ...any) []byte { g.refuseEndless(a); return print(b, a...) }
	case func([]byte, string, ...any) []byte:
		return func(b []byte, f string, a ...any) []byte { g.refuseEndless(a); return print(b, f, a...) }
	}
	return print
}

// refuseEndless panics where an argument is endless data.
func (g *printGuard) refuseEndless(args []any) {
	for _, a := range args {
		switch a.(type) {
		case nil, string, int, bool, float64, []byte, []string, error, fmt.Stringer:
			continue
		}
		if g.endless(reflect.ValueOf(a), 0) {
			panic(stackOverflow{})
		}
	}
}

// endless reports whether printing v goes deeper than maxDepth. The first path that
// does ends the search.
func (g *printGuard) endless(v reflect.Value, depth int) bool {
	if depth > maxDepth {
		return true
	}
	if !v.IsValid() || !g.mayNest(v.Type()) {
		return false
	}
	if depth > 0 && printsItself(v.Type()) {
		return false
	}
	switch v.Kind() {
	case reflect.Pointer:
		// Followed at the top only, where it leads to data; otherwise its address
		// is printed.
		return depth == 0 && g.endless(v.Elem(), 1)
	case reflect.Interface:
		return g.endless(v.Elem(), depth+1)
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if g.endless(v.Index(i), depth+1) {
				return true
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if g.endless(v.Field(i), depth+1) {
				return true
			}
		}
	case reflect.Map:
		for entries := v.MapRange(); entries.Next(); {
			if g.endless(entries.Value(), depth+1) || g.endless(entries.Key(), depth+1) {
				return true
			}
		}
	}
	return false
}

var (
	stringerType  = reflect.TypeFor[fmt.Stringer]()
	errorType     = reflect.TypeFor[error]()
	formatterType = reflect.TypeFor[fmt.Formatter]()
)

// printsItself reports whether fmt calls a method of the type instead of looking
// into its values.
func printsItself(t reflect.Type) bool {
	return t.Kind() != reflect.Interface &&
		(t.Implements(stringerType) || t.Implements(errorType) || t.Implements(formatterType))
}

// mayNest reports whether values of the type can be nested without end: it leads to
// an interface or to itself.
func (g *printGuard) mayNest(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Array, reflect.Struct, reflect.Map:
	default:
		return false
	}
	if known, ok := g.nesting.Load(t); ok {
		return known.(bool)
	}
	may := leadsOn(t, map[reflect.Type]bool{})
	g.nesting.Store(t, may)
	return may
}

func leadsOn(t reflect.Type, above map[reflect.Type]bool) bool {
	if above[t] {
		return true
	}
	above[t] = true
	defer delete(above, t)
	switch t.Kind() {
	case reflect.Interface:
		return true
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return leadsOn(t.Elem(), above)
	case reflect.Map:
		return leadsOn(t.Key(), above) || leadsOn(t.Elem(), above)
	case reflect.Struct:
		for i := range t.NumField() {
			if leadsOn(t.Field(i).Type, above) {
				return true
			}
		}
	}
	return false
}
