package interp

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/traefik/yaegi/interp"
)

// This file is all that knows the inside of yaegi v0.16.1, the last version there
// is. Its exported API cannot stop code for good, cannot tell where a panic comes
// from and cannot unwind deep stacks, so a few unexported fields are reached by
// offset. yaegiLayout checks each field's name and type by reflection when an
// engine is made: another yaegi gives an error, not a crash.

// yaegiFields are offsets of fields in yaegi's structs, in bytes.
type yaegiFields struct {
	// Interpreter
	id         uintptr // uint64: frames that were made under another id stop
	done       uintptr // chan struct{}: ends blocked channel operations when closed
	cancelChan uintptr // bool: channel operations heed done
	debugger   uintptr // *Debugger: told of every call of a function
	fset       uintptr // *token.FileSet
	frame      uintptr // *frame: the variables of the package level
	// Program
	root uintptr // *node
	// node
	child  uintptr // []*node
	anc    uintptr // *node
	kind   uintptr // nkind (uint)
	action uintptr // action (uint)
	pos    uintptr // token.Pos
	gen    uintptr // func(*node): makes exec
	exec   uintptr // func(*frame) bltn: runs the node, returns what comes next
	ident  uintptr // string
	start  uintptr // *node: where to begin to run the node's subtree
	tnext  uintptr // *node: what runs next
	fnext  uintptr // *node: what runs next where the node is false
	level  uintptr // int: in which frame the node's value is; 0 for the function's own
	findex uintptr // int: where in it
	typ    uintptr // *itype
	symbol uintptr // *symbol: of what an identifier names, or nil
	val    uintptr // any: what kind and action need; of a method its number
	rval   uintptr // reflect.Value: of a compiled symbol or constant
	// redeclared is of a variable on the left of := that was there before: bool
	redeclared uintptr
	types      uintptr // []reflect.Type: of a function's variables; results, then parameters, first
	// symbol
	index  uintptr // int: in which variable it is
	global uintptr // bool: it is one of the package level
	// itype
	rtype uintptr // reflect.Type: of a compiled type
	arg   uintptr // []*itype: of a function's parameters
	ret   uintptr // []*itype: of its results
	// frame
	frameID   uintptr // uint64: see id
	data      uintptr // []reflect.Value: the variables
	outer     uintptr // *frame: that of the function around, of a literal
	deferred  uintptr // [][]reflect.Value: function and arguments
	recovered uintptr // any: the panic that deferred functions may recover
	mutex     uintptr // sync.RWMutex
}

