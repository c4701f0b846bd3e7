package main

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
)

// tabulate counts outcomes by suite.
func tabulate(results []result) string {
	counts := map[string]map[outcome]int{}
	var suites []string
	for _, r := range results {
		if counts[r.program.suite] == nil {
			counts[r.program.suite] = map[outcome]int{}
			suites = append(suites, r.program.suite)
		}
		counts[r.program.suite][r.outcome]++
	}
	slices.Sort(suites)
	var b strings.Builder
	b.WriteString("| suite | programs that apply |")
	for _, o := range outcomes {
		fmt.Fprintf(&b, " %s |", o)
	}
	b.WriteString("\n|---|" + strings.Repeat("---:|", len(outcomes)+1) + "\n")
	for _, s := range suites {
		total := 0
		for _, o := range outcomes {
			if o != inapplicable {
				total += counts[s][o]
			}
		}
		fmt.Fprintf(&b, "| %s | %d |", s, total)
		for _, o := range outcomes {
			n := counts[s][o]
			if o == same && total > 0 {
				fmt.Fprintf(&b, " %d (%.1f %%) |", n, 100*float64(n)/float64(total))
				continue
			}
			fmt.Fprintf(&b, " %d |", n)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// render is the page that says how the gateway compares.
func render(table string, results []result) string {
	var b strings.Builder
	fmt.Fprintf(&b, `# Conformance

What `+"`gateway run`"+` makes of programs, compared with the same programs compiled
by %s: their standard output and exit status. `+"`make conformance`"+` wrote this page.

%s
- **same**: the compiler's output and exit status.
- **refused**: not run; the reason names line and column.
- **wrong**: run, with another output or exit status.
- **died**: the process was lost.
- **too slow**: not wrong so far, but no end within the time allowed.
- **inapplicable**: nothing to compare with, for the reason given.

The own suite lies in `+"`interp/testdata/conformance`"+`; GOROOT/test is the folder of
that name in a Go installation.
`, runtime.Version(), table)
	for _, o := range outcomes[1:] {
		lines := map[string]bool{}
		for _, r := range results {
			if r.outcome == o {
				lines[fmt.Sprintf("- `%s`: %s\n", r.program.name, strings.ReplaceAll(r.reason, "|", "\\|"))] = true
			}
		}
		if len(lines) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n## Programs: %s\n\n", o)
		sorted := make([]string, 0, len(lines))
		for line := range lines {
			sorted = append(sorted, line)
		}
		slices.Sort(sorted)
		b.WriteString(strings.Join(sorted, ""))
	}
	return b.String()
}
