package rt

import (
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"unsafe"
)

// print and println write to standard error as the predeclared functions do.

func (r *Runtime) print(args ...any) {
	var b strings.Builder
	for _, a := range args {
		b.WriteString(printed(a))
	}
	io.WriteString(r.host.Stderr(), b.String())
}

func (r *Runtime) println(args ...any) {
	var b strings.Builder
	for i, a := range args {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(printed(a))
	}
	b.WriteByte('\n')
	io.WriteString(r.host.Stderr(), b.String())
}

// printed formats a value as the runtime prints it.
func printed(a any) string {
	if i, ok := a.(iface); ok {
		return i.words()
	}
	v := reflect.ValueOf(a)
	switch v.Kind() {
	case reflect.Invalid:
		return "nil"
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return strconv.FormatUint(v.Uint(), 10)
	case reflect.Float32:
		return strconv.FormatFloat(v.Float(), 'g', -1, 32)
	case reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, 64)
	case reflect.Complex64:
		return strconv.FormatComplex(v.Complex(), 'g', -1, 64)
	case reflect.Complex128:
		return strconv.FormatComplex(v.Complex(), 'g', -1, 128)
	case reflect.String:
		return v.String()
	case reflect.Slice:
		return fmt.Sprintf("[%d/%d]%#x", v.Len(), v.Cap(), v.Pointer())
	case reflect.Pointer, reflect.Map, reflect.Chan, reflect.Func, reflect.UnsafePointer:
		return fmt.Sprintf("%#x", v.Pointer())
	}
	return fmt.Sprint(a)
}

// iface marks an operand of print whose static type is an interface: its words
// are printed, not its value.
type iface struct{ v any }

func markInterface(v any) any { return iface{v} }

// words stands for the words of an interface.
func (i iface) words() string {
	if i.v == nil {
		return "(0x0,0x0)"
	}
	w := *(*[2]uintptr)(unsafe.Pointer(&i.v))
	return fmt.Sprintf("(%#x,%#x)", w[0], w[1])
}
