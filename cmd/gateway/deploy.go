package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gateway/internal/modules"
)

func newDeploy() *cobra.Command {
	var route, name, domain string
	var timeout time.Duration
	cmd := &cobra.Command{
		Use:   "deploy FILE",
		Short: "Put a handler on a running gateway",
		Long: `Put a handler on a running gateway: create the endpoint, or replace the code of
the one that has this name, check it, and serve it. A handler that does not pass
the check changes nothing. FILE may be - for standard input. Modules that it imports
are those of a gateway.mod in its folder.`,
		Example: `  gateway deploy hello.go --route "GET /hello"
  gateway deploy pets.go --route "GET /pets/{id}" --name get-pet --timeout 2s`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			method, path, ok := strings.Cut(strings.TrimSpace(route), " ")
			if !ok {
				return fmt.Errorf("--route %q is not a method and a path: write for example --route \"GET /hello\"", route)
			}
			code, err := readSource(cmd, args[0])
			if err != nil {
				return err
			}
			if name == "" {
				name = endpointName(args[0], method, path)
			}
			c, err := newClient(cmd)
			if err != nil {
				return err
			}
			in := map[string]any{"name": name, "method": method, "path": strings.TrimSpace(path), "domain": domain, "code": code}
			if timeout > 0 {
				in["timeout"] = timeout.String()
			}
			required := modules.ReadModFile(os.DirFS(filepath.Dir(args[0])), filepath.ToSlash(filepath.Dir(args[0])))
			if required.Invalid != nil {
				return required.Invalid
			}
			if len(required.Modules) > 0 {
				in["dependencies"] = required.Dependencies()
			}
			var out struct {
				ID      string `json:"id"`
				Status  string `json:"status"`
				Version int    `json:"version"`
				URL     string `json:"url"`
			}
			err = c.call(cmd.Context(), "POST", "/api/deploy", in, &out)
			if refused := (*failure)(nil); errors.As(err, &refused) && len(refused.diagnostics) > 0 {
				for _, d := range refused.diagnostics {
					if d.File == "handler.go" { // and not a file of a module
						d.File = args[0]
					}
					printDiagnostic(cmd.ErrOrStderr(), d)
				}
				return exitCode(1)
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s version %d is %s: %s\n", name, out.Version, out.Status, out.URL)
			return err
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&route, "route", "", "method and path pattern, such as `\"GET /pets/{id}\"`")
	flags.StringVar(&name, "name", "", "`NAME` of the endpoint (made from the file or the route)")
	flags.StringVar(&domain, "domain", "*", "`HOST` that the endpoint answers for; * for all")
	flags.DurationVar(&timeout, "timeout", 0, "deadline of a request, such as `2s` (the gateway's own)")
	_ = cmd.MarkFlagRequired("route")
	addClientFlags(cmd)
	return cmd
}

// readSource reads a file, or standard input for "-".
func readSource(cmd *cobra.Command, name string) (string, error) {
	if name == "-" {
		text, err := io.ReadAll(cmd.InOrStdin())
		return string(text), err
	}
	text, err := os.ReadFile(name)
	return string(text), err
}

var notInNames = regexp.MustCompile(`[^a-z0-9]+`)

// endpointName makes a name from a file that says something, or from the route.
func endpointName(file, method, path string) string {
	base := strings.TrimSuffix(filepath.Base(file), ".go")
	if base == "handler" {
		base = filepath.Base(filepath.Dir(file))
	}
	if base == "-" || base == "." {
		base = method + path
	}
	return strings.Trim(notInNames.ReplaceAllString(strings.ToLower(base), "-"), "-")
}
