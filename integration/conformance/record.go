package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// outputMark begins the comment that ends every program of the own suite: what
// the compiled program prints, and its exit status where it is not 0. The test of
// package interp holds the interpreted program against it.
const outputMark = "\n// Output:\n"

// record writes the outcome of the compiled program into the file of each.
func (b *bench) record(ctx context.Context, programs []program) error {
	for _, p := range programs {
		text, err := os.ReadFile(p.path)
		if err != nil {
			return err
		}
		code, _, _ := strings.Cut(string(text), outputMark)
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
		comment, err := outcomeComment(first)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		if err := os.WriteFile(p.path, []byte(strings.TrimRight(code, "\n")+"\n"+comment), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func outcomeComment(e execution) (string, error) {
	var b strings.Builder
	if e.exit != 0 {
		fmt.Fprintf(&b, "\n// Exit status: %d\n", e.exit)
	}
	b.WriteString(outputMark)
	for line := range strings.SplitSeq(strings.TrimSuffix(e.stdout, "\n"), "\n") {
		if line != strings.TrimRight(line, " \t\r") {
			return "", fmt.Errorf("the line %q ends in white space, which gofmt takes away", line)
		}
		b.WriteString(strings.TrimRight("// "+line, " ") + "\n")
	}
	return b.String(), nil
}
