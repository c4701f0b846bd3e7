package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"

	"gateway/interp"
	"gateway/interp/check"
	"gateway/symbols"
)

// serve interprets the programs that come in, one after the other, until there are
// no more.
func serve(ctx context.Context, in io.Reader, out io.Writer) error {
	rules, err := symbols.NewRules(symbols.All)
	if err != nil {
		return err
	}
	engine, err := interp.New(interp.Options{Rules: rules})
	if err != nil {
		return err
	}
	decoder, encoder := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var source string
		if err := decoder.Decode(&source); errors.Is(err, io.EOF) {
			return engine.Close(ctx)
		} else if err != nil {
			return err
		}
		if err := encoder.Encode(interpreted(ctx, engine, source)); err != nil {
			return err
		}
	}
}

func interpreted(ctx context.Context, engine *interp.Engine, source string) outcome {
	ctx, cancel := context.WithTimeout(ctx, runTime)
	defer cancel()
	var stdout, stderr bytes.Buffer
	src := check.Source{Name: "main.go", Kind: check.Program, Files: []check.File{{Name: "main.go", Code: source}}}
	exit, err := engine.Run(ctx, src, interp.RunOptions{Stdout: &stdout, Stderr: &stderr, Args: []string{"main"}})
	var diagnostics *interp.DiagnosticsError
	switch {
	case errors.As(err, &diagnostics):
		o := outcome{Refused: err.Error()}
		for _, d := range diagnostics.Diagnostics {
			if d.Severity == check.Error {
				o.Invalid = d.Code != "internal" && !strings.HasPrefix(d.Code, "unsupported-")
				break
			}
		}
		return o
	case ctx.Err() != nil:
		return outcome{Late: true}
	case err != nil:
		return outcome{Refused: err.Error()}
	}
	return outcome{Output: joined(stdout.Bytes(), stderr.Bytes()), Exit: exit}
}

// workers are processes that interpret programs.
type workers struct {
	self string
	idle chan *worker // as many as there are processors; nil where none runs
}

// worker is one process.
type worker struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *json.Decoder
	stderr *bytes.Buffer
}

func newWorkers(ctx context.Context) (*workers, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	w := &workers{self: self, idle: make(chan *worker, runtime.NumCPU())}
	for range cap(w.idle) {
		w.idle <- nil
	}
	return w, ctx.Err()
}

// interpret runs each program in one of the processes.
func (w *workers) interpret(ctx context.Context, sources []string) []outcome {
	outcomes := make([]outcome, len(sources))
	var wg sync.WaitGroup
	for i, source := range sources {
		one := <-w.idle
		wg.Go(func() {
			outcomes[i], one = w.one(ctx, one, source)
			w.idle <- one
		})
	}
	wg.Wait()
	return outcomes
}

// one runs a program in a process, a new one where there is none, and returns the
// process if it lives.
func (w *workers) one(ctx context.Context, p *worker, source string) (outcome, *worker) {
	if p == nil {
		var err error
		if p, err = w.start(ctx); err != nil {
			return outcome{Died: err.Error()}, nil
		}
	}
	var o outcome
	err := json.NewEncoder(p.in).Encode(source)
	if err == nil {
		err = p.out.Decode(&o)
	}
	if err != nil {
		p.in.Close()
		return outcome{Died: fmt.Sprintf("%v: %s", errors.Join(err, p.cmd.Wait()), firstLines(p.stderr.String()))}, nil
	}
	return o, p
}

func (w *workers) start(ctx context.Context) (*worker, error) {
	p := &worker{cmd: exec.CommandContext(ctx, w.self, "-worker"), stderr: new(bytes.Buffer)}
	p.cmd.Stderr = p.stderr
	p.cmd.Env = append(os.Environ(), "GOMEMLIMIT=1GiB")
	in, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.in, p.out = in, json.NewDecoder(bufio.NewReader(out))
	return p, p.cmd.Start()
}

// close ends the processes.
func (w *workers) close() {
	for range cap(w.idle) {
		if p := <-w.idle; p != nil {
			p.in.Close()
			_ = p.cmd.Wait() // it has done its work
		}
	}
}

func firstLines(s string) string {
	lines := strings.SplitN(s, "\n", 4)
	return strings.Join(lines[:min(3, len(lines))], " / ")
}
