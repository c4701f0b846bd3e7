// Package tables holds the generated export tables, one file per package. They are
// static data: nothing runs when the process starts.
package tables

import "go/token"

// A Table is the exports of one package.
type Table struct {
	Name    string  // package name
	Funcs   []Entry // functions
	Vars    []Entry // pointers to variables
	Types   []Entry // nil pointers to types
	Consts  []Entry // typed constants
	Untyped []Untyped
}

// An Entry is one exported name.
type Entry struct {
	Name  string
	Value any
}

// An Untyped is an untyped constant. Kind is INT (also for runes), FLOAT, STRING, or
// IDENT for true and false. Text is an exact literal; that of a FLOAT may also be a
// fraction of two integers.
type Untyped struct {
	Name string
	Kind token.Token
	Text string
}
