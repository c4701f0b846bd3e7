package rtype_test

import (
	"bytes"
	"container/heap"
	"context"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"go/ast"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"reflect"
	"runtime"
	"sort"
	"strings"
	"sync"
	"testing"
	"text/template"
	"time"
	"unsafe"
)

// of returns the value x, of a compiled oracle type, as a value of the type
// made from source. expr is that type.
func (s *set) of(expr string, x any) any {
	return retype(reflect.ValueOf(x), s.outer(expr)).Interface()
}

// back is the reverse of of.
func back[T any](y any) T {
	return retype(reflect.ValueOf(y), reflect.TypeFor[T]()).Interface().(T)
}

type sample struct {
	expr  string
	value any
}

func samples() []sample {
	n := 3
	tree := aTree{byName: map[string]aTree{"x": {}}, kids: []aTree{{}, {}}, any: 1}
	tagged := aTagged{
		ID: 1, Name: "n", secret: "s", Skip: "skip", Time: time.Unix(0, 0).UTC(), Raw: json.RawMessage(`{"a":1}`),
		Nested: &aTagged{ID: 2}, List: []aTagged{{ID: 3}, {}}, ByName: map[string]aColor{"sky": 2, "rose": 0},
		Any: aColor(1), Color: 2, Optional: aOptional{7}, Duration: time.Second,
	}
	base := aBase{1, "base"}
	derived := &aDerived{base, "extra"}
	return []sample{
		{"aBool", aBool(true)}, {"aInt", aInt(-5)}, {"aInt8", aInt8(-128)}, {"aUintptr", aUintptr(9)}, {"aFloat32", aFloat32(1.5)},
		{"aComplex128", aComplex128(1 + 2i)}, {"aString", aString("text")}, {"aSlice", aSlice{1, 2}}, {"aSlice", aSlice(nil)},
		{"aBytes", aBytes("bytes")}, {"aArray", aArray{"a", "b"}}, {"aMap", aMap{"k": 1, "j": 2}}, {"aMap", aMap(nil)},
		{"aPadded", aPadded{true, 1, true}}, {"aBlank", aBlank{a: 1, b: "b"}}, {"aTrailing", aTrailing{a: 1}},
		{"aFloats", aFloats{f: math.Inf(1), g: -0.5, c: 2i}},
		{"aMixed", aMixed{1, 2, "s", 3, 4, []int{1}, io.EOF, [2]aPadded{{a: true}, {}}}},
		{"aExported", aExported{A: aColor(1), E: io.EOF, N: 1, I: aColor(2)}},
		{"aTagged", tagged}, {"[4]aTagged", [4]aTagged{tagged}}, {"aTree", tree}, {"aKey", aKey{"k", nil}},
		{"aM", aM{"x": {"y": nil}}}, {"aS", aS{{}, nil, {{}}}},
		{"aColor", aColor(1)}, {"[]aColor", []aColor{0, 1, 2}}, {"aOptional", aOptional{1}}, {"aTemperature", aTemperature(36.6)},
		{"aValueError", aValueError{"failed"}}, {"aErrors", aErrors{io.EOF}}, {"byLength", byLength{"ccc", "a", "bb"}},
		{"aMapRecv", aMapRecv{"a": 1}}, {"aOnePointerRecv", aOnePointerRecv{&n}}, {"aLarge", aLarge{s: "s"}},
		{"aBase", base}, {"aDerived", *derived}, {"aDerived2", &aDerived2{n: 1, aDerived: derived}},
		{"aTime", aTime{time.Unix(1e9, 0).UTC()}}, {"aBufferOnly", aBufferOnly{bytes.NewBufferString("buf")}},
		{"aColorful", aColorful{2, "n"}}, {"aShadow", aShadow{1, time.Second}}, {"aLikeTime", aLikeTime(time.Unix(1e9, 0).UTC())},
		{"aWriter", aWriter{1, nil, aColor(1)}},
		{"aPair[int, string]", aPair[int, string]{1, "two"}},
		{"struct{ a, b aColor }", struct{ a, b aColor }{1, 2}}, {"struct{ A aColor }", struct{ A aColor }{1}},
	}
}

// pointerTo adapts samples that are pointers to the types of oracles.
func (s *set) sample(x sample) any {
	if v := reflect.ValueOf(x.value); v.Kind() == reflect.Pointer {
		return retype(v, reflect.PointerTo(s.outer(x.expr))).Interface()
	}
	return s.of(x.expr, x.value)
}

