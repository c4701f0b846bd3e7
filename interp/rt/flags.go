package rt

import (
	"errors"
	"flag"
	"fmt"
	"reflect"
)

// commandLine is what package flag has for the process: the flags of a program that is
// run like a command, which are not those of its host.
type commandLine struct {
	args  []string      // os.Args
	flags *flag.FlagSet // flag.CommandLine
	usage func()        // flag.Usage
}

// command returns the command line of the program that p runs. It is called while the
// program's symbols are made.
func (r *Runtime) command(p Process) *commandLine {
	if r.commands == nil {
		c := &commandLine{args: p.Args()}
		name := ""
		if len(c.args) > 0 {
			name = c.args[0]
		}
		c.flags = flag.NewFlagSet(name, flag.ExitOnError)
		c.flags.SetOutput(r.host.Stderr())
		c.flags.Usage = func() { c.usage() }
		c.usage = func() {
			fmt.Fprintf(c.flags.Output(), "Usage of %s:\n", name)
			c.flags.PrintDefaults()
		}
		r.commands = c
	}
	return r.commands
}

// overrideFlag returns what stands for a function or variable of package flag that
// concerns flag.CommandLine.
func (r *Runtime) overrideFlag(p Process, name string) any {
	c := r.command(p)
	switch name {
	case "CommandLine":
		return &c.flags
	case "Usage":
		return &c.usage
	case "Parse":
		return func() { r.parseFlags(c) }
	}
	// The other functions are methods of the flags of the moment.
	method, ok := reflect.TypeOf(c.flags).MethodByName(name)
	if !ok {
		return nil
	}
	bound := reflect.ValueOf(c.flags).Method(method.Index).Type()
	return reflect.MakeFunc(bound, func(in []reflect.Value) []reflect.Value {
		return reflect.ValueOf(c.flags).Method(method.Index).Call(in)
	}).Interface()
}

// parseFlags is flag.Parse. Where that would end the process it ends the program.
func (r *Runtime) parseFlags(c *commandLine) {
	flags, handling := c.flags, c.flags.ErrorHandling()
	if handling != flag.ExitOnError {
		flags.Parse(c.args[min(1, len(c.args)):])
		return
	}
	flags.Init(flags.Name(), flag.ContinueOnError)
	err := flags.Parse(c.args[min(1, len(c.args)):])
	flags.Init(flags.Name(), handling)
	switch {
	case errors.Is(err, flag.ErrHelp):
		r.Exit(0)
	case err != nil:
		r.Exit(2)
	}
}
