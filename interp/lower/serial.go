package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"gateway/interp/check"
)

// Compiled Go has data races where requests write package variables without
// synchronisation; a map written by two of them ends the process. A script that
// does so runs its requests one at a time.

// serial looks for writes to package variables that the entries can reach. One
// such write makes the program serial.
func (l *lowerer) serial(entries []string) {
	a := &serialAnalysis{
		lowerer: l,
		funcs:   map[*types.Func]*serialFunc{},
		byName:  map[string][]*types.Func{},
	}
	for obj, d := range l.decls {
		if d.pkg.Standard {
			continue
		}
		a.funcs[obj] = nil
		if d.decl.Recv != nil {
			a.byName[obj.Name()] = append(a.byName[obj.Name()], obj)
		}
	}
	var roots []*serialFunc
	for _, name := range entries {
		if obj, ok := l.root.Types.Scope().Lookup(name).(*types.Func); ok {
			if fn := a.function(obj); fn != nil {
				roots = append(roots, fn)
			}
		}
	}
	a.propagate()
	for _, root := range roots {
		a.report(root)
	}
}

type serialAnalysis struct {
	*lowerer
	funcs  map[*types.Func]*serialFunc // nil until it is reached
	byName map[string][]*types.Func    // methods
	order  []*serialFunc
}

// serialFunc is what a function, with its literals, does to memory that it does
// not own.
type serialFunc struct {
	obj     *types.Func
	src     *source
	locks   bool
	writes  []serialWrite
	calls   []serialCall
	callers []*serialFunc
	params  []*types.Var // receiver first
	through map[int]bool // parameters through which it writes
	aliases map[*types.Var]*types.Var
}

// serialWrite is a write to memory that a variable of the package reaches.
type serialWrite struct {
	v    *types.Var
	node ast.Node
}

// serialCall is a call of a function of the script.
type serialCall struct {
	to   *serialFunc
	args []*types.Var // the variables in which the arguments lie, or nil
	node ast.Node
}

func (a *serialAnalysis) function(obj *types.Func) *serialFunc {
	obj = obj.Origin()
	fn, known := a.funcs[obj]
	if !known || fn != nil {
		return fn
	}
	d := a.decls[obj]
	fn = &serialFunc{obj: obj, src: d.pkg, through: map[int]bool{}, aliases: map[*types.Var]*types.Var{}}
	a.funcs[obj] = fn
	a.order = append(a.order, fn)
	sig := obj.Type().(*types.Signature)
	if sig.Recv() != nil {
		fn.params = append(fn.params, sig.Recv())
	}
	for i := range sig.Params().Len() {
		fn.params = append(fn.params, sig.Params().At(i))
	}
	w := &serialWalk{serialAnalysis: a, fn: fn, info: d.pkg.Info}
	nodes := w.nodes(d.decl.Body)
	for _, n := range nodes {
		w.aliases(n)
	}
	for _, n := range nodes {
		w.visit(n)
	}
	return fn
}

// serialWalk looks at one function.
type serialWalk struct {
	*serialAnalysis
	fn   *serialFunc
	info *types.Info
}

// nodes returns the nodes of a body that the analysis looks at, in order.
func (w *serialWalk) nodes(body *ast.BlockStmt) (nodes []ast.Node) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt, *ast.RangeStmt, *ast.ValueSpec, *ast.IncDecStmt, *ast.CallExpr:
			nodes = append(nodes, n)
		case *ast.Ident:
			if _, ok := w.info.Uses[n].(*types.Func); ok {
				nodes = append(nodes, n)
			}
		}
		return true
	})
	return nodes
}

// global reports whether v is a variable of a package of the script.
func (a *serialAnalysis) global(v *types.Var) bool {
	if v == nil || v.Pkg() == nil || v.Parent() != v.Pkg().Scope() {
		return false
	}
	s := a.pkgs[v.Pkg()]
	return s != nil && !s.Standard
}

// root returns the variable at the beginning of a path of selectors, indices and
// indirections.
func (w *serialWalk) root(e ast.Expr) *types.Var {
	for {
		switch x := e.(type) {
		case *ast.ParenExpr:
			e = x.X
		case *ast.SelectorExpr:
			if v, ok := w.info.Uses[x.Sel].(*types.Var); ok && !v.IsField() {
				return v
			}
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.SliceExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.UnaryExpr:
			if x.Op != token.AND {
				return nil
			}
			e = x.X
		case *ast.Ident:
			v, _ := w.info.ObjectOf(x).(*types.Var)
			for range 10 { // a chain of aliases
				if g := w.fn.aliases[v]; g != nil {
					v = g
				} else {
					break
				}
			}
			return v
		default:
			return nil
		}
	}
}

