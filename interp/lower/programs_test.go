package lower_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gateway/interp"
	"gateway/interp/check"
	"gateway/symbols"
)

var update = flag.Bool("update", false, "record the output of the compiled programs in testdata")

const marker = "\n// Output:\n"

// TestPrograms runs each program in testdata and compares its standard output
// with that of the compiled program, recorded at its end.
func TestPrograms(t *testing.T) {
	files, err := filepath.Glob("testdata/programs/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no programs", err)
	}
	engine := newEngine(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".go"), func(t *testing.T) {
			if *update {
				record(t, file)
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			code, want, ok := strings.Cut(string(text), marker)
			if !ok {
				t.Fatal("no recorded output: run go test ./interp/lower -update")
			}
			var stdout, stderr bytes.Buffer
			exit, err := run(engine, filepath.Base(file), code, &stdout, &stderr)
			if got := comment(stdout.String()); got != want || exit != 0 || err != nil {
				t.Errorf("exit code %d, error %v\nstandard error:\n%s%s", exit, err, stderr.String(), difference(got, want))
			}
		})
	}
}

func newEngine(t testing.TB) *interp.Engine {
	t.Helper()
	rules, err := symbols.NewRules("all")
	if err != nil {
		t.Fatal(err)
	}
	e, err := interp.New(interp.Options{Rules: rules})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close(context.Background()) })
	return e
}

func run(e *interp.Engine, name, code string, stdout, stderr *bytes.Buffer) (int, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	src := check.Source{Name: name, Files: []check.File{{Name: name, Code: code}}}
	return e.Run(ctx, src, interp.RunOptions{Stdout: stdout, Stderr: stderr, Args: []string{name}})
}

// record runs the program with the Go toolchain and writes its output to its end.
func record(t *testing.T, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	code, _, _ := strings.Cut(string(text), marker)
	out, err := exec.Command("go", "run", file).Output()
	if err != nil {
		t.Fatalf("go run %s: %v", file, err)
	}
	code = strings.TrimRight(code, "\n") + "\n" + marker + comment(string(out))
	if err := os.WriteFile(file, []byte(code), 0o644); err != nil {
		t.Fatal(err)
	}
}

// comment makes a comment of a program's output. Blanks at the ends of lines are
// not kept, since gofmt does not keep them.
func comment(s string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.TrimRight(s, "\n")) {
		b.WriteString(strings.TrimRight("// "+strings.TrimRight(line, "\n"), " ") + "\n")
	}
	return b.String()
}

// difference shows the first lines that differ.
func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			return "got:\n" + strings.Join(g[min(i, len(g)):min(i+3, len(g))], "\n") +
				"\nwant:\n" + strings.Join(w[min(i, len(w)):min(i+3, len(w))], "\n")
		}
	}
	return ""
}
