//lint:file-ignore U1000 fields and methods are looked at by reflection

package rtype_test

// The types in this file exist twice: compiled, and made by the package from
// this file's source text. See TestOracle.

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"io"
	"net/http"
	"reflect"
	"sort"
	"strings"
	"sync"
	"time"
)

type (
	aBool       bool
	aInt        int
	aInt8       int8
	aUint16     uint16
	aUintptr    uintptr
	aFloat32    float32
	aFloat64    float64
	aComplex64  complex64
	aComplex128 complex128
	aString     string
	aSlice      []aInt
	aBytes      []byte
	aArray      [3]aString
	aBigArray   [1000]*aInt
	aMap        map[aString]aInt
	aChan       chan aInt
	aRecv       <-chan aInt
	aSend       chan<- aInt
	aChanChan   chan (<-chan aInt)
	aFunc       func(aInt, ...aString) (aBool, error)
	aPointer    *aInt
	aEmpty      struct{}
	aAny        any
	aAlias      = aInt
	aOfAlias    []aAlias
	aPadded     struct {
		a bool
		b int64
		c bool
	}
	aBlank struct {
		a int32
		_ int32
		b string
		_ struct{}
	}
	aTrailing struct {
		a int64
		z struct{}
	}
	aOnePointer struct{ p *aInt }
	aOneMap     struct {
		z struct{}
		m map[string]int
	}
	aOneArray  [1]*aInt
	aOneNested struct{ in aOnePointer }
	aFloats    struct {
		f float64
		g float32
		c complex128
	}
	aMixed struct {
		a, b int32
		s    string
		c, d int64
		i    any
		e    error
		arr  [2]aPadded
	}
	aExported struct { // its inner type is made by reflect
		A any
		E error
		N aInt
		I aStringer
		S []aInt
		R [2]struct{ P *aInt }
	}
	aTagged struct {
		ID       int               `json:"id" xml:"ID"`
		Name     string            `json:"name,omitempty"`
		secret   string            // not in JSON
		Skip     string            `json:"-"`
		Time     time.Time         `json:"time"`
		Raw      json.RawMessage   `json:"raw"`
		Nested   *aTagged          `json:"nested,omitempty"`
		List     []aTagged         `json:"list,omitempty"`
		ByName   map[string]aColor `json:"by_name,omitempty"`
		Any      any               `json:"any"`
		Color    aColor            `json:"color"`
		Optional aOptional         `json:"optional,omitzero"`
		Duration time.Duration
	}
	aHuge struct {
		name string
		rows [20000]*aInt // its pointer mask is made on demand
		last *aHuge
	}
	aHuger [3]aHuge
)

// Recursion.
type (
	aList struct {
		value int
		next  *aList
	}
	aTree struct {
		left, right *aTree
		kids        []aTree
		byName      map[string]aTree
		parents     map[*aTree]bool
		keys        map[aKey]*aTree
		ch          chan aTree
		walk        func(aTree) aTree
		four        *[4]aTree
		any         any
	}
	aKey struct {
		name string
		tree *aTree
	}
	aF    func(aF) aF
	aM    map[string]aM
	aS    []aS
	aP    *aP
	aC    chan aC
	aPing struct {
		pong aPong
		h    aHandler
	}
	aPong     []map[string]*aPing
	aHandler  func(*aPing, aHandlers)
	aHandlers []aHandler
	aNode     interface {
		Children() []aNode
		Parent() aNode
		visit(aVisitor)
	}
	aVisitor interface{ Visit(aNode) aVisitor }
)

// Methods.
type aColor int

func (c aColor) String() string { return [...]string{"red", "green", "blue"}[c] }

func (c aColor) MarshalText() ([]byte, error) { return []byte(strings.ToUpper(c.String())), nil }

func (c *aColor) UnmarshalText(b []byte) error {
	for i, s := range []string{"RED", "GREEN", "BLUE"} {
		if s == string(b) {
			*c = aColor(i)
			return nil
		}
	}
	return errors.New("no such color: " + string(b))
}

type aOptional struct{ v int }

func (o aOptional) IsZero() bool                 { return o.v == 0 }
func (o aOptional) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, "[%d]", o.v), nil }
func (o *aOptional) UnmarshalJSON(b []byte) error {
	_, err := fmt.Sscanf(string(b), "[%d]", &o.v)
	return err
}

type aTemperature float64

func (t aTemperature) Format(s fmt.State, verb rune) {
	fmt.Fprintf(s, "<%c %.1f>", verb, float64(t))
}
func (t aTemperature) GoString() string { return "hot" }

type aError struct {
	code int
	err  error
}

func (e *aError) Error() string        { return fmt.Sprint("code ", e.code) }
func (e *aError) Unwrap() error        { return e.err }
func (e *aError) Is(target error) bool { return target == io.EOF }
func (e *aError) unexported() int      { return e.code }

type aValueError struct{ msg string }

func (e aValueError) Error() string { return e.msg }

type aErrors []error

func (e aErrors) Error() string   { return fmt.Sprint(len(e), " errors") }
func (e aErrors) Unwrap() []error { return e }

type byLength []string

