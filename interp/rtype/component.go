package rtype

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"slices"
	"strconv"
	"unsafe"
)

// A template describes a component of a table: types that reach each other
// and so can only be made together. Components are what is pooled, so that a
// change of one type leaves the others of the program as they are.
type template struct {
	nodes   []*node
	members []int // owned nodes, in an order that does not depend on that of Add

	// key is the structure of the members. Types of other components appear
	// in it as numbers into deps and of their members.
	key  string
	deps []int // indices of other components of the table

	// inner are the members whose inner types are not shared, in groups that
	// reach each other, each group after those it needs.
	inner [][]int
}

// components returns the components of the table, each after those it needs.
func components(nodes []*node) []*template {
	var owned []int
	for i, n := range nodes {
		if n.owned() {
			owned = append(owned, i)
		}
	}
	groups := stronglyConnected(owned, func(i int) []int { return references(nodes, i, true) })

	where := make(map[int]position)
	comps := make([]*template, len(groups))
	for c, members := range groups {
		slices.SortFunc(members, func(a, b int) int {
			x, y := nodes[a], nodes[b]
			return cmp.Or(cmp.Compare(x.pkgPath, y.pkgPath), cmp.Compare(x.str, y.str), cmp.Compare(a, b))
		})
		for k, i := range members {
			where[i] = position{c, k}
		}
		comps[c] = &template{nodes: nodes, members: members}
		comps[c].describe(c, where)
		comps[c].markNominal()
	}
	return comps
}

// position says where an owned node is: component and member.
type position struct{ comp, member int }

