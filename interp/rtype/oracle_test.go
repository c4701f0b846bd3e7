package rtype_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"
	"unsafe"

	"gateway/interp/rtype"
)

// An oracle is a compiled type and the same type made from source.
type oracle struct {
	expr     string
	compiled reflect.Type
}

func is[T any](expr string) oracle { return oracle{expr, reflect.TypeFor[T]()} }

var oracles = []oracle{
	is[aBool]("aBool"), is[aInt]("aInt"), is[aInt8]("aInt8"), is[aUint16]("aUint16"), is[aUintptr]("aUintptr"),
	is[aFloat32]("aFloat32"), is[aFloat64]("aFloat64"), is[aComplex64]("aComplex64"), is[aComplex128]("aComplex128"),
	is[aString]("aString"), is[aSlice]("aSlice"), is[aBytes]("aBytes"), is[aArray]("aArray"), is[aBigArray]("aBigArray"),
	is[aMap]("aMap"), is[aChan]("aChan"), is[aRecv]("aRecv"), is[aSend]("aSend"), is[aChanChan]("aChanChan"),
	is[aFunc]("aFunc"), is[aPointer]("aPointer"), is[aEmpty]("aEmpty"), is[aAny]("aAny"), is[aOfAlias]("aOfAlias"),
	is[aPadded]("aPadded"), is[aBlank]("aBlank"), is[aTrailing]("aTrailing"), is[aOnePointer]("aOnePointer"),
	is[aOneMap]("aOneMap"), is[aOneArray]("aOneArray"), is[aOneNested]("aOneNested"), is[aFloats]("aFloats"),
	is[aMixed]("aMixed"), is[aExported]("aExported"), is[aTagged]("aTagged"), is[aHuge]("aHuge"), is[aHuger]("aHuger"),

	is[aList]("aList"), is[aTree]("aTree"), is[aKey]("aKey"), is[aF]("aF"), is[aM]("aM"), is[aS]("aS"), is[aP]("aP"),
	is[aC]("aC"), is[aPing]("aPing"), is[aPong]("aPong"), is[aHandler]("aHandler"), is[aHandlers]("aHandlers"),
	is[aNode]("aNode"), is[aVisitor]("aVisitor"),

	is[aColor]("aColor"), is[aOptional]("aOptional"), is[aTemperature]("aTemperature"), is[aError]("aError"),
	is[aValueError]("aValueError"), is[aErrors]("aErrors"), is[byLength]("byLength"), is[aHeap]("aHeap"),
	is[aReader]("aReader"), is[aServer]("aServer"), is[aFuncRecv]("aFuncRecv"), is[aMapRecv]("aMapRecv"),
	is[aOnePointerRecv]("aOnePointerRecv"), is[aLarge]("aLarge"),

	is[aBase]("aBase"), is[aDerived]("aDerived"), is[aDerived2]("aDerived2"), is[aDerived3]("aDerived3"),
	is[aBuffer]("aBuffer"), is[aBufferOnly]("aBufferOnly"), is[aBufferValue]("aBufferValue"), is[aTime]("aTime"),
	is[aWriter]("aWriter"), is[aContext]("aContext"), is[aExpr]("aExpr"), is[aMapEmbed]("aMapEmbed"),
	is[aColorful]("aColorful"), is[aShadow]("aShadow"), is[aEmbedIface]("aEmbedIface"), is[aNamer]("aNamer"),
	is[aRecursive]("aRecursive"), is[aRecursive2]("aRecursive2"), is[aAliasEmbed]("aAliasEmbed"),
	is[aGenericEmbed]("aGenericEmbed"), is[aErrorEmbed]("aErrorEmbed"), is[aHandlerEmbed]("aHandlerEmbed"),
	is[aTypeEmbed]("aTypeEmbed"), is[aManyLevels]("aManyLevels"),
	is[aLikeTime]("aLikeTime"), is[aLikeMutex]("aLikeMutex"), is[aLikeRequest]("aLikeRequest"),

	is[aStringer]("aStringer"), is[aBoth]("aBoth"), is[aPrivate]("aPrivate"),

	is[aPair[int, string]]("aPair[int, string]"), is[aPair[aInt, *aTree]]("aPair[aInt, *aTree]"),
	is[aPair[time.Time, map[string]aColor]]("aPair[time.Time, map[string]aColor]"),
	is[aPair[aPair[byte, rune], func(aInt, ...string) any]]("aPair[aPair[byte, rune], func(aInt, ...string) any]"),
	is[aPair[struct{ a aInt }, interface{ foo() }]]("aPair[struct{ a aInt }, interface{ foo() }]"),
	is[aGList[aColor]]("aGList[aColor]"), is[aGNode[aGList[error]]]("aGNode[aGList[error]]"),

	is[*aColor]("*aColor"), is[**aTree]("**aTree"), is[[]aColor]("[]aColor"), is[[4]aTagged]("[4]aTagged"),
	is[map[aKey][]aTree]("map[aKey][]aTree"), is[map[aColor]aInt]("map[aColor]aInt"), is[chan aColor]("chan aColor"), is[<-chan *aColor]("<-chan *aColor"),
	is[func(aColor, ...aTree) (aF, error)]("func(aColor, ...aTree) (aF, error)"),
	is[struct{ A aColor }]("struct{ A aColor }"), is[struct{ a, b aColor }]("struct{ a, b aColor }"),
	is[struct {
		aBase `json:"base"`
		n     int
	}]("struct { aBase `json:\"base\"`; n int }"),
	is[*struct{ *aDerived2 }]("*struct{ *aDerived2 }"), is[interface{ M(aColor) aTree }]("interface{ M(aColor) aTree }"),
	is[interface {
		Foo()
		bar(aColor)
	}]("interface{ bar(aColor); Foo() }"),
}

