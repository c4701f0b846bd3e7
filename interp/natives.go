package interp

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"time"

	"gateway/interp/lower"
	"gateway/interp/rt"
)

// replaceNatives replaces functions that would outlive the instance, end the process,
// or speak of the whole process, by ones that do not.
func (i *Instance) replaceNatives(exports map[string]map[string]reflect.Value) {
	names := exports[lower.ImportPath+"/"+lower.ImportPath]
	i.asksCallers = i.program.lowered.ShowsSource
	for name, s := range i.program.lowered.Symbols {
		if s.Kind != lower.Native || names[name].Kind() != reflect.Func {
			continue
		}
		switch s.Path + "." + s.Name {
		case "time.Sleep":
			names[name] = reflect.ValueOf(i.sleep)
		case "strings.Repeat":
			names[name] = reflect.ValueOf(repeatString)
		case "runtime.NumGoroutine":
			names[name] = reflect.ValueOf(func() int { return int(i.parts.Load()) - 1 })
		case "bytes.Repeat":
			names[name] = reflect.ValueOf(repeatBytes)
		default:
			if ask := i.askCallers(s.Path + "." + s.Name); ask != nil {
				names[name], i.asksCallers = reflect.ValueOf(ask), true
				break
			}
			if s.Path == "log" || s.Path == "log/slog" {
				if own := i.replacedFunction(s.Path, s.Name); own != nil {
					names[name] = reflect.ValueOf(own)
				}
			}
			switch printing := &i.program.engine.printing; s.Path {
			case "fmt", "log", "log/slog":
				names[name] = reflect.ValueOf(printing.guard(names[name].Interface()))
			case "encoding/xml":
				names[name] = reflect.ValueOf(printing.guardMarshal(names[name].Interface()))
			}
		}
	}
	if binder, ok := names[methodBinder]; ok {
		bind := binder.Interface().(func(int, ...any))
		names[methodBinder] = reflect.ValueOf(func(typ int, methods ...any) {
			for k := 1; k < len(methods); k += 2 {
				methods[k] = i.failing(methods[k])
			}
			bind(typ, methods...)
		})
	}
}

// errStopped is what methods of a stopped script return where they return an error.
var errStopped = errors.New("the script was stopped")

// failing is a method of the script for compiled code to call. A stopped function
// returns zero values, and compiled code would take its nil error for success: a Read
// that gives nothing and no error is called for ever. So it returns an error then.
func (i *Instance) failing(method any) any {
	fn := reflect.ValueOf(method)
	t := fn.Type()
	last := t.NumOut() - 1
	if last < 0 || t.Out(last) != reflect.TypeFor[error]() {
		return method
	}
	call := fn.Call
	if t.IsVariadic() {
		call = fn.CallSlice
	}
	return reflect.MakeFunc(t, func(in []reflect.Value) []reflect.Value {
		out := call(in)
		if _, killed := i.Killed(); killed && out[last].IsNil() {
			out[last] = reflect.ValueOf(&errStopped).Elem()
		}
		return out
	}).Interface()
}

// methodBinder is the function of package rt by which the program gives its types
// their methods.
const methodBinder = "rt_bind"

// Method is part of [rt.Replacer]: for method values, which deferred calls are too. Calls
// of methods are guarded where they are made.
func (i *Instance) Method(x any, name string) any {
	x = promotedReceiver(x, name)
	if guarded := i.unwind.waits.method(x, name); guarded != nil {
		return guarded
	}
	if i.program.lowered.Logs {
		if own := i.replacedMethod(x, name); own != nil {
			return i.program.engine.printing.guard(own)
		}
	}
	return nil
}

var _ rt.Replacer = (*Instance)(nil)

// sleep is time.Sleep that ends when the instance does.
func (i *Instance) sleep(d time.Duration) {
	if d <= 0 {
		time.Sleep(d)
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-i.machine.done:
	}
}

// maxRepeat is the most bytes that a Repeat may give: an allocation that the machine
// cannot give ends the process.
const maxRepeat = 1 << 30

func repeatString(s string, count int) string {
	if count > 0 && len(s) > maxRepeat/count {
		panic("strings: Repeat output length overflow")
	}
	return strings.Repeat(s, count)
}

func repeatBytes(b []byte, count int) []byte {
	if count > 0 && len(b) > maxRepeat/count {
		panic("bytes: Repeat output length overflow")
	}
	return bytes.Repeat(b, count)
}
