package interp

import (
	"reflect"
	"runtime"
	"slices"
	"sync"
	"unsafe"

	"gateway/interp/rtype"
)

// Yaegi makes every function literal by reflect.MakeFunc, and so it is called through
// package reflect, by scripts too, and with new variables each time. A literal here is
// a function like a declared one, with the variables around it, and called as those
// are: by compiled code through a method that has its signature, or the reflecting one
// where that is none of the common ones; by scripts directly (scriptcall.go).

// literal is a function literal of the tree.
type literal struct {
	*function
	u      *unwinder
	node   node                         // nil for a declared function
	value  func(*closure) reflect.Value // makes the function value
	result int                          // where that goes among the variables of the frame
	next   *step
}

// closure is a literal with the variables around it.
type closure struct {
	*literal
	outer frame
}

// yaegiClone is yaegi's own method that copies a frame for a closure: the variables are
// shared, what they are later replaced by is not.
//
//go:linkname yaegiClone github.com/traefik/yaegi/interp.(*frame).clone
func yaegiClone(f frame) frame

// yaegiTypeOf is yaegi's own method that gives the type of an itype.
//
//go:linkname yaegiTypeOf github.com/traefik/yaegi/interp.(*itype).TypeOf
func yaegiTypeOf(itype unsafe.Pointer) reflect.Type

// generatorNames are the names of yaegi's generators by where their code begins.
var generatorNames sync.Map // uintptr → string

// generatorName is the name of a generator, without that of its package.
func generatorName(gen gener) string {
	pc := **(**uintptr)(unsafe.Pointer(&gen))
	if name, ok := generatorNames.Load(pc); ok {
		return name.(string)
	}
	name := ""
	if fn := runtime.FuncForPC(pc); fn != nil && len(fn.Name()) > len(yaegiPackage) {
		name = fn.Name()[len(yaegiPackage):]
	}
	generatorNames.Store(pc, name)
	return name
}

// makeLiteral puts the making of a closure in the place of yaegi's, where a function
// literal has no defer statement of its own.
func (t *tree) makeLiteral(n, body node, found *declared) {
	l := t.u.m.layout
	gen, typ := at[gener](n, l.gen), *at[unsafe.Pointer](n, l.typ)
	if typ == nil || found.defers || *at[int](n, l.level) != 0 || generatorName(*gen) != "getFunc" {
		return
	}
	sig := yaegiTypeOf(typ)
	fn := &function{
		m: t.u.m, first: at[step](*at[node](body, l.start), l.exec), types: found.types,
		results: sig.NumOut(), params: sig.NumIn(), reuse: found.reuse,
	}
	if !fn.has(sig) {
		return
	}
	lit := &literal{function: fn, u: t.u, node: n, value: closureValue(sig), result: *at[int](n, l.findex)}
	*gen = lit.generate
}

// has reports whether the function's results and parameters are those of a type, and
// none is one that yaegi wraps.
func (fn *function) has(t reflect.Type) bool {
	variables := slices.AppendSeq(slices.Collect(t.Outs()), t.Ins())
	return !t.IsVariadic() && fn.results == t.NumOut() && fn.params == t.NumIn() &&
		len(fn.types) >= len(variables) && slices.Equal(fn.types[:len(variables)], variables)
}

// functionValue is what reads a declared function from a frame, as a function value.
func (u *unwinder) functionValue(n node) func(frame) reflect.Value {
	typ := *at[unsafe.Pointer](n, u.m.layout.typ)
	fn := u.functions[(childNode{n}).ident(u.m.layout)]
	if fn == nil || typ == nil {
		return yaegiFuncValue(n)
	}
	sig := yaegiTypeOf(typ)
	if !fn.has(sig) {
		return yaegiFuncValue(n)
	}
	v := closureValue(sig)(&closure{literal: &literal{function: fn, u: u}, outer: u.m.root()})
	return func(frame) reflect.Value { return v }
}

// binding returns the step of a call of the methodBinder, which yaegi would give
// functions of its own.
func (g *guard) binding(n node) step {
	l := g.u.m.layout
	children := *at[[]node](n, l.child)
	symbol, next := *at[reflect.Value](children[0], l.rval), l.after(n, l.tnext)
	if !symbol.IsValid() || next == nil {
		return g.inner
	}
	bind, ok := symbol.Interface().(func(int, ...any))
	if !ok {
		return g.inner
	}
	number := yaegiValue(children[1])
	var args []func(frame) reflect.Value
	for _, c := range children[2:] {
		if nodeKind(*at[uint](c, l.kind)) == kindIdent {
			args = append(args, g.u.functionValue(c))
		} else {
			args = append(args, yaegiValue(c))
		}
	}
	return func(f frame) step {
		list := make([]any, len(args))
		for i, arg := range args {
			list[i] = arg(f).Interface()
		}
		bind(int(number(f).Int()), list...)
		return *next
	}
}

func (lit *literal) generate(n node) {
	l := lit.m.layout
	lit.next = l.after(n, l.tnext)
	*at[step](n, l.exec) = lit.step
}