// compiledOracles consist of compiled types only, so they must be the same
// types.
var compiledOracles = []oracle{
	is[int]("int"), is[[]string]("[]string"), is[map[string][]byte]("map[string][]byte"), is[*time.Time]("*time.Time"),
	is[[3]map[string]time.Duration]("[3]map[string]time.Duration"), is[chan<- error]("chan<- error"),
	is[func(string, ...any) (int, error)]("func(string, ...any) (int, error)"), is[any]("any"), is[error]("error"),
	is[struct {
		X, Y int `k:"v"`
	}]("struct { X, Y int `k:\"v\"` }"), is[map[struct{ A string }]bool]("map[struct{ A string }]bool"),
	is[unsafe.Pointer]("unsafe.Pointer"),
}

// oracleSource returns the package of oracle_types_test.go, checked from its
// text, with the package path that reflect gives for the compiled one.
func oracleSource(t testing.TB) *program {
	t.Helper()
	src, err := os.ReadFile("oracle_types_test.go")
	if err != nil {
		t.Fatal(err)
	}
	// The program may also be asked about time.Time and unsafe.Pointer.
	text := strings.Replace(string(src), "import (", "import (\n\t\"unsafe\"", 1) + "\nvar _ unsafe.Pointer\n"
	p := check(t, text)
	pkg := types.NewPackage(reflect.TypeFor[aBool]().PkgPath(), "rtype_test")
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "oracle_types_test.go", text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	if err := types.NewChecker(&types.Config{Importer: testImporter}, fset, pkg, nil).Files([]*ast.File{f}); err != nil {
		t.Fatal(err)
	}
	p.pkg = pkg
	p.scope = pkg.Scope().Innermost(f.Name.Pos())
	return p
}

