// Command conformance compares `gateway run` with compiled programs: the
// project's own suite (interp/testdata/conformance) and the run programs of the
// machine's GOROOT/test. Each program is compiled and run for its standard output
// and exit status, then interpreted, and the two are compared.
//
//	go run ./integration/conformance              # everything; writes docs/conformance.md
//	go run ./integration/conformance -only chan/  # some programs; writes nothing
//	go run ./integration/conformance -record      # record the outcomes of the own suite
//
// It needs the go command; the gateway that it tests does not.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"sync"
)

func main() {
	log.SetFlags(0)
	only := flag.String("only", "", "compare only the programs whose name matches this `regexp`")
	report := flag.String("report", "docs/conformance.md", "`file` to write when nothing is left out")
	gateway := flag.String("gateway", "", "gateway `binary`; built where empty")
	verbose := flag.Bool("v", false, "print at once what differs")
	workers := flag.Int("workers", runtime.NumCPU(), "compare this `number` of programs at the same time")
	record := flag.Bool("record", false, "write what the compiled programs print into the own suite's files, and compare nothing")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *only, *report, *gateway, *workers, *verbose, *record); err != nil {
		log.Fatal("conformance: ", err)
	}
}

func run(ctx context.Context, only, report, gateway string, workers int, verbose, record bool) error {
	filter, err := regexp.Compile(only)
	if err != nil {
		return fmt.Errorf("-only: %w", err)
	}
	work, err := os.MkdirTemp("", "conformance")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	bench := &bench{gateway: gateway, work: work}
	bench.show = func(r result) bool {
		return r.outcome != same && (only != "" || verbose && r.outcome != inapplicable)
	}
	own, err := ownSuite("interp/testdata/conformance")
	if err != nil {
		return err
	}
	if record {
		return bench.record(ctx, matching(own, filter))
	}
	if gateway == "" {
		bench.gateway = filepath.Join(work, "gateway")
		if err := command(ctx, ".", "go", "build", "-o", bench.gateway, "./cmd/gateway"); err != nil {
			return fmt.Errorf("build the gateway: %w", err)
		}
	}
	if bench.gateway, err = filepath.Abs(bench.gateway); err != nil {
		return err
	}
	goroot, err := gorootSuite()
	if err != nil {
		return err
	}
	results := bench.compareAll(ctx, workers, matching(append(own, goroot...), filter))
	if err := ctx.Err(); err != nil {
		return err
	}
	table := tabulate(results)
	fmt.Print(table)
	if only != "" {
		return nil
	}
	return os.WriteFile(report, []byte(render(table, results)), 0o644)
}

func matching(programs []program, filter *regexp.Regexp) []program {
	return slices.DeleteFunc(programs, func(p program) bool { return !filter.MatchString(p.name) })
}

// compareAll compares programs, so many at a time, and gives the results in their order.
func (b *bench) compareAll(ctx context.Context, atOnce int, programs []program) []result {
	results := make([]result, len(programs))
	next := make(chan int)
	var workers sync.WaitGroup
	for range max(atOnce, 1) {
		workers.Go(func() {
			for i := range next {
				r := b.compare(ctx, programs[i])
				if b.show(r) {
					fmt.Printf("%-12s %s: %s\n", r.outcome, r.program.name, r.reason)
				}
				results[i] = r
			}
		})
	}
	for i := range programs {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	workers.Wait()
	return results
}
