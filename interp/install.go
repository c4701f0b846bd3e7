package interp

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"unsafe"
)

// What is done to yaegi's tree of a program before it runs: the unwinder's guards go
// into it, its functions are found, and its steps are made.

// install puts guards into the tree below root and generates its steps. The bodies
// of function literals yaegi has generated already, while it compiled them: they are
// generated again. It returns the functions that are handed out as handlers, by the
// names under which that is done.
//
// A node for which yaegi makes no step would end its function there, without a word, so
// it is an error.
func (u *unwinder) install(root node) (map[string]*entry, error) {
	l := u.m.layout
	u.functions = map[string]*function{}
	t := tree{u: u, nop: *at[unsafe.Pointer](root, l.gen)} // the root of a file does nothing
	t.walk(root, place{})
	steps := generator{l: l, typing: u.typing(nil), begun: make(map[node]bool, t.count)}
	for _, b := range t.bodies {
		start := *at[node](b.node, l.start)
		steps.typing.fn = b.fn
		steps.generate(start)
		// Where yaegi unwinds a function itself it searches the tree for the step
		// that panicked, from the function's first node upwards. It does not find
		// it, and takes long; without a parent it does not search. Steps other than
		// calls do not look at their parent any more.
		if nodeKind(*at[uint](start, l.kind)) != kindCall {
			*at[node](start, l.anc) = nil
		}
	}
	if n := steps.missing; n != nil {
		return nil, fmt.Errorf("%v: the interpreter has no step for this (syntax %d, action %d)",
			u.m.position(n), *at[uint](n, l.kind), *at[uint](n, l.action))
	}
	entries := map[string]*entry{}
	for _, n := range t.handed {
		name, err := strconv.Unquote(*at[string](u.child(n, 1).n, l.ident))
		if e := newEntry(u.functions[u.child(n, 2).ident(l)]); e != nil && err == nil {
			entries[name] = e
		}
	}
	return entries, nil
}

// readyFunction hands out an entry: a name and a function.
const readyFunction = "rt_ready"

// tree puts guards into a tree and collects what else install needs, in one walk.
type tree struct {
	u      *unwinder
	nop    unsafe.Pointer
	guards []guard // made and not yet used
	count  int     // of guards
	bodies []body  // of functions, inner ones first
	handed []node  // calls of readyFunction
	fn     *declared
}

// place is where in the source a node lies.
type place struct {
	ident   string // of the function declaration around
	literal bool   // in a function literal in it
}

// declared is what is found out about a function.
type declared struct {
	types  []reflect.Type // of its variables
	defers bool           // it has a defer statement itself
	reuse  []bool         // see function.reuse
}

// body is the body of a function.
type body struct {
	node node
	fn   *declared
}

func (t *tree) walk(n node, p place) {
	l := t.u.m.layout
	*at[step](n, l.exec) = nil
	kind := nodeKind(*at[uint](n, l.kind))
	if gen := *at[unsafe.Pointer](n, l.gen); gen != nil && gen != t.nop && t.u.mayPanic(n, kind) {
		t.guard(n, p)
	}
	children := *at[[]node](n, l.child)
	switch kind {
	case kindFuncDecl:
		t.function(n, children)
		return
	case kindFuncLit:
		t.literal(n, children, p)
		return
	case kindDefer:
		if t.fn != nil {
			t.fn.defers = true
		}
	case kindCall:
		if len(children) == 3 && (childNode{children[0]}).ident(l) == readyFunction {
			t.handed = append(t.handed, n)
		}
	}
	if t.fn != nil {
		t.keep(n, kind, children)
	}
	t.walkAll(children, p)
}

// guard puts a guard around the step of a node, for when the step is made.
func (t *tree) guard(n node, p place) {
	if len(t.guards) == 0 {
		t.guards = make([]guard, 64)
	}
	g := &t.guards[0]
	t.guards = t.guards[1:]
	t.count++
	gen := at[gener](n, t.u.m.layout.gen)
	g.u, g.node, g.place, g.gen, g.fn = t.u, n, p, *gen, t.fn
	*gen = g.generate
}

func (t *tree) walkAll(nodes []node, p place) {
	for _, n := range nodes {
		if n != nil {
			t.walk(n, p)
		}
	}
}

// body notes the body of a function that has one.
func (t *tree) body(n node, fn *declared) node {
	code := t.u.child(n, 3).n
	if code == nil || *at[node](code, t.u.m.layout.start) == nil {
		return nil
	}
	t.bodies = append(t.bodies, body{code, fn})
	return code
}

// function walks through a declared function. It is one that is called without yaegi
// unless yaegi has to call it itself, because it runs the deferred calls.
func (t *tree) function(n node, children []node) {
	l := t.u.m.layout
	ident := t.u.child(n, 1).ident(l)
	found := t.inside(n, children, place{ident: ident})
	body, typ := t.body(n, found), *at[node](n, l.typ)
	if body == nil || typ == nil || found.defers {
		return
	}
	t.u.functions[ident] = &function{
		m: t.u.m, first: at[step](*at[node](body, l.start), l.exec), types: found.types,
		results: len(*at[[]node](typ, l.ret)), params: len(*at[[]node](typ, l.arg)),
		reuse: found.reuse,
	}
}

