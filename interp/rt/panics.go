package rt

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"unicode/utf8"
)

// Panics of the interpreter are often those of package reflect. A script that
// recovers them, and the author who reads them, expects Go's. Those of indices and
// slices, which say numbers, are explained by the interpreter's steps, in package
// interp; the others here.

// NilDereference is the run-time error of reading through a nil pointer itself, not a
// copy of its text.
var NilDereference = caught(func() {
	var p *int
	_ = *p
})

func caught(f func()) (v any) {
	defer func() { v = recover() }()
	f()
	return nil
}

// The types of the run time's own errors, whose values are texts.
var (
	errorString = reflect.TypeOf(caught(func() {
		n := -1
		_ = make([]struct{}, n)
	}))
	plainErrorString = reflect.TypeOf(caught(func() { close((chan struct{})(nil)) }))
)

// runtimeError is the run-time error with a text. The prefix is the type's own.
func runtimeError(text string) any { return ofText(errorString, text) }

// PlainError is the run-time error whose text has no prefix.
func PlainError(text string) any { return ofText(plainErrorString, text) }

// conversionError is the run-time error of converting a slice to an array that is longer.
func conversionError(have, want int) any {
	made := caught(func() {
		var s []struct{}
		_ = [1]struct{}(s)
	})
	v := reflect.ValueOf(made)
	err := reflect.New(v.Type()).Elem()
	err.Set(v)
	x, y := err.FieldByName("x"), err.FieldByName("y")
	if x.Kind() != reflect.Int64 || y.Kind() != reflect.Int {
		return runtimeError(fmt.Sprintf("cannot convert slice with length %d to array or pointer to array with length %d", have, want))
	}
	*(*int64)(x.Addr().UnsafePointer()) = int64(want)
	*(*int)(y.Addr().UnsafePointer()) = have
	return err.Interface()
}

func ofText(t reflect.Type, text string) any {
	v := reflect.New(t).Elem()
	v.SetString(text)
	return v.Interface()
}

func panicWith(v any) { panic(v) }

func negativeShift() {
	n := -1
	_ = 1 << n // panics as it must
}

// rangeState panics as the loop over a function does that misuses its body.
func rangeState(state int) {
	switch state {
	case 1:
		panic(runtimeError("range function recovered a loop body panic and did not resume panicking"))
	case 2:
		panic(runtimeError("range function continued iteration after function for loop body returned false"))
	}
	panic(runtimeError("range function continued iteration after whole loop exit"))
}

// translate returns the value that Go would have panicked with.
func (r *Runtime) translate(v any) any {
	switch e := v.(type) {
	case *reflect.ValueError:
		if e.Kind == reflect.Invalid && !inspections[strings.TrimPrefix(e.Method, "reflect.Value.")] {
			return NilDereference
		}
	case string:
		return translateText(e)
	case reflect.Value:
		if e.IsValid() && e.CanInterface() {
			return r.translate(e.Interface())
		}
	}
	return v
}

// inspections are methods of reflect.Value that the interpreter does not call on
// what a nil pointer points to, but scripts do.
var inspections = map[string]bool{
	"Type": true, "NumField": true, "NumMethod": true, "IsNil": true, "MapKeys": true, "MapRange": true,
	"FieldByName": true, "MethodByName": true, "Call": true, "Pointer": true, "UnsafePointer": true,
}

// texts are panics of package reflect and what Go says instead.
var texts = []struct {
	reflect string
	value   any
}{
	{"reflect.MakeSlice: negative len", runtimeError("makeslice: len out of range")},
	{"reflect.MakeSlice: negative cap", runtimeError("makeslice: cap out of range")},
	{"reflect.MakeSlice: len > cap", runtimeError("makeslice: cap out of range")},
	{"reflect.MakeChan: negative buffer size", PlainError("makechan: size out of range")},
	{"reflect: cannot convert slice with length ", nil},
	{"reflect.Value.Call: call of nil function", NilDereference},
	{"reflect.Value.CallSlice: call of nil function", NilDereference},
	{"reflect: Method on nil interface value", NilDereference},
	{"reflect.Append: slice overflow", runtimeError("growslice: len out of range")},
	{"reflect.Value.Grow: slice overflow", runtimeError("growslice: len out of range")},
}

func translateText(s string) any {
	if !strings.HasPrefix(s, "reflect") {
		return s
	}
	for _, t := range texts {
		rest, ok := strings.CutPrefix(s, t.reflect)
		if !ok {
			continue
		}
		if t.value != nil {
			return t.value
		}
		// reflect: cannot convert slice with length 2 to array or pointer to array with length 4
		var have, want int
		fmt.Sscanf(rest, "%d to pointer to array with length %d", &have, &want)
		if want == 0 {
			fmt.Sscanf(rest, "%d to array with length %d", &have, &want)
		}
		return conversionError(have, want)
	}
	return s // the script's own use of package reflect
}

// Panicked turns a value that the host recovered, from an entry or while the
// program was loaded, into what Go would say.
func (r *Runtime) Panicked(recovered any) *Panic {
	v := r.translate(recovered)
	return &Panic{Value: v, Text: panicText(v)}
}

// panicText is what Go prints for a panic that nobody recovers.
func panicText(v any) (text string) {
	defer func() {
		if p := recover(); p != nil { // an Error method that panics itself
			text = fmt.Sprintf("%T (its text cannot be had: %v)", v, p)
		}
	}()
	switch v := v.(type) {
	case nil:
		return "nil"
	case error:
		text = v.Error()
		if re, ok := v.(runtime.Error); ok {
			if _, isAddr := re.(interface{ Addr() uintptr }); isAddr || v == NilDereference {
				text += "\n[signal SIGSEGV: segmentation violation]"
			}
			return text
		}
		return text
	case fmt.Stringer:
		return v.String()
	case string:
		return v
	}
	x := reflect.ValueOf(v)
	t := x.Type()
	switch x.Kind() {
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr,
		reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128, reflect.String:
		s := printed(v)
		if t.PkgPath() == "" { // not a type of its own
			return s
		}
		if x.Kind() == reflect.String {
			s = quotedPlain(x.String())
		}
		return fmt.Sprintf("%s(%s)", t, s)
	}
	return fmt.Sprintf("(%s) %v", t, addressOf(x))
}

// quotedPlain is how the runtime prints a string type's value.
func quotedPlain(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "�")
	}
	return `"` + s + `"`
}

// addressOf stands for the address that Go prints of other values.
func addressOf(x reflect.Value) string {
	switch x.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Chan, reflect.Func, reflect.UnsafePointer:
		return fmt.Sprintf("%#x", x.Pointer())
	}
	return "0xc000000000"
}