// yaegiLayout finds the offsets, or says what is not as expected.
var yaegiLayout = sync.OnceValues(func() (*yaegiFields, error) {
	l := &yaegiFields{}
	var problems []error
	find := func(t reflect.Type, name, typ string, offset *uintptr) reflect.Type {
		f, ok := t.FieldByName(name)
		if !ok || f.Type.String() != typ && f.Type.Kind().String() != typ {
			problems = append(problems, fmt.Errorf("%v has no field %s of type %s", t, name, typ))
			return nil
		}
		*offset = f.Offset
		return f.Type
	}
	interpreter := reflect.TypeFor[interp.Interpreter]()
	find(interpreter, "id", "uint64", &l.id)
	find(interpreter, "done", "chan struct {}", &l.done)
	find(interpreter, "cancelChan", "bool", &l.cancelChan)
	find(interpreter, "debugger", "*interp.Debugger", &l.debugger)
	find(interpreter, "fset", "*token.FileSet", &l.fset)
	frame := find(interpreter, "frame", "*interp.frame", &l.frame)
	node := find(reflect.TypeFor[interp.Program](), "root", "*interp.node", &l.root)
	if frame == nil || node == nil {
		return nil, errors.Join(problems...)
	}
	frame, node = frame.Elem(), node.Elem()
	find(frame, "id", "uint64", &l.frameID)
	find(frame, "data", "[]reflect.Value", &l.data)
	find(frame, "anc", "*interp.frame", &l.outer)
	find(frame, "deferred", "[][]reflect.Value", &l.deferred)
	find(frame, "recovered", "interface {}", &l.recovered)
	find(frame, "mutex", "sync.RWMutex", &l.mutex)
	find(node, "child", "[]*interp.node", &l.child)
	find(node, "anc", "*interp.node", &l.anc)
	find(node, "kind", "uint", &l.kind)
	find(node, "action", "uint", &l.action)
	find(node, "pos", "token.Pos", &l.pos)
	gen := find(node, "gen", "interp.bltnGenerator", &l.gen)
	exec := find(node, "exec", "interp.bltn", &l.exec)
	if kind, ok := node.FieldByName("kind"); ok {
		problems = append(problems, checkNames(kind.Type, kindNames)...)
	}
	if action, ok := node.FieldByName("action"); ok {
		problems = append(problems, checkNames(action.Type, actionNames)...)
	}
	find(node, "ident", "string", &l.ident)
	find(node, "start", "*interp.node", &l.start)
	find(node, "tnext", "*interp.node", &l.tnext)
	find(node, "fnext", "*interp.node", &l.fnext)
	find(node, "level", "int", &l.level)
	find(node, "findex", "int", &l.findex)
	find(node, "val", "interface {}", &l.val)
	find(node, "rval", "reflect.Value", &l.rval)
	find(node, "redeclared", "bool", &l.redeclared)
	find(node, "types", "[]reflect.Type", &l.types)
	if symbol := find(node, "sym", "*interp.symbol", &l.symbol); symbol != nil {
		find(symbol.Elem(), "index", "int", &l.index)
		find(symbol.Elem(), "global", "bool", &l.global)
	}
	if typ := find(node, "typ", "*interp.itype", &l.typ); typ != nil {
		find(typ.Elem(), "rtype", "reflect.Type", &l.rtype)
		find(typ.Elem(), "arg", "[]*interp.itype", &l.arg)
		find(typ.Elem(), "ret", "[]*interp.itype", &l.ret)
	}
	if gen != nil && (gen.NumIn() != 1 || gen.In(0) != reflect.PointerTo(node) || gen.NumOut() != 0) {
		problems = append(problems, fmt.Errorf("generators are %v", gen))
	}
	if exec != nil && (exec.NumIn() != 1 || exec.In(0) != reflect.PointerTo(frame) || exec.NumOut() != 1 || exec.Out(0) != exec) {
		problems = append(problems, fmt.Errorf("steps are %v", exec))
	}
	if err := checkVariable(); err != nil {
		problems = append(problems, err)
	}
	if err := errors.Join(problems...); err != nil {
		return nil, fmt.Errorf("not the interpreter this gateway was written for (yaegi v0.16.1): %w", err)
	}
	return l, nil
})

// nodeKind and nodeAction are yaegi's numbers for what a node is and does; only
// those that are used here.
type (
	nodeKind   uint
	nodeAction uint
)

const (
	kindAddress      nodeKind = 1
	kindAssign       nodeKind = 3
	kindAssignX      nodeKind = 4
	kindBinary       nodeKind = 6
	kindCall         nodeKind = 10
	kindCaseClause   nodeKind = 12
	kindCompositeLit nodeKind = 18
	kindDefer        nodeKind = 22
	kindDefine       nodeKind = 23
	kindDefineX      nodeKind = 24
	kindFuncDecl     nodeKind = 40
	kindFuncLit      nodeKind = 41
	kindGo           nodeKind = 43
	kindIdent        nodeKind = 45
	kindIncDec       nodeKind = 52
	kindIndex        nodeKind = 53
	kindKeyValue     nodeKind = 56
	kindRange        nodeKind = 62
	kindReturn       nodeKind = 63
	kindSelector     nodeKind = 65
	kindSend         nodeKind = 67
	kindSlice        nodeKind = 68
	kindStar         nodeKind = 69
	kindTypeAssert   nodeKind = 73
	kindUnary        nodeKind = 78

	actionAssign    nodeAction = 2
	actionCallSlice nodeAction = 13
	actionEqual     nodeAction = 18
	actionGetMethod nodeAction = 23
	actionNotEqual  nodeAction = 35
	actionQuo       nodeAction = 39
	actionQuoAssign nodeAction = 40
	actionRecv      nodeAction = 42
	actionRem       nodeAction = 43
	actionRemAssign nodeAction = 44
	actionShl       nodeAction = 47
	actionShlAssign nodeAction = 48
	actionShr       nodeAction = 49
	actionShrAssign nodeAction = 50
	actionSlice0    nodeAction = 52
)

