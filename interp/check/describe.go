package check

import (
	"fmt"
	"go/ast"
	"go/doc"
	"go/token"
	"go/types"
	"strings"

	"gateway/symbols"
)

// kindOfObject says in a word what a name stands for: "function", "method", "field",
// "variable", "constant", "type", "struct", "interface", "package", "builtin" or "label".
func kindOfObject(obj types.Object) string {
	switch obj := obj.(type) {
	case *types.Func:
		if obj.Signature().Recv() != nil {
			return "method"
		}
		return "function"
	case *types.Var:
		if obj.IsField() {
			return "field"
		}
		return "variable"
	case *types.Const:
		return "constant"
	case *types.TypeName:
		switch obj.Type().Underlying().(type) {
		case *types.Struct:
			return "struct"
		case *types.Interface:
			if _, ok := obj.Type().(*types.TypeParam); !ok {
				return "interface"
			}
		}
		return "type"
	case *types.PkgName:
		return "package"
	case *types.Label:
		return "label"
	}
	return "builtin"
}

// detailOf is what stands behind a name in its declaration: the parameters and results
// of a function, the type of a variable, the value of a constant.
func (v *view) detailOf(obj types.Object) string {
	switch obj := obj.(type) {
	case *types.Func:
		return strings.TrimPrefix(v.text(obj.Type()), "func")
	case *types.Var:
		return v.text(obj.Type())
	case *types.Const:
		return v.text(obj.Type()) + " = " + valueText(obj)
	case *types.TypeName:
		if obj.IsAlias() {
			return "= " + v.text(types.Unalias(obj.Type()))
		}
		switch t := obj.Type().Underlying().(type) {
		case *types.Struct:
			return "struct"
		case *types.Interface:
			return "interface"
		default:
			if obj.Pkg() == nil {
				return ""
			}
			return v.text(t)
		}
	case *types.PkgName:
		return obj.Imported().Path()
	case *types.Builtin:
		return strings.TrimPrefix(builtins[obj.Name()], obj.Name())
	}
	return ""
}

// text writes a type as the script would.
func (v *view) text(t types.Type) string {
	return shorten(strings.ReplaceAll(types.TypeString(t, v.qualifier), marker, "_"))
}

// qualifier names packages as the file does, in which they may have other names.
func (v *view) qualifier(p *types.Package) string {
	if p == v.pkg {
		return ""
	}
	for _, spec := range v.file.Imports {
		if spec.Name != nil && importPath(spec) == p.Path() && token.IsIdentifier(spec.Name.Name) {
			return spec.Name.Name
		}
	}
	return p.Name()
}

const maxText = 500 // bytes of a type or a constant

func shorten(text string) string {
	if len(text) <= maxText {
		return text
	}
	return strings.ToValidUTF8(text[:maxText], "") + "…"
}

func valueText(c *types.Const) string {
	if c.Val() == nil {
		return "?"
	}
	if text := c.Val().ExactString(); len(text) <= 80 && !strings.Contains(text, "/") {
		return text
	}
	return shorten(c.Val().String())
}

// docOf returns the doc comment of a name. owner is the type that declares a field or
// method; where it is nil it is found for methods.
func (v *view) docOf(obj types.Object, owner *types.TypeName) string {
	if p, ok := obj.(*types.PkgName); ok {
		return v.packageDoc(p.Imported().Path())
	}
	if obj.Pkg() == nil {
		return ""
	}
	path := obj.Pkg().Path()
	if u := v.unitOf(obj); u != nil {
		return declaredDoc(u.pkg.Files, obj.Pos())
	}
	name := obj.Name()
	if owner != nil && owner.Pkg() == obj.Pkg() {
		name = owner.Name() + "." + name
	} else if method, ok := symbolName(obj); ok {
		name = method
	}
	return symbols.Doc(path, name)
}

// unitOf returns the source package that declares an object, or nil.
func (v *view) unitOf(obj types.Object) *unit {
	if obj.Pkg() == v.pkg {
		return v.main
	}
	if u := v.units[obj.Pkg().Path()]; u != nil && u.pkg.Types == obj.Pkg() {
		return u
	}
	return nil
}

// packageDoc returns the doc comment of a package.
func (v *view) packageDoc(path string) string {
	if u := v.units[path]; u != nil {
		for _, f := range u.pkg.Files {
			if text := strings.TrimSpace(f.Doc.Text()); text != "" {
				return text
			}
		}
	}
	return symbols.Doc(path, "")
}

