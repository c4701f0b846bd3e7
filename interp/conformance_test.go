package interp_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gateway/interp"
	"gateway/interp/check"
	"gateway/symbols"
)

var exitStatus = regexp.MustCompile(`(?m)^// Exit status: (\d+)$`)

// TestConformance runs the programs of testdata/conformance and holds them against
// what the compiled program prints, which each has recorded at its end (make
// conformance records it). White space at line ends is not compared: gofmt takes it
// out of the record.
func TestConformance(t *testing.T) {
	engine := newAllowingEngine(t)
	var programs int
	err := filepath.WalkDir("testdata/conformance", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		programs++
		name := strings.TrimPrefix(filepath.ToSlash(path), "testdata/conformance/")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			code, record, ok := strings.Cut(string(text), "\n// Output:\n")
			if !ok {
				t.Fatal("nothing recorded: go run ./integration/conformance -record")
			}
			status := 0
			if m := exitStatus.FindStringSubmatch(code); m != nil {
				status, _ = strconv.Atoi(m[1])
			}
			var stdout, stderr bytes.Buffer
			src := check.Source{Name: name, Kind: check.Program, Files: []check.File{{Name: name, Code: string(text)}}}
			got, err := engine.Run(t.Context(), src, interp.RunOptions{Stdout: &stdout, Stderr: &stderr, Args: []string{name}})
			if err != nil {
				t.Fatal(err)
			}
			if got != status {
				t.Errorf("exit status %d, compiled %d", got, status)
			}
			if out, want := lines(stdout.String()), recorded(record); out != want {
				t.Errorf("standard output:\n%s\ncompiled:\n%s", out, want)
			}
			if t.Failed() {
				t.Logf("standard error:\n%s", stderr.String())
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if programs < 100 {
		t.Errorf("found only %d programs", programs)
	}
}

// newAllowingEngine makes an engine whose programs may import everything.
func newAllowingEngine(t *testing.T) *interp.Engine {
	t.Helper()
	rules, err := symbols.NewRules(symbols.All)
	if err != nil {
		t.Fatal(err)
	}
	engine, err := interp.New(interp.Options{Rules: rules})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := engine.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return engine
}

// recorded is the output in an Output comment.
func recorded(comment string) string {
	var b strings.Builder
	for line := range strings.Lines(comment) {
		b.WriteString(strings.TrimPrefix(strings.TrimPrefix(line, "//"), " "))
	}
	return b.String()
}

// lines is an output without white space at line ends, and with a last line end.
func lines(output string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(strings.TrimSuffix(output, "\n"), "\n") {
		b.WriteString(strings.TrimRight(line, " \t\r") + "\n")
	}
	return b.String()
}
