package symbols

import (
	"go/constant"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"
	"sync"

	"gateway/symbols/internal/tables"
)

// Package returns the export table of the package with the given import path:
// name → value, in yaegi's convention (a type is a nil pointer to it, a variable
// is addressable, an untyped constant is a go/constant.Value). ok is false for a
// path without a table. The map is shared: do not change it.
//
// Unexported names in a table are the native halves of packages that have a
// [Source]: functions that are declared there without a body.
func Package(path string) (exports map[string]reflect.Value, ok bool) {
	return cache.get(path)
}

// PackageName returns the package name of an import path that has a table, such as
// "rand" for "math/rand/v2".
func PackageName(path string) (name string, ok bool) {
	t := tables.Lookup(path)
	if t == nil {
		return "", false
	}
	return t.Name, true
}

// Paths returns the import paths of all packages that have a table, sorted.
func Paths() []string { return slices.Clone(tables.Paths[:]) }

// Type returns the type of that name, or nil.
func Type(path, name string) reflect.Type {
	exports, _ := Package(path)
	v := exports[name]
	if !v.IsValid() || v.Kind() != reflect.Pointer || !v.IsNil() || v.CanAddr() {
		return nil
	}
	return v.Type().Elem()
}

// cache keeps the tables that were asked for, in the form in which they are used.
var cache tableCache

type tableCache struct {
	mu     sync.RWMutex // guards tables
	tables map[string]map[string]reflect.Value
}

func (c *tableCache) get(path string) (map[string]reflect.Value, bool) {
	c.mu.RLock()
	exports, ok := c.tables[path]
	c.mu.RUnlock()
	if ok {
		return exports, true
	}
	t := tables.Lookup(path)
	if t == nil {
		return nil, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if exports, ok := c.tables[path]; ok {
		return exports, true
	}
	if c.tables == nil {
		c.tables = map[string]map[string]reflect.Value{}
	}
	exports = reflectTable(t)
	for name, c := range PlatformConstants(path) {
		if c.Type.(*types.Basic).Info()&types.IsUntyped != 0 { // the others are compiled
			exports[name] = reflect.ValueOf(c.Value)
		}
	}
	for name, fn := range natives[path] {
		exports[name] = reflect.ValueOf(fn)
	}
	c.tables[path] = exports
	return exports, true
}

// reflectTable turns static data into reflect values.
func reflectTable(t *tables.Table) map[string]reflect.Value {
	m := make(map[string]reflect.Value, len(t.Funcs)+len(t.Vars)+len(t.Types)+len(t.Consts)+len(t.Untyped))
	for _, list := range [][]tables.Entry{t.Funcs, t.Types, t.Consts} {
		for _, e := range list {
			m[e.Name] = reflect.ValueOf(e.Value)
		}
	}
	for _, e := range t.Vars {
		m[e.Name] = reflect.ValueOf(e.Value).Elem()
	}
	for _, c := range t.Untyped {
		m[c.Name] = reflect.ValueOf(untyped(c))
	}
	return m
}

func untyped(c tables.Untyped) constant.Value {
	if c.Kind == token.IDENT {
		return constant.MakeBool(c.Text == "true")
	}
	if num, den, ok := strings.Cut(c.Text, "/"); ok && c.Kind == token.FLOAT {
		return constant.BinaryOp(
			constant.MakeFromLiteral(num, token.INT, 0), token.QUO,
			constant.MakeFromLiteral(den, token.INT, 0))
	}
	return constant.MakeFromLiteral(c.Text, c.Kind, 0)
}