// kindNames and actionNames are what yaegi's String methods must say of them.
var (
	kindNames = map[uint64]string{
		uint64(kindAddress): "addressExpr", uint64(kindAssign): "assignStmt", uint64(kindAssignX): "assignXStmt",
		uint64(kindBinary): "binaryExpr", uint64(kindCall): "callExpr", uint64(kindCaseClause): "caseClause",
		uint64(kindCompositeLit): "compositeLitExpr", uint64(kindDefer): "deferStmt", uint64(kindGo): "goStmt",
		uint64(kindDefine): "defineStmt", uint64(kindDefineX): "defineXStmt", uint64(kindReturn): "returnStmt",
		uint64(kindFuncDecl): "funcDecl", uint64(kindFuncLit): "funcLit", uint64(kindIdent): "identExpr",
		uint64(kindIncDec): "incDecStmt", uint64(kindIndex): "indexExpr", uint64(kindRange): "rangeStmt",
		uint64(kindSelector): "selectorExpr", uint64(kindSend): "sendStmt", uint64(kindSlice): "sliceExpr",
		uint64(kindKeyValue): "keyValueExpr", uint64(kindStar): "starExpr", uint64(kindTypeAssert): "typeAssertExpr", uint64(kindUnary): "unaryExpr",
	}
	actionNames = map[uint64]string{
		uint64(actionGetMethod): "getMethod", uint64(actionCallSlice): "callSlice",
		uint64(actionAssign): "=", uint64(actionEqual): "==", uint64(actionNotEqual): "!=",
		uint64(actionQuo): "/", uint64(actionQuoAssign): "/=", uint64(actionRecv): "<-",
		uint64(actionRem): "%", uint64(actionRemAssign): "%=", uint64(actionShl): "<<",
		uint64(actionShlAssign): "<<=", uint64(actionShr): ">>", uint64(actionShrAssign): ">>=",
		uint64(actionSlice0): "slice0",
	}
)

// checkNames compares the names with what t's String method says.
func checkNames(t reflect.Type, names map[uint64]string) (problems []error) {
	for number, name := range names {
		v := reflect.New(t).Elem()
		v.SetUint(number)
		if s, ok := v.Interface().(fmt.Stringer); !ok || s.String() != name {
			problems = append(problems, fmt.Errorf("%v %d is not %q", t, number, name))
		}
	}
	return problems
}

// Yaegi's types under our names: pointers to what has no exported type, and
// function types of the same shape.
type (
	node  = unsafe.Pointer // *interp.node
	frame = unsafe.Pointer // *interp.frame
	step  func(frame) step // interp.bltn: runs one node and returns the next
	gener func(node)       // interp.bltnGenerator: makes a node's step
)

func at[T any](base unsafe.Pointer, offset uintptr) *T { return (*T)(unsafe.Add(base, offset)) }

// after is where the step is that follows a node by one of its links, tnext or fnext;
// nil where none does.
func (l *yaegiFields) after(n node, link uintptr) *step {
	if next := *at[node](n, link); next != nil {
		return at[step](next, l.exec)
	}
	return nil
}

