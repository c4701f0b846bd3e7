package rt

import (
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
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
	case reflect.Float32, reflect.Float64:
		return printedFloat(v.Float())
	case reflect.Complex64, reflect.Complex128:
		c := v.Complex()
		return "(" + printedFloat(real(c)) + printedFloat(imag(c)) + "i)"
	case reflect.String:
		return v.String()
	case reflect.Slice:
		return fmt.Sprintf("[%d/%d]%#x", v.Len(), v.Cap(), v.Pointer())
	case reflect.Pointer, reflect.Map, reflect.Chan, reflect.Func, reflect.UnsafePointer:
		return fmt.Sprintf("%#x", v.Pointer())
	}
	return "(0x0,0x0)"
}

// printedFloat is the runtime's format: +1.500000e+000.
func printedFloat(f float64) string {
	switch s := strconv.FormatFloat(f, 'e', 6, 64); s {
	case "NaN", "+Inf", "-Inf":
		return s
	default:
		if s[0] != '-' {
			s = "+" + s
		}
		i := strings.IndexByte(s, 'e')
		exp := s[i+2:]
		for len(exp) < 3 {
			exp = "0" + exp
		}
		return s[:i+2] + exp
	}
}
