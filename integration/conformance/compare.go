package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

// outcome is what a comparison showed.
type outcome string

const (
	same         outcome = "same"         // the compiler's output and exit status
	refused      outcome = "refused"      // not run, with position and reason
	wrong        outcome = "wrong"        // another output or exit status
	died         outcome = "died"         // the process was lost
	tooSlow      outcome = "too slow"     // no end within the time allowed
	inapplicable outcome = "inapplicable" // nothing to compare with
)

var outcomes = []outcome{same, refused, wrong, died, tooSlow, inapplicable}

type result struct {
	program program
	outcome outcome
	reason  string
}

// Processor times allowed, which a busy machine does not change. The interpreter is up
// to some hundred times slower than compiled code on the arithmetic loops of these
// programs. By the clock ten times as much may pass.
const (
	compiledTime    = 30 * time.Second
	interpretedTime = 60 * time.Second
)

// memoryLimit bounds the address space of a program, in KiB.
const memoryLimit = 8 << 20

// bench compares programs with one gateway binary.
type bench struct {
	gateway string
	work    string
	show    func(result) bool // whether to print it
	count   atomic.Int64
}

func (b *bench) compare(ctx context.Context, p program) result {
	if p.skip != "" {
		return result{p, inapplicable, p.skip}
	}
	binary := filepath.Join(b.work, fmt.Sprintf("p%d", b.count.Add(1)))
	defer os.Remove(binary)
	if err := command(ctx, filepath.Dir(p.path), "go", "build", "-o", binary, p.path); err != nil {
		return result{p, inapplicable, "does not compile: " + firstLine(err.Error())}
	}
	want := execute(ctx, compiledTime, append([]string{binary}, p.args...), p)
	again := execute(ctx, compiledTime, append([]string{binary}, p.args...), p)
	if want.expired || want.signal != 0 {
		return result{p, inapplicable, "does not end when compiled"}
	}
	if want.stdout != again.stdout || want.exit != again.exit {
		return result{p, inapplicable, "is not deterministic when compiled"}
	}
	got := execute(ctx, interpretedTime, append([]string{b.gateway, "run", "--allow", "all", p.path}, p.args...), p)
	return judge(p, want, got)
}

// judge compares an interpreted run with the compiled one.
func judge(p program, want, got execution) result {
	switch {
	case got.expired:
		return result{p, tooSlow, fmt.Sprintf("no end after %v of processor time, %.0f times what the compiled program took (%v)",
			interpretedTime, float64(interpretedTime)/float64(want.took), want.took.Round(time.Millisecond))}
	case got.exit == 2 && refusal.MatchString(got.stderr) && want.stderr != got.stderr && got.stdout == "":
		return result{p, refused, strings.TrimSpace(refusal.FindStringSubmatch(got.stderr)[1])}
	case got.signal != 0 || fatal.MatchString(got.stderr) && !fatal.MatchString(want.stderr):
		return result{p, died, firstLine(fatal.FindString(got.stderr))}
	case got.stdout != want.stdout:
		return result{p, wrong, difference(want.stdout, got.stdout) + trailer(got.stderr)}
	case got.exit != want.exit:
		return result{p, wrong, fmt.Sprintf("exit status %d, compiled %d", got.exit, want.exit) + trailer(got.stderr)}
	}
	return result{p, same, ""}
}

var (
	refusal = regexp.MustCompile(`(?m)\A\S+\.go:(\d+:\d+: .*)$`)
	fatal   = regexp.MustCompile(`(?m)^(fatal error: .*|runtime: goroutine stack exceeds .*|SIG[A-Z]+: .*)$`)
)

func trailer(stderr string) string {
	if stderr == "" {
		return ""
	}
	return "; standard error: " + firstLine(stderr)
}

// difference shows the first line in which two outputs differ.
func difference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		if at(w, i) != at(g, i) {
			return fmt.Sprintf("line %d: %s, compiled %s", i+1, at(g, i), at(w, i))
		}
	}
	return "outputs differ"
}

func at(lines []string, i int) string {
	if i >= len(lines) {
		return "nothing"
	}
	return fmt.Sprintf("%.100q", lines[i])
}

// execution is one run of a program.
type execution struct {
	stdout, stderr string
	exit           int
	signal         syscall.Signal
	expired        bool
	took           time.Duration // of the processor
}

func execute(ctx context.Context, limit time.Duration, argv []string, p program) execution {
	ctx, cancel := context.WithTimeout(ctx, 10*limit)
	defer cancel()
	// The shell sets the limits and becomes the program.
	script := fmt.Sprintf(`ulimit -v %d; ulimit -t %d; exec "$@"`, memoryLimit, int(limit.Seconds()))
	cmd := exec.CommandContext(ctx, "/bin/sh", append([]string{"-c", script, "sh"}, argv...)...)
	cmd.Dir = filepath.Dir(p.path)
	var stdout, stderr limited
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	e := execution{stdout: stdout.String(), stderr: stderr.String(), expired: ctx.Err() != nil}
	if s := cmd.ProcessState; s != nil {
		e.took = max(s.UserTime()+s.SystemTime(), time.Millisecond)
		// The signal of the limit may come a little early.
		e.expired = e.expired || e.took > limit-time.Second || e.took > limit*9/10 && !s.Exited()
	}
	var failure *exec.ExitError
	if errors.As(err, &failure) {
		e.exit = failure.ExitCode()
		if status, ok := failure.Sys().(syscall.WaitStatus); ok && status.Signaled() {
			e.signal = status.Signal()
		}
	}
	return e
}

// limited keeps the first MiB of what a program writes.
type limited struct{ kept bytes.Buffer }

func (l *limited) Write(p []byte) (int, error) {
	if room := 1<<20 - l.kept.Len(); room > 0 {
		l.kept.Write(p[:min(len(p), room)])
	}
	return len(p), nil
}

func (l *limited) String() string { return l.kept.String() }

// command runs a helper to its end.
func command(ctx context.Context, dir string, argv ...string) error {
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GO111MODULE=")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, bytes.TrimSpace(out))
	}
	return nil
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}
