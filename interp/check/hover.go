package check

import (
	"go/ast"
	"go/token"
	"go/types"
)

// Hover describes a name in a source.
type Hover struct {
	Range Range `json:"range"` // of the name
	// Kind is one of those of an [Item].
	Kind string `json:"kind"`
	// Signature is the declaration of the name, as Go source; of a generic function
	// that is called, with the types that it is called with.
	Signature     string `json:"signature"`
	Documentation string `json:"documentation,omitempty"` // plain text
	Package       string `json:"package,omitempty"`       // import path of the package that declares the name
	Value         string `json:"value,omitempty"`         // of a constant
}

func (r *run) hover(code string, q Query) *Hover {
	p := findPlace(code, q.Offset)
	from, to := p.from, p.to
	switch {
	case p.in == token.STRING && p.imports:
		from, to = p.literal.offset, p.literal.offset+len(p.literal.text)
	case p.in != 0 || from == to:
		return nil
	}
	v := r.look(q, code, repair(code, p, from, to, code[from:to]), p)
	if v == nil {
		return nil
	}
	v.place.from = from
	at := rangeOf(code, from, to)
	if p.in == token.STRING {
		return v.hoverImport(at)
	}
	id, ok := v.node(0).(*ast.Ident)
	if !ok || id.Name != code[from:to] {
		return nil
	}
	obj := v.objectOf(id)
	if obj == nil {
		return nil
	}
	h := &Hover{Range: at, Kind: kindOfObject(obj), Signature: v.declaration(obj), Documentation: v.docOf(obj, v.owner(id))}
	if inst, ok := v.info.Instances[id]; ok {
		if _, isFunc := obj.(*types.Func); isFunc {
			h.Signature = "func " + obj.Name() + v.text(inst.Type)[len("func"):]
		}
	}
	if obj.Pkg() != nil && obj.Pkg() != v.pkg {
		h.Package = obj.Pkg().Path()
	}
	switch obj := obj.(type) {
	case *types.PkgName:
		h.Package = obj.Imported().Path()
	case *types.Const:
		h.Value = valueText(obj)
	}
	return h
}

// objectOf returns what an identifier stands for.
func (v *view) objectOf(id *ast.Ident) types.Object {
	if obj := v.info.ObjectOf(id); obj != nil {
		return obj
	}
	for n := range v.path { // x in `switch x := y.(type)` is another variable in each case
		if clause, ok := v.node(n).(*ast.TypeSwitchStmt); ok {
			for _, stmt := range clause.Body.List {
				if obj := v.info.Implicits[stmt]; obj != nil && obj.Name() == id.Name {
					return obj
				}
			}
		}
	}
	if v.file.Name == id {
		return nil
	}
	return v.lookup(id.Name)
}

// owner returns the type that declares the field that an identifier selects, or nil.
func (v *view) owner(id *ast.Ident) *types.TypeName {
	switch parent := v.node(1).(type) {
	case *ast.SelectorExpr:
		if sel := v.info.Selections[parent]; sel != nil && parent.Sel == id {
			return ownerOf(sel)
		}
	case *ast.KeyValueExpr:
		if lit, ok := v.node(2).(*ast.CompositeLit); ok && parent.Key == id {
			if t := v.typeOf(lit); t != nil {
				return namedOf(t)
			}
		}
	}
	return nil
}

// ownerOf returns the type that declares what is selected, through embedded fields.
func ownerOf(sel *types.Selection) *types.TypeName {
	t := sel.Recv()
	for _, i := range sel.Index()[:len(sel.Index())-1] {
		s, ok := deref(t).Underlying().(*types.Struct)
		if !ok {
			return nil
		}
		t = s.Field(i).Type()
	}
	return namedOf(t)
}

// namedOf returns the name of a type or of what it points to, or nil.
func namedOf(t types.Type) *types.TypeName {
	if named, ok := deref(t).(*types.Named); ok {
		return named.Obj()
	}
	return nil
}

// deref returns what a pointer type points to, and other types as they are.
func deref(t types.Type) types.Type {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		return types.Unalias(p.Elem())
	}
	return types.Unalias(t)
}

func (v *view) hoverImport(at Range) *Hover {
	spec, ok := v.node(1).(*ast.ImportSpec)
	if !ok {
		return nil
	}
	path := importPath(spec)
	h := &Hover{Range: at, Kind: "package", Signature: "package " + path, Package: path, Documentation: v.packageDoc(path)}
	if refusal := v.rules.Import(path); refusal != nil && v.units[path] == nil {
		h.Documentation = refusal.Reason
	} else if pkg, err := (unitImporter{v.run, v.main}).Import(path); err == nil {
		h.Signature = "package " + pkg.Name()
	}
	return h
}
