package check

import (
	"cmp"
	"fmt"
	"go/token"
	"slices"
	"strings"
)

// Severities of a [Diagnostic].
const (
	Error   = "error"
	Warning = "warning"
)

// The answer to a source that is not Go at all is bounded.
const (
	maxDiagnostics = 500
	maxRelated     = 50   // of one diagnostic
	maxMessage     = 1000 // bytes; type errors quote the expression
)

// A Diagnostic is one thing that is wrong, or worth knowing, at one place.
type Diagnostic struct {
	File      string `json:"file,omitempty"`
	Line      int    `json:"line"`   // from 1; 0 where there is no position
	Column    int    `json:"column"` // from 1, in bytes as in the compiler's messages
	EndLine   int    `json:"end_line,omitempty"`
	EndColumn int    `json:"end_column,omitempty"` // exclusive
	Severity  string `json:"severity"`
	Code      string `json:"code"` // short and stable, such as "syntax" or "unused-variable"
	Message   string `json:"message"`
	Hint      string `json:"hint,omitempty"` // what to do
	// Related are further places of the same cause, such as the other declaration.
	Related []Related `json:"related,omitempty"`
}

// Related is a place that belongs to a diagnostic.
type Related struct {
	File    string `json:"file,omitempty"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

// String formats the diagnostic as the compiler does: FILE:LINE:COL: message.
func (d Diagnostic) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", d.File, d.Line, d.Column, d.Message)
}

// report adds a diagnostic; its severity is Error unless given.
func (r *run) report(d Diagnostic) {
	if d.Severity == "" {
		d.Severity = Error
	}
	if len(d.Message) > maxMessage {
		d.Message = strings.ToValidUTF8(d.Message[:maxMessage], "") + "…"
	}
	r.diags = append(r.diags, d)
}

// reportAt adds a diagnostic at a position; end may be unknown.
func (r *run) reportAt(pos, end token.Pos, d Diagnostic) {
	at := r.position(pos)
	d.File, d.Line, d.Column = at.Filename, at.Line, at.Column
	if end > pos {
		if at := r.position(end); at.Filename == d.File {
			d.EndLine, d.EndColumn = at.Line, at.Column
		}
	}
	r.report(d)
}

// addRelated adds a place to the diagnostic with that index.
func (r *run) addRelated(index int, pos token.Pos, message string) {
	if d := &r.diags[index]; len(d.Related) < maxRelated {
		d.Related = append(d.Related, r.related(pos, message))
	}
}

// related returns a place that belongs to a diagnostic.
func (r *run) related(pos token.Pos, message string) Related {
	at := r.position(pos)
	return Related{File: at.Filename, Line: at.Line, Column: at.Column, Message: message}
}

// position is that in the file as written: //line comments do not count.
func (r *run) position(pos token.Pos) token.Position { return r.fset.PositionFor(pos, false) }

// sorted returns the diagnostics by position, each once.
func (r *run) sorted() []Diagnostic {
	slices.SortStableFunc(r.diags, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	diags := slices.CompactFunc(r.diags, func(a, b Diagnostic) bool {
		return a.File == b.File && a.Line == b.Line && a.Column == b.Column && a.Message == b.Message
	})
	if n := len(diags); n > maxDiagnostics {
		last := diags[maxDiagnostics]
		diags = append(diags[:maxDiagnostics], Diagnostic{
			File: last.File, Line: last.Line, Column: last.Column, Severity: Error,
			Code: "too-many", Message: fmt.Sprintf("%d more diagnostics are left out", n-maxDiagnostics),
		})
	}
	return diags
}
