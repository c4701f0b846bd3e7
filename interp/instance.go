package interp

import "context"

// An Instance is one interpreter that has loaded a program. It is safe for
// concurrent use.
type Instance struct {
	program *Program
}

// Program is what the instance runs.
func (i *Instance) Program() *Program { return i.program }

// Kill stops everything the instance runs, at once and for good. The contexts of
// its calls are cancelled first; the calls fail with a *[KilledError]. It is
// idempotent: the first reason stays.
func (i *Instance) Kill(reason string) {}

// Close waits for the calls of the instance until ctx ends, then kills it. It
// returns ctx's error where calls had to be killed. It is idempotent.
func (i *Instance) Close(ctx context.Context) error { return nil }
