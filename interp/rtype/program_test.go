package rtype_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"gateway/interp/rtype"
)

// testImporter reads export data that the go command makes.
var testImporter = importer.Default()

// natives are the compiled types that test programs may refer to.
var natives = func() map[string]reflect.Type {
	m := make(map[string]reflect.Type)
	for _, t := range []reflect.Type{
		reflect.TypeFor[bufio.Reader](), reflect.TypeFor[bytes.Buffer](), reflect.TypeFor[context.Context](),
		reflect.TypeFor[fmt.State](), reflect.TypeFor[fmt.Stringer](), reflect.TypeFor[http.Handler](),
		reflect.TypeFor[http.Request](), reflect.TypeFor[http.ResponseWriter](), reflect.TypeFor[http.Header](),
		reflect.TypeFor[io.Reader](), reflect.TypeFor[io.Writer](), reflect.TypeFor[io.ReadWriter](),
		reflect.TypeFor[io.ReaderFrom](), reflect.TypeFor[json.Number](), reflect.TypeFor[json.RawMessage](),
		reflect.TypeFor[reflect.Type](), reflect.TypeFor[sort.Interface](), reflect.TypeFor[sort.IntSlice](), reflect.TypeFor[strings.Builder](),
		reflect.TypeFor[sync.Locker](), reflect.TypeFor[sync.Mutex](), reflect.TypeFor[sync.RWMutex](),
		reflect.TypeFor[time.Duration](), reflect.TypeFor[time.Time](), reflect.TypeFor[time.Month](),
		reflect.TypeFor[time.Location](), reflect.TypeFor[url.URL](), reflect.TypeFor[url.Userinfo](),
		reflect.TypeFor[url.Values](), reflect.TypeFor[ast.Expr](), reflect.TypeFor[ast.Ident](),
		reflect.TypeFor[ast.Node](), reflect.TypeFor[token.Pos](),
	} {
		m[t.PkgPath()+"."+t.Name()] = t
	}
	return m
}()

func native(pkgPath, name string) reflect.Type { return natives[pkgPath+"."+name] }

func newTable() *rtype.Table { return rtype.NewTable(native) }

// program is a type-checked package and the table of its types.
type program struct {
	t     testing.TB
	pkg   *types.Package
	table *rtype.Table
	scope *types.Scope   // of the file, for expressions
	index map[string]int // of types, by expression
}

// check type-checks a file of source. Its types are not in the table yet.
func check(t testing.TB, src string) *program {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "program.go", src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	conf := &types.Config{Importer: testImporter}
	pkg, err := conf.Check("gateway/interp/"+f.Name.Name, fset, []*ast.File{f}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return &program{
		t: t, pkg: pkg, scope: pkg.Scope().Innermost(f.Name.Pos()),
		table: newTable(), index: make(map[string]int),
	}
}

// add adds the types that the expressions denote.
func (p *program) add(exprs ...string) *program {
	p.t.Helper()
	for _, e := range exprs {
		p.index[e] = p.table.Add(p.typeOf(e))
	}
	return p
}

// typeOf returns the type that an expression in the file's scope denotes.
func (p *program) typeOf(expr string) types.Type {
	p.t.Helper()
	fset := token.NewFileSet()
	x, err := parser.ParseExprFrom(fset, "", expr, 0)
	if err != nil {
		p.t.Fatal(err)
	}
	info := &types.Info{Types: make(map[ast.Expr]types.TypeAndValue)}
	if err := types.CheckExpr(fset, p.pkg, p.scope.Pos(), x, info); err != nil || !info.Types[x].IsType() {
		p.t.Fatalf("%s is not a type: %v", expr, err)
	}
	return info.Types[x].Type
}

// addAll adds all types of the package that are not generic.
func (p *program) addAll() *program {
	for _, name := range p.pkg.Scope().Names() {
		tn, ok := p.pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok {
			continue
		}
		if named, ok := tn.Type().(*types.Named); ok && named.TypeParams().Len() > 0 {
			continue
		}
		p.index[name] = p.table.Add(tn.Type())
	}
	return p
}

// set is the types of one instance of a program.
type set struct {
	*rtype.Types
	p *program
}

func (p *program) instantiate() *set {
	p.t.Helper()
	p.table.Freeze()
	ts, err := p.table.Instantiate()
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(ts.Release)
	return &set{ts, p}
}

func (s *set) outer(expr string) reflect.Type { return s.Outer(s.at(expr)) }
func (s *set) inner(expr string) reflect.Type { return s.Inner(s.at(expr)) }

func (s *set) at(expr string) int {
	i, ok := s.p.index[expr]
	if !ok {
		s.p.t.Helper()
		s.p.t.Fatalf("type %s was not added", expr)
	}
	return i
}

// bind binds a method to a function of the general form. The first argument
// is the receiver.
func (s *set) bind(typ, method string, sig any, fn func(args []reflect.Value) []reflect.Value) {
	s.p.t.Helper()
	i := s.at(typ)
	recv := s.Inner(i)
	if strings.HasPrefix(method, "*") {
		recv, method = reflect.PointerTo(recv), method[1:]
	}
	ft := reflect.TypeOf(sig)
	in := []reflect.Type{recv}
	for t := range ft.Ins() {
		in = append(in, t)
	}
	var out []reflect.Type
	for t := range ft.Outs() {
		out = append(out, t)
	}
	if err := s.Bind(i, method, reflect.MakeFunc(reflect.FuncOf(in, out, ft.IsVariadic()), fn)); err != nil {
		s.p.t.Fatal(err)
	}
}

// box returns v, a value of an inner type, as compiled code sees it.
func (s *set) box(typ string, v reflect.Value) any {
	return s.Box(s.at(typ), v.Interface())
}

// new returns a pointer to a new variable of the inner type.
func (s *set) new(typ string) reflect.Value { return reflect.New(s.inner(typ)) }

// values makes the results of a method.
func values(vs ...any) []reflect.Value {
	var rs []reflect.Value
	for _, v := range vs {
		if err, ok := v.(error); ok || v == nil {
			rs = append(rs, reflect.ValueOf(&err).Elem())
			continue
		}
		rs = append(rs, reflect.ValueOf(v))
	}
	return rs
}