// inside walks through a function.
func (t *tree) inside(n node, children []node, p place) *declared {
	around := t.fn
	types := *at[[]reflect.Type](n, t.u.m.layout.types)
	t.fn = &declared{types: types, reuse: slices.Repeat([]bool{true}, len(types))}
	t.walkAll(children, p)
	found := t.fn
	t.fn = around
	return found
}

// literal walks through a function literal, which sees the variables of the function
// around it.
func (t *tree) literal(n node, children []node, p place) {
	if t.fn != nil {
		t.fn.reuse = nil
	}
	p.literal = true
	found := t.inside(n, children, p)
	if body := t.body(n, found); body != nil {
		t.makeLiteral(n, body, found)
	}
}

// keep finds the variables that something may refer to when the function has
// returned: those that a pointer, a slice or a method with a pointer receiver was made
// of.
func (t *tree) keep(n node, kind nodeKind, children []node) {
	l := t.u.m.layout
	switch {
	case t.fn.reuse == nil:
	case kind == kindAddress, kind == kindSlice, nodeAction(*at[uint](n, l.action)) == actionGetMethod:
		if len(children) == 0 {
			t.fn.reuse = nil
			return
		}
		if t.calledAtOnce(n) {
			return
		}
		// The operand is the variable, is a part of it, or was computed into it.
		for operand := children[0]; operand != nil; {
			if i := *at[int](operand, l.findex); i >= 0 && i < len(t.fn.reuse) {
				t.fn.reuse[i] = false
			}
			children := *at[[]node](operand, l.child)
			if len(children) == 0 {
				return
			}
			operand = children[0]
		}
	}
}

// calledAtOnce reports whether a method is called where it is selected, of the pointer
// that a variable holds: nothing refers to the variable then.
func (t *tree) calledAtOnce(method node) bool {
	l := t.u.m.layout
	variable, call := t.u.child(method, 0), *at[node](method, l.anc)
	if variable.kind(l) != kindIdent || (childNode{call}).kind(l) != kindCall || t.u.child(call, 0).n != method {
		return false
	}
	switch statement := *at[node](call, l.anc); (childNode{statement}).kind(l) {
	case 0, kindGo, kindDefer:
		return false
	}
	i := *at[int](variable.n, l.findex)
	return i >= 0 && i < len(t.fn.types) && t.fn.types[i].Kind() == reflect.Pointer
}

// generator makes the steps of nodes.
type generator struct {
	l      *yaegiFields
	typing typing        // of the function that they are in
	begun  map[node]bool // nodes whose successors' steps are being made, or were
	// missing is a node that has no step though one is needed; nil where there is none.
	missing node
}

// generate makes the steps of the nodes that are reached from n, as yaegi's setExec
// does: each after those that follow it, whose steps it refers to.
func (g *generator) generate(n node) {
	l := g.l
	if n == nil || *at[step](n, l.exec) != nil {
		return
	}
	g.begun[n] = true
	for _, offset := range [...]uintptr{l.tnext, l.fnext} {
		next := *at[node](n, offset)
		if next == nil || *at[step](next, l.exec) != nil {
			continue
		}
		if g.begun[next] { // a loop: the step is looked up when it is due
			*at[step](next, l.exec) = func(f frame) step { return (*at[step](next, l.exec))(f) }
		} else {
			g.generate(next)
		}
	}
	gen, exec := *at[gener](n, l.gen), at[step](n, l.exec)
	gen(n)
	// Only a return is nothing but the end.
	if *exec == nil && nodeKind(*at[uint](n, l.kind)) != kindReturn {
		g.missing = n
	}
	if typed := g.typing.step(n, generatorName(gen), *exec); typed != nil {
		*exec = typed
	}
}

// mayPanic tells whether the node's step can panic. Steps that compute with
// numbers, move values between variables or branch cannot; what is overlooked
// here is still unwound by yaegi itself, slowly.
func (u *unwinder) mayPanic(n node, kind nodeKind) bool {
	l := u.m.layout
	action := nodeAction(*at[uint](n, l.action))
	for _, c := range *at[[]node](n, l.child) {
		if (childNode{c}).kind(l) == kindStar { // read by this step
			return true
		}
	}
	switch kind {
	case kindCall:
		switch u.child(n, 0).ident(l) {
		case "len", "cap", "recover", "new":
			return false
		}
		return true
	case kindIndex, kindSelector, kindStar, kindSlice, kindTypeAssert, kindSend,
		kindAddress, kindCompositeLit, kindCaseClause, kindRange, kindAssignX:
		return true
	case kindUnary:
		return action == actionRecv
	case kindBinary:
		switch action {
		case actionEqual, actionNotEqual, actionQuo, actionRem, actionShl, actionShr:
			return true
		}
		return false
	case kindAssign, kindDefine, kindIncDec:
		switch action {
		case actionQuoAssign, actionRemAssign, actionShlAssign, actionShrAssign:
			return true
		}
		return u.child(n, 0).kind(l) != kindIdent
	}
	return false
}

func (u *unwinder) child(n node, i int) childNode {
	if children := *at[[]node](n, u.m.layout.child); i < len(children) {
		return childNode{children[i]}
	}
	return childNode{}
}

// childNode is a node or nothing.
type childNode struct{ n node }

func (c childNode) kind(l *yaegiFields) nodeKind {
	if c.n == nil {
		return 0
	}
	return nodeKind(*at[uint](c.n, l.kind))
}

func (c childNode) ident(l *yaegiFields) string {
	if c.kind(l) != kindIdent {
		return ""
	}
	return *at[string](c.n, l.ident)
}
