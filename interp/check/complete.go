package check

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Completion is what may be written at a place.
type Completion struct {
	// Range is what an item replaces: the name that the place is in, or nothing.
	Range Range `json:"range"`
	// Items are the proposals, the likeliest first.
	Items []Item `json:"items"`
	// Incomplete says that there are more than are given: ask again when more of the
	// name is written.
	Incomplete bool `json:"incomplete,omitempty"`
}

// An Item is one proposal of a [Completion].
type Item struct {
	Label string `json:"label"`
	// Kind is "function", "method", "field", "variable", "constant", "type", "struct",
	// "interface", "package", "builtin", "keyword", "label", "snippet" or "setting".
	Kind          string `json:"kind"`
	Detail        string `json:"detail,omitempty"`        // parameters and results, the type, or the import path
	Documentation string `json:"documentation,omitempty"` // the first sentence
	Insert        string `json:"insert"`
	// Edits are to be made as well; they do not touch the Range. Import is the package
	// that they import.
	Edits  []Edit `json:"edits,omitempty"`
	Import string `json:"import,omitempty"`

	obj   types.Object
	owner *types.TypeName // of a field or method
	match int             // how well the label fits what is written
	score int             // how likely it is meant
}

// An Edit replaces a range of the file by a text.
type Edit struct {
	Range Range  `json:"range"`
	Text  string `json:"text"`
}

// Bounds of a completion.
const (
	maxItems    = 300
	maxDocItems = 100 // of which the first ones have documentation
)

// Scores of where a name comes from. What has the type that is expected is before all
// others.
const (
	scoreExact    = 300 // has the expected type
	scoreFits     = 250 // can be assigned to it
	scoreReturns  = 200 // gives it when it is called
	scoreLocal    = 90  // less one for each scope further out
	scoreMember   = 80  // less two for each embedding
	scoreOwn      = 60
	scoreKeyword  = 50
	scorePackage  = 40
	scoreUniverse = 30
	scoreImport   = 10
)

func (r *run) complete(code string, q Query) Completion {
	p := findPlace(code, q.Offset)
	b := &proposals{prefix: p.prefix(code)}
	at := rangeOf(code, p.from, p.to)
	switch {
	case p.in == token.STRING && p.imports:
		return r.completeImport(code, q, p)
	case p.in == token.COMMENT:
		at = b.addDirective(code, p)
		return b.done(nil, at)
	case p.in != 0, p.from < len(code) && p.from < p.to && isDigit(code, p.from):
		return b.done(nil, at)
	}
	v := r.look(q, code, repair(code, p, p.from, p.to, marker), p)
	if v == nil {
		return b.done(nil, at)
	}
	b.view = v
	v.propose(b, q)
	return b.done(v, at)
}

func isDigit(code string, at int) bool {
	c, _ := utf8.DecodeRuneInString(code[at:])
	return unicode.IsDigit(c)
}