// declaredDoc returns the comment of the declaration of the name at pos.
func declaredDoc(files []*ast.File, pos token.Pos) string {
	for _, f := range files {
		if pos < f.FileStart || f.FileEnd < pos {
			continue
		}
		text := ""
		ast.Inspect(f, func(n ast.Node) bool {
			if n == nil || pos < n.Pos() || n.End() < pos {
				return false
			}
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Name.Pos() == pos {
					text = n.Doc.Text()
				}
			case *ast.GenDecl:
				text = n.Doc.Text()
			case *ast.TypeSpec:
				if n.Name.Pos() == pos {
					text = firstOf(n.Doc.Text(), n.Comment.Text(), text)
				} else {
					text = ""
				}
			case *ast.ValueSpec:
				text = firstOf(n.Doc.Text(), n.Comment.Text(), text)
			case *ast.Field:
				text = firstOf(n.Doc.Text(), n.Comment.Text())
			case *ast.BlockStmt:
				text = ""
			}
			return true
		})
		return strings.TrimSpace(text)
	}
	return ""
}

// firstOf returns the first text that is not empty.
func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// synopsis returns the first sentence of a doc comment.
func synopsis(text string) string { return new(doc.Package).Synopsis(text) }

// declaration writes the declaration of a name, for a person to read.
func (v *view) declaration(obj types.Object) string {
	name := obj.Name()
	switch obj := obj.(type) {
	case *types.Func:
		receiver := ""
		if recv := obj.Signature().Recv(); recv != nil {
			receiver = "(" + v.text(recv.Type()) + ") "
			if recv.Name() != "" && recv.Name() != "_" {
				receiver = "(" + recv.Name() + " " + v.text(recv.Type()) + ") "
			}
		}
		return "func " + receiver + name + v.detailOf(obj)
	case *types.Var:
		word := "var "
		if obj.IsField() {
			word = "field "
		}
		return word + name + " " + v.text(obj.Type())
	case *types.Const:
		return "const " + name + " " + v.detailOf(obj)
	case *types.TypeName:
		return v.typeDeclaration(obj)
	case *types.PkgName:
		return fmt.Sprintf("package %s (%q)", obj.Imported().Name(), obj.Imported().Path())
	case *types.Builtin:
		return "func " + builtins[name]
	case *types.Label:
		return "label " + name
	case *types.Nil:
		return "nil"
	}
	return name
}

const maxMembers = 30 // of a type that is written out

// typeDeclaration writes a type with its exported fields or its methods.
func (v *view) typeDeclaration(obj *types.TypeName) string {
	name := obj.Name()
	if obj.Pkg() == nil && obj.Type().Underlying() == obj.Type() {
		return "type " + name
	}
	if obj.IsAlias() {
		return "type " + name + " = " + v.text(types.Unalias(obj.Type()))
	}
	if named, ok := obj.Type().(*types.Named); ok && named.TypeParams().Len() > 0 {
		var params []string
		for p := range named.TypeParams().TypeParams() {
			params = append(params, p.Obj().Name()+" "+v.text(p.Constraint()))
		}
		name += "[" + strings.Join(params, ", ") + "]"
	}
	var members []string
	hidden := 0
	add := func(member types.Object, text string) {
		if !member.Exported() && member.Pkg() != v.pkg || len(members) == maxMembers {
			hidden++
			return
		}
		members = append(members, "\t"+text)
	}
	word := "struct"
	switch t := obj.Type().Underlying().(type) {
	case *types.Struct:
		for f := range t.Fields() {
			if f.Embedded() {
				add(f, v.text(f.Type()))
			} else {
				add(f, f.Name()+" "+v.text(f.Type()))
			}
		}
	case *types.Interface:
		word = "interface"
		if t.NumMethods() == 0 || !t.IsMethodSet() {
			return "type " + name + " " + v.text(t)
		}
		for m := range t.Methods() {
			add(m, m.Name()+v.detailOf(m))
		}
	default:
		return "type " + name + " " + v.text(t)
	}
	if hidden > 0 {
		members = append(members, fmt.Sprintf("\t// and %d more", hidden))
	}
	if len(members) == 0 {
		return "type " + name + " " + word + "{}"
	}
	return "type " + name + " " + word + " {\n" + strings.Join(members, "\n") + "\n}"
}

// builtins are the functions that are always there, as the language specification
// writes them.
var builtins = map[string]string{
	"append":  "append(slice []Type, elems ...Type) []Type",
	"cap":     "cap(v Type) int",
	"clear":   "clear(t Type)",
	"close":   "close(c chan<- Type)",
	"complex": "complex(r, i FloatType) ComplexType",
	"copy":    "copy(dst, src []Type) int",
	"delete":  "delete(m map[Type]Type1, key Type)",
	"imag":    "imag(c ComplexType) FloatType",
	"len":     "len(v Type) int",
	"make":    "make(t Type, size ...IntegerType) Type",
	"max":     "max(x Type, y ...Type) Type",
	"min":     "min(x Type, y ...Type) Type",
	"new":     "new(Type) *Type",
	"panic":   "panic(v any)",
	"print":   "print(args ...Type)",
	"println": "println(args ...Type)",
	"real":    "real(c ComplexType) FloatType",
	"recover": "recover() any",
}
