package rtype

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unsafe"
)

// A component is an instance of a template: run-time types, in the order of
// the template's members.
type component struct {
	id      uint64
	key     string // of the template, with the components it refers to
	members []member
}

// A member is a type of the program with its two run-time types.
type member struct {
	outer, inner *typ
	methods      []*boundMethod
}

// A builder makes the types of one set. The registry's lock is held.
type builder struct {
	w            *registry
	nodes        []*node
	outer, inner side
	comps        []*component    // for the table's templates, as far as taken or made
	members      map[int]*member // those of comps, by node
	ptrs         map[int]*shell  // types of pointers to outer types under construction
}

// A side is what there is of outer or of inner types while a set is made.
type side struct {
	types  []*typ         // by node, nil if not made yet
	shells map[int]*shell // under construction, by node
	placed map[int]bool   // those of shells whose layout is known or being made
}

func newBuilder(w *registry, nodes []*node) *builder {
	b := &builder{w: w, nodes: nodes, members: make(map[int]*member)}
	b.outer.types = make([]*typ, len(nodes))
	b.inner.types = make([]*typ, len(nodes))
	for i, n := range nodes {
		if n.native != nil {
			b.outer.types[i] = toTyp(n.native)
			b.inner.types[i] = toTyp(n.native)
		}
	}
	return b
}

func (s *side) begin() {
	s.shells = make(map[int]*shell)
	s.placed = make(map[int]bool)
}

// instanceKey returns the key under which components for tmpl are pooled.
// They can be exchanged for each other if they refer to the same components.
func (b *builder) instanceKey(tmpl *template) string {
	var key strings.Builder
	key.WriteString(tmpl.key)
	for _, d := range tmpl.deps {
		key.WriteString(" " + strconv.FormatUint(b.comps[d].id, 36))
	}
	return key.String()
}

// use makes c the component of the set for tmpl.
func (b *builder) use(tmpl *template, c *component) {
	b.comps = append(b.comps, c)
	for k, i := range tmpl.members {
		b.outer.types[i], b.inner.types[i] = c.members[k].outer, c.members[k].inner
		b.members[i] = &c.members[k]
	}
}

// build makes a component.
//
// Types that refer to each other are made in steps. First each gets its
// memory and so its identity. Then those that contain others as values get
// their layout, the contained ones first; composite types in their fields are
// represented by others of the same kind. From here on reflect can make any
// composite type of them (a map type depends on the layout of key and
// element), and the fields get their true types.
func (b *builder) build(tmpl *template, key string) (*component, error) {
	c := &component{id: b.w.newID(), key: key, members: make([]member, len(tmpl.members))}
	b.outer.begin()
	b.ptrs = make(map[int]*shell)
	for _, i := range tmpl.members {
		b.newOuter(i, c.id)
	}
	for _, i := range tmpl.members {
		b.placeOuter(i)
	}
	for _, i := range tmpl.members {
		b.finish(b.outer.shells[i], b.nodes[i], b.outerOf)
	}
	for _, group := range tmpl.inner {
		b.buildInner(group, c.id)
	}
	for k, i := range tmpl.members {
		m := &c.members[k]
		m.outer, m.inner = b.outer.types[i], b.inner.types[i]
		alignMaps(m.outer, m.inner)
		if err := sameLayout(m.outer, m.inner); err != nil {
			return nil, err
		}
	}
	if err := b.buildMethods(tmpl, c); err != nil {
		return nil, err
	}
	return c, nil
}

// newOuter allocates the outer type of node i and the type of pointers to it.
func (b *builder) newOuter(i int, id uint64) {
	n := b.nodes[i]
	values := 0
	for _, m := range n.methods {
		if !m.pointer {
			values++
		}
	}
	unique := strconv.FormatUint(id, 36)
	s := newShell(n.kind, len(n.params)+len(n.results), values)
	b.outer.shells[i], b.outer.types[i] = s, s.typ
	s.str = b.w.name(n.str, "")
	s.hash = hashString(n.str + unique)
	if n.named() {
		s.flag |= flagNamed
		s.setPackage(b.w, n.pkgPath)
	} else if values > 0 {
		s.setPackage(b.w, "")
	}
	if n.kind == reflect.Interface {
		initInterface(s.interfaceType(), len(n.imethods))
		return
	}
	p := newShell(reflect.Pointer, 0, len(n.methods))
	b.ptrs[i] = p
	p.str = b.w.name("*"+n.str, "")
	p.hash = hashString("*" + n.str + unique)
	if len(n.methods) > 0 {
		p.setPackage(b.w, n.pkgPath)
	}
	(*ptrType)(unsafe.Pointer(p.typ)).elem = s.typ
	s.ptrToThis = typeOffOf(p.typ)
}

