// Command fuzz compares random small programs compiled by Go with the same programs
// interpreted: many of them are built at once into one binary, and interpreted in
// another process, so that whatever a program does to the engine is seen.
//
//	go run ./integration/fuzz                  # for 30 seconds, from a seed of the day's own
//	go run ./integration/fuzz -time 10m        # longer
//	go run ./integration/fuzz -seed 7 -count 1 # one program again
//	go run ./integration/fuzz -seed 7 -print   # its source
//
// The first program that behaves differently is made as small as it can be and
// printed with its seed; the exit status is 1 then. -all goes on and counts instead.
// It needs the go command.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"gateway/integration/fuzz/program"
)

func main() {
	log.SetFlags(0)
	var f fuzzer
	var show bool
	flag.DurationVar(&f.time, "time", 30*time.Second, "how long new programs are made")
	flag.Uint64Var(&f.seed, "seed", 0, "seed of the first program; the time of day where 0")
	flag.IntVar(&f.count, "count", 0, "how many programs; no end where 0")
	flag.IntVar(&f.batch, "batch", 60, "programs that are built at once")
	flag.BoolVar(&f.all, "all", false, "go on after a difference, reduce nothing, and keep the programs under -keep")
	flag.StringVar(&f.keep, "keep", "", "`folder` for programs that differ")
	flag.BoolVar(&show, "print", false, "print the program of -seed and do nothing else")
	worker := flag.Bool("worker", false, "interpret the programs that come on standard input; used by the command itself")
	file := flag.String("reduce", "", "reduce this `file`, a program that behaves differently, and do nothing else")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := f.command(ctx, *worker, show, *file); err != nil {
		log.Fatal("fuzz: ", err)
	}
}

// fuzzer is one run of the command.
type fuzzer struct {
	time  time.Duration
	seed  uint64
	count int
	batch int
	all   bool
	keep  string

	work    string // a folder for what is built
	workers *workers
	builds  int
	tally   map[kind]int
}

var errDifferent = errors.New("a program behaves differently")

func (f *fuzzer) command(ctx context.Context, worker, show bool, file string) (err error) {
	if worker {
		return serve(ctx, os.Stdin, os.Stdout)
	}
	if f.seed == 0 {
		f.seed = uint64(time.Now().UnixNano()) % 1e12
	}
	if show {
		source, err := program.New(f.seed)
		fmt.Print(source)
		return err
	}
	if f.work, err = os.MkdirTemp("", "fuzz"); err != nil {
		return err
	}
	defer os.RemoveAll(f.work)
	if f.workers, err = newWorkers(ctx); err != nil {
		return err
	}
	defer f.workers.close()
	f.tally = map[kind]int{}
	if file != "" {
		source, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		return f.reduceAndPrint(ctx, string(source), file)
	}
	return f.run(ctx)
}

// run compares batch after batch.
func (f *fuzzer) run(ctx context.Context) error {
	end := time.Now().Add(f.time)
	done := 0
	defer func() { fmt.Printf("%d programs: %v\n", done, f.tally) }()
	for ctx.Err() == nil && (f.count == 0 && time.Now().Before(end) || done < f.count) {
		n := f.batch
		if f.count > 0 {
			n = min(n, f.count-done)
		}
		sources := make([]string, n)
		for i := range sources {
			var err error
			if sources[i], err = program.New(f.seed + uint64(done+i)); err != nil {
				return err
			}
		}
		results, err := f.compare(ctx, sources)
		if err != nil {
			return err
		}
		for i, r := range results {
			f.tally[r.kind]++
			if r.kind == same {
				continue
			}
			seed := f.seed + uint64(done+i)
			if r.kind == invalid {
				fmt.Printf("seed %d: not a program: %s\n", seed, r.detail)
				continue
			}
			if !f.confirmed(ctx, sources[i]) {
				f.tally[r.kind]--
				f.tally[same]++
				continue
			}
			fmt.Printf("seed %d: %s: %s\n", seed, r.kind, r.detail)
			if f.keep != "" {
				name := filepath.Join(f.keep, fmt.Sprintf("seed%d.go", seed))
				if err := os.WriteFile(name, []byte(sources[i]), 0o644); err != nil {
					return err
				}
			}
			if !f.all {
				done += i + 1
				return f.reduceAndPrint(ctx, sources[i], fmt.Sprintf("seed %d", seed))
			}
		}
		done += n
	}
	if f.tally[wrong]+f.tally[died]+f.tally[refused]+f.tally[late] > 0 {
		return errDifferent
	}
	return ctx.Err()
}

func (f *fuzzer) reduceAndPrint(ctx context.Context, source, name string) error {
	small, r, err := f.reduce(ctx, source)
	if err != nil {
		return err
	}
	fmt.Printf("\n// %s, reduced: %s: %s\n\n%s\n", name, r.kind, r.detail, small)
	return errDifferent
}