func TestOracleValues(t *testing.T) {
	s := mirror(t)
	tmpl := template.Must(template.New("t").Parse(`{{.}}{{printf " %v %q" . "x"}}`))
	for _, x := range samples() {
		y := s.sample(x)
		t.Run(x.expr, func(t *testing.T) {
			for _, verb := range []string{"%v", "%+v", "%#v", "%T", "%s", "%d", "%q", "%x"} {
				same(t, verb, fmt.Sprintf(verb, y), fmt.Sprintf(verb, x.value))
				same(t, verb+" nested", fmt.Sprintf(verb, map[string]any{"k": []any{y}}), fmt.Sprintf(verb, map[string]any{"k": []any{x.value}}))
			}
			same(t, "json", encoded(json.Marshal(y)), encoded(json.Marshal(x.value)))
			same(t, "json nested", encoded(json.Marshal([]any{y, &y})), encoded(json.Marshal([]any{x.value, &x.value})))
			same(t, "xml", encoded(xml.Marshal(y)), encoded(xml.Marshal(x.value)))
			var got, want bytes.Buffer
			same(t, "template error", fmt.Sprint(tmpl.Execute(&got, y)), fmt.Sprint(tmpl.Execute(&want, x.value)))
			same(t, "template", got.String(), want.String())
			same(t, "equal to itself", equality(y, s.sample(x)), equality(x.value, x.value))
			if !reflect.DeepEqual(y, s.sample(x)) {
				t.Error("not deeply equal to itself")
			}
		})
	}
}

func same(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %s, want %s", what, got, want)
	}
}

func encoded(b []byte, err error) string { return fmt.Sprintf("%s %v", b, err) }

// equality says how comparing x and y ends.
func equality(x, y any) (result string) {
	defer func() {
		if r := recover(); r != nil {
			result = fmt.Sprint(r)
		}
	}()
	m := map[any]bool{x: true}
	return fmt.Sprint(x == y, m[y])
}

func TestOracleUnmarshal(t *testing.T) {
	s := mirror(t)
	for _, test := range []struct{ expr, text string }{
		{"aTagged", `{"id":5,"name":"x","secret":"no","time":"2020-01-02T03:04:05Z","raw":[1],"nested":{"id":6},"list":[{"id":7}],"by_name":{"a":"BLUE"},"any":{"k":[1]},"color":"GREEN","optional":[4]}`},
		{"aTagged", `{"color":"NO"}`}, {"aColor", `"RED"`}, {"aColor", `5`}, {"[]aColor", `["RED","BLUE"]`},
		{"aDerived", `{"ID":4,"Extra":"e","name":"n"}`}, {"aM", `{"a":{"b":null}}`}, {"aS", `[[],[[]]]`}, {"aPair[int, string]", `{"First":4}`},
		{"aMixed", `{}`}, {"aBytes", `"AAEC"`}, {"aMap", `{"x":1}`}, {"aArray", `["x","y","z"]`}, {"aInt8", `300`}, {"aTree", `{"left":{}}`},
		{"map[aColor]aInt", `{"RED":1,"BLUE":2}`}, {"struct{ A aColor }", `{"A":"BLUE"}`},
	} {
		o := oracleOf(test.expr)
		got, want := reflect.New(s.outer(test.expr)), reflect.New(o.compiled)
		gotErr, wantErr := json.Unmarshal([]byte(test.text), got.Interface()), json.Unmarshal([]byte(test.text), want.Interface())
		same(t, test.expr+" error", fmt.Sprint(gotErr), fmt.Sprint(wantErr))
		if x := retype(got.Elem(), o.compiled).Interface(); !reflect.DeepEqual(x, want.Elem().Interface()) {
			t.Errorf("%s from %s: got %+v, want %+v", test.expr, test.text, x, want.Elem())
		}
	}
}

func oracleOf(expr string) oracle {
	for _, o := range oracles {
		if o.expr == expr {
			return o
		}
	}
	panic("no oracle " + expr)
}

func TestOracleGob(t *testing.T) {
	s := mirror(t)
	var b bytes.Buffer
	x := aPair[int, string]{First: 5}
	if err := gob.NewEncoder(&b).Encode(s.of("aPair[int, string]", x)); err != nil {
		t.Fatal(err)
	}
	y := reflect.New(s.outer("aPair[int, string]"))
	if err := gob.NewDecoder(&b).DecodeValue(y); err != nil || back[aPair[int, string]](y.Elem().Interface()) != x {
		t.Errorf("gob gives %v, %v", y, err)
	}
}

