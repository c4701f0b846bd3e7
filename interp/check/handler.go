package check

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// handleName is the function that answers for an endpoint.
const handleName = "Handle"

// sdkPath is the import path of the SDK.
const sdkPath = "gateway"

// A HandlerFunc is a function of the checked package that answers requests.
type HandlerFunc struct {
	Name         string
	Func         *types.Func
	Decl         *ast.FuncDecl
	ReturnsError bool    // the accepted signatures with and without error
	Routes       []Route // of its `//gateway:route` directives; none for Handle of an endpoint
}

// findHandlers finds the functions that the kind of source must have, and says what is
// wrong with their signatures.
func (r *run) findHandlers() {
	switch r.src.Kind {
	case Handler:
		r.findHandle()
	case Script:
		r.findRoutes()
	case Program:
		r.findMain()
	case Library:
		r.refuseRoutes("a library has no routes")
	}
}

func (r *run) findMain() {
	if fn, _ := r.main.pkg.Types.Scope().Lookup("main").(*types.Func); fn != nil || r.failed() {
		return // go/types has checked its signature; or it may be in what did not parse
	}
	name := r.main.pkg.Files[0].Name
	r.reportAt(name.Pos(), name.End(), Diagnostic{
		Code: "missing-main", Message: "function main is missing", Hint: "write func main() { … }",
	})
}

func (r *run) findHandle() {
	r.refuseRoutes("the route of an endpoint is in its settings")
	if fn := r.funcDecl("main"); fn != nil && r.funcDecl(handleName) != nil && r.main.pkg.Name == "main" {
		r.reportAt(fn.Name.Pos(), fn.Name.End(), Diagnostic{
			Severity: Warning, Code: "unused-main", Message: "function main is not called: requests are answered by Handle",
			Hint: "set variables up where they are declared, or in func init",
		})
	}
	decl := r.funcDecl(handleName)
	switch {
	case decl != nil:
		r.addHandler(decl, nil)
	case !r.failed(): // else it may be in what did not parse
		r.reportMissingHandle()
	}
}

// addHandler adds the function to the handlers when its signature is right.
func (r *run) addHandler(decl *ast.FuncDecl, routes []Route) {
	fn, ok := r.main.pkg.Info.Defs[decl.Name].(*types.Func)
	if !ok || isBroken(fn.Signature()) || !r.checkSignature(decl, fn) {
		return
	}
	r.main.pkg.Handlers = append(r.main.pkg.Handlers, HandlerFunc{
		Name: fn.Name(), Func: fn, Decl: decl, Routes: routes,
		ReturnsError: fn.Signature().Results().Len() == 2,
	})
}

// isBroken tells whether a signature refers to a type that the type checker has
// reported already.
func isBroken(sig *types.Signature) bool {
	return strings.Contains(types.TypeString(sig, nil), "invalid type")
}

// funcDecl returns the declaration of a function of the package, or nil.
func (r *run) funcDecl(name string) *ast.FuncDecl {
	for _, f := range r.main.pkg.Files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == name {
				return fn
			}
		}
	}
	return nil
}

// reportMissingHandle says what comes nearest to a function Handle.
func (r *run) reportMissingHandle() {
	name := r.main.pkg.Files[0].Name
	pos, end := name.Pos(), name.End()
	d := Diagnostic{
		Code:    "missing-handler",
		Message: "function Handle is missing",
		Hint:    "write " + signatureOf(handleName) + " { … }",
	}
	if obj := r.main.pkg.Types.Scope().Lookup(handleName); obj != nil {
		pos, end = obj.Pos(), obj.Pos()+token.Pos(len(handleName))
		d.Message = "Handle must be a function, not a " + kindOf(obj)
	} else if fn := r.nearHandle(); fn != nil {
		pos, end = fn.Name.Pos(), fn.Name.End()
		switch {
		case fn.Recv != nil:
			d.Message += "; this one is a method"
		case fn.Name.Name == "main":
			d.Message = "this is a program, not a handler: function Handle is missing"
			d.Hint += "; or run the program with `gateway run`"
		default:
			d.Message += fmt.Sprintf("; there is a function %s", fn.Name.Name)
			d.Hint = "name it Handle"
		}
	}
	r.reportAt(pos, end, d)
}

// nearHandle returns a function that may be meant to be Handle.
func (r *run) nearHandle() *ast.FuncDecl {
	var program *ast.FuncDecl
	for _, f := range r.main.pkg.Files {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			switch lower := strings.ToLower(fn.Name.Name); {
			case lower == "handle", lower == "handler", lower == "handlerequest", lower == "servehttp":
				return fn
			case lower == "main" && fn.Recv == nil:
				program = fn
			}
		}
	}
	return program
}

