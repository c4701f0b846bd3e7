package interp

import (
	"context"
	"io"

	"gateway/interp/check"
)

// RunOptions are the surroundings of a program that is run like a command.
type RunOptions struct {
	Stdin          io.Reader // empty where nil
	Stdout, Stderr io.Writer // dropped where nil
	// Args are what the program sees as os.Args: its name and its arguments.
	Args []string
}

// Run compiles and runs a `package main` program until its main returns, it calls
// os.Exit, it panics, or ctx ends. The exit code is the program's: 2 for a panic,
// which is printed to Stderr as Go prints it. A program that is refused is a
// *[DiagnosticsError].
func (e *Engine) Run(ctx context.Context, src check.Source, opts RunOptions) (exitCode int, err error) {
	return 2, ErrStopped
}