func TestErrors(t *testing.T) {
	s := mirror(t)
	native := &aError{7, io.ErrUnexpectedEOF}
	pointer := retype(reflect.ValueOf(native), reflect.PointerTo(s.outer("aError")))
	err := pointer.Interface().(error)
	same(t, "Error", err.Error(), "code 7")
	if !errors.Is(err, io.EOF) || errors.Is(err, io.ErrClosedPipe) || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error("errors.Is does not use Is and Unwrap")
	}
	wrapped := fmt.Errorf("while: %w", errors.Join(io.ErrShortWrite, err))
	target := reflect.New(pointer.Type())
	if !errors.As(wrapped, target.Interface()) || target.Elem().UnsafePointer() != unsafe.Pointer(native) {
		t.Error("errors.As does not find the error")
	}
	if other := new(*aError); errors.As(wrapped, other) {
		t.Error("errors.As takes the error for one of the compiled type")
	}
	value := s.of("aValueError", aValueError{"v"}).(error)
	if !errors.Is(fmt.Errorf("x: %w", value), s.of("aValueError", aValueError{"v"}).(error)) {
		t.Error("equal error values are not found by errors.Is")
	}
	if errors.Is(value, aValueError{"v"}) {
		t.Error("the compiled type's value is taken for the same")
	}
	many := s.of("aErrors", aErrors{io.EOF, value}).(error)
	if !errors.Is(many, io.EOF) || !errors.Is(many, value) {
		t.Error("errors.Is does not use Unwrap() []error")
	}
	typedNil := reflect.Zero(pointer.Type()).Interface().(error)
	if typedNil == nil {
		t.Error("a nil pointer in an error is a nil error")
	}
	defer func() {
		if r := recover(); fmt.Sprint(r) != "runtime error: invalid memory address or nil pointer dereference" {
			t.Errorf("method of a nil pointer panics with %v", r)
		}
	}()
	_ = typedNil.Error()
}

func TestSortAndHeap(t *testing.T) {
	s := mirror(t)
	words := byLength{"ccc", "a", "dddd", "bb"}
	sort.Sort(s.of("byLength", words).(sort.Interface))
	same(t, "sorted", fmt.Sprint(words), "[a bb ccc dddd]")
	sort.Sort(sort.Reverse(s.of("byLength", words).(sort.Interface)))
	same(t, "reversed", fmt.Sprint(words), "[dddd ccc bb a]")

	native := &aHeap{}
	h := retype(reflect.ValueOf(native), reflect.PointerTo(s.outer("aHeap"))).Interface().(heap.Interface)
	for _, n := range []int{5, 1, 4} {
		heap.Push(h, n)
	}
	same(t, "heap", fmt.Sprint(heap.Pop(h), heap.Pop(h), heap.Pop(h), h.Len()), "1 4 5 0")
}

func TestReaderHandlerContext(t *testing.T) {
	s := mirror(t)
	native := &aReader{left: 100_000}
	r := retype(reflect.ValueOf(native), reflect.PointerTo(s.outer("aReader"))).Interface().(io.Reader)
	if n, err := io.Copy(io.Discard, r); n != 100_000 || err != nil {
		t.Errorf("io.Copy gives %d, %v", n, err)
	}

	rec := httptest.NewRecorder()
	h := s.of("aServer", aServer{"hello"}).(http.Handler)
	h.ServeHTTP(rec, httptest.NewRequest("GET", "/path", nil))
	same(t, "body", rec.Body.String(), "hello /path")

	key := s.of("aColor", aColor(1))
	ctx := context.WithValue(t.Context(), key, "v")
	if ctx.Value(s.of("aColor", aColor(1))) != "v" || ctx.Value(aColor(1)) != nil || ctx.Value(1) != nil {
		t.Error("context keys are not told apart by type and value")
	}
	ours := retype(reflect.ValueOf(aContext{ctx, "k"}), s.outer("aContext")).Interface().(context.Context)
	if ours.Value(key) != "v" || context.Cause(ours) != nil {
		t.Error("embedded context is not asked")
	}

	var m sync.Map
	for i := range 100 {
		m.Store(s.of("aPair[int, string]", aPair[int, string]{i, "k"}), i)
	}
	for i := range 100 {
		if v, ok := m.Load(s.of("aPair[int, string]", aPair[int, string]{i, "k"})); !ok || v != i {
			t.Fatalf("sync.Map gives %v, %v for key %d", v, ok, i)
		}
	}
}

