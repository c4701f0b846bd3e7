package check

import (
	"go/ast"
	"go/token"
	"go/types"

	"gateway/symbols"
)

// checkUses reports the names of compiled packages that scripts may not use, each
// once, and changes of their variables.
func (r *run) checkUses(u *unit) {
	if u.isModule() {
		r.withholdUses(u)
		return
	}
	seen := map[types.Object]int{} // index of the diagnostic; -1 for none
	for _, s := range u.surveys {
		for _, id := range s.idents {
			r.checkIdent(u, id, seen)
		}
		for _, n := range s.changes {
			r.checkChanges(u, n)
		}
	}
}

func (r *run) checkUsesIn(u *unit, n ast.Node, seen map[types.Object]int) {
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			r.checkIdent(u, id, seen)
		} else {
			r.checkChanges(u, n)
		}
		return true
	})
}

func (r *run) checkIdent(u *unit, id *ast.Ident, seen map[types.Object]int) {
	if obj := u.pkg.Info.Uses[id]; obj != nil && obj.Pkg() != nil && (obj.Pkg() != u.pkg.Types || u.isModule()) {
		r.checkUse(u, id, obj, seen)
	}
}

// checkChanges reports what a statement or operator changes that it may not.
func (r *run) checkChanges(u *unit, n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			for _, lhs := range n.Lhs {
				r.checkChange(u, lhs, "assign to")
			}
		}
	case *ast.IncDecStmt:
		r.checkChange(u, n.X, "change")
	case *ast.RangeStmt:
		if n.Tok == token.ASSIGN {
			r.checkChange(u, n.Key, "assign to")
			r.checkChange(u, n.Value, "assign to")
		}
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			r.checkChange(u, n.X, "take the address of")
		}
	}
}

// checkUse reports a use of an object that is refused, once per object.
func (r *run) checkUse(u *unit, id *ast.Ident, obj types.Object, seen map[types.Object]int) {
	at, known := seen[obj]
	if known && at < 0 {
		return
	}
	if known {
		r.addRelated(at, id.Pos(), "also here")
		return
	}
	d, refused := r.refuseUse(u, obj)
	if !refused {
		seen[obj] = -1
		return
	}
	seen[obj] = len(r.diags)
	r.reportAt(id.Pos(), id.End(), d)
}

func (r *run) refuseUse(u *unit, obj types.Object) (Diagnostic, bool) {
	if d, withheld := r.withheld[obj]; withheld {
		return d, true
	}
	path := obj.Pkg().Path()
	if d, refused := u.refused[path]; refused {
		return d, true
	}
	if r.units[path] != nil || !obj.Exported() {
		return Diagnostic{}, false
	}
	name, ok := symbolName(obj)
	if !ok {
		return Diagnostic{}, false
	}
	exports, inTable := symbols.Package(path)
	if !inTable {
		return Diagnostic{}, false // its import is refused, or it is met through another package
	}
	if refusal := r.rules.Symbol(path, name); refusal != nil {
		d := Diagnostic{Code: "symbol-refused", Message: refusal.Reason, Hint: refusal.Hint}
		if refusal.Setting != "" {
			r.nameSetting(&d, refusal.Setting)
		}
		return d, r.rules.Import(path) == nil // otherwise the import is the error
	}
	if obj.Parent() != obj.Pkg().Scope() || exports[name].IsValid() || symbols.HasSource(path) {
		return Diagnostic{}, false
	}
	return Diagnostic{
		Code:    "symbol-refused",
		Message: obj.Pkg().Name() + "." + name + " cannot be used in scripts",
	}, true
}

// symbolName returns the name of a package-level object, or "Type.Method".
func symbolName(obj types.Object) (string, bool) {
	if obj.Parent() == obj.Pkg().Scope() {
		return obj.Name(), true
	}
	fn, ok := obj.(*types.Func)
	if !ok || fn.Signature().Recv() == nil {
		return "", false
	}
	t := types.Unalias(fn.Signature().Recv().Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, ok := t.(*types.Named)
	if !ok {
		return "", false
	}
	return named.Obj().Name() + "." + fn.Name(), true
}

// checkChange reports a change of a variable of a compiled package, or of something
// that is reached through one: the whole gateway shares it.
func (r *run) checkChange(u *unit, e ast.Expr, what string) {
	id := rootVariable(u.pkg.Info, e)
	if id == nil {
		return
	}
	v, ok := u.pkg.Info.Uses[id].(*types.Var)
	if !ok || v.Pkg() == nil || v.Parent() != v.Pkg().Scope() || v.Pkg() == u.pkg.Types || r.units[v.Pkg().Path()] != nil {
		return
	}
	if r.rules.Allows(symbols.Globals) {
		return
	}
	d := Diagnostic{
		Code:    "global-change",
		Message: "cannot " + what + " " + v.Pkg().Name() + "." + v.Name() + ", which the whole gateway shares",
		Hint:    "use a variable of your own",
	}
	r.nameSetting(&d, symbols.Globals)
	r.reportAt(e.Pos(), e.End(), d)
}

// rootVariable returns the identifier of the package-level variable that the operand
// begins with, as x in x.f[i].
func rootVariable(info *types.Info, e ast.Expr) *ast.Ident {
	for {
		switch x := e.(type) {
		case *ast.ParenExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.SelectorExpr:
			if pkg, ok := x.X.(*ast.Ident); ok {
				if _, ok := info.Uses[pkg].(*types.PkgName); ok {
					return x.Sel
				}
			}
			e = x.X
		case *ast.Ident:
			return x // of a dot import, perhaps
		default:
			return nil
		}
	}
}
