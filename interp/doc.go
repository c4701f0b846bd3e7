// Package interp runs scripts: it turns Go source into a [Program], loads the
// program into instances, calls their handlers, and gets rid of them again, all
// without trusting the script.
//
//	engine, err := interp.New(interp.Options{})
//	program, err := engine.Compile(check.Source{…})   // diagnostics as *DiagnosticsError
//	slot := interp.NewSlot(program, interp.SlotOptions{…})
//	result, err := slot.Call(ctx, interp.Call{Handler: "Handle", Request: req, Timeout: 2 * time.Second})
//	defer result.Release()
//
// # Concepts
//
// An [Engine] holds what all scripts share: the type checker, the rules of the
// sandbox, the goroutines that run handlers.
//
// A [Program] is checked and lowered source. It is immutable and costs memory
// only for its text; any number of instances can be loaded from it.
//
// An [Instance] is one interpreter that has loaded a program: it owns the script's
// package-level variables. Calls of one instance run in parallel, unless the
// program is [Program.Serial].
//
// A [Slot] is where an endpoint's requests take their instance from. It loads at
// first use, replaces instances that had to be killed, and swaps to a new program
// without losing a request: requests that began on the old instance end on it.
//
// # What a caller can rely on
//
//   - A call is answered at its deadline, whatever the script does. What is still running
//     then is stopped for good within [Options.KillGrace] and the slot goes on with a
//     fresh instance.
//   - An answer counts only if the script ran to its end: whatever a stopped script
//     returns is dropped and the call reports an error instead.
//   - A panic is an error with the script's own positions, in every goroutine that
//     the script starts.
//
// # Caveats
//
// Killing an instance ends all of its calls, not only the one that ran away: their
// contexts are cancelled first and they fail with a [*KilledError]. What a process
// boundary alone can contain is listed in docs/containment.md. DESIGN.md in this
// folder says why things are as they are.
package interp
