package lower

import (
	"go/ast"
	"go/token"
	"go/types"
)

// flow is a statement that break or continue can refer to.
type flow struct {
	outer  *flow
	label  types.Object // the author's label, or nil
	loop   bool
	header int    // index in out of the code that the label goes before
	name   string // the label, once one is needed
	// next is the label of a block around the loop's body that continue leaves,
	// because statements follow there, or "".
	next     string
	nextUsed bool
	body     *loopBody // of a range over a function
}

// enter begins a statement that can be left.
func (f *fn) enter(label types.Object, loop bool) *flow {
	f.flow = &flow{outer: f.flow, label: label, loop: loop, header: len(f.out)}
	return f.flow
}

// exit ends it and puts its label, if it was used, before its header.
func (f *fn) exit() {
	fl := f.flow
	if fl.name != "" {
		f.out[fl.header].text = fl.name + ": " + f.out[fl.header].text
	}
	f.flow = fl.outer
}

func (f *fn) labeled(s *ast.LabeledStmt) {
	obj := f.info.Defs[s.Label]
	if f.caps.gotos[obj] {
		f.emit(f.gotoLabel(obj), ": {}")
	}
	switch inner := s.Stmt.(type) {
	case *ast.ForStmt:
		f.forStmt(inner, obj)
	case *ast.RangeStmt:
		f.rangeStmt(inner, obj)
	case *ast.SwitchStmt:
		f.switchStmt(inner, obj)
	case *ast.TypeSwitchStmt:
		f.typeSwitch(inner, obj)
	case *ast.SelectStmt:
		f.selectStmt(inner, obj)
	default:
		f.stmt(inner)
	}
}

func (f *fn) gotoLabel(obj types.Object) string {
	g := f
	for g.outer != nil {
		g = g.outer
	}
	if g.labels == nil {
		g.labels = map[types.Object]string{}
	}
	name, ok := g.labels[obj]
	if !ok {
		name = f.names.label()
		g.labels[obj] = name
	}
	return name
}

func (f *fn) branchStmt(s *ast.BranchStmt) {
	var label types.Object
	if s.Label != nil {
		label = f.info.Uses[s.Label]
	}
	switch s.Tok {
	case token.GOTO:
		f.jump(label)
	case token.FALLTHROUGH:
		// The switch does it.
	default:
		f.branch(s.Tok, label)
	}
}

// branch lowers break and continue.
func (f *fn) branch(tok token.Token, label types.Object) {
	inner := true // no loop of the lowered code lies between
	for fl := f.flow; fl != nil; fl = fl.outer {
		match := label == nil && (fl.loop || tok == token.BREAK) || label != nil && fl.label == label
		if match {
			f.branchTo(fl, tok, inner)
			return
		}
		if fl.loop && fl.body == nil {
			inner = false
		}
		if fl.body != nil { // the statement is outside this loop's body
			f.exitBody(fl.body, func(g *fn) { g.branch(tok, label) })
			return
		}
	}
}

func (f *fn) branchTo(fl *flow, tok token.Token, inner bool) {
	if fl.body != nil {
		if tok == token.CONTINUE {
			f.emit(fl.body.state, " = 0")
			f.emit("return true")
		} else {
			f.emit(fl.body.state, " = 2")
			f.emit("return false")
		}
		return
	}
	name := func() string {
		if fl.name == "" {
			fl.name = f.names.label()
		}
		return fl.name
	}
	switch {
	case tok == token.CONTINUE && fl.next != "":
		fl.nextUsed = true
		f.emit("break ", fl.next)
	case tok == token.CONTINUE && inner:
		f.emit("continue")
	case tok == token.CONTINUE:
		f.emit("continue ", name())
	case fl.loop && inner:
		f.emit("break")
	default:
		f.emit("break ", name())
	}
}

// jump lowers goto.
func (f *fn) jump(label types.Object) {
	if f.body != nil && (label.Pos() < f.body.node.Pos() || label.Pos() > f.body.node.End()) {
		f.exitBody(f.body, func(g *fn) { g.jump(label) })
		return
	}
	f.emit("goto ", f.gotoLabel(label))
}