func kindOf(obj types.Object) string {
	switch obj.(type) {
	case *types.Var:
		return "variable"
	case *types.Const:
		return "constant"
	case *types.TypeName:
		return "type"
	}
	return "name"
}

// signatureOf returns the declaration that a handler of that name must have.
func signatureOf(name string) string {
	return "func " + name + "(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error)"
}

// checkSignature reports everything that is wrong with a handler's signature.
func (r *run) checkSignature(decl *ast.FuncDecl, fn *types.Func) bool {
	s := signatureCheck{run: r, decl: decl}
	sig := fn.Signature()
	if sig.TypeParams().Len() > 0 {
		s.wrong(decl.Type.TypeParams, "it has type parameters, leave them out")
	}
	if isHTTPHandler(sig) {
		s.hint = "this is a net/http handler: read from req instead of r, and return a response instead of writing to w"
		s.wrong(decl.Type.Params, "its parameters are those of net/http")
		return s.done()
	}
	params := fieldTypes(decl.Type.Params)
	switch n := sig.Params().Len(); {
	case n != 2:
		s.wrong(decl.Type.Params, fmt.Sprintf("it has %s", count(n, "parameter")))
	case sig.Variadic():
		s.wrong(params[1], "the second parameter is variadic")
	default:
		s.want(params[0], sig.Params().At(0).Type(), "the first parameter", "Context")
		s.want(params[1], sig.Params().At(1).Type(), "the second parameter", "Request")
	}
	results := fieldTypes(decl.Type.Results)
	switch n := sig.Results().Len(); {
	case n == 0:
		s.wrong(decl.Type.Params, "it returns nothing")
	case n > 2:
		s.wrong(decl.Type.Results, fmt.Sprintf("it has %s", count(n, "result")))
	default:
		s.want(results[0], sig.Results().At(0).Type(), "the first result", "Response")
		if n == 2 && !types.Identical(sig.Results().At(1).Type(), types.Universe.Lookup("error").Type()) {
			s.wrong(results[1], fmt.Sprintf("the second result is %s, write error", r.typeText(sig.Results().At(1).Type())))
		}
	}
	return s.done()
}

// isHTTPHandler tells whether the parameters are http.ResponseWriter and *http.Request.
func isHTTPHandler(sig *types.Signature) bool {
	return sig.Params().Len() == 2 &&
		types.TypeString(sig.Params().At(0).Type(), nil) == "net/http.ResponseWriter" &&
		types.TypeString(sig.Params().At(1).Type(), nil) == "*net/http.Request"
}

// signatureCheck collects what is wrong with one signature into one diagnostic.
type signatureCheck struct {
	run      *run
	decl     *ast.FuncDecl
	problems []string
	at       ast.Node // the first problem
	hint     string
}

func (s *signatureCheck) wrong(at ast.Node, problem string) {
	if s.at == nil {
		s.at = at
	}
	s.problems = append(s.problems, problem)
}

// want reports a type that is not a pointer to the SDK's type of that name.
func (s *signatureCheck) want(at ast.Node, t types.Type, what, name string) {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		if named, ok := types.Unalias(ptr.Elem()).(*types.Named); ok {
			if obj := named.Obj(); obj.Pkg() != nil && obj.Pkg().Path() == sdkPath && obj.Name() == name {
				return
			}
		}
	}
	s.wrong(at, fmt.Sprintf("%s is %s, write *gateway.%s", what, s.run.typeText(t), name))
}

func (s *signatureCheck) done() bool {
	if len(s.problems) == 0 {
		return true
	}
	name := s.decl.Name.Name
	s.run.reportAt(s.at.Pos(), s.at.End(), Diagnostic{
		Code:    "handler-signature",
		Message: fmt.Sprintf("%s must be %s; %s", name, strings.Replace(signatureOf(name), "func "+name, "func", 1), strings.Join(s.problems, "; ")),
		Hint:    s.hint,
	})
	return false
}

// typeText writes a type as the script would.
func (r *run) typeText(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p == r.main.pkg.Types {
			return ""
		}
		return p.Name()
	})
}

// fieldTypes returns the type expression of every parameter or result.
func fieldTypes(list *ast.FieldList) []ast.Expr {
	if list == nil {
		return nil
	}
	var exprs []ast.Expr
	for _, f := range list.List {
		for range max(1, len(f.Names)) {
			exprs = append(exprs, f.Type)
		}
	}
	return exprs
}

func count(n int, noun string) string {
	switch n {
	case 0:
		return "no " + noun + "s"
	case 1:
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
