package check

import (
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"
)

// A Query asks about a place in a source that is being written. The source may be
// broken in any way.
type Query struct {
	Source Source
	// File is the name of the file that the place is in; the first one where empty.
	File string
	// Offset is the place, in bytes of UTF-8 from the begin of the file.
	Offset int
}

// A Position is a place in a file. All numbers are in bytes of UTF-8.
type Position struct {
	Offset int `json:"offset"` // from 0
	Line   int `json:"line"`   // from 1
	Column int `json:"column"` // from 1
}

// A Range is a piece of a file; End is exclusive.
type Range struct {
	Start Position `json:"start"`
	End   Position `json:"end"`
}

// assistTimeout bounds one completion or hover. They take a few milliseconds; who has
// waited for a second has gone on typing.
const assistTimeout = time.Second

// ErrBusy tells that a question was given up because it takes too long to answer.
var ErrBusy = errors.New("type checking this source takes too long")

// Complete says what may be written at a place. An error is about the query, or
// [ErrBusy]; a broken source is none.
func (c *Checker) Complete(q Query) (Completion, error) {
	return assist(c, q, func(r *run, code string) Completion { return r.complete(code, q) })
}

// Hover describes the name at a place; nil where there is nothing to be said. Errors
// are those of [Checker.Complete].
func (c *Checker) Hover(q Query) (*Hover, error) {
	return assist(c, q, func(r *run, code string) *Hover { return r.hover(code, q) })
}

// assist answers a query in a goroutine of its own, as [Checker.Check] does.
func assist[T any](c *Checker, q Query, answer func(r *run, code string) T) (T, error) {
	var value T
	code, err := q.code()
	if err != nil {
		return value, err
	}
	r := c.newRun(q.Source)
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if v := recover(); v != nil {
				err = fmt.Errorf("the type checker failed: %v\n%s", v, debug.Stack())
			}
		}()
		value = answer(r, code)
	}()
	if r.watch.await(done, assistTimeout) != "" {
		return *new(T), ErrBusy
	}
	return value, err
}

// code returns the text of the file that the query is about.
func (q Query) code() (string, error) {
	for i, f := range q.Source.Files {
		if q.File != "" && f.Name != q.File || q.File == "" && i > 0 {
			continue
		}
		switch {
		case q.Offset < 0 || q.Offset > len(f.Code):
			return "", fmt.Errorf("offset %d is outside of the file, which has %d bytes", q.Offset, len(f.Code))
		case len(f.Code) > maxFileSize:
			return "", fmt.Errorf("the file has %d bytes; the limit is %d", len(f.Code), maxFileSize)
		}
		return f.Code, nil
	}
	return "", fmt.Errorf("there is no file %q", q.File)
}

// rangeOf returns the range between two offsets of a text.
func rangeOf(text string, from, to int) Range {
	start := Position{Offset: from, Line: strings.Count(text[:from], "\n") + 1, Column: from - strings.LastIndexByte(text[:from], '\n')}
	end := Position{Offset: to, Line: start.Line + strings.Count(text[from:to], "\n"), Column: to - strings.LastIndexByte(text[:to], '\n')}
	return Range{start, end}
}