// propose finds out what is being written, from the syntax around the marker or else
// from the tokens before it, and adds what fits.
func (v *view) propose(b *proposals, q Query) {
	p := v.place
	id, _ := v.node(0).(*ast.Ident)
	found := id != nil && id.Name == marker
	switch last := p.previous(1); {
	case last.tok == token.PERIOD:
		v.proposeSelected(b, q, found)
		return
	case last.tok == token.PACKAGE:
		b.add(Item{Label: "handler", Kind: "snippet", Insert: "handler"}, scoreKeyword)
		return
	case last.tok == token.RBRACE && p.first.text != "" && len(p.open) > 0: // on the same line
		b.addKeywords("else")
		return
	case !found:
		v.proposeByTokens(b)
		return
	}
	switch parent := v.node(1).(type) {
	case *ast.BranchStmt:
		v.addLabels(b, parent.Tok)
		return
	case *ast.FuncDecl:
		if parent.Recv == nil {
			v.addHandle(b)
		}
		return
	case *ast.TypeSpec:
		if parent.Name == id {
			return
		}
	case *ast.ValueSpec:
		if slices.Contains(parent.Names, id) {
			return
		}
	case *ast.Field:
		if slices.Contains(parent.Names, id) {
			return
		}
	case *ast.AssignStmt:
		if parent.Tok == token.DEFINE && slices.Contains(parent.Lhs, ast.Expr(id)) {
			return
		}
	case *ast.LabeledStmt, *ast.ImportSpec, *ast.File:
		return
	}
	b.expected = v.expected()
	if v.isType() {
		v.addNames(b, func(obj types.Object) bool { return isTypeName(obj) || isPackage(obj) })
		b.addKeywords("chan", "func", "interface", "map", "struct")
		return
	}
	if keys, only := v.fieldKeys(b); only && keys {
		return
	}
	v.addNames(b, nil)
	if _, ok := v.node(1).(*ast.ExprStmt); ok {
		v.addStatements(b)
	} else {
		v.addExpressions(b)
	}
}

// proposeByTokens is for what the parser could make nothing of.
func (v *view) proposeByTokens(b *proposals) {
	p := v.place
	last := p.previous(1)
	switch {
	case last.tok == token.EOF:
		b.addKeywords("package")
		return
	case len(p.open) == 0 && (last.tok == token.SEMICOLON || last.tok == token.RBRACE):
		b.addKeywords("const", "func", "import", "type", "var")
		v.addHandle(b)
		return
	case last.tok == token.FUNC && len(p.open) == 0:
		v.addHandle(b)
		return
	case last.tok == token.FUNC, last.tok == token.TYPE, last.tok == token.VAR, last.tok == token.CONST:
		return
	}
	for _, n := range slices.Backward(v.path) {
		switch n.(type) {
		case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			b.addKeywords("case", "default")
			return
		case *ast.CaseClause, *ast.CommClause, *ast.FuncDecl, *ast.FuncLit:
			b.addKeywords("case", "default")
			v.addNames(b, nil)
			v.addExpressions(b)
			return
		}
	}
	v.addNames(b, nil)
	v.addExpressions(b)
}

// addExpressions adds the keywords that an expression can begin with.
func (v *view) addExpressions(b *proposals) {
	b.addKeywords("chan", "func", "interface", "map", "struct")
	last := v.place.previous(1).tok
	if last == token.FOR || v.place.first.tok == token.FOR && (last == token.DEFINE || last == token.ASSIGN) {
		b.addKeywords("range")
	}
}

// addStatements adds what a statement can begin with.
func (v *view) addStatements(b *proposals) {
	b.addKeywords("const", "defer", "for", "func", "go", "goto", "if", "return", "select", "switch", "type", "var")
	for _, node := range slices.Backward(v.path) {
		switch node.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			b.addKeywords("break", "continue")
		case *ast.CaseClause:
			b.addKeywords("break", "fallthrough", "case", "default")
		case *ast.CommClause:
			b.addKeywords("break", "case", "default")
		case *ast.FuncLit, *ast.FuncDecl:
			return
		}
	}
}

// addNames adds every name that is visible at the place and that accept takes; nil
// takes all. A name that hides another is the one that is added.
func (v *view) addNames(b *proposals, accept func(types.Object) bool) {
	seen := map[string]bool{}
	distance := 0
	for s := v.scope; s != nil; s = s.Parent() {
		for _, name := range s.Names() {
			if seen[name] || name == "_" || name == marker || b.matches(name) == 0 {
				continue
			}
			obj := v.lookup(name)
			if obj == nil || obj.Parent() != s {
				continue // declared further down
			}
			seen[name] = true
			if accept != nil && !accept(obj) {
				continue
			}
			score := scoreLocal - min(distance, 20)
			switch {
			case isPackage(obj):
				score = scorePackage
			case s == types.Universe:
				score = scoreUniverse
			case s == v.pkg.Scope():
				score = scoreOwn
			case s.Parent() == v.pkg.Scope(): // a dot import
				score = scoreUniverse
				if _, refused := v.refuseUse(v.main, obj); refused {
					continue
				}
			}
			b.addObject(obj, nil, score)
		}
		distance++
	}
	v.addUnimported(b, seen)
}

