package interp

import (
	"bytes"
	"encoding"
	"encoding/gob"
	"encoding/xml"
	htmltemplate "html/template"
	"log"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"text/template"
)

// Methods of compiled types that end the process on some arguments: they print or
// encode data that contains itself, or allocate more than a machine has. Calls of them
// are looked at before they are made.

// lookedAt are the names of such methods.
var lookedAt = map[string]bool{
	"Print": true, "Printf": true, "Println": true, "Panic": true, "Panicf": true, "Panicln": true, // log
	"Debug": true, "Info": true, "Warn": true, "Error": true, "Log": true, "With": true, // log/slog
	"DebugContext": true, "InfoContext": true, "WarnContext": true, "ErrorContext": true,
	"Execute": true, "ExecuteTemplate": true, // templates
	"Encode": true, "EncodeElement": true, // encoding/xml, encoding/gob
	"Grow": true, // strings.Builder, bytes.Buffer
}

// look panics where a call of the method would end the process.
func (g *printGuard) look(receiver any, args []reflect.Value) {
	switch receiver.(type) {
	case *log.Logger, *slog.Logger, *template.Template, *htmltemplate.Template:
		for _, a := range args {
			g.refuseEndlessValue(a)
		}
	case *xml.Encoder, *gob.Encoder:
		if len(args) > 0 {
			g.refuseCircular(args[0])
		}
	case *strings.Builder, *bytes.Buffer:
		if len(args) == 1 && args[0].CanInt() && args[0].Int() > maxRepeat {
			panic(bytes.ErrTooLarge)
		}
	}
}

// guardCalls has the guard's call looked at where it may be one of such a method.
func (g *guard) guardCalls() {
	l := g.u.m.layout
	fun := g.u.child(g.node, 0)
	if fun.kind(l) != kindSelector {
		return
	}
	selector := *at[[]node](fun.n, l.child)
	if len(selector) != 2 || !lookedAt[childNode{selector[1]}.ident(l)] {
		return
	}
	receiver, inner := yaegiValue(selector[0]), g.inner
	var args []func(frame) reflect.Value
	for _, n := range (*at[[]node](g.node, l.child))[1:] {
		args = append(args, yaegiValue(n))
	}
	g.inner = func(f frame) step {
		values := make([]reflect.Value, len(args))
		for i, arg := range args {
			values[i] = arg(f)
		}
		g.u.printing.look(pointerTo(receiver(f)), values)
		return inner(f)
	}
}

// refuseEndlessValue is refuseEndless for one argument.
func (g *printGuard) refuseEndlessValue(v reflect.Value) {
	for v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if v.IsValid() && g.endless(v, 0) {
		panic(stackOverflow{})
	}
}

// guardMarshal is the function with its argument looked at, if it marshals XML.
func (g *printGuard) guardMarshal(marshal any) any {
	switch marshal := marshal.(type) {
	case func(any) ([]byte, error):
		return func(v any) ([]byte, error) { g.refuseCircular(reflect.ValueOf(v)); return marshal(v) }
	case func(any, string, string) ([]byte, error):
		return func(v any, prefix, indent string) ([]byte, error) {
			g.refuseCircular(reflect.ValueOf(v))
			return marshal(v, prefix, indent)
		}
	}
	return marshal
}

// refuseCircular panics where encoding v, which follows pointers, has no end.
func (g *printGuard) refuseCircular(v reflect.Value) {
	if g.circular(v, 0) {
		panic(stackOverflow{})
	}
}

// circular reports whether encoding v goes deeper than maxDepth, as endless does for
// printing: through pointers, and through the fields that are encoded only.
func (g *printGuard) circular(v reflect.Value, depth int) bool {
	if depth > maxDepth {
		return true
	}
	if !v.IsValid() || !g.mayNest(v.Type()) || encodesItself(v.Type()) {
		return false
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return g.circular(v.Elem(), depth+1)
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if g.circular(v.Index(i), depth+1) {
				return true
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if (f.IsExported() || f.Anonymous) && f.Tag.Get("xml") != "-" && g.circular(v.Field(i), depth+1) {
				return true
			}
		}
	case reflect.Map:
		for entries := v.MapRange(); entries.Next(); {
			if g.circular(entries.Value(), depth+1) {
				return true
			}
		}
	}
	return false
}

var encoderTypes = []reflect.Type{
	reflect.TypeFor[xml.Marshaler](), reflect.TypeFor[gob.GobEncoder](),
	reflect.TypeFor[encoding.TextMarshaler](), reflect.TypeFor[encoding.BinaryMarshaler](),
}

// encodesItself reports whether encoders call a method of the type instead of looking
// into its values.
func encodesItself(t reflect.Type) bool {
	return t.Kind() != reflect.Interface && slices.ContainsFunc(encoderTypes, t.Implements)
}