func TestEmbeddedMethodsAreForwarded(t *testing.T) {
	s := mirror(t)
	d2 := &aDerived2{aDerived: &aDerived{aBase: aBase{1, "base"}}}
	ptr := retype(reflect.ValueOf(d2), reflect.PointerTo(s.outer("aDerived2"))).Interface()
	ptr.(interface{ SetName(string) }).SetName("changed")
	same(t, "through two levels", ptr.(interface{ Name() string }).Name(), "changed")
	l := ptr.(sync.Locker)
	l.Lock()
	if d2.TryLock() {
		t.Error("Lock locked something else")
	}
	l.Unlock()

	// A struct that is one pointer: the receiver word is that pointer.
	d3 := s.of("aDerived3", aDerived3{d2})
	same(t, "one pointer", d3.(interface{ Name() string }).Name(), "changed")
	p3 := reflect.New(s.outer("aDerived3"))
	p3.Elem().Set(reflect.ValueOf(d3))
	same(t, "pointer to it", p3.Interface().(interface{ Name() string }).Name(), "changed")
	name, _ := reflect.TypeOf(d3).MethodByName("Name")
	same(t, "method func", name.Func.Call([]reflect.Value{reflect.ValueOf(d3)})[0].String(), "changed")

	buf := s.of("aBufferOnly", aBufferOnly{new(bytes.Buffer)})
	fmt.Fprintf(buf.(io.Writer), "%d", 42)
	same(t, "buffer", buf.(fmt.Stringer).String(), "42")
	both := s.of("aBuffer", aBuffer{bytes.NewBufferString("x"), 1})
	fmt.Fprint(both.(io.Writer), "y")
	same(t, "buffer and more", both.(fmt.Stringer).String(), "xy")
	m, _ := reflect.TypeOf(both).MethodByName("String")
	same(t, "method func", m.Func.Call([]reflect.Value{reflect.ValueOf(both)})[0].String(), "xy")
	if _, ok := s.of("aBufferValue", aBufferValue{}).(io.Writer); ok {
		t.Error("a value has the methods of the pointer to an embedded field")
	}
	val := &aBufferValue{n: 1}
	fmt.Fprint(retype(reflect.ValueOf(val), reflect.PointerTo(s.outer("aBufferValue"))).Interface().(io.Writer), "z")
	same(t, "embedded value", val.String(), "z")

	var out strings.Builder
	w := s.of("aWriter", aWriter{1, &out, aColor(2)})
	fmt.Fprint(w.(io.Writer), "written ", w)
	same(t, "embedded interfaces", out.String(), "written blue")
	same(t, "embedded nil interface", panicText(func() { s.of("aWriter", aWriter{}).(io.Writer).Write(nil) }),
		"runtime error: invalid memory address or nil pointer dereference")
	same(t, "embedded nil pointer", panicText(func() { _ = s.of("aDerived3", aDerived3{}).(interface{ Name() string }).Name() }),
		"runtime error: invalid memory address or nil pointer dereference")

	same(t, "embedded error", fmt.Sprint(s.of("aErrorEmbed", aErrorEmbed{io.EOF, 1}), errors.Is(s.of("aErrorEmbed", aErrorEmbed{io.EOF, 1}).(error), io.EOF)), "EOF false")
	rt := s.of("aTypeEmbed", aTypeEmbed{reflect.TypeFor[int]()}).(reflect.Type)
	same(t, "embedded interface with unexported methods", rt.String()+" "+fmt.Sprint(rt.Size()), "int 8")
	expr := s.of("aExpr", aExpr{ast.NewIdent("x")}).(ast.Expr)
	same(t, "embedded pointer with an unexported method that an interface asks for", fmt.Sprint(expr.Pos(), expr), "0 x")
	rec := &aRecursive{&aRecursive2{aBase: aBase{1, "r"}}, 1}
	same(t, "recursive embedding", retype(reflect.ValueOf(rec), reflect.PointerTo(s.outer("aRecursive"))).Interface().(interface{ Name() string }).Name(), "r")
	same(t, "generic", fmt.Sprint(s.of("aGenericEmbed", aGenericEmbed{aPair: aPair[int, string]{1, "x"}})), "1/x")
	same(t, "through four types", s.of("aManyLevels", aManyLevels{aDerived3{d2}}).(interface{ Name() string }).Name(), "changed")

	same(t, "embedded map", fmt.Sprint(s.of("aMapEmbed", aMapEmbed{aMapRecv{"a": 5}}).(interface{ Get(string) int }).Get("a")), "5")
	if _, ok := s.of("aShadow", aShadow{}).(fmt.Stringer); ok {
		t.Error("an ambiguous method is in the method set")
	}
	same(t, "a type declared like a compiled one", retype(reflect.ValueOf(new(aLikeTime)), reflect.PointerTo(s.outer("aLikeTime"))).
		Interface().(interface{ When() string }).When(), "0001-01-01T00:00:00Z")
}

