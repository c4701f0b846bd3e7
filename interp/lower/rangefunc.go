package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// loopBody is the body of a range over a function: a literal of its own. What
// leaves it by other ways than break and continue stores a number in next,
// returns false, and is carried out after the call of the function.
type loopBody struct {
	fn    *fn // of the literal
	node  *ast.BlockStmt
	state string // variable: 0 ready, 1 running, 2 left, 3 loop ended
	next  string // variable
	exits []func(g *fn)
}

// rangeFunc lowers a range over a function.
func (f *fn) rangeFunc(s *ast.RangeStmt, label types.Object, sig *types.Signature) {
	f.emit("{")
	t := f.typeOf(s.X)
	fun := f.expr(s.X)
	if fun.calls || fun.prec < operand {
		fun = f.spill(fun, t)
	}
	yield := sig.Params().At(0).Type()
	ysig := yield.Underlying().(*types.Signature)
	lb := &loopBody{node: s.Body, state: f.names.temp(), next: f.names.temp()}
	inner := &fn{
		lowerer: f.lowerer, src: f.src, info: f.info, env: f.env, caps: f.caps,
		facts: f.facts, names: f.names, local: f.local,
		outer: f, sig: ysig, pos: s.Pos(), defers: f.defers, rec: f.rec, body: lb,
	}
	lb.fn = inner
	inner.flow = &flow{outer: f.flow, label: label, loop: true, body: lb}
	f.emit("var ", lb.state, " int")
	f.emit("var ", lb.next, " int")
	lit := f.names.temp()

	var params []string
	var its []iteration
	for i, e := range []ast.Expr{s.Key, s.Value} {
		if i >= ysig.Params().Len() {
			break
		}
		pt := ysig.Params().At(i).Type()
		it := iteration{expr: e, typ: pt}
		if wanted(e) && s.Tok == token.DEFINE {
			obj, _ := f.info.Defs[e.(*ast.Ident)].(*types.Var)
			it.name = f.declare(obj, obj.Name())
		} else {
			it.name, it.copy = f.names.temp(), wanted(e)
		}
		its = append(its, it)
		params = append(params, it.name+" "+f.typ(pt))
	}
	head, tail := "func("+strings.Join(params, ", ")+") bool {", "}"
	f.emit("var ", lit, " ", f.typ(yield), " = ", head)
	inner.emit("if ", lb.state, " != 0 { rt_rangeState(", lb.state, ") }")
	inner.emit(lb.state, " = 1")
	inner.assignIteration(s, its...)
	inner.block(s.Body.List)
	inner.pos = s.Body.Rbrace
	inner.emit(lb.state, " = 0")
	inner.emit("return true")
	inner.emit(tail)
	f.out = append(f.out, inner.out...)
	f.at(s)
	f.emit(fun.s, "(", lit, ")")
	f.emit("if ", lb.state, " == 1 { rt_rangeState(1) }")
	f.emit(lb.state, " = 3")
	for i, do := range lb.exits {
		f.emit("if ", lb.next, " == ", strconv.Itoa(i+1), " {")
		do(f)
		f.emit("}")
	}
	f.emit("}")
}

// exitBody leaves the body of a range over a function by something that is
// carried out in the function around it.
func (f *fn) exitBody(lb *loopBody, do func(g *fn)) {
	lb.exits = append(lb.exits, do)
	f.emit(lb.next, " = ", strconv.Itoa(len(lb.exits)))
	f.emit(lb.state, " = 2")
	f.emit("return false")
}

// returnFromBody lowers a return inside the body of a range over a function.
func (f *fn) returnFromBody(s *ast.ReturnStmt) {
	if len(s.Results) > 0 {
		f.store(s)
	}
	var leave func(g *fn)
	leave = func(g *fn) {
		if g.body != nil && g.body.fn == g {
			g.exitBody(g.body, leave)
			return
		}
		g.leave()
	}
	f.exitBody(f.body, leave)
}
