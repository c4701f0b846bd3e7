package check

import (
	"go/ast"
	"go/token"
	"go/types"
)

// What a module may not do is no error as long as the program does not get there: a
// library that can read the machine's network interfaces is welcome for the rest of what
// it does. So uses that the rules refuse are withheld, not reported:
//
//   - a function or method with such a use is withheld. Nothing runs it that the
//     lowering does not reach, and the lowering refuses it then;
//   - a type, or a variable without a value, whose declaration has such a use is
//     withheld, and using it is such a use. A value of a withheld type can only come
//     from where the type is named, from such a variable, or from a withheld function.
//
// Everything else of a module runs when it is initialised, and is reported.

// withholdUses looks for what a package of a module may not use.
func (r *run) withholdUses(u *unit) {
	for again := true; again; {
		again = false
		for _, f := range u.pkg.Files {
			for _, spec := range bareSpecs(f) {
				again = r.withholdSpec(u, spec) || again
			}
		}
	}
	for _, f := range u.pkg.Files {
		for _, d := range f.Decls {
			before := len(r.diags)
			switch d := d.(type) {
			case *ast.FuncDecl:
				r.checkUsesIn(u, d, map[types.Object]int{})
				r.withhold(u, d, before)
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if !isBare(spec) {
						r.checkUsesIn(u, spec, map[types.Object]int{})
					}
				}
			}
		}
	}
}

// bareSpecs are the declarations of a file that run nothing: types, and variables
// without a value.
func bareSpecs(f *ast.File) []ast.Spec {
	var specs []ast.Spec
	for _, d := range f.Decls {
		if d, ok := d.(*ast.GenDecl); ok && (d.Tok == token.TYPE || d.Tok == token.VAR) {
			for _, spec := range d.Specs {
				if isBare(spec) {
					specs = append(specs, spec)
				}
			}
		}
	}
	return specs
}

func isBare(spec ast.Spec) bool {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		return true
	case *ast.ValueSpec:
		return spec.Type != nil && len(spec.Values) == 0
	}
	return false
}

// withholdSpec withholds what a bare declaration declares if it uses what is refused,
// and tells whether that is new.
func (r *run) withholdSpec(u *unit, spec ast.Spec) bool {
	var names []*ast.Ident
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		names = []*ast.Ident{spec.Name}
	case *ast.ValueSpec:
		names = spec.Names
	}
	if _, known := r.withheld[u.pkg.Info.Defs[names[0]]]; known {
		return false
	}
	before := len(r.diags)
	r.checkUsesIn(u, spec, map[types.Object]int{})
	if len(r.diags) == before {
		return false
	}
	for _, name := range names {
		if obj := u.pkg.Info.Defs[name]; obj != nil {
			r.withheld[obj] = r.diags[before]
		}
	}
	r.diags = r.diags[:before:before]
	return u.pkg.Info.Defs[names[0]] != nil
}

// withhold moves the diagnostics from an index on to a function of a module.
func (r *run) withhold(u *unit, fn *ast.FuncDecl, from int) {
	if len(r.diags) == from {
		return
	}
	if u.pkg.Withheld == nil {
		u.pkg.Withheld = map[*ast.FuncDecl][]Diagnostic{}
	}
	u.pkg.Withheld[fn] = append(u.pkg.Withheld[fn], r.diags[from:]...)
	r.diags = r.diags[:from:from]
}
