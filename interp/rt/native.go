package rt

import (
	"fmt"
	"os"
	"reflect"
	"sync"
)

// standardStreams are the files that a program which is run like a command sees
// as os.Stdin, os.Stdout and os.Stderr.
type standardStreams struct {
	once  sync.Once
	files [3]*os.File
}

// override returns what stands for a symbol of the standard library that
// concerns the whole process: output goes to the instance's streams, os.Exit
// ends the program.
func (r *Runtime) override(path, name string) (reflect.Value, bool) {
	var f any
	switch path {
	case "fmt":
		switch name {
		case "Print":
			f = func(a ...any) (int, error) { return fmt.Fprint(r.host.Stdout(), a...) }
		case "Printf":
			f = func(format string, a ...any) (int, error) { return fmt.Fprintf(r.host.Stdout(), format, a...) }
		case "Println":
			f = func(a ...any) (int, error) { return fmt.Fprintln(r.host.Stdout(), a...) }
		}
	case "os":
		f = r.overrideOS(name)
	}
	if f == nil {
		return reflect.Value{}, false
	}
	return reflect.ValueOf(f), true
}

func (r *Runtime) overrideOS(name string) any {
	p, ok := r.host.(Process)
	if !ok {
		return nil
	}
	switch name {
	case "Exit":
		return func(code int) {
			r.exiting.Store(true)
			p.Exit(code)
		}
	case "Args":
		args := p.Args()
		return &args
	}
	return nil
}
