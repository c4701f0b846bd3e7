package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// outputMark begins the comment that ends every program of the own suite: what
// the compiled program prints, without white space at line ends (gofmt takes it
// away), and its exit status where it is not 0. The test of package interp holds
// the interpreted program against it.
const outputMark = "\n// Output:\n"

// record writes the outcome of the compiled program into the file of each.
func (b *bench) record(ctx context.Context, programs []program) error {
	for _, p := range programs {
		source, err := os.ReadFile(p.path)
		if err != nil {
			return err
		}
		code, _, _ := strings.Cut(string(source), outputMark)
		code, _, _ = strings.Cut(code, "\n// Exit status: ")
		binary := filepath.Join(b.work, "recorded")
		if err := command(ctx, filepath.Dir(p.path), "go", "build", "-o", binary, p.path); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		first := execute(ctx, compiledTime, []string{binary}, p)
		second := execute(ctx, compiledTime, []string{binary}, p)
		if first.expired || first.stdout != second.stdout || first.exit != second.exit {
			return fmt.Errorf("%s: does not end, or not always alike", p.name)
		}
		if first.stdout == "" {
			return fmt.Errorf("%s: prints nothing, so it proves nothing", p.name)
		}
		text := strings.TrimRight(code, "\n") + "\n" + outcomeComment(first)
		if err := os.WriteFile(p.path, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func outcomeComment(e execution) string {
	var b strings.Builder
	if e.exit != 0 {
		fmt.Fprintf(&b, "\n// Exit status: %d\n", e.exit)
	}
	b.WriteString(outputMark)
	for line := range strings.SplitSeq(strings.TrimSuffix(e.stdout, "\n"), "\n") {
		b.WriteString(strings.TrimRight("// "+line, " \t\r") + "\n")
	}
	return b.String()
}
