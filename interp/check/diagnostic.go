package check

import "fmt"

// Severities of a [Diagnostic].
const (
	Error   = "error"
	Warning = "warning"
)

// A Diagnostic is one thing that is wrong, or worth knowing, at one place.
type Diagnostic struct {
	File      string `json:"file,omitempty"`
	Line      int    `json:"line"`   // from 1; 0 where there is no position
	Column    int    `json:"column"` // from 1, in bytes as in the compiler's messages
	EndLine   int    `json:"end_line,omitempty"`
	EndColumn int    `json:"end_column,omitempty"`
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
