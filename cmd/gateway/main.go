// Command gateway serves HTTP endpoints whose handlers are plain Go source,
// interpreted: saved and live within milliseconds, without a Go toolchain.
//
//	gateway serve                 serve endpoints, the admin API and the scripts folder
//	gateway check FILE…           check handlers without running them
//	gateway run FILE.go           interpret a program
//	gateway deploy FILE           put a handler on a running gateway
//	gateway logs ENDPOINT         read or follow an endpoint's log
//	gateway config                print the effective configuration
//	gateway version               print the version
//
// This package is the only place that knows all the others: it reads the
// configuration, wires the parts together and waits for signals.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	runtime.MemProfileRate = 0 // nobody reads it, and taking samples costs a save a fiftieth of its time
	// Until the end no further signal ends the process: one may come twice, from the terminal and from the supervisor.
	ctx, _ := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := newRoot().ExecuteContext(ctx)
	var exit exitCode
	switch {
	case errors.As(err, &exit):
		os.Exit(int(exit))
	case err != nil:
		fmt.Fprintln(os.Stderr, "gateway:", err)
		os.Exit(1)
	}
}

// exitCode is an error of a command that has already said what is wrong.
type exitCode int

func (e exitCode) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "gateway",
		Short: "Serve HTTP endpoints whose handlers are plain Go source",
		Long: `The gateway serves HTTP endpoints whose handlers are plain Go source. Nobody
compiles: a handler is checked by Go's own type checker, interpreted, and live
within milliseconds of being saved. No Go toolchain is needed.`,
		Example: `  gateway serve
  gateway deploy hello.go --route "GET /hello"
  curl http://localhost:9080/hello`,
		SilenceUsage:      true,
		SilenceErrors:     true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.AddCommand(
		newServe(),
		newCheck(),
		newRun(),
		newLower(),
		newDeploy(),
		newLogs(),
		newConfig(),
		newVersion(),
	)
	for _, cmd := range root.Commands() {
		if cmd.Args != nil {
			cmd.Args = explainUsage(cmd.Args)
		}
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w; `%s --help` lists the flags", err, cmd.CommandPath())
	})
	return root
}

// explainUsage answers wrong arguments with the right ones.
func explainUsage(args cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, given []string) error {
		if args(cmd, given) != nil {
			return fmt.Errorf("the command is `%s`; `%s --help` says more", cmd.UseLine(), cmd.CommandPath())
		}
		return nil
	}
}
