package check

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
)

// smallSource is a size in bytes, of all files together, up to which no number of
// anything makes the type checker slow.
const smallSource = 20_000

// Limits of what makes the type checker slow by its number: it compares each with each.
// They are far above what people write and still take it only seconds.
const (
	maxCaseSteps    = 25e6 // of a type switch: each case with each before it, times the size of a case
	maxMethodSteps  = 50e9 // methods of the largest interface, squared, for every piece of code
	maxMethodTotal  = 500e3
	maxFieldSteps   = 1e9       // fields of the largest struct, for every piece of code
	maxEmbedSteps   = 10e6      // embedded fields of the largest struct, for every selector
	maxDependencies = 2_000_000 // see dependencies
)

// A bulk counts what a source has much of, by name and without scopes, as costs does.
type bulk struct {
	types     map[string][]*ast.TypeSpec
	methods   map[*ast.TypeSpec]float64 // of interfaces, with embedded ones; 0 while it is being counted
	nodes     float64
	selectors float64
	total     float64 // methods of all interfaces

	mostMethods, mostFields, mostEmbedded    float64
	widestInterface, widestStruct, embedding ast.Node
}

// checkBulk reports a source that would keep the type checker busy for minutes; it
// returns false then.
func (r *run) checkBulk(units []*unit, types map[string][]*ast.TypeSpec) bool {
	size := 0
	for _, u := range units {
		for _, f := range u.pkg.Files {
			size += int(f.FileEnd - f.FileStart)
		}
	}
	if size < smallSource {
		return true
	}
	b := &bulk{types: types, methods: map[*ast.TypeSpec]float64{}}
	var wide *ast.TypeSwitchStmt
	for _, u := range units {
		for _, f := range u.pkg.Files {
			ast.Inspect(f, func(n ast.Node) bool {
				b.nodes++
				switch n := n.(type) {
				case *ast.SelectorExpr:
					b.selectors++
				case *ast.TypeSpec:
					b.count(n)
				case *ast.StructType:
					if fields := float64(n.Fields.NumFields()); fields > b.mostFields {
						b.mostFields, b.widestStruct = fields, n
					}
				case *ast.TypeSwitchStmt:
					if caseSteps(n) > maxCaseSteps {
						wide = n
					}
				}
				return true
			})
		}
	}
	tooLarge := func(at ast.Node, message, hint string) bool {
		r.reportAt(at.Pos(), token.NoPos, Diagnostic{Code: "too-large", Message: message, Hint: hint})
		return false
	}
	switch {
	case wide != nil:
		return tooLarge(wide, "the type switch has too many cases", "look the type up in a map")
	case b.total > maxMethodTotal || b.mostMethods*b.mostMethods*b.nodes > maxMethodSteps:
		return tooLarge(b.widestInterface, fmt.Sprintf("the interface has %.0f methods, too many for a source of this size", b.mostMethods), "split the interface into several")
	case b.mostFields*b.nodes > maxFieldSteps:
		return tooLarge(b.widestStruct, fmt.Sprintf("the struct has %.0f fields, too many for a source of this size", b.mostFields), "use a map or a slice")
	case b.mostEmbedded*b.selectors > maxEmbedSteps:
		return tooLarge(b.embedding, fmt.Sprintf("the struct embeds %.0f others, too many for a source of this size", b.mostEmbedded), "give the embedded fields names")
	}
	for _, u := range units {
		if at := dependencies(u.pkg.Files); at != nil {
			return tooLarge(at, "too many variables and functions of the package need each other for an initialization order to be found", "set the variables up in func init")
		}
	}
	return true
}

// caseSteps is what finding duplicate cases takes.
func caseSteps(s *ast.TypeSwitchStmt) float64 {
	cases, size := 0.0, 0.0
	for _, stmt := range s.Body.List {
		if clause, ok := stmt.(*ast.CaseClause); ok {
			for _, e := range clause.List {
				cases++
				size += float64(e.End() - e.Pos())
			}
		}
	}
	return cases * size / 10
}

// count looks at a type declaration.
func (b *bulk) count(spec *ast.TypeSpec) {
	switch t := spec.Type.(type) {
	case *ast.InterfaceType:
		n := b.interfaceMethods(spec)
		b.total += n
		if n > b.mostMethods {
			b.mostMethods, b.widestInterface = n, t
		}
	case *ast.StructType:
		if n := b.embedded(t); n > b.mostEmbedded {
			b.mostEmbedded, b.embedding = n, t
		}
	}
}