func (b byLength) Len() int           { return len(b) }
func (b byLength) Less(i, j int) bool { return len(b[i]) < len(b[j]) }
func (b byLength) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

type aHeap struct{ sort.IntSlice }

func (h *aHeap) Push(x any) { h.IntSlice = append(h.IntSlice, x.(int)) }
func (h *aHeap) Pop() any {
	last := h.IntSlice[len(h.IntSlice)-1]
	h.IntSlice = h.IntSlice[:len(h.IntSlice)-1]
	return last
}

type aReader struct{ left int }

func (r *aReader) Read(p []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	n := min(len(p), r.left)
	for i := range p[:n] {
		p[i] = 'x'
	}
	r.left -= n
	return n, nil
}

type aServer struct{ greeting string }

func (s aServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	fmt.Fprint(w, s.greeting, " ", r.URL.Path)
}

// Receivers that are pointers themselves, and large ones.
type aFuncRecv func(int) int

func (f aFuncRecv) Apply(n int) int { return f(n) }

type aMapRecv map[string]int

func (m aMapRecv) Get(k string) int { return m[k] }

type aOnePointerRecv struct{ p *int }

func (o aOnePointerRecv) Load() int    { return *o.p }
func (o *aOnePointerRecv) Store(n int) { *o.p = n }

type aLarge struct {
	words [40]int
	s     string
}

func (l aLarge) Sum(factor float64, name string, more ...int) (total float64, label string, err error) {
	for _, w := range l.words {
		total += float64(w) * factor
	}
	for _, m := range more {
		total += float64(m)
	}
	if label = name + l.s; label == "" {
		err = io.ErrUnexpectedEOF
	}
	return total, label, err
}

// Many arguments, of which some go by the stack.
func (l *aLarge) Many(a, b, c, d, e, f, g, h, i, j, k, m string, x [3]int, y float32, l2 aLarge) (string, aLarge) {
	l2.s = a + b + c + d + e + f + g + h + i + j + k + m + fmt.Sprint(x, y, l.s)
	return l2.s, l2
}

// Embedding.
type aBase struct {
	ID   int
	name string
}

func (b aBase) Name() string      { return b.name }
func (b *aBase) SetName(n string) { b.name = n }
func (b aBase) hidden()           {}

type (
	aDerived struct {
		aBase
		Extra string
	}
	aDerived2 struct {
		n int
		*aDerived
		sync.Mutex
	}
	aDerived3 struct{ *aDerived2 }
	aBuffer   struct {
		*bytes.Buffer
		n int
	}
	aBufferOnly  struct{ *bytes.Buffer }
	aBufferValue struct {
		n int
		bytes.Buffer
	}
	aTime   struct{ time.Time }
	aWriter struct {
		n int
		io.Writer
		fmt.Stringer
	}
	aContext struct {
		context.Context
		key string
	}
	aExpr     struct{ *ast.Ident } // has the unexported method of ast.Expr
	aMapEmbed struct{ aMapRecv }
	aColorful struct {
		aColor
		Name string
	}
	aShadow struct { // String is ambiguous
		aColor
		time.Duration
	}
	aEmbedIface struct {
		aNamer
		Rest int
	}
	aNamer interface {
		Name() string
		hidden()
	}
	aRecursive struct {
		*aRecursive2
		n int
	}
	aRecursive2 struct {
		back *aRecursive
		aBase
	}
	aAliasBase    = aBase
	aAliasEmbed   struct{ aAliasBase }
	aGenericEmbed struct {
		aPair[int, string]
		*aGList[aColor]
	}
	aErrorEmbed struct {
		error
		n int
	}
	aHandlerEmbed struct{ http.Handler }
	aTypeEmbed    struct{ reflect.Type } // with unexported methods of unexported types
	aManyLevels   struct{ aDerived3 }
	aLikeTime     time.Time
	aLikeMutex    sync.Mutex
	aLikeRequest  http.Request
)

func (l *aLikeTime) When() string { return (*time.Time)(l).Format(time.RFC3339) }

// Interfaces.
type (
	aStringer interface{ String() string }
	aBoth     interface {
		aStringer
		io.Reader
		Len() int
	}
	aPrivate interface {
		Zed()
		private(aInt) (aStringer, error)
		another()
	}
)

// Generics.
type aPair[A, B any] struct {
	First  A
	second B
}

func (p aPair[A, B]) Swap() aPair[B, A]                     { return aPair[B, A]{p.second, p.First} }
func (p *aPair[A, B]) Set(first A, second B)                { p.First, p.second = first, second }
func (p aPair[A, B]) String() string                        { return fmt.Sprint(p.First, "/", p.second) }
func (p aPair[A, B]) With(f func(A) B) (aPair[A, B], error) { p.second = f(p.First); return p, nil }

type aGList[T any] struct {
	head *aGNode[T]
	all  []T
}

type aGNode[T any] struct {
	value T
	next  *aGNode[T]
}

func (l *aGList[T]) Push(v T) { l.head = &aGNode[T]{v, l.head} }

// Types of functions. Their type arguments are numbered by the compiler.
func localTypes() (named, generic any) {
	type local struct{ n aInt }
	return local{}, aPair[local, int]{}
}