// placeOuter gives the outer type of node i its layout, after those it
// contains as values.
func (b *builder) placeOuter(i int) {
	if s := b.outer.shells[i]; s != nil && !b.outer.placed[i] {
		b.outer.placed[i] = true
		b.place(s, b.nodes[i], b.outerLayout, false)
	}
}

// outerLayout returns a type with the layout of node i's outer type.
func (b *builder) outerLayout(i int) *typ {
	b.placeOuter(i)
	if t := b.outer.types[i]; t != nil {
		return t
	}
	return representative(b.nodes[i], b.outerLayout)
}

// outerOf returns the outer type of node i.
func (b *builder) outerOf(i int) *typ {
	if b.outer.types[i] == nil {
		b.outer.types[i] = mustComposite(b.nodes[i], b.outerOf)
	}
	return b.outer.types[i]
}

// buildInner makes the inner types of a group of members.
func (b *builder) buildInner(group []int, id uint64) {
	b.inner.begin()
	for k, i := range group {
		n := b.nodes[i]
		if !n.nominal || n.like != nil {
			continue
		}
		// The name serves two purposes: without one reflect would compare
		// types that contain themselves by their structure, for ever, and
		// it shows in messages.
		name := n.str + "·" + strconv.FormatUint(id, 36) + "." + strconv.Itoa(k)
		s := newShell(n.kind, len(n.params)+len(n.results), 0)
		s.str = b.w.name(name, "")
		s.hash = hashString(name)
		s.flag |= flagNamed
		s.setPackage(b.w, n.pkgPath)
		b.inner.shells[i], b.inner.types[i] = s, s.typ
	}
	for _, i := range group {
		b.placeInner(i)
	}
	for i, s := range b.inner.shells {
		b.finish(s, b.nodes[i], b.innerOf)
	}
	for _, i := range group {
		b.innerOf(i)
	}
}

func (b *builder) placeInner(i int) {
	if s := b.inner.shells[i]; s != nil && !b.inner.placed[i] {
		b.inner.placed[i] = true
		b.place(s, b.nodes[i], b.innerLayout, true)
	}
}

// innerLayout returns a type with the layout of node i's inner type.
func (b *builder) innerLayout(i int) *typ {
	b.placeInner(i)
	n := b.nodes[i]
	switch {
	case b.inner.types[i] != nil:
		return b.inner.types[i]
	case n.under >= 0:
		return b.innerLayout(n.under)
	case n.owned():
		return b.innerOf(i)
	}
	return representative(n, b.innerLayout)
}

// innerOf returns the inner type of node i.
func (b *builder) innerOf(i int) *typ {
	if t := b.inner.types[i]; t != nil {
		return t
	}
	n := b.nodes[i]
	var t *typ
	switch {
	case n.kind == reflect.Interface && len(n.imethods) == 0:
		t = toTyp(reflect.TypeFor[any]())
	case n.kind == reflect.Interface:
		// The values of interface variables refer to the interface type
		// itself, so there can be only one.
		t = b.outerOf(i)
	case n.like != nil:
		t = toTyp(n.like)
	case n.kind == reflect.Struct:
		t = b.innerStruct(n)
	case n.under >= 0:
		t = b.innerOf(n.under)
	default:
		t = mustComposite(n, b.innerOf)
	}
	b.inner.types[i] = t
	return t
}

// innerStruct returns the inner type of a struct that does not contain
// itself. Structs with the same inner fields share it.
func (b *builder) innerStruct(n *node) *typ {
	if t := compiledStruct(b.nodes, n.fields); t != nil {
		return toTyp(t)
	}
	// Types are for good, so their addresses identify them.
	var key strings.Builder
	fields := make([]reflect.StructField, len(n.fields))
	sameNames := true
	for i, f := range n.fields {
		t := toReflect(b.innerOf(f.typ))
		fields[i] = reflect.StructField{Name: FieldName(f.name), Type: t, Tag: reflect.StructTag(f.tag)}
		sameNames = sameNames && fields[i].Name == f.name && f.name != "_"
		fmt.Fprintf(&key, "%s %q %p;", fields[i].Name, f.tag, toTyp(t))
	}
	if sameNames {
		// An unnamed struct of compiled types has this inner type, too.
		return toTyp(reflect.StructOf(fields))
	}
	if t := b.w.structs[key.String()]; t != nil {
		return t
	}
	s := newShell(reflect.Struct, 0, 0)
	b.place(s, n, b.innerOf, true)
	s.str = b.w.name(innerString(fields), "")
	s.hash = hashString(key.String())
	if b.w.structs == nil {
		b.w.structs = make(map[string]*typ)
	}
	b.w.structs[key.String()] = s.typ
	return s.typ
}

