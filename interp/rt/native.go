package rt

import (
	"fmt"
	"io"
	"os"
	"reflect"
	"sync"
)

// standardStreams are the files that a program which is run like a command sees
// as os.Stdin, os.Stdout and os.Stderr: pipes from and to the host's streams.
type standardStreams struct {
	mu     sync.Mutex // guards what follows
	files  [2]*os.File
	copies sync.WaitGroup
	stdin  *os.File
	feed   *os.File // the other end of stdin, nil where that is the host's own file
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

// standardInput returns os.Stdin of the program: the host's own file, or else a pipe
// that is fed from its stream. The goroutine that feeds it ends with the program or
// with the stream; one that waits in a Read of the host's is left behind until that
// returns, because nothing can end it.
func (r *Runtime) standardInput(p Process) (*os.File, error) {
	s := &r.streams
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stdin != nil {
		return s.stdin, nil
	}
	from := p.Stdin()
	if f, ok := from.(*os.File); ok {
		s.stdin = f
		return f, nil
	}
	pr, pw, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	s.stdin, s.feed = pr, pw
	go func() {
		io.Copy(pw, from)
		pw.Close()
	}()
	return pr, nil
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
	if s.feed != nil {
		s.feed.Close()
		s.stdin.Close()
		s.stdin, s.feed = nil, nil
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
		if p, ok := r.host.(Process); ok && f == nil && p.Stdin() != nil {
			f, err = r.overrideScan(p, name)
		}
	case "flag":
		if p, ok := r.host.(Process); ok && p.Stdin() != nil {
			f = r.overrideFlag(p, name)
		}
	case "os":
		f, err = r.overrideOS(name)
	case "runtime":
		if name == "Breakpoint" { // a trap ends the process
			f = func() { panic(PlainError("breakpoint")) }
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
	case "Stdin":
		if p.Stdin() == nil {
			return nil, nil
		}
		f, err := r.standardInput(p)
		return &f, err
	case "Exit":
		return r.Exit, nil
	case "Args":
		return &r.command(p).args, nil
	}
	return nil, nil
}

// Exit is os.Exit.
func (r *Runtime) Exit(code int) {
	p, ok := r.host.(Process)
	if !ok {
		os.Exit(code)
	}
	r.exiting.Store(true)
	r.flush()
	p.Exit(code)
}

// overrideScan returns what stands for the functions of fmt that read os.Stdin.
func (r *Runtime) overrideScan(p Process, name string) (any, error) {
	switch name {
	case "Scan", "Scanf", "Scanln":
	default:
		return nil, nil
	}
	stdin, err := r.standardInput(p)
	if err != nil {
		return nil, err
	}
	switch name {
	case "Scan":
		return func(a ...any) (int, error) { return fmt.Fscan(stdin, a...) }, nil
	case "Scanf":
		return func(format string, a ...any) (int, error) { return fmt.Fscanf(stdin, format, a...) }, nil
	}
	return func(a ...any) (int, error) { return fmt.Fscanln(stdin, a...) }, nil
}