// step evaluates the literal.
func (lit *literal) step(f frame) step {
	v := lit.value(&closure{literal: lit, outer: yaegiClone(f)})
	mu := at[sync.RWMutex](f, lit.m.layout.mutex)
	mu.Lock()
	(*at[[]reflect.Value](f, lit.m.layout.data))[lit.result] = v
	mu.Unlock()
	return follow(lit.next)
}

// closureValues is how function values of the common types are made.
var closureValues = map[reflect.Type]func(*closure) reflect.Value{
	reflect.TypeFor[func()]():              func(c *closure) reflect.Value { return reflect.ValueOf(c.plain) },
	reflect.TypeFor[func() error]():        func(c *closure) reflect.Value { return reflect.ValueOf(c.givesError) },
	reflect.TypeFor[func(int) bool]():      func(c *closure) reflect.Value { return reflect.ValueOf(c.ofInt) },
	reflect.TypeFor[func(int, int) bool](): func(c *closure) reflect.Value { return reflect.ValueOf(c.ofInts) },
	reflect.TypeFor[func(rune) bool]():     func(c *closure) reflect.Value { return reflect.ValueOf(c.ofRune) },
	reflect.TypeFor[func(rune) rune]():     func(c *closure) reflect.Value { return reflect.ValueOf(c.mapsRune) },
	reflect.TypeFor[func(string) bool]():   func(c *closure) reflect.Value { return reflect.ValueOf(c.ofString) },
	reflect.TypeFor[func(string) string](): func(c *closure) reflect.Value { return reflect.ValueOf(c.mapsString) },
}

// closureValue is how function values of a type are made.
func closureValue(t reflect.Type) func(*closure) reflect.Value {
	if common := closureValues[t]; common != nil {
		return common
	}
	return func(c *closure) reflect.Value { return reflect.MakeFunc(t, c.reflected) }
}

// enter gives a frame for a call by compiled code.
func (c *closure) enter() *callFrame {
	if c.m.stopped.Load() {
		panic("the script was stopped") // it would return zero values, and a loop over calls would go on to its end
	}
	return c.take(c.outer)
}

// leave keeps the frame for another call, unless a panic passed.
func (c *closure) leave(f *callFrame) {
	if c.u.attention.Load() == 0 || !c.u.passing() {
		c.giveBack(f)
	}
}

func (c *closure) plain() {
	f := c.enter()
	c.run(f)
	c.leave(f)
}

func (c *closure) givesError() (err error) {
	f := c.enter()
	c.run(f)
	if !f.data[0].IsNil() {
		err = f.data[0].Interface().(error)
	}
	c.leave(f)
	return err
}

func (c *closure) ofInt(n int) bool {
	f := c.enter()
	f.data[1].SetInt(int64(n))
	return c.reports(f)
}

func (c *closure) ofInts(a, b int) bool {
	f := c.enter()
	f.data[1].SetInt(int64(a))
	f.data[2].SetInt(int64(b))
	return c.reports(f)
}

func (c *closure) ofRune(r rune) bool {
	f := c.enter()
	f.data[1].SetInt(int64(r))
	return c.reports(f)
}

func (c *closure) mapsRune(r rune) rune {
	f := c.enter()
	f.data[1].SetInt(int64(r))
	c.run(f)
	r = rune(f.data[0].Int())
	c.leave(f)
	return r
}

func (c *closure) ofString(s string) bool {
	f := c.enter()
	f.data[1].SetString(s)
	return c.reports(f)
}

func (c *closure) mapsString(s string) string {
	f := c.enter()
	f.data[1].SetString(s)
	c.run(f)
	s = f.data[0].String()
	c.leave(f)
	return s
}

// reports runs a function whose only result is a bool.
func (c *closure) reports(f *callFrame) bool {
	c.run(f)
	ok := f.data[0].Bool()
	c.leave(f)
	return ok
}

// reflected is the function for reflect.MakeFunc.
func (c *closure) reflected(in []reflect.Value) []reflect.Value {
	f := c.enter()
	for i, arg := range in {
		f.data[c.results+i].Set(arg)
	}
	c.run(f)
	out := make([]reflect.Value, c.results)
	for i := range out {
		out[i] = reflect.New(c.types[i]).Elem()
		out[i].Set(f.data[i])
	}
	c.leave(f)
	return out
}

// functionWords are what a function value that was made of a method of closure points
// to.
type functionWords struct {
	code     uintptr
	receiver *closure
}

// closureCode is where the code of such function values begins.
var closureCode = sync.OnceValue(func() map[uintptr]bool {
	known := map[uintptr]bool{}
	c := &closure{}
	add := func(fn reflect.Value) {
		if words := (*functionWords)(rtype.FuncPointer(fn)); words.receiver == c {
			known[words.code] = true
		}
	}
	add(reflect.ValueOf(c.reflected))
	for _, value := range closureValues {
		add(value(c))
	}
	return known
})

// closureOf is the closure of the machine that a function value stands for, or nil.
func (m *machine) closureOf(v reflect.Value) *closure {
	if v.Kind() != reflect.Func || v.IsNil() {
		return nil
	}
	p := rtype.FuncPointer(v)
	if made := rtype.MadeFrom(p); made != nil {
		p = made
	}
	if !closureCode()[*(*uintptr)(p)] { // of another function there may be no more words
		return nil
	}
	if c := (*functionWords)(p).receiver; c.m == m {
		return c
	}
	return nil
}