// shares reports whether a value of type t gives access to memory of others.
func shares(t types.Type) bool {
	if t == nil {
		return false
	}
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Slice, *types.Map:
		return true
	}
	return false
}

// aliases notes local variables that point into package variables.
func (w *serialWalk) aliases(n ast.Node) {
	note := func(l, r ast.Expr) {
		id, ok := l.(*ast.Ident)
		if !ok || !shares(w.info.TypeOf(r)) {
			return
		}
		v, ok := w.info.ObjectOf(id).(*types.Var)
		if from := w.root(r); ok && from != nil && from != v && !w.global(v) {
			w.fn.aliases[v] = from
		}
	}
	switch n := n.(type) {
	case *ast.AssignStmt:
		if len(n.Lhs) == len(n.Rhs) {
			for i := range n.Lhs {
				note(n.Lhs[i], n.Rhs[i])
			}
		}
	case *ast.RangeStmt:
		if n.Value != nil {
			note(n.Value, n.X)
			if id, ok := n.Value.(*ast.Ident); ok && shares(w.info.TypeOf(id)) {
				if v, ok := w.info.ObjectOf(id).(*types.Var); ok {
					if from := w.root(n.X); from != nil && from != v {
						w.fn.aliases[v] = from
					}
				}
			}
		}
	case *ast.ValueSpec:
		if len(n.Names) == len(n.Values) {
			for i := range n.Names {
				note(n.Names[i], n.Values[i])
			}
		}
	}
}

func (w *serialWalk) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			for _, l := range n.Lhs {
				w.write(l, n)
			}
		}
	case *ast.IncDecStmt:
		w.write(n.X, n)
	case *ast.RangeStmt:
		if n.Tok == token.ASSIGN {
			for _, l := range []ast.Expr{n.Key, n.Value} {
				if l != nil {
					w.write(l, n)
				}
			}
		}
	case *ast.CallExpr:
		w.call(n)
	case *ast.Ident: // a function used as a value may be called
		if obj, ok := w.info.Uses[n].(*types.Func); ok {
			w.reach(obj, nil, n)
		}
	}
}

// write notes an assignment.
func (w *serialWalk) write(l ast.Expr, at ast.Node) {
	v := w.root(l)
	if v == nil || isBlank(l) {
		return
	}
	_, plain := ast.Unparen(l).(*ast.Ident)
	if id, ok := ast.Unparen(l).(*ast.Ident); ok && w.info.ObjectOf(id) != v {
		return // the alias itself is set
	}
	w.wrote(v, plain, at)
}

func (w *serialWalk) wrote(v *types.Var, plain bool, at ast.Node) {
	if w.global(v) {
		w.fn.writes = append(w.fn.writes, serialWrite{v, at})
		return
	}
	if plain || !shares(v.Type()) {
		return
	}
	for i, p := range w.fn.params {
		if p == v {
			w.fn.through[i] = true
		}
	}
}

// changing are compiled functions that write to their first argument.
var changing = map[string]bool{
	"sort.Ints": true, "sort.Strings": true, "sort.Float64s": true, "sort.Slice": true, "sort.SliceStable": true,
	"sort.Sort": true, "sort.Stable": true, "slices.Sort": true, "slices.SortFunc": true, "slices.SortStableFunc": true,
	"slices.Reverse": true, "maps.Copy": true, "maps.DeleteFunc": true, "container/heap.Push": true,
	"container/heap.Pop": true, "container/heap.Init": true, "container/heap.Fix": true,
}

// unsafeTypes are compiled types whose methods must not be called at once.
var unsafeTypes = map[string]bool{
	"bytes.Buffer": true, "strings.Builder": true, "container/list.List": true, "container/ring.Ring": true,
	"math/rand.Rand": true, "math/rand/v2.Rand": true, "bufio.Writer": true, "bufio.Reader": true,
}

