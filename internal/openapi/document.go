package openapi

import "fmt"

// Document is what an import needs of a specification.
type Document struct {
	Title       string
	Description string
	// BasePath goes before the paths of all operations: that of the first server, without a slash at its end. Empty
	// where there is none.
	BasePath   string
	Operations []Operation // in the order they are written in
	Notes      []Problem   // what is not carried over
}

// Operation is a method of a path.
type Operation struct {
	// Name is the operationId, or made of method and path where that is missing, taken or not fit for a name. It is
	// unique in the document.
	Name        string
	Method      string // upper case
	Path        string // pattern below the base path, see catalog.ParsePath
	Description string // one paragraph; may be empty
	File        string // that it is from, in a bundle; empty otherwise
	Line        int    // of the operation
	Column      int

	parameters []parameter
	body       *body
	answer     *answer // an example that the specification has
}

// Problem is something that is wrong with a specification, or not carried over.
type Problem struct {
	File    string // empty for the specification
	Line    int    // from 1; 0 where there is no place
	Column  int    // from 1
	Message string
	Hint    string
}

func (p Problem) String() string {
	at := ""
	if p.Line > 0 {
		at = fmt.Sprintf("line %d, column %d: ", p.Line, p.Column)
	}
	if p.File != "" {
		at = p.File + ": " + at
	}
	return at + p.Message
}

// Error is why a specification, or a bundle with one, is refused.
type Error struct{ Problems []Problem } // at least one

// Error gives the first problem, and says how many more there are.
func (e *Error) Error() string {
	s := e.Problems[0].String()
	if more := len(e.Problems) - 1; more > 0 {
		s += fmt.Sprintf(" (and %d more)", more)
	}
	return s
}
