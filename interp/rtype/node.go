package rtype

import (
	"go/token"
	"reflect"
	"strings"
)

// A node is one type of a table, freed from the type checker's structures.
// Types it refers to are indices into the table's nodes.
type node struct {
	// native is set if the type consists of compiled types only. Of what
	// follows, composite types then have str and their parts, others str only.
	native reflect.Type

	// str is the type as reflect's String gives it.
	str string

	// name, pkgName and pkgPath are set for named types. name carries type
	// arguments as the compiler writes them.
	name, pkgName, pkgPath string

	kind     reflect.Kind
	elem     int // array, chan, map, pointer, slice
	key      int // map
	len      int64
	dir      reflect.ChanDir
	params   []int // func
	results  []int
	variadic bool

	// fields are those of a struct. If the type is declared by the name of a
	// compiled struct type (type T time.Time), that type is in like and has
	// the fields.
	fields []field
	like   reflect.Type

	imethods []imethodNode // interface
	methods  []methodNode  // method set of the pointer to a type that is not an interface

	// nominal says that the inner type is a type of its own because the type
	// contains itself; other inner types have no names.
	nominal bool

	// under is the index of the underlying type if the type is named and
	// neither a struct nor an interface, else -1.
	under int
}

type field struct {
	name     string
	pkgPath  string // of unexported fields
	tag      string
	typ      int
	embedded bool
}

type imethodNode struct {
	name    string
	pkgPath string // of unexported methods
	sig     int
}

type methodNode struct {
	name    string
	pkgPath string // of unexported methods
	sig     int    // without receiver
	pointer bool   // in the method set of the pointer type only
	// path are the embedded fields to follow, up to the first that is of a
	// compiled type; empty for declared methods.
	path []int
	// compiled says that the method is one of a compiled type or of an
	// interface.
	compiled bool
}

func (n *node) named() bool { return n.name != "" }

// owned says that the type is made by this package and not by one of
// reflect's constructors: named types, structs and interfaces.
func (n *node) owned() bool {
	return n.native == nil && (n.named() || n.kind == reflect.Struct || n.kind == reflect.Interface)
}

func exported(name string) bool { return token.IsExported(name) }

const innerPrefix = "X_"

// FieldName returns the name that the field called name has in the inner type
// of a struct type of the program: exported names stay, n becomes X_n. Names
// that begin with X_ get another X_, so that no two fields meet. Blank fields
// stay blank; they can be set by position only.
func FieldName(name string) string {
	if name == "_" || exported(name) && !strings.HasPrefix(name, innerPrefix) {
		return name
	}
	return innerPrefix + name
}
