package main

import (
	"log/slog"
	"math"
	"runtime/debug"

	"github.com/KimMachineGun/automemlimit/memlimit"
)

// machineShare is the part of the machine's or container's memory that the process takes where nobody says
// how much. The rest is for the operating system and for what Go does not count, such as the catalog's pages.
const machineShare = 0.8

// limitMemory has Go collect garbage in time to keep within limit bytes, and returns how many of them scripts
// may have alive: three quarters, because there has to be room for garbage. Where limit is zero it is
// GOMEMLIMIT or machineShare; where that cannot be told there is none, which is 0.
func limitMemory(limit int64, log *slog.Logger) (alive int64) {
	if limit > 0 {
		debug.SetMemoryLimit(limit)
	} else {
		provider := memlimit.ApplyFallback(memlimit.FromCgroup, memlimit.FromSystem)
		if _, err := memlimit.Set(memlimit.WithRatio(machineShare), memlimit.WithProvider(provider)); err != nil {
			log.Warn("memory is not limited, because the machine does not tell how much it has: set server.max_memory_bytes", "error", err)
		}
	}
	if limit = debug.SetMemoryLimit(-1); limit == math.MaxInt64 {
		return 0
	}
	return limit / 4 * 3
}
