// Package symbols is what scripts can import.
//
// It holds three things, all of them generated with the Go toolchain by
// `go generate ./symbols` and embedded, so that nothing is needed at run time:
//
//   - export tables: the functions, variables, constants and types of the SDK
//     and of the standard library as reflect values, for the interpreter
//     ([Package], [Type]);
//   - type data: export data of the same packages and of everything they refer
//     to, for the type checker ([TypeData]);
//   - sources of the generic standard library, which no table can hold because
//     a generic function is not a value ([Source]).
//
// Which packages and names a script may use is decided by [Rules]; the list is
// the readable file allow.txt.
package symbols