func (w *serialWalk) call(n *ast.CallExpr) {
	fun := ast.Unparen(n.Fun)
	switch x := fun.(type) {
	case *ast.IndexExpr:
		fun = ast.Unparen(x.X)
	case *ast.IndexListExpr:
		fun = ast.Unparen(x.X)
	}
	switch x := fun.(type) {
	case *ast.Ident:
		switch obj := w.info.Uses[x].(type) {
		case *types.Builtin:
			if name := obj.Name(); (name == "delete" || name == "copy" || name == "clear") && len(n.Args) > 0 {
				if v := w.root(n.Args[0]); v != nil {
					w.wrote(v, false, n)
				}
			}
		case *types.Func:
			w.reach(obj, n.Args, n)
		}
	case *ast.SelectorExpr:
		s, ok := w.info.Selections[x]
		if !ok {
			if obj, ok := w.info.Uses[x.Sel].(*types.Func); ok {
				if obj.Pkg() != nil && changing[obj.Pkg().Path()+"."+obj.Name()] && len(n.Args) > 0 {
					if v := w.root(n.Args[0]); v != nil {
						w.wrote(v, false, n)
					}
				}
				w.reach(obj, n.Args, n)
			}
			break
		}
		obj, ok := s.Obj().(*types.Func)
		if !ok {
			break
		}
		w.method(n, x, s, obj)
	}
}

// method looks at a method call.
func (w *serialWalk) method(n *ast.CallExpr, x *ast.SelectorExpr, s *types.Selection, obj *types.Func) {
	if isInterface(s.Recv()) {
		for _, m := range w.byName[obj.Name()] {
			w.reach(m, append([]ast.Expr{x.X}, n.Args...), n)
		}
		return
	}
	named, _ := types.Unalias(deref(obj.Type().(*types.Signature).Recv().Type())).(*types.Named)
	if named != nil && named.Obj().Pkg() != nil && w.decls[obj.Origin()] == nil {
		path := named.Obj().Pkg().Path()
		if path == "sync" && (obj.Name() == "Lock" || obj.Name() == "Do") {
			w.fn.locks = true
		}
		if unsafeTypes[path+"."+named.Obj().Name()] {
			if v := w.root(x.X); v != nil {
				w.wrote(v, false, n)
			}
		}
		return
	}
	w.reach(obj, append([]ast.Expr{x.X}, n.Args...), n)
}

// reach notes a call of a function of the script.
func (w *serialWalk) reach(obj *types.Func, args []ast.Expr, at ast.Node) {
	to := w.function(obj)
	if to == nil {
		return
	}
	c := serialCall{to: to, node: at}
	for _, e := range args {
		c.args = append(c.args, w.root(e))
	}
	w.fn.calls = append(w.fn.calls, c)
	to.callers = append(to.callers, w.fn)
}

// propagate carries writes through parameters to the callers.
func (a *serialAnalysis) propagate() {
	for changed := true; changed; {
		changed = false
		for _, fn := range a.order {
			for _, c := range fn.calls {
				for i, v := range c.args {
					if v == nil || i >= len(c.to.params) || !c.to.through[i] {
						continue
					}
					for k, p := range fn.params {
						if p == v && shares(v.Type()) && !fn.through[k] {
							fn.through[k] = true
							changed = true
						}
					}
				}
			}
		}
	}
	for _, fn := range a.order {
		for _, c := range fn.calls {
			for i, v := range c.args {
				if i < len(c.to.params) && c.to.through[i] && a.global(v) && !c.to.locks {
					fn.writes = append(fn.writes, serialWrite{v, c.node})
				}
			}
		}
	}
}

// guarded reports whether a function only runs while a lock is held.
func (fn *serialFunc) guarded(seen map[*serialFunc]bool) bool {
	if fn.locks {
		return true
	}
	if seen[fn] || len(fn.callers) == 0 {
		return len(fn.callers) > 0
	}
	seen[fn] = true
	for _, c := range fn.callers {
		if !c.guarded(seen) {
			return false
		}
	}
	return true
}

// report warns of the first write that the entry reaches.
func (a *serialAnalysis) report(root *serialFunc) {
	seen := map[*serialFunc]bool{}
	var find func(fn *serialFunc) bool
	find = func(fn *serialFunc) bool {
		if seen[fn] {
			return false
		}
		seen[fn] = true
		for _, w := range fn.writes {
			if fn.guarded(map[*serialFunc]bool{}) {
				continue
			}
			a.prog.Serial = true
			d := a.diagnostic(w.node, check.Warning, "serial", fmt.Sprintf(
				"requests of this script run one at a time because %s writes package variable %s", root.obj.Name(), w.v.Name()))
			d.Hint = "guard it with a sync.Mutex, or use sync/atomic, to run them in parallel"
			a.diags = append(a.diags, d)
			return true
		}
		for _, c := range fn.calls {
			if find(c.to) {
				return true
			}
		}
		return false
	}
	find(root)
}
