package interp

import (
	"reflect"
	"slices"

	"gateway"
)

// A handler that compiled code calls goes through package reflect twice: yaegi makes a
// function value of it whose arguments and results are copied. An entry is called
// without that.

// entry is a handler.
type entry struct {
	*function
	plain bool // it has no error among its results
}

var (
	contextType  = reflect.TypeFor[*gateway.Context]()
	requestType  = reflect.TypeFor[*gateway.Request]()
	responseType = reflect.TypeFor[*gateway.Response]()
)

// newEntry makes the entry of a function. It is nil where the function's frame does
// not look like a handler's.
func newEntry(fn *function) *entry {
	if fn == nil {
		return nil
	}
	e := &entry{function: fn, plain: fn.results == 1}
	want := []reflect.Type{responseType, errorType, contextType, requestType}
	if e.plain {
		want = slices.Delete(want, 1, 2)
	}
	if fn.results+fn.params != len(want) || len(fn.types) < len(want) || !slices.Equal(fn.types[:len(want)], want) {
		return nil
	}
	return e
}

// call runs the handler.
func (e *entry) call(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	f := e.take(e.m.root())
	f.data[e.results].Set(reflect.ValueOf(ctx))
	f.data[e.results+1].Set(reflect.ValueOf(req))
	e.run(f)
	response := (*gateway.Response)(f.data[0].UnsafePointer())
	var err error
	if !e.plain && !f.data[1].IsNil() {
		err = f.data[1].Interface().(error)
	}
	e.giveBack(f)
	return response, err
}