// keyOf returns the key of a whole table.
func keyOf(comps []*template) string {
	var b description
	for _, c := range comps {
		b.texts(c.key)
		b.numbers('\n', c.deps...)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// references returns the owned nodes that owned node i refers to directly or
// through composite types. methods says whether those in the signatures of
// methods count; without them these are the parts of i's inner type.
func references(nodes []*node, i int, methods bool) []int {
	var refs []int
	var visit func(i int)
	visit = func(i int) {
		n := nodes[i]
		switch {
		case n.native != nil:
		case n.owned():
			if methods || n.kind != reflect.Interface {
				refs = append(refs, i)
			}
		default:
			n.eachPart(visit)
		}
	}
	n := nodes[i]
	n.eachPart(visit)
	if methods {
		for _, m := range n.imethods {
			visit(m.sig)
		}
		for _, m := range n.methods {
			visit(m.sig)
		}
	}
	return refs
}

// eachPart calls visit with the types that n is composed of.
func (n *node) eachPart(visit func(int)) {
	switch n.kind {
	case reflect.Map:
		visit(n.key)
		visit(n.elem)
	case reflect.Array, reflect.Chan, reflect.Pointer, reflect.Slice:
		visit(n.elem)
	case reflect.Func:
		for _, p := range n.params {
			visit(p)
		}
		for _, r := range n.results {
			visit(r)
		}
	case reflect.Struct:
		for _, f := range n.fields {
			visit(f.typ)
		}
	}
}

// markNominal finds the members whose inner types must be types of their own:
// structs that contain themselves, and other named types that do so without a
// struct in between.
func (c *template) markNominal() {
	parts := func(i int) []int { return references(c.nodes, i, false) }
	var rest []int
	for _, group := range c.innerGroups(c.members, parts) {
		for _, i := range group {
			if c.nodes[i].kind == reflect.Struct {
				c.nodes[i].nominal = true
			} else {
				rest = append(rest, i)
			}
		}
	}
	for _, group := range c.innerGroups(rest, parts) {
		for _, i := range group {
			c.nodes[i].nominal = true
		}
	}
	c.inner = stronglyConnected(c.members, func(i int) []int {
		return slices.DeleteFunc(parts(i), func(j int) bool { return !slices.Contains(c.members, j) })
	})
}

// innerGroups returns the groups of the given nodes that contain themselves.
func (c *template) innerGroups(of []int, parts func(int) []int) [][]int {
	within := func(i int) []int {
		return slices.DeleteFunc(parts(i), func(j int) bool { return !slices.Contains(of, j) })
	}
	return slices.DeleteFunc(stronglyConnected(of, within), func(group []int) bool {
		return len(group) == 1 && !slices.Contains(within(group[0]), group[0])
	})
}

// describe sets key and deps. self is the number of the component.
func (c *template) describe(self int, where map[int]position) {
	b := make(description, 0, 512)
	var typ func(i int)
	typ = func(i int) {
		n := c.nodes[i]
		switch {
		case n.native != nil:
			b.compiled(n.native)
		case n.owned():
			at := where[i]
			if at.comp == self {
				b.numbers('#', at.member)
				return
			}
			d := slices.Index(c.deps, at.comp)
			if d < 0 {
				d = len(c.deps)
				c.deps = append(c.deps, at.comp)
			}
			b.numbers('@', d, at.member)
		default:
			b.parts(n, typ)
		}
	}
	for _, i := range c.members {
		n := c.nodes[i]
		b.texts(n.pkgPath, n.pkgName, n.name)
		if n.like != nil {
			b = append(b, '~')
			b.compiled(n.like)
		}
		b.parts(n, typ)
		for _, m := range n.methods {
			b.texts(m.pkgPath, m.name)
			b.truth(m.pointer)
			b.numbers('.', m.path...)
			typ(m.sig)
		}
		b = append(b, '\n')
	}
	c.key = string(b)
}

// description is text that tells components apart: what is written one after the other
// can be read in one way only.
type description []byte

// compiled writes the identity of a compiled type: its address.
func (b *description) compiled(t reflect.Type) {
	*b = append(strconv.AppendUint(append(*b, '<'), uint64(uintptr(unsafe.Pointer(toTyp(t)))), 16), '>')
}

func (b *description) texts(list ...string) {
	for _, s := range list {
		*b = append(strconv.AppendQuote(*b, s), ' ')
	}
}

func (b *description) numbers(kind byte, list ...int) {
	*b = append(*b, kind)
	for _, n := range list {
		*b = append(strconv.AppendInt(*b, int64(n), 10), ',')
	}
}

func (b *description) truth(is bool) {
	if is {
		*b = append(*b, '+')
	} else {
		*b = append(*b, '-')
	}
}

// parts writes what n consists of; typ writes a type.
func (b *description) parts(n *node, typ func(int)) {
	b.numbers('(', int(n.kind), int(n.len), int(n.dir))
	for _, f := range n.fields {
		b.texts(f.pkgPath, f.name, f.tag)
		b.truth(f.embedded)
		typ(f.typ)
	}
	if n.kind != reflect.Struct {
		n.eachPart(typ)
	}
	if n.kind == reflect.Func {
		b.numbers(':', len(n.params))
		b.truth(n.variadic)
	}
	for _, m := range n.imethods {
		b.texts(m.pkgPath, m.name)
		typ(m.sig)
	}
	*b = append(*b, ')')
}

// stronglyConnected returns the strongly connected components of a graph,
// each after those its edges lead to (Tarjan's algorithm). Edges to nodes that
// are not among the given ones are followed too and must not exist.
func stronglyConnected(nodes []int, edges func(int) []int) [][]int {
	var (
		groups  [][]int
		stack   []int
		order   = make(map[int]int) // from 1, in order of discovery
		low     = make(map[int]int)
		onStack = make(map[int]bool)
		visit   func(int)
	)
	visit = func(v int) {
		order[v] = len(order) + 1
		low[v] = order[v]
		stack = append(stack, v)
		onStack[v] = true
		for _, w := range edges(v) {
			if order[w] == 0 {
				visit(w)
				low[v] = min(low[v], low[w])
			} else if onStack[w] {
				low[v] = min(low[v], order[w])
			}
		}
		if low[v] != order[v] {
			return
		}
		at := slices.Index(stack, v)
		group := slices.Clone(stack[at:])
		for _, w := range group {
			onStack[w] = false
		}
		stack = stack[:at]
		groups = append(groups, group)
	}
	for _, v := range nodes {
		if order[v] == 0 {
			visit(v)
		}
	}
	return groups
}
