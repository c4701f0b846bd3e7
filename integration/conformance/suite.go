package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// program is one file of a suite.
type program struct {
	suite string // "own" or "GOROOT/test"
	name  string // "own/generics/stack.go"
	path  string
	args  []string
	skip  string // why the program does not apply; empty where it does
}

// ownSuite lists the project's own programs.
func ownSuite(root string) ([]program, error) {
	var programs []program
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		abs, err := filepath.Abs(path)
		if err != nil {
			return err
		}
		programs = append(programs, program{suite: "own", name: "own/" + filepath.ToSlash(rel), path: abs})
		return nil
	})
	return programs, err
}

// gorootSuite lists the programs of GOROOT/test that the Go project runs for
// their outcome: those whose first line is "// run", perhaps with arguments.
func gorootSuite() ([]program, error) {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("find GOROOT: %w", err)
	}
	root := filepath.Join(strings.TrimSpace(string(out)), "test")
	var programs []program
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		recipe, tags := heading(path)
		verb, rest, _ := strings.Cut(recipe, " ")
		if verb != "run" || !tags {
			return nil
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		p := program{suite: "GOROOT/test", name: "test/" + filepath.ToSlash(rel), path: path, args: strings.Fields(rest)}
		p.skip = inapplicability(p)
		programs = append(programs, p)
		return nil
	})
	return programs, err
}

// heading reads the recipe of a test program, and whether its build constraint
// holds on this machine.
func heading(path string) (recipe string, built bool) {
	f, err := os.Open(path)
	if err != nil {
		return "", false
	}
	defer f.Close()
	built = true
	lines := bufio.NewScanner(f)
	for n := 0; lines.Scan() && (n == 0 || strings.HasPrefix(lines.Text(), "//") || lines.Text() == ""); n++ {
		line := lines.Text()
		if constraint.IsGoBuild(line) {
			if expr, err := constraint.Parse(line); err == nil {
				built = expr.Eval(func(tag string) bool {
					return tag == runtime.GOOS || tag == runtime.GOARCH || tag == "unix" || tag == "gc" ||
						strings.HasPrefix(tag, "go1.")
				})
			}
		} else if text, ok := strings.CutPrefix(line, "// "); ok && recipe == "" {
			recipe = strings.TrimSpace(text)
		} else if recipe == "" {
			return "", false
		}
	}
	return recipe, built
}

// beyond lists imports that a sandbox cannot allow: what they reach is the
// process, the machine or the compiler itself.
var beyond = []string{"C", "unsafe", "syscall", "os/exec", "os/signal", "plugin", "testing", "runtime/debug", "runtime/pprof", "runtime/trace", "runtime/metrics", "runtime/coverage", "runtime/cgo", "go/build", "go/importer"}

// measured are functions and variables of package runtime by which a program
// measures what the compiler made of it: when the garbage collector finds a variable
// dead, and what was allocated. The language promises nothing about that, and an
// interpreter keeps other things alive and allocates more.
var measured = []string{"SetFinalizer", "AddCleanup", "ReadMemStats", "MemProfile", "MemProfileRate"}

// inapplicability says why a program cannot be compared, or nothing.
func inapplicability(p program) string {
	if len(p.args) > 0 && strings.HasPrefix(p.args[0], "-") {
		return "needs the compiler flags " + strings.Join(p.args, " ")
	}
	f, err := parser.ParseFile(token.NewFileSet(), p.path, nil, parser.SkipObjectResolution)
	if err != nil {
		return "does not parse: " + err.Error()
	}
	for _, spec := range f.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		if slices.Contains(beyond, path) || strings.HasPrefix(path, "internal/") || strings.Contains(path, "/internal/") {
			return "imports " + path
		}
		if strings.HasPrefix(path, ".") {
			return "imports a neighbour, " + path
		}
	}
	uses := map[string]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == "runtime" {
				uses[s.Sel.Name] = true
			}
			uses["."+s.Sel.Name] = true
		}
		return true
	})
	for _, name := range measured {
		if uses[name] {
			return "measures the compiled program's memory by runtime." + name
		}
	}
	if uses["FuncForPC"] && uses[".ValueOf"] && uses[".Pointer"] {
		return "looks into compiled code by the address of a function"
	}
	return ""
}