func innerString(fields []reflect.StructField) string {
	var parts []string
	for _, f := range fields {
		parts = append(parts, f.Name+" "+f.Type.String())
	}
	return "struct { " + strings.Join(parts, "; ") + " }"
}

// encode returns the field's encoded name in the inner or outer type.
func (f field) encode(inner bool) *byte {
	if inner {
		return encodeName(FieldName(f.name), f.tag, true, false, 0)
	}
	return encodeName(f.name, f.tag, f.pkgPath == "", f.embedded, 0)
}

// representative returns a type with the layout of n, a composite type, given
// those of n's parts.
func representative(n *node, part func(int) *typ) *typ {
	if n.kind == reflect.Array {
		return toTyp(reflect.ArrayOf(int(n.len), toReflect(part(n.elem))))
	}
	return toTyp(prototypes[n.kind])
}

// place gives s, an inner or outer type for n, its layout.
func (b *builder) place(s *shell, n *node, part func(int) *typ, inner bool) {
	switch {
	case n.like != nil:
		s.copyHeader(toTyp(n.like))
	case n.kind == reflect.Struct:
		st := s.structType()
		st.fields = make([]structField, len(n.fields))
		for k, f := range n.fields {
			st.fields[k] = structField{name: f.encode(inner), typ: part(f.typ)}
			if f.pkgPath != "" && st.pkgPath == nil && !inner {
				st.pkgPath = encodeName(f.pkgPath, "", false, false, 0)
			}
		}
		layoutStruct(st)
	case n.kind == reflect.Array:
		s.copyHeader(representative(n, part))
	}
}

// finish gives s, a type for n that has its layout, its true parts.
func (b *builder) finish(s *shell, n *node, part func(int) *typ) {
	switch p := unsafe.Pointer(s.typ); n.kind {
	case reflect.Struct:
		st := s.structType()
		if n.like != nil {
			like := (*structType)(unsafe.Pointer(toTyp(n.like)))
			st.fields, st.pkgPath = like.fields, like.pkgPath
			return
		}
		for k, f := range n.fields {
			st.fields[k].typ = part(f.typ)
		}
	case reflect.Interface:
		fillInterface(b.w, s.interfaceType(), n.imethods, n.pkgPath, part)
	case reflect.Func:
		ft := (*funcType)(p)
		ft.inCount, ft.outCount = uint16(len(n.params)), uint16(len(n.results))
		if n.variadic {
			ft.outCount |= 1 << 15
		}
		for k, i := range append(n.params[:len(n.params):len(n.params)], n.results...) {
			s.args[k] = part(i)
		}
	case reflect.Array:
		t := (*arrayType)(unsafe.Pointer(mustComposite(n, part)))
		at := (*arrayType)(p)
		at.elem, at.slice, at.len = t.elem, t.slice, t.len
		s.copyHeader(&t.typ)
	case reflect.Map:
		t := (*mapType)(unsafe.Pointer(mustComposite(n, part)))
		mt := (*mapType)(p)
		header := mt.typ
		*mt = *t
		mt.typ = header
		s.copyHeader(&t.typ)
	case reflect.Chan:
		ct := (*chanType)(p)
		ct.elem, ct.dir = part(n.elem), int(n.dir)
	case reflect.Pointer:
		(*ptrType)(p).elem = part(n.elem)
	case reflect.Slice:
		(*sliceType)(p).elem = part(n.elem)
	}
}

// alignMaps makes outer hash keys like inner, if they are map types. Both hash
// functions are right, but the one of a map type that occurs in compiled code
// is made by the compiler and need not give what the general one gives.
func alignMaps(outer, inner *typ) {
	if outer != inner && reflect.Kind(outer.kind) == reflect.Map {
		(*mapType)(unsafe.Pointer(outer)).hasher = (*mapType)(unsafe.Pointer(inner)).hasher
	}
}

// mustComposite is composite for use while the registry's lock is held:
// errors go to instantiate as panics.
func mustComposite(n *node, part func(int) *typ) *typ {
	t, err := composite(n, func(i int) reflect.Type { return toReflect(part(i)) })
	if err != nil {
		panic(err)
	}
	return toTyp(t)
}

// set completes the set of a table whose components are all in use.
func (b *builder) set(t *Table) *Types {
	s := &Types{table: t, pairs: make([]pair, len(b.nodes)), index: make(map[*typ]int, len(b.nodes)), members: b.members, comps: b.comps}
	for i := range b.nodes {
		p := pair{inner: b.innerOf(i), outer: b.outerOf(i)}
		alignMaps(p.outer, p.inner)
		s.pairs[i] = p
		s.index[p.outer] = i
	}
	return s
}