// forStmt lowers a loop with up to three clauses. Its variables are made anew
// in each iteration if a function or pointer could see the difference.
func (f *fn) forStmt(s *ast.ForStmt, label types.Object) {
	f.emit("{")
	var shared []*types.Var
	if s.Init != nil {
		f.stmt(s.Init)
		if a, ok := s.Init.(*ast.AssignStmt); ok && a.Tok == token.DEFINE {
			for _, l := range a.Lhs {
				if v, ok := f.info.Defs[l.(*ast.Ident)].(*types.Var); ok && f.caps.shared[v] {
					shared = append(shared, v)
				}
			}
		}
	}
	cond := constEx("true")
	var pre []stmt
	if s.Cond != nil && len(shared) == 0 {
		f.at(s.Cond)
		pre = f.capture(func() { cond = f.condition(s.Cond) })
	}
	var post []stmt
	if s.Post != nil && len(shared) == 0 {
		post = f.capture(func() { f.stmt(s.Post) })
	}
	f.at(s)
	if len(shared) > 0 {
		f.forShared(s, label, shared)
	} else {
		f.forPlain(s, label, cond, pre, post)
	}
	f.pos = s.End() - 1
	f.emit("}")
}

// forPlain lowers a loop whose variables need no copies.
func (f *fn) forPlain(s *ast.ForStmt, label types.Object, cond ex, pre, post []stmt) {
	if cond.konst && cond.s == "false" {
		return
	}
	fl := f.enter(label, true)
	simple := len(post) == 0 || len(post) == 1 && !literalIn(post[0].text)
	switch {
	case len(pre) == 0 && simple:
		head := "for "
		if !cond.konst || len(post) > 0 {
			if !cond.konst {
				head += header(cond)
			}
			if len(post) > 0 {
				head = "for ; "
				if !cond.konst {
					head += header(cond)
				}
				head += "; " + post[0].text
			}
			head += " "
		}
		f.emit(head, "{")
	default:
		if !simple {
			fl.next = f.names.label()
		}
		if simple && len(post) == 1 {
			f.emit("for ; ; ", post[0].text, " {")
		} else {
			f.emit("for {")
		}
		f.out = append(f.out, pre...)
		if !cond.konst {
			f.emit("if ", negated(cond), " { break }")
		}
	}
	f.loopBody(s.Body, fl)
	if !simple {
		f.out = append(f.out, post...)
	}
	f.pos = s.Body.Rbrace
	f.emit("}")
	f.exit()
}

// loopBody lowers the body of a loop, in a block of its own if continue has to
// go to what follows it.
func (f *fn) loopBody(body *ast.BlockStmt, fl *flow) {
	if fl.next == "" {
		f.block(body.List)
		return
	}
	at := len(f.out)
	f.emit("{")
	f.block(body.List)
	f.pos = body.Rbrace
	f.emit("}")
	if fl.nextUsed {
		f.out[at].text = fl.next + ": {"
	}
}

// forShared lowers a loop with variables of which each iteration has its own.
func (f *fn) forShared(s *ast.ForStmt, label types.Object, shared []*types.Var) {
	outer := make([]string, len(shared))
	for i, v := range shared {
		outer[i] = f.local[v]
	}
	fl := f.enter(label, true)
	fl.next = f.names.label()
	f.emit("for {")
	for i, v := range shared {
		name := f.names.pick(v.Name())
		f.local[v] = name
		f.emit("var ", name, " ", f.typ(f.env.subst(v.Type())), " = ", outer[i])
	}
	if s.Cond != nil {
		f.at(s.Cond)
		cond := f.condition(s.Cond)
		if !cond.konst || cond.s == "false" {
			f.emit("if ", negated(cond), " { break }")
		}
	}
	f.loopBody(s.Body, fl)
	for i, v := range shared {
		f.emit(outer[i], " = ", f.local[v])
		f.local[v] = outer[i]
	}
	if s.Post != nil {
		f.stmt(s.Post)
	}
	f.pos = s.Body.Rbrace
	f.emit("}")
	f.exit()
}
