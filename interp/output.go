package interp

import (
	"bytes"
	"io"
	"log/slog"
	"sync"
)

// output is where an instance prints to.
type output struct {
	stdout, stderr io.Writer
	lines          []*lineWriter // those of stdout and stderr that log
}

func newOutput(opts LoadOptions, log *slog.Logger) output {
	o := output{stdout: opts.Stdout, stderr: opts.Stderr}
	if o.stdout == nil {
		w := &lineWriter{log: log, stream: "stdout"}
		o.stdout, o.lines = w, append(o.lines, w)
	}
	if o.stderr == nil {
		w := &lineWriter{log: log, stream: "stderr"}
		o.stderr, o.lines = w, append(o.lines, w)
	}
	return o
}

// flush logs unfinished lines.
func (o *output) flush() {
	for _, w := range o.lines {
		w.flush()
	}
}

// lineWriter logs what is written, one record per line.
type lineWriter struct {
	log    *slog.Logger
	stream string

	mu  sync.Mutex // guards buf
	buf []byte     // an unfinished line
}

// maxLine bounds a logged line, in bytes. The rest is the next line.
const maxLine = 8 << 10

func (w *lineWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for rest := p; len(rest) > 0; {
		line, after, complete := bytes.Cut(rest, []byte("\n"))
		if room := maxLine - len(w.buf); len(line) > room {
			line, after, complete = rest[:room], rest[room:], true
		}
		w.buf = append(w.buf, line...)
		if complete {
			w.emit()
		}
		rest = after
	}
	return len(p), nil
}

func (w *lineWriter) flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.buf) > 0 {
		w.emit()
	}
}

// emit logs buf. w.mu is held.
func (w *lineWriter) emit() {
	w.log.Info(string(bytes.TrimSuffix(w.buf, []byte("\r"))), "stream", w.stream)
	w.buf = w.buf[:0]
}