// mirror is the set of all oracles, with every method bound to the compiled
// one.
func mirror(t testing.TB) *set {
	t.Helper()
	p := oracleSource(t)
	for _, o := range oracles {
		p.add(o.expr)
	}
	var plans []plan
	for _, o := range oracles {
		for _, m := range p.table.Methods(p.index[o.expr]) {
			if !m.Promoted && m.Func.Exported() {
				plans = append(plans, p.plan(o, m))
			}
		}
	}
	s := p.instantiate()
	for _, pl := range plans {
		if err := s.Bind(pl.index, pl.method.Name, s.viaCompiled(pl)); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// A plan says how to bind a method to the compiled one.
type plan struct {
	index           int
	compiled        reflect.Type // of the receiver
	method          rtype.Method
	params, results []int
}

func (p *program) plan(o oracle, m rtype.Method) plan {
	pl := plan{index: p.index[o.expr], compiled: o.compiled, method: m}
	for v := range m.Signature.Params().Variables() {
		pl.params = append(pl.params, p.table.Add(v.Type()))
	}
	for v := range m.Signature.Results().Variables() {
		pl.results = append(pl.results, p.table.Add(v.Type()))
	}
	return pl
}

// viaCompiled returns a function for Bind that calls the method of the
// compiled type. Values change types by their memory.
func (s *set) viaCompiled(pl plan) reflect.Value {
	recv, compiled := s.Inner(pl.index), pl.compiled
	if pl.method.Pointer {
		recv, compiled = reflect.PointerTo(recv), reflect.PointerTo(compiled)
	}
	cm, ok := compiled.MethodByName(pl.method.Name)
	if !ok {
		s.p.t.Fatalf("%v has no method %s", compiled, pl.method.Name)
	}
	in := []reflect.Type{recv}
	for _, i := range pl.params {
		in = append(in, s.Inner(i))
	}
	var out []reflect.Type
	for _, i := range pl.results {
		out = append(out, s.Inner(i))
	}
	variadic := cm.Type.IsVariadic()
	return reflect.MakeFunc(reflect.FuncOf(in, out, variadic), func(args []reflect.Value) []reflect.Value {
		for k := range args {
			args[k] = retype(args[k], cm.Type.In(k))
		}
		call := cm.Func.Call
		if variadic {
			call = cm.Func.CallSlice
		}
		results := call(args)
		for k := range results {
			results[k] = retype(results[k], out[k])
		}
		return results
	})
}

// retype returns v's memory as a value of another type of the same layout.
func retype(v reflect.Value, t reflect.Type) reflect.Value {
	p := reflect.New(v.Type())
	p.Elem().Set(v)
	return reflect.NewAt(t, p.UnsafePointer()).Elem()
}

func TestOracleReflect(t *testing.T) {
	s := mirror(t)
	for _, o := range oracles {
		got, inner := s.outer(o.expr), s.inner(o.expr)
		t.Run(o.expr, func(t *testing.T) {
			if want := describe(o.compiled); describe(got) != want {
				t.Errorf("outer type:\n%s\nwant:\n%s", describe(got), want)
			}
			if inner.Kind() != got.Kind() || inner.Size() != got.Size() || inner.Align() != got.Align() || inner.Comparable() != got.Comparable() {
				t.Errorf("inner type %v does not match", inner)
			}
			if got.Kind() == reflect.Struct {
				checkInnerFields(t, got, inner)
			}
		})
	}
}

func TestTypesOfCompiledTypesAreTheCompiledOnes(t *testing.T) {
	p := oracleSource(t)
	for _, o := range compiledOracles {
		p.add(o.expr)
	}
	s := p.instantiate()
	for _, o := range compiledOracles {
		if s.outer(o.expr) != o.compiled || s.inner(o.expr) != o.compiled || !s.p.table.IsNative(s.at(o.expr)) {
			t.Errorf("%s gives outer %v and inner %v, which are not the compiled type", o.expr, s.outer(o.expr), s.inner(o.expr))
		}
	}
}

func TestOracleLocalTypes(t *testing.T) {
	p := oracleSource(t)
	local := p.pkg.Scope().Lookup("localTypes").(*types.Func).Scope().Lookup("local").Type()
	pair := p.pkg.Scope().Lookup("aPair").Type()
	generic, err := types.Instantiate(nil, pair, []types.Type{local, types.Typ[types.Int]}, true)
	if err != nil {
		t.Fatal(err)
	}
	i, j := p.table.Add(local), p.table.Add(generic)
	s := p.instantiate()
	wantLocal, wantGeneric := localTypes()
	// The numbers depend on all files of the package.
	number := regexp.MustCompile(`·[1-9][0-9]*`)
	plain := func(t reflect.Type) string { return number.ReplaceAllString(describe(t), "·#") }
	if got, want := plain(s.Outer(i)), plain(reflect.TypeOf(wantLocal)); got != want {
		t.Errorf("local type:\n%s\nwant:\n%s", got, want)
	}
	if got, want := plain(s.Outer(j)), plain(reflect.TypeOf(wantGeneric)); got != want || !strings.Contains(got, "·#") {
		t.Errorf("generic type with a local type argument:\n%s\nwant:\n%s", got, want)
	}
}

// describe writes down all that reflect tells of a type and of the pointer to
// it.
func describe(t reflect.Type) string {
	var b strings.Builder
	for _, t := range []reflect.Type{t, reflect.PointerTo(t)} {
		fmt.Fprintf(&b, "%v name %q in %q kind %v size %d align %d/%d comparable %v\n",
			t, t.Name(), t.PkgPath(), t.Kind(), t.Size(), t.Align(), t.FieldAlign(), t.Comparable())
		for i := range t.NumMethod() {
			m := t.Method(i)
			if t.Kind() != reflect.Interface && m.Func.Type() != m.Type {
				fmt.Fprintf(&b, "\tmethod %s has func type %v\n", m.Name, m.Func.Type())
			}
			fmt.Fprintf(&b, "\tmethod %d %s %q %v\n", m.Index, m.Name, m.PkgPath, m.Type)
		}
		switch t.Kind() {
		case reflect.Struct:
			for i := range t.NumField() {
				f := t.Field(i)
				fmt.Fprintf(&b, "\tfield %s %q %v %q at %d embedded %v\n", f.Name, f.PkgPath, f.Type, f.Tag, f.Offset, f.Anonymous)
			}
		case reflect.Func:
			fmt.Fprintf(&b, "\tvariadic %v\n", t.IsVariadic())
		case reflect.Chan:
			fmt.Fprintf(&b, "\tdirection %v elem %v\n", t.ChanDir(), t.Elem())
		case reflect.Map:
			fmt.Fprintf(&b, "\tkey %v elem %v\n", t.Key(), t.Elem())
		case reflect.Array:
			fmt.Fprintf(&b, "\tlen %d elem %v\n", t.Len(), t.Elem())
		case reflect.Slice:
			fmt.Fprintf(&b, "\telem %v\n", t.Elem())
		}
	}
	return b.String()
}

func checkInnerFields(t *testing.T, outer, inner reflect.Type) {
	for i := range outer.NumField() {
		fo, fi := outer.Field(i), inner.Field(i)
		if fi.Offset != fo.Offset {
			t.Errorf("inner field %s is at %d, outer at %d", fi.Name, fi.Offset, fo.Offset)
		}
		if inner.PkgPath() == "" && (fi.Name != rtype.FieldName(fo.Name) || !fi.IsExported()) {
			t.Errorf("field %s has the inner name %s, exported %v", fo.Name, fi.Name, fi.IsExported())
		}
	}
}
