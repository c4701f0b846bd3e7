package interp

import (
	"fmt"
	"io"
	"log"
	"reflect"
	"strings"
	"sync"
)

// Package log asks the runtime for the file and line of a message, and ends the process
// after a fatal one. So the functions and methods that print one are those below: they
// tell the author's place, and end the program as os.Exit does there.

// logFiles are the flags with which a logger shows the place.
const logFiles = log.Lshortfile | log.Llongfile

// logFunction is the method of a logger that has this name, or the function of package
// log for the default logger. nil where it prints nothing.
func (i *Instance) logFunction(l func() *log.Logger, name string) any {
	printed := func(text func(...any) string) func(...any) {
		return func(v ...any) { i.logPrinted(l(), func() string { return text(v...) }) }
	}
	printedf := func(format string, v ...any) {
		i.logPrinted(l(), func() string { return fmt.Sprintf(format, v...) })
	}
	panics := func(text func(...any) string) func(...any) {
		return func(v ...any) { i.logPanic(l(), text(v...)) }
	}
	fatal := func(text func(...any) string) func(...any) {
		return func(v ...any) { i.logPrinted(l(), func() string { return text(v...) }); i.runtime.Exit(1) }
	}
	switch name {
	case "Print":
		return printed(fmt.Sprint)
	case "Println":
		return printed(fmt.Sprintln)
	case "Printf":
		return printedf
	case "Panic":
		return panics(fmt.Sprint)
	case "Panicln":
		return panics(fmt.Sprintln)
	case "Panicf":
		return func(format string, v ...any) { i.logPanic(l(), fmt.Sprintf(format, v...)) }
	case "Fatal":
		return fatal(fmt.Sprint)
	case "Fatalln":
		return fatal(fmt.Sprintln)
	case "Fatalf":
		return func(format string, v ...any) { printedf(format, v...); i.runtime.Exit(1) }
	case "Output":
		return func(depth int, s string) error { return i.logOutput(l(), depth, s) }
	}
	return nil
}

func (i *Instance) logPrinted(l *log.Logger, text func() string) {
	if l.Writer() != io.Discard { // else no argument is asked for its text
		i.logOutput(l, 1, text())
	}
}

func (i *Instance) logPanic(l *log.Logger, text string) {
	i.logOutput(l, 1, text)
	panic(text)
}

// logOutput is (*log.Logger).Output. Depth 1 is the place that calls the function of
// package log.
func (i *Instance) logOutput(l *log.Logger, depth int, text string) error {
	flags := l.Flags()
	if flags&logFiles == 0 {
		return l.Output(0, text)
	}
	place := callPlace{file: "???"}
	if list := i.callers(); depth-1 < len(list) {
		place = list[max(depth-1, 0)]
	}
	if flags&log.Lshortfile != 0 {
		place.file = place.file[strings.LastIndexByte(place.file, '/')+1:]
	}
	// What is before the place is written by a logger without one.
	line := logLine{logger: l}
	before, after := l.Prefix(), ""
	if flags&log.Lmsgprefix != 0 {
		before, after = after, before
	}
	return log.New(&line, before, flags&^(logFiles|log.Lmsgprefix)).Output(0, fmt.Sprintf("%s:%d: %s%s", place.file, place.line, after, text))
}

// logLine writes a finished line where the logger does, one at a time with its own.
type logLine struct{ logger *log.Logger }

func (w *logLine) Write(line []byte) (int, error) {
	to := w.logger.Writer()
	mu := at[sync.Mutex](reflect.ValueOf(w.logger).UnsafePointer(), logMutex)
	mu.Lock()
	defer mu.Unlock()
	return to.Write(line)
}

// logMutex is where a logger keeps the mutex that guards its writer.
var logMutex = func() uintptr {
	f, ok := reflect.TypeFor[log.Logger]().FieldByName("outMu")
	if !ok || f.Type != reflect.TypeFor[sync.Mutex]() {
		panic("log.Logger is not as in Go 1.26")
	}
	return f.Offset
}()

// logMethod is the method of that name where x is a logger, else nil.
func (i *Instance) logMethod(x any, name string) any {
	l, ok := x.(*log.Logger)
	if !ok || l == nil {
		return nil
	}
	return i.logFunction(func() *log.Logger { return l }, name)
}