// interfaceMethods returns the number of methods of an interface, those of embedded
// interfaces included.
func (b *bulk) interfaceMethods(spec *ast.TypeSpec) float64 {
	if n, known := b.methods[spec]; known {
		return n
	}
	b.methods[spec] = 0
	t, ok := spec.Type.(*ast.InterfaceType)
	if !ok {
		return 0
	}
	n := 0.0
	for _, f := range t.Methods.List {
		n += float64(len(f.Names))
		if len(f.Names) == 0 {
			most := 0.0
			for _, other := range b.types[embeddedName(f.Type)] {
				most = max(most, b.interfaceMethods(other))
			}
			n += most
		}
	}
	b.methods[spec] = n
	return n
}

// embedded returns the number of structs that a struct embeds, directly or not.
func (b *bulk) embedded(s *ast.StructType) float64 {
	seen := map[ast.Node]bool{s: true}
	n := 0.0
	for queue := []*ast.StructType{s}; len(queue) > 0; queue = queue[1:] {
		for _, f := range queue[0].Fields.List {
			if len(f.Names) > 0 {
				continue
			}
			n++
			for _, other := range b.types[embeddedName(f.Type)] {
				if t, ok := other.Type.(*ast.StructType); ok && !seen[t] {
					seen[t] = true
					queue = append(queue, t)
				}
			}
		}
	}
	return n
}

// embeddedName returns the name of an embedded type.
func embeddedName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.StarExpr:
		return embeddedName(e.X)
	case *ast.ParenExpr:
		return embeddedName(e.X)
	case *ast.IndexExpr:
		return embeddedName(e.X)
	case *ast.IndexListExpr:
		return embeddedName(e.X)
	}
	return ""
}

// A dependent is a variable, constant or function of a package and what it mentions.
type dependent struct {
	node       ast.Node
	function   bool
	method     bool
	pred, succ map[*dependent]bool
}

// dependencies goes through what go/types does to find the order in which variables are
// initialized: it takes each function out and connects all that need it with all that
// it needs. It returns a declaration where that takes too many steps.
func dependencies(files []*ast.File) ast.Node {
	byName := map[string][]*dependent{}
	type body struct {
		of   *dependent
		code ast.Node
	}
	var bodies []body
	var all []*dependent
	add := func(name string, d *dependent, code ast.Node) {
		d.pred, d.succ = map[*dependent]bool{}, map[*dependent]bool{}
		if d.method || len(byName[name]) == 0 && name != "_" { // another one is an error
			byName[name] = append(byName[name], d)
		}
		all = append(all, d)
		bodies = append(bodies, body{d, code})
	}
	for _, f := range files {
		for _, decl := range f.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				add(decl.Name.Name, &dependent{node: decl, function: true, method: decl.Recv != nil}, decl)
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					if spec, ok := spec.(*ast.ValueSpec); ok {
						for _, name := range spec.Names {
							add(name.Name, &dependent{node: spec}, spec)
						}
					}
				}
			}
		}
	}
	if len(all) < 300 {
		return nil // cannot take long
	}
	steps := 0
	for _, b := range bodies {
		use := func(id *ast.Ident, selected bool) {
			for _, d := range byName[id.Name] {
				if d.method == selected {
					b.of.succ[d], d.pred[b.of] = true, true
					steps++
				}
			}
		}
		var walk func(n ast.Node) bool
		walk = func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				use(n, false)
			case *ast.SelectorExpr:
				// A method of a common name would be needed by everyone who calls another one.
				if len(byName[n.Sel.Name]) == 1 {
					use(n.Sel, true)
				}
				ast.Inspect(n.X, walk)
				return false
			}
			return steps <= maxDependencies
		}
		ast.Inspect(b.code, walk)
	}
	var functions []*dependent
	for _, d := range all {
		if d.function {
			functions = append(functions, d)
		}
	}
	slices.SortStableFunc(functions, func(a, b *dependent) int { return len(a.pred)*len(a.succ) - len(b.pred)*len(b.succ) })
	for _, d := range functions {
		if steps += len(d.pred) * len(d.succ); steps > maxDependencies {
			return d.node
		}
		for p := range d.pred {
			if p == d {
				continue
			}
			for s := range d.succ {
				if s != d {
					p.succ[s], s.pred[p] = true, true
				}
			}
			delete(p.succ, d)
		}
		for s := range d.succ {
			delete(s.pred, d)
		}
	}
	if steps > maxDependencies {
		return all[0].node
	}
	return nil
}
