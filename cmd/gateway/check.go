package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"gateway/internal/scriptdir"
	"gateway/interp"
	"gateway/interp/check"
	"gateway/symbols"
)

func newCheck() *cobra.Command {
	var allow []string
	cmd := &cobra.Command{
		Use:   "check FILE…",
		Short: "Check handlers without running them",
		Long: `Check handlers as a save does, and print what is wrong with them as a compiler
does: FILE:LINE:COLUMN: message. A folder stands for the scripts in it, by the
rules of the scripts folder. The exit status is 1 when something was refused;
warnings do not count.`,
		Example: `  gateway check hello.go
  gateway check scripts`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			engine, err := newEngine(allow)
			if err != nil {
				return err
			}
			refused := false
			mods := newLooseModules(cmd)
			defer mods.close()
			for _, arg := range args {
				sources, err := sourcesOf(cmd, mods, arg)
				if err != nil {
					return err
				}
				for _, src := range sources {
					for _, d := range engine.Check(src) {
						refused = refused || d.Severity == check.Error
						printDiagnostic(cmd.ErrOrStderr(), d)
					}
				}
			}
			if refused {
				return exitCode(1)
			}
			return nil
		},
	}
	addAllowFlag(cmd, &allow)
	return cmd
}

func addAllowFlag(cmd *cobra.Command, allow *[]string) {
	cmd.Flags().StringSliceVar(allow, "allow", nil, "`PACKAGES` to allow beyond the sandbox, or all")
}

// newEngine makes an engine whose sandbox is widened by allow.
func newEngine(allow []string) (*interp.Engine, error) {
	rules, err := symbols.NewRules(allow...)
	if err != nil {
		return nil, err
	}
	return interp.New(interp.Options{Rules: rules})
}

// sourcesOf reads a file, or the scripts of a folder, with the modules that they import.
func sourcesOf(cmd *cobra.Command, mods *looseModules, arg string) ([]check.Source, error) {
	info, err := os.Stat(arg)
	if err != nil || !info.IsDir() {
		code, err := readSource(cmd, arg)
		if err != nil {
			return nil, err
		}
		src, err := mods.beside(check.Source{Name: arg, Kind: kindOf(code), Files: []check.File{{Name: arg, Code: code}}})
		return []check.Source{src}, err
	}
	scripts, err := scriptdir.Scan(arg)
	if err != nil {
		return nil, err
	}
	var sources []check.Source
	for _, s := range scripts {
		for i, f := range s.Files {
			s.Files[i].Name = filepath.Join(arg, f.Name)
		}
		src, err := mods.resolve(s.Source, s.Requires)
		if err != nil {
			return nil, err
		}
		sources = append(sources, src)
	}
	return sources, nil
}

// kindOf takes a file for what it looks like.
func kindOf(code string) check.Kind {
	for line := range strings.Lines(code) {
		switch {
		case strings.HasPrefix(line, "package main"):
			return check.Program
		case strings.HasPrefix(line, "//gateway:route"):
			return check.Script
		}
	}
	return check.Handler
}

// printDiagnostic prints a diagnostic as a compiler does, with its hint below.
func printDiagnostic(w io.Writer, d check.Diagnostic) {
	if d.Severity == check.Warning {
		d.Message = "warning: " + d.Message
	}
	fmt.Fprintln(w, d)
	if d.Hint != "" {
		fmt.Fprintln(w, "\t"+strings.ReplaceAll(d.Hint, "\n", "\n\t"))
	}
}