// follow is the step that is there, nil at the end of a function.
func follow(next *step) step {
	if next == nil {
		return nil
	}
	return *next
}

// machine is one yaegi interpreter: code goes in once, is run, and is stopped.
type machine struct {
	yaegi  *interp.Interpreter
	layout *yaegiFields
	// done ends blocked channel operations of the code. It is the one channel of
	// the machine's life: yaegi makes a new one for every EvalWithContext and
	// forgets the old, so that method is never called.
	done    chan struct{}
	stopped atomic.Bool
}

func newMachine(opts interp.Options) (*machine, error) {
	layout, err := yaegiLayout()
	if err != nil {
		return nil, err
	}
	m := &machine{yaegi: interp.New(opts), layout: layout, done: make(chan struct{})}
	base := unsafe.Pointer(m.yaegi)
	*at[chan struct{}](base, layout.done) = m.done
	*at[bool](base, layout.cancelChan) = true
	return m, nil
}

// parsed is lowered source as a syntax tree. Yaegi only reads it, so that all
// machines of a program share it.
type parsed struct {
	fset *token.FileSet
	file *ast.File
}

func parse(source string) (*parsed, error) {
	p := &parsed{fset: token.NewFileSet()}
	var err error
	p.file, err = parser.ParseFile(p.fset, "lowered.go", source, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("parse the lowered source: %w", err)
	}
	return p, nil
}

// compile gives the program for [machine.run]. Yaegi panics on some sources; that
// is an error.
func (m *machine) compile(source *parsed) (p *interp.Program, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("interpreter cannot compile the lowered source: %v", r)
		}
	}()
	*at[*token.FileSet](unsafe.Pointer(m.yaegi), m.layout.fset) = source.fset
	return m.yaegi.CompileAST(source.file)
}

// run executes the program: its package level and its main. Functions that it
// hands out stay callable afterwards, until stop.
func (m *machine) run(p *interp.Program) error {
	_, err := m.yaegi.Execute(p)
	return err
}

// stop ends all code of the machine, now and for good, as yaegi's own unexported
// stop does: every step compares the interpreter's id with that of its frame, and
// blocked channel operations wait for done too. A function that is stopped returns
// zero values. Whoever reads results must know that the machine was stopped before
// those arrive, so set that flag first.
//
// A function that compiled code calls from now on panics: otherwise it would return
// zero values too, and a loop of compiled code over callbacks would go on to its end.
func (m *machine) stop() {
	if m.stopped.Swap(true) {
		return
	}
	atomic.AddUint64(at[uint64](unsafe.Pointer(m.yaegi), m.layout.id), 1)
	m.refuseCalls()
	close(m.done)
}

// refuseCalls makes every function panic when it is called, by a debugger that is
// not one: yaegi fails to find its state. Functions read the field when they are
// entered, without synchronisation; the store is one word, to a value that never
// changes, and it does not matter who sees it a moment later.
//
//go:norace
func (m *machine) refuseCalls() {
	*at[*interp.Debugger](unsafe.Pointer(m.yaegi), m.layout.debugger) = &noDebugger
}

var noDebugger interp.Debugger

// rootNode is the syntax tree of a compiled program.
func (m *machine) rootNode(p *interp.Program) node {
	return *at[node](unsafe.Pointer(p), m.layout.root)
}

func (m *machine) position(n node) token.Position {
	return m.yaegi.FileSet().Position(*at[token.Pos](n, m.layout.pos))
}

// called is the identifier of the function that a node calls, or "".
func (m *machine) called(n node) string {
	if nodeKind(*at[uint](n, m.layout.kind)) != kindCall {
		return ""
	}
	child := *at[[]node](n, m.layout.child)
	if len(child) == 0 || nodeKind(*at[uint](child[0], m.layout.kind)) != kindIdent {
		return ""
	}
	return *at[string](child[0], m.layout.ident)
}
