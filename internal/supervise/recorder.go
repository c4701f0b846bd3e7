package supervise

import (
	"bytes"
	"io"
)

// recorder hands on what a process writes to file descriptor 2, and keeps the beginning of
// its crash.
type recorder struct {
	to io.Writer

	line []byte       // the beginning of a line whose end has not come
	kept bytes.Buffer // from the reason on, at most maxCrash bytes
	told bool         // the first goroutine's header is among what is kept
}

func newRecorder(to io.Writer) *recorder { return &recorder{to: to} }

// Write never fails: that what was written cannot be handed on does not keep it from being
// understood.
func (r *recorder) Write(p []byte) (int, error) {
	n := len(p)
	_, _ = r.to.Write(p)
	for len(p) > 0 {
		end := bytes.IndexByte(p, '\n') + 1
		if end == 0 {
			r.line = append(r.line, p[:min(len(p), maxCrash-min(len(r.line), maxCrash))]...)
			break
		}
		r.add(append(r.line, p[:end]...))
		r.line, p = r.line[:0], p[end:]
	}
	return n, nil
}

// add looks at a whole line. A reason begins anew until there is a goroutine to it: what
// looked like one before was only shown.
func (r *recorder) add(line []byte) {
	if !r.told && isReason(string(line)) {
		r.kept.Reset()
	} else if r.kept.Len() == 0 {
		return
	}
	if r.kept.Len()+len(line) > maxCrash {
		return
	}
	r.kept.Write(line)
	r.told = r.told || header.Match(bytes.TrimSuffix(line, []byte("\n")))
}

// crash is what the process said of its end. No more may be written.
func (r *recorder) crash() Crash { return parseCrash(r.kept.String()) }
