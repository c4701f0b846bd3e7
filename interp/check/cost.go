package check

import (
	"fmt"
	"go/ast"
	"go/token"
	"math"
)

// Limits of what a few lines can make the type checker do. Its time grows with the
// number of parts of a type, and its memory with the length of constant strings; both
// can double with every line.
const (
	maxTypeParts    = 1 << 20
	maxStringConsts = 32 << 20 // bytes of all concatenated constants together
)

// A costs estimates, from syntax alone, what type checking would cost. Names are
// resolved without scopes and packages: of several declarations of one name the most
// expensive counts, which is far from the limits in any program that people write.
type costs struct {
	types   map[string][]*ast.TypeSpec
	consts  map[string][]ast.Expr
	parts   map[*ast.TypeSpec]float64 // known numbers of parts; 1 while it is being counted
	lengths map[ast.Expr]float64
	total   float64 // length of all concatenated constants so far
}

// checkCosts reports declarations that would keep the type checker busy for ever; it
// returns false when there are any.
func (r *run) checkCosts(units []*unit) bool {
	c := costs{
		types: map[string][]*ast.TypeSpec{}, consts: map[string][]ast.Expr{},
		parts: map[*ast.TypeSpec]float64{}, lengths: map[ast.Expr]float64{},
	}
	var surveys []*survey
	for _, u := range units {
		surveys = append(surveys, u.surveys...)
	}
	for _, s := range surveys {
		c.collect(s)
	}
	for _, s := range surveys {
		if !r.checkTypeParts(&c, s.types) || !r.checkStringConsts(&c, s.sums) {
			return false
		}
	}
	return r.checkBulk(units, c.types)
}

func (r *run) checkTypeParts(c *costs, specs []*ast.TypeSpec) bool {
	for _, spec := range specs {
		if c.specParts(spec) > maxTypeParts {
			r.reportAt(spec.Name.Pos(), spec.Name.End(), Diagnostic{
				Code:    "too-large",
				Message: fmt.Sprintf("type %s has more than %d parts", spec.Name.Name, maxTypeParts),
				Hint:    "use pointers or slices instead of values within values",
			})
			return false
		}
	}
	return true
}

func (r *run) checkStringConsts(c *costs, sums []*ast.BinaryExpr) bool {
	var counted token.Pos // end of the last concatenation: it is counted as a whole
	for _, n := range sums {
		if n.Pos() < counted {
			continue
		}
		length := c.length(n)
		if length > 0 {
			counted = n.End()
		}
		if c.total += length; c.total > maxStringConsts {
			r.reportAt(n.Pos(), n.End(), Diagnostic{
				Code:    "too-large",
				Message: fmt.Sprintf("constant strings have more than %d bytes together", maxStringConsts),
				Hint:    "make long strings when the script runs, with strings.Repeat",
			})
			return false
		}
	}
	return true
}

func (c *costs) collect(s *survey) {
	for _, spec := range s.types {
		c.types[spec.Name.Name] = append(c.types[spec.Name.Name], spec)
	}
	for _, d := range s.consts {
		var values []ast.Expr
		for _, spec := range d.Specs {
			spec := spec.(*ast.ValueSpec)
			if len(spec.Values) > 0 { // otherwise those before are repeated
				values = spec.Values
			}
			for i, id := range spec.Names {
				if i < len(values) {
					c.consts[id.Name] = append(c.consts[id.Name], values[i])
				}
			}
		}
	}
}

// specParts returns the number of parts of a declared type.
func (c *costs) specParts(spec *ast.TypeSpec) float64 {
	if n, known := c.parts[spec]; known {
		return n
	}
	c.parts[spec] = 1
	n := c.typeParts(spec.Type, true)
	c.parts[spec] = n
	return n
}

// typeParts returns the number of parts of a type. What is behind a pointer or the
// like is only a name, except where it is an alias, which stands for its whole type.
func (c *costs) typeParts(e ast.Expr, inside bool) float64 {
	switch e := e.(type) {
	case *ast.Ident:
		return c.nameParts(e.Name, inside)
	case *ast.SelectorExpr:
		return c.nameParts(e.Sel.Name, inside)
	case *ast.ParenExpr:
		return c.typeParts(e.X, inside)
	case *ast.IndexExpr:
		return c.typeParts(e.X, inside) * (1 + c.typeParts(e.Index, inside))
	case *ast.IndexListExpr:
		args := 1.0
		for _, arg := range e.Indices {
			args += c.typeParts(arg, inside)
		}
		return c.typeParts(e.X, inside) * args
	case *ast.StructType:
		return 1 + c.fieldParts(e.Fields, inside)
	case *ast.InterfaceType:
		return 1 + c.fieldParts(e.Methods, inside)
	case *ast.BinaryExpr:
		return c.typeParts(e.X, inside) + c.typeParts(e.Y, inside)
	case *ast.UnaryExpr:
		return c.typeParts(e.X, inside)
	case *ast.ArrayType:
		return 1 + c.typeParts(e.Elt, inside && e.Len != nil)
	case *ast.StarExpr:
		return 1 + c.typeParts(e.X, false)
	case *ast.MapType:
		return 1 + c.typeParts(e.Key, false) + c.typeParts(e.Value, false)
	case *ast.ChanType:
		return 1 + c.typeParts(e.Value, false)
	case *ast.FuncType:
		return 1 + c.fieldParts(e.Params, false) + c.fieldParts(e.Results, false)
	case *ast.Ellipsis:
		return 1 + c.typeParts(e.Elt, false)
	}
	return 1
}

func (c *costs) fieldParts(list *ast.FieldList, inside bool) float64 {
	if list == nil {
		return 0
	}
	n := 0.0
	for _, f := range list.List {
		n += float64(max(1, len(f.Names))) * c.typeParts(f.Type, inside)
	}
	return n
}

func (c *costs) nameParts(name string, inside bool) float64 {
	n := 1.0
	for _, spec := range c.types[name] {
		if inside || spec.Assign.IsValid() {
			n = math.Max(n, c.specParts(spec))
		}
	}
	return n
}

// length returns the length in bytes of a constant string, or 0.
func (c *costs) length(e ast.Expr) float64 {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			return float64(len(e.Value))
		}
	case *ast.ParenExpr:
		return c.length(e.X)
	case *ast.Ident:
		return c.nameLength(e.Name)
	case *ast.SelectorExpr:
		return c.nameLength(e.Sel.Name)
	case *ast.CallExpr:
		if len(e.Args) == 1 { // a conversion, perhaps
			return c.length(e.Args[0])
		}
	case *ast.BinaryExpr:
		if e.Op != token.ADD {
			break
		}
		if n, known := c.lengths[e]; known {
			return n
		}
		n := c.length(e.X) + c.length(e.Y)
		c.lengths[e] = n
		return n
	}
	return 0
}

func (c *costs) nameLength(name string) float64 {
	n := 0.0
	for _, value := range c.consts[name] {
		length, known := c.lengths[value]
		if !known {
			c.lengths[value] = 0 // while it is being counted
			length = c.length(value)
			c.lengths[value] = length
		}
		n = math.Max(n, length)
	}
	return n
}
