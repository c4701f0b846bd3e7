// Package symbols is what scripts can import.
//
// It holds four things, generated with the Go toolchain by `go generate ./symbols`
// and embedded, so that nothing of a toolchain is needed at run time:
//
//   - export tables: the functions, variables, constants and types of the SDK and of
//     the standard library as reflect values, for the interpreter ([Package], [Type]);
//   - type data: export data of the same packages, for the type checker ([TypeData]);
//   - their doc comments, for editors ([Doc]);
//   - sources of what is generic in the standard library, which no table can hold
//     because a generic function is not a value ([Source]).
//
// Everything is read when it is first asked for, package by package: a process that
// runs no script pays nothing.
//
// Which packages and names a script may use is decided by [Rules]; the list is the
// readable file allow.txt.
package symbols

//go:generate go run ./gen
