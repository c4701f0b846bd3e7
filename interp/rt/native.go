package rt

import (
	"fmt"
	"io"
	"os"
	"reflect"
	"sync"
)

// standardStreams are the files that a program which is run like a command sees
// as os.Stdout and os.Stderr: pipes to the host's streams.
type standardStreams struct {
	mu     sync.Mutex // guards what follows
	files  [2]*os.File
	copies sync.WaitGroup
}

// standardFile returns os.Stdout (0) or os.Stderr (1) of the program.
func (r *Runtime) standardFile(i int) (*os.File, error) {
	s := &r.streams
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.files[i] != nil {
		return s.files[i], nil
	}
	pr, pw, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	to := r.host.Stdout()
	if i == 1 {
		to = r.host.Stderr()
	}
	s.files[i] = pw
	s.copies.Go(func() {
		io.Copy(to, pr)
		pr.Close()
	})
	return pw, nil
}

// flush ends the program's standard files once everything written to them has
// arrived.
func (r *Runtime) flush() {
	s := &r.streams
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, f := range s.files {
		if f != nil {
			f.Close()
			s.files[i] = nil
		}
	}
	s.copies.Wait()
}

// stdout is where fmt.Print goes: to os.Stdout if the program uses that too, so
// that what is printed stays in order.
func (r *Runtime) stdout() io.Writer {
	s := &r.streams
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.files[0] != nil {
		return s.files[0]
	}
	return r.host.Stdout()
}

// override returns what stands for a symbol of the standard library that
// concerns the whole process: output goes to the instance's streams, os.Exit
// ends the program.
func (r *Runtime) override(path, name string) (reflect.Value, bool, error) {
	var f any
	var err error
	switch path {
	case "fmt":
		switch name {
		case "Print":
			f = func(a ...any) (int, error) { return fmt.Fprint(r.stdout(), a...) }
		case "Printf":
			f = func(format string, a ...any) (int, error) { return fmt.Fprintf(r.stdout(), format, a...) }
		case "Println":
			f = func(a ...any) (int, error) { return fmt.Fprintln(r.stdout(), a...) }
		}
	case "os":
		f, err = r.overrideOS(name)
	case "runtime":
		if name == "Breakpoint" { // a trap ends the process
			f = func() { panic(plainError("breakpoint")) }
		}
	}
	if f == nil || err != nil {
		return reflect.Value{}, false, err
	}
	return reflect.ValueOf(f), true, nil
}

func (r *Runtime) overrideOS(name string) (any, error) {
	switch name {
	case "Stdout":
		f, err := r.standardFile(0)
		return &f, err
	case "Stderr":
		f, err := r.standardFile(1)
		return &f, err
	}
	p, ok := r.host.(Process)
	if !ok {
		return nil, nil
	}
	switch name {
	case "Exit":
		return func(code int) {
			r.exiting.Store(true)
			r.flush()
			p.Exit(code)
		}, nil
	case "Args":
		args := p.Args()
		return &args, nil
	}
	return nil, nil
}
