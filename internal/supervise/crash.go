package supervise

import (
	"regexp"
	"strconv"
	"strings"
)

// Crash is what the Go runtime said when it ended a process.
type Crash struct {
	// Reason is its line, such as "fatal error: concurrent map writes". It is empty
	// where the process did not end by the Go runtime.
	Reason string
	// Labels are those of the goroutine that ended the process (see package
	// runtime/pprof), where what it did was its own doing. They are nil where it may
	// only have been the one that happened to run, as when there is no memory left for
	// a small piece.
	Labels map[string]string
}

// ownDoing are the beginnings of reasons that are the goroutine's own doing. Running out
// of memory is for itself, see largePiece.
var ownDoing = []string{
	"panic: ",
	"fatal error: concurrent map ",
	"fatal error: stack overflow",
	"fatal error: sync: ",
	"fatal error: fault",
	"fatal error: unexpected signal during runtime execution",
}

// largePiece is the number of bytes from which on a piece of memory that cannot be had
// tells of the one who wanted it. Smaller ones are wanted by everybody.
const largePiece = 256 << 20

var (
	header    = regexp.MustCompile(`^goroutine \d+ .*\[.*\]:$`)
	allocated = regexp.MustCompile(`(?m)^runtime\.mallocgc\((0x[0-9a-f]+)`)
)

// maxCrash is how much of a crash is kept: the traceback of the first goroutine has room
// in it many times.
const maxCrash = 64 << 10

// isReason reports that a line says why the runtime ends the process. Messages of
// panics cannot be mistaken for one: the runtime indents their further lines.
func isReason(line string) bool {
	return strings.HasPrefix(line, "fatal error: ") || strings.HasPrefix(line, "panic: ")
}

// parseCrash reads what the runtime printed from the reason on.
func parseCrash(text string) Crash {
	var c Crash
	lines := strings.Lines(text)
	var first strings.Builder // of the goroutine that is printed first, which is the one that crashed
	found := false
	for line := range lines {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case c.Reason == "":
			if isReason(line) {
				c.Reason = line
			}
		case !found:
			if header.MatchString(line) {
				found = true
				c.Labels = headerLabels(line)
			}
		case line == "":
			c.Labels = c.blamed(first.String())
			return c
		default:
			first.WriteString(line + "\n")
		}
	}
	c.Labels = c.blamed(first.String())
	return c
}

// blamed are the labels, if the reason is the goroutine's own doing.
func (c Crash) blamed(traceback string) map[string]string {
	for _, reason := range ownDoing {
		if strings.HasPrefix(c.Reason, reason) {
			return c.Labels
		}
	}
	if strings.HasSuffix(c.Reason, "out of memory") {
		if m := allocated.FindStringSubmatch(traceback); m != nil {
			if n, err := strconv.ParseUint(m[1], 0, 64); err == nil && n >= largePiece {
				return c.Labels
			}
		}
	}
	return nil
}

// headerLabels reads the labels of a goroutine's header, which GODEBUG=tracebacklabels=1
// has printed: goroutine 7 [running labels:{"key": "value", "other": "value"}]:
func headerLabels(line string) map[string]string {
	_, rest, ok := strings.Cut(line, " labels:{")
	if !ok {
		return nil
	}
	labels := map[string]string{}
	next := func(after string) (text string) {
		var quoted string
		if quoted, ok = quotedPrefix(rest); ok {
			text, _ = strconv.Unquote(quoted)
			rest, ok = strings.CutPrefix(rest[len(quoted):], after)
		}
		return text
	}
	for ok {
		key := next(": ")
		if !ok {
			return nil
		}
		labels[key] = next(", ")
	}
	if !strings.HasPrefix(rest, "}") {
		return nil
	}
	return labels
}

func quotedPrefix(s string) (string, bool) {
	quoted, err := strconv.QuotedPrefix(s)
	return quoted, err == nil
}