// addLabels adds the labels that a break, continue or goto can name.
func (v *view) addLabels(b *proposals, tok token.Token) {
	for n, node := range slices.Backward(v.path) {
		switch node := node.(type) {
		case *ast.LabeledStmt:
			_, isFor := node.Stmt.(*ast.ForStmt)
			_, isRange := node.Stmt.(*ast.RangeStmt)
			if tok == token.BREAK || tok == token.CONTINUE && (isFor || isRange) {
				b.add(Item{Label: node.Label.Name, Kind: "label", Insert: node.Label.Name}, n)
			}
		case *ast.FuncLit, *ast.FuncDecl:
			if tok == token.GOTO {
				ast.Inspect(node, func(n ast.Node) bool {
					if stmt, ok := n.(*ast.LabeledStmt); ok {
						b.add(Item{Label: stmt.Label.Name, Kind: "label", Insert: stmt.Label.Name}, 0)
					}
					return true
				})
			}
			return
		}
	}
}

// addHandle adds the function that a handler wants, where there is none.
func (v *view) addHandle(b *proposals) {
	if v.src.Kind != Handler || v.pkg.Scope().Lookup("Handle") != nil {
		return
	}
	text := signatureOf("Handle") + " {\n\treturn gateway.Text(200, \"\"), nil\n}\n"
	if v.place.previous(1).tok == token.FUNC {
		text = strings.TrimPrefix(text, "func ")
	}
	item := Item{Label: "Handle", Kind: "snippet", Detail: "(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error)", Insert: text}
	if v.importSpec("gateway") == nil {
		edit, ok := v.importEdit("gateway")
		if !ok {
			return
		}
		item.Import, item.Edits = "gateway", []Edit{edit}
	}
	b.add(item, scoreKeyword+1)
}

// addDirective adds what belongs into a route directive, and returns what it replaces.
func (b *proposals) addDirective(code string, p *place) Range {
	text := p.literal.text[:p.offset-p.literal.offset]
	start := strings.LastIndexAny(text, " \t") + 1
	words := strings.Fields(text[:start])
	from := p.literal.offset + start
	to := from + len(text) - start
	b.prefix = text[start:]
	switch {
	case len(words) == 0 && strings.HasPrefix(routeDirective, b.prefix) && len(b.prefix) > len("//"):
		b.add(Item{Label: routeDirective, Kind: "snippet", Detail: "METHOD /path", Insert: routeDirective + " GET /"}, 0)
	case len(words) == 1 && words[0] == routeDirective:
		if i := strings.LastIndexByte(b.prefix, ','); i >= 0 {
			from += i + 1
			b.prefix = b.prefix[i+1:]
		}
		for i, method := range routeMethods {
			b.add(Item{Label: method, Kind: "setting", Insert: method}, -i)
		}
	case len(words) > 2 && words[0] == routeDirective && !strings.Contains(b.prefix, "="):
		for _, key := range slices.Sorted(maps.Keys(Settings)) {
			b.add(Item{Label: key, Kind: "setting", Detail: Settings[key], Insert: key + "="}, 0)
		}
	}
	return rangeOf(code, from, to)
}

// proposals collects items.
type proposals struct {
	view     *view
	prefix   string
	expected types.Type // nil where anything goes
	items    []Item
}

