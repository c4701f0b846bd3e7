package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"gateway/interp"
	"gateway/interp/check"
)

func newRun() *cobra.Command {
	var allow []string
	cmd := &cobra.Command{
		Use:   "run [--allow PACKAGES] FILE.go [ARGUMENT…]",
		Short: "Interpret a program",
		Long: `Interpret a program (package main) through the same check and interpreter as a
handler. Standard input, arguments and exit status are the program's own. A
program that is refused is not started: the reasons go to standard error and the
exit status is 2, as it is after a panic.`,
		Example: `  gateway run hello.go
  gateway run --allow os,path/filepath list.go /tmp`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			engine, err := newEngine(allow)
			if err != nil {
				return err
			}
			code, err := readSource(cmd, args[0])
			if err != nil {
				return err
			}
			mods := newLooseModules(cmd)
			src, err := mods.beside(check.Source{Name: args[0], Kind: check.Program, Files: []check.File{{Name: args[0], Code: code}}})
			mods.close() // all that the program imports has been read
			if err != nil {
				return err
			}
			status, err := engine.Run(cmd.Context(), src, interp.RunOptions{
				Stdin:  cmd.InOrStdin(),
				Stdout: cmd.OutOrStdout(),
				Stderr: cmd.ErrOrStderr(),
				Args:   args,
			})
			var refused *interp.DiagnosticsError
			switch {
			case errors.As(err, &refused):
				for _, d := range refused.Diagnostics {
					printDiagnostic(cmd.ErrOrStderr(), d)
				}
				return exitCode(2)
			case err != nil:
				return err
			case status != 0:
				return exitCode(status)
			}
			return nil
		},
	}
	cmd.DisableFlagsInUseLine = true
	cmd.Flags().SetInterspersed(false) // what follows the file is the program's
	addAllowFlag(cmd, &allow)
	return cmd
}

func newLower() *cobra.Command {
	var allow []string
	cmd := &cobra.Command{
		Use:   "lower FILE.go",
		Short: "Print the source that the interpreter runs for a file",
		Long: `Print what becomes of a handler or program before the interpreter sees it. It is
for those who want to know why something runs as it does; its form may change.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			engine, err := newEngine(allow)
			if err != nil {
				return err
			}
			mods := newLooseModules(cmd)
			defer mods.close()
			sources, err := sourcesOf(cmd, mods, args[0])
			if err != nil {
				return err
			}
			for _, src := range sources {
				program, err := engine.Compile(cmd.Context(), src)
				var refused *interp.DiagnosticsError
				if errors.As(err, &refused) {
					for _, d := range refused.Diagnostics {
						printDiagnostic(cmd.ErrOrStderr(), d)
					}
					return exitCode(1)
				}
				if err != nil {
					return err
				}
				fmt.Fprint(cmd.OutOrStdout(), program.Lowered())
			}
			return nil
		},
	}
	addAllowFlag(cmd, &allow)
	return cmd
}
