package check

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// proposeSelected adds what can stand behind a dot. found says that the parser has the
// selector; otherwise what is before the dot is read from the tokens.
func (v *view) proposeSelected(b *proposals, q Query, found bool) {
	var operand types.TypeAndValue
	var pkg *types.PkgName
	name := "" // of an identifier that is not declared
	use := func(obj types.Object) {
		pkg, _ = obj.(*types.PkgName)
	}
	isType := false
	sel, ok := v.node(1).(*ast.SelectorExpr)
	if found && ok {
		b.expected, isType = v.expected(), v.isType()
		operand = v.info.Types[sel.X]
		if id, ok := sel.X.(*ast.Ident); ok {
			obj := v.info.Uses[id]
			use(obj)
			if obj == nil {
				name = id.Name
			}
		}
	} else if chain := v.chain(); chain != "" {
		var obj types.Object
		if operand, obj = v.evaluate(chain); obj != nil {
			use(obj)
		} else if token.IsIdentifier(chain) {
			if use(v.lookup(chain)); pkg == nil {
				name = chain
			}
		}
	}
	accept := func(obj types.Object) bool { return !isType || isTypeName(obj) }
	switch {
	case pkg != nil:
		v.addExports(b, pkg.Imported(), accept)
	case operand.Type != nil && operand.Type != types.Typ[types.Invalid]:
		v.addMembers(b, operand)
	case name != "" && v.lookup(name) == nil:
		v.addExportsOfUnimported(b, q, name, accept)
	}
}

// chain returns the names and dots before the place, as in a.b of a.b.c.
func (v *view) chain() string {
	text := ""
	for n := 2; ; n += 2 {
		id := v.place.previous(n)
		if id.tok != token.IDENT {
			return ""
		}
		text = id.text + text
		if v.place.previous(n+1).tok != token.PERIOD {
			return text
		}
		text = "." + text
	}
}

// addExports adds what a package exports and scripts may use.
func (v *view) addExports(b *proposals, pkg *types.Package, accept func(types.Object) bool, edits ...Edit) {
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		obj := scope.Lookup(name)
		if !obj.Exported() || b.matches(name) == 0 || !accept(obj) {
			continue
		}
		if _, refused := v.refuseUse(v.main, obj); !refused {
			b.addObject(obj, nil, scoreMember, edits...)
		}
	}
}

// addMembers adds the fields and methods of a value, or the methods of a type.
func (v *view) addMembers(b *proposals, operand types.TypeAndValue) {
	t := operand.Type
	if !operand.IsType() {
		v.addFields(b, t)
	}
	if _, isPointer := t.Underlying().(*types.Pointer); !isPointer && !types.IsInterface(t) && operand.Addressable() {
		t = types.NewPointer(t)
	}
	methods := types.NewMethodSet(t)
	for sel := range methods.Methods() {
		obj := sel.Obj()
		if !obj.Exported() && obj.Pkg() != v.pkg {
			continue
		}
		refused := false
		if obj.Pkg() != nil { // Error of error has none
			_, refused = v.refuseUse(v.main, obj)
		}
		if !refused {
			b.addObject(obj, ownerOf(sel), scoreMember-2*len(sel.Index()))
		}
	}
}

// addFields adds the fields of a struct, those of embedded structs included.
func (v *view) addFields(b *proposals, t types.Type) {
	type embedded struct {
		t     types.Type
		depth int
	}
	seen := map[string]bool{}
	visited := map[types.Type]bool{}
	for queue := []embedded{{t, 0}}; len(queue) > 0; queue = queue[1:] {
		e := queue[0]
		holder := deref(e.t)
		s, ok := holder.Underlying().(*types.Struct)
		if !ok || visited[holder] {
			continue
		}
		visited[holder] = true
		for f := range s.Fields() {
			if f.Embedded() {
				queue = append(queue, embedded{f.Type(), e.depth + 1})
			}
			if !f.Exported() && f.Pkg() != v.pkg || seen[f.Name()] || b.matches(f.Name()) == 0 {
				continue
			}
			seen[f.Name()] = true
			if obj, _, _ := types.LookupFieldOrMethod(t, true, v.pkg, f.Name()); obj == f { // neither hidden nor ambiguous
				b.addObject(f, namedOf(holder), scoreMember-2*e.depth)
			}
		}
	}
}

// fieldKeys adds the names of fields where the place is in a struct literal. only says
// that nothing else can stand there, because the literal has names.
func (v *view) fieldKeys(b *proposals) (keys, only bool) {
	parent := v.node(1)
	lit, ok := parent.(*ast.CompositeLit)
	if kv, isKey := parent.(*ast.KeyValueExpr); isKey && kv.Key == v.node(0) {
		lit, ok = v.node(2).(*ast.CompositeLit)
	}
	if !ok || lit.Type == v.node(0) {
		return false, false
	}
	t := v.typeOf(lit)
	if t == nil {
		return false, false
	}
	s, ok := deref(t).Underlying().(*types.Struct)
	if !ok {
		return false, false
	}
	given := map[string]bool{}
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok && id.Name != marker {
				given[id.Name] = true
			}
		}
	}
	colon := ": "
	if kv, isKey := parent.(*ast.KeyValueExpr); isKey && kv.Colon.IsValid() {
		colon = ""
	}
	for f := range s.Fields() {
		if given[f.Name()] || !f.Exported() && f.Pkg() != v.pkg {
			continue
		}
		b.add(Item{Label: f.Name(), Kind: "field", Insert: f.Name() + colon, obj: f, owner: namedOf(t)}, scoreExact+scoreLocal)
	}
	return true, len(given) > 0 || colon == ""
}

// packageBase is the last element of an import path, versions left out.
func packageBase(path string) string {
	parts := strings.Split(path, "/")
	last := parts[len(parts)-1]
	if len(parts) > 1 && len(last) > 1 && last[0] == 'v' && strings.Trim(last[1:], "0123456789") == "" {
		return parts[len(parts)-2]
	}
	return last
}
