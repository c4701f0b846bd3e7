package interp

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"gateway/interp/check"
	"gateway/symbols"
)

// Options of an [Engine]. The zero value is usable.
type Options struct {
	// Rules decide what scripts may import; nil means the default sandbox.
	Rules *symbols.Rules
	// Logger takes what concerns the engine and no single endpoint; nil drops it.
	Logger *slog.Logger
	// LoadTimeout bounds the initialisation of a script: package variables and
	// init functions. 5 s where zero.
	LoadTimeout time.Duration
	// KillGrace is how long a call may go on after its deadline before its
	// instance is killed. A handler that heeds its context ends in this time and
	// spares the other calls of the instance. 40 ms where zero; negative for none.
	KillGrace time.Duration
	// MaxStack is how many bytes of stack a goroutine of a script may have when it
	// calls a function; deeper is a panic that the script cannot recover. About 1 KiB
	// goes with each interpreted call. 64 MiB where zero, at most 256 MiB: the Go
	// runtime ends the process beyond 512 MiB. A program that is run like a command
	// may have 480 MiB.
	MaxStack int
	// MaxGoroutines bounds the goroutines a script may have at once in one
	// instance; one more is a panic in the script. 10,000 where zero. A program that
	// is run like a command may have ten times as many.
	MaxGoroutines int
	// MaxMemory is how many bytes may be alive in the heap of the process after a garbage
	// collection. Beyond it scripts are stopped until it is less: first the one whose call
	// or load has run the longest, then more of them at a time. Their calls fail with a
	// *[KilledError], and the next ones load anew. Have [debug.SetMemoryLimit] somewhat
	// higher, so that garbage is collected in time. No limit where zero.
	MaxMemory int64
}

// An Engine compiles and runs scripts. It is safe for concurrent use.
type Engine struct {
	opts     Options
	checker  *check.Checker
	standard standardNames
	workers  *workers
	checkers *workers // goroutines of the checker
	alarms   alarms
	ending   sync.Map // *Instance → nothing: killed, but parts of it run
	printing printGuard
	// abandoned counts goroutines that wait in package sync for stopped scripts.
	abandoned atomic.Int64
	memory    *memoryWatch
}

// EngineStats are numbers of an [Engine] now.
type EngineStats struct {
	Goroutines int // that run scripts
	Idle       int // that wait to
	Stuck      int // that run killed scripts and cannot be stopped yet
	// Abandoned goroutines wait for a lock or a wait group for a script that was
	// killed. They cost a few kilobytes each and end when what they wait for comes.
	Abandoned int
}

// Stats are the engine's numbers.
func (e *Engine) Stats() EngineStats {
	busy, idle := e.workers.count()
	return EngineStats{Goroutines: busy, Idle: idle, Stuck: e.stuck(), Abandoned: int(e.abandoned.Load())}
}

const (
	maxStackLimit   = 256 << 20
	programStack    = 480 << 20 // of a program that is run like a command
	maxIdleWorkers  = 128
	maxIdleCheckers = 4
)

// New makes an engine. It fails where the interpreter or the Go runtime are not
// those that this package was written for.
func New(opts Options) (*Engine, error) {
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	if opts.LoadTimeout == 0 {
		opts.LoadTimeout = 5 * time.Second
	}
	if opts.KillGrace == 0 {
		opts.KillGrace = 40 * time.Millisecond
	}
	if opts.MaxGoroutines == 0 {
		opts.MaxGoroutines = 10_000
	}
	if opts.MaxStack == 0 {
		opts.MaxStack = 64 << 20
	}
	opts.MaxStack = min(opts.MaxStack, maxStackLimit)
	if _, err := yaegiLayout(); err != nil {
		return nil, err
	}
	e := &Engine{opts: opts, workers: newWorkers(maxIdleWorkers), checkers: newWorkers(maxIdleCheckers)}
	e.checker = check.New(check.Options{Rules: opts.Rules, Go: func(run func()) { e.checkers.do(jobFunc(run)) }})
	e.memory = newMemoryWatch(e, opts.MaxMemory)
	return e, nil
}

// Check says everything that is wrong with a source, warnings included: what the
// type checker finds, and what cannot be lowered.
func (e *Engine) Check(src check.Source) []check.Diagnostic {
	_, diagnostics := e.compile(context.Background(), src)
	return diagnostics
}

// Complete says what may be written at a place of a source; see [check.Checker.Complete].
func (e *Engine) Complete(q check.Query) (check.Completion, error) { return e.checker.Complete(q) }

// Hover describes the name at a place of a source; see [check.Checker.Hover].
func (e *Engine) Hover(q check.Query) (*check.Hover, error) { return e.checker.Hover(q) }

// Compile checks and lowers a source. A refused source is a *[DiagnosticsError].
//
// Goroutines have the labels of ctx (see [pprof.WithLabels]) while they check the source,
// load the program and run it, those that the script starts included. A process that
// such a goroutine ends can so be told whose it was: Go prints labels in tracebacks.
func (e *Engine) Compile(ctx context.Context, src check.Source) (*Program, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	program, diagnostics := e.compile(labelsOf(ctx), src)
	if program == nil {
		return nil, &DiagnosticsError{Source: src.Name, Diagnostics: diagnostics}
	}
	return program, nil
}

// Close waits for the goroutines that run scripts until ctx ends. Instances must have
// been closed or killed before; goroutines of theirs that cannot be stopped are not
// waited for. It is idempotent.
func (e *Engine) Close(ctx context.Context) error {
	e.memory.close()
	return errors.Join(e.workers.close(ctx, e.stuck), e.checkers.close(ctx, func() int { return 0 }))
}

// stuck is how many goroutines of killed instances run.
func (e *Engine) stuck() int {
	n := 0
	e.ending.Range(func(i, _ any) bool {
		n += int(i.(*Instance).parts.Load())
		return true
	})
	return n
}