// matches tells how well a label fits what is written: 4 for the same begin, 3 where
// only the case differs, 2 where it has the letters in that order beginning at the
// first, 0 for not at all.
func (b *proposals) matches(label string) int {
	if strings.HasPrefix(label, b.prefix) {
		return 4
	}
	if len(label) < len(b.prefix) {
		return 0
	}
	have, want := strings.ToLower(label), strings.ToLower(b.prefix)
	if strings.HasPrefix(have, want) {
		return 3
	}
	for i, c := range want {
		at := strings.IndexRune(have, c)
		if at < 0 || i == 0 && at > 0 {
			return 0
		}
		have = have[at+utf8.RuneLen(c):]
	}
	return 2
}

func (b *proposals) add(item Item, score int) {
	if item.match = b.matches(item.Label); item.match > 0 {
		item.score = score
		b.items = append(b.items, item)
	}
}

func (b *proposals) addKeywords(words ...string) {
	for _, w := range words {
		if !slices.ContainsFunc(b.items, func(i Item) bool { return i.Kind == "keyword" && i.Label == w }) {
			b.add(Item{Label: w, Kind: "keyword", Insert: w}, scoreKeyword)
		}
	}
}

// addObject adds a name. What it is said about it is filled in by done.
func (b *proposals) addObject(obj types.Object, owner *types.TypeName, score int, edits ...Edit) {
	item := Item{Label: obj.Name(), Kind: kindOfObject(obj), Insert: obj.Name(), Edits: edits, obj: obj, owner: owner}
	if len(edits) > 0 {
		item.Import = obj.Pkg().Path()
	}
	b.add(item, score+b.fit(obj))
}

// fit tells how well a name fits the expected type.
func (b *proposals) fit(obj types.Object) int {
	if b.expected == nil {
		return 0
	}
	switch obj := obj.(type) {
	case *types.Var, *types.Const, *types.Nil:
		return fitOf(obj.Type(), b.expected)
	case *types.Func:
		if fit := fitOf(obj.Type(), b.expected); fit > 0 {
			return fit
		}
		if results := obj.Signature().Results(); results.Len() > 0 && fitOf(results.At(0).Type(), b.expected) > 0 {
			return scoreReturns - 10*(results.Len()-1)
		}
	case *types.TypeName: // of a literal or a conversion
		if obj.Pkg() != nil && (types.Identical(obj.Type(), b.expected) || types.Identical(types.NewPointer(obj.Type()), b.expected)) {
			return scoreReturns - 20
		}
	}
	return 0
}

func fitOf(t, want types.Type) int {
	if t == nil || t == types.Typ[types.Invalid] || isAny(want) {
		return 0
	}
	if types.Identical(t, want) {
		return scoreExact
	}
	if types.AssignableTo(t, want) {
		return scoreFits
	}
	return 0
}

func isAny(t types.Type) bool {
	i, ok := t.Underlying().(*types.Interface)
	return ok && i.Empty()
}

// done sorts the items, bounds them and says what is known about those that are left.
func (b *proposals) done(v *view, at Range) Completion {
	slices.SortStableFunc(b.items, func(x, y Item) int {
		return cmp.Or(-cmp.Compare(x.match, y.match), -cmp.Compare(x.score, y.score), cmp.Compare(x.Label, y.Label), cmp.Compare(x.Detail, y.Detail))
	})
	c := Completion{Range: at, Items: b.items}
	if len(c.Items) > maxItems {
		c.Items, c.Incomplete = c.Items[:maxItems], true
	}
	for i := range c.Items {
		item := &c.Items[i]
		if item.obj == nil {
			continue
		}
		if item.Detail == "" {
			item.Detail = v.detailOf(item.obj)
		}
		if i < maxDocItems {
			item.Documentation = synopsis(v.docOf(item.obj, item.owner))
		}
	}
	if c.Items == nil {
		c.Items = []Item{}
	}
	return c
}

func isTypeName(obj types.Object) bool { _, ok := obj.(*types.TypeName); return ok }
func isPackage(obj types.Object) bool  { _, ok := obj.(*types.PkgName); return ok }