func panicText(f func()) (text string) {
	defer func() { text = fmt.Sprint(recover()) }()
	f()
	return
}

func TestReceiversOfAllShapes(t *testing.T) {
	s := mirror(t)
	double := aFuncRecv(func(n int) int { return 2 * n })
	f := s.of("aFuncRecv", double)
	same(t, "func receiver", fmt.Sprint(f.(interface{ Apply(int) int }).Apply(4)), "8")
	same(t, "pointer to func receiver", fmt.Sprint(retype(reflect.ValueOf(&double), reflect.PointerTo(s.outer("aFuncRecv"))).
		Interface().(interface{ Apply(int) int }).Apply(5)), "10")
	n := 1
	one := s.of("aOnePointerRecv", aOnePointerRecv{&n})
	same(t, "one pointer", fmt.Sprint(one.(interface{ Load() int }).Load()), "1")
	oneVar := aOnePointerRecv{&n}
	retype(reflect.ValueOf(&oneVar), reflect.PointerTo(s.outer("aOnePointerRecv"))).Interface().(interface{ Store(int) }).Store(9)
	same(t, "method func of one pointer", fmt.Sprint(reflect.TypeOf(one).Method(0).Func.Call([]reflect.Value{reflect.ValueOf(one)})[0]), "9")

	large := aLarge{s: "!"}
	for i := range large.words {
		large.words[i] = i
	}
	y := s.of("aLarge", large)
	type summer interface {
		Sum(float64, string, ...int) (float64, string, error)
	}
	total, label, err := y.(summer).Sum(0.5, "half", 1, 2)
	same(t, "large receiver", fmt.Sprint(total, label, err), "393half!<nil>")
	m, _ := reflect.TypeOf(y).MethodByName("Sum")
	res := m.Func.CallSlice([]reflect.Value{reflect.ValueOf(y), reflect.ValueOf(2.0), reflect.ValueOf(""), reflect.ValueOf([]int(nil))})
	same(t, "large receiver through its method func", fmt.Sprint(res[0], res[1], res[2]), "1560 ! <nil>")

	method := retype(reflect.ValueOf(&large), reflect.PointerTo(s.outer("aLarge"))).MethodByName("Many")
	var args []reflect.Value
	for _, c := range "abcdefghijkl" {
		args = append(args, reflect.ValueOf(string(c)))
	}
	args = append(args, reflect.ValueOf([3]int{1, 2, 3}), reflect.ValueOf(float32(0.5)), reflect.ValueOf(y))
	res = method.Call(args)
	same(t, "many arguments", fmt.Sprint(res[0], " ", back[aLarge](res[1].Interface()).words[39]), "abcdefghijkl[1 2 3] 0.5! 39")
	same(t, "value method of a nil pointer", panicText(func() { reflect.Zero(reflect.PointerTo(s.outer("aLarge"))).Interface().(summer).Sum(0, "") }),
		"value method rtype_test.aLarge.Sum called using nil *aLarge pointer")
}

func TestStackGrowsAndShrinksDuringCalls(t *testing.T) {
	s := mirror(t)
	y := s.of("aLarge", aLarge{s: "!"}).(interface {
		Sum(float64, string, ...int) (float64, string, error)
	})
	var deep func(n int) string
	deep = func(n int) string {
		var pad [256]byte
		pad[n%256] = 1
		if n == 0 {
			runtime.GC()
			_, label, _ := y.Sum(float64(pad[0]), "deep")
			return label
		}
		return deep(n - 1)
	}
	done := make(chan string)
	for range 20 {
		go func() { done <- deep(2000) }()
	}
	for range 20 {
		same(t, "label", <-done, "deep!")
	}
}
