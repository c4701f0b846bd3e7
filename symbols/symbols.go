package symbols

import "reflect"

// Package returns the export table of the package with the given import path:
// name → value, in yaegi's convention (a type is a nil pointer to it, a variable
// is addressable, an untyped constant is a go/constant.Value). ok is false for a
// path without a table. The map is shared: do not change it.
//
// Unexported names in a table are the native halves of packages that have a
// [Source]: functions that are declared there without a body.
func Package(path string) (exports map[string]reflect.Value, ok bool) { return nil, false }

// PackageName returns the package name of an import path that has a table or a
// source, such as "rand" for "math/rand/v2".
func PackageName(path string) (name string, ok bool) { return "", false }

// Type returns the exported type of that name, or nil.
func Type(path, name string) reflect.Type { return nil }
