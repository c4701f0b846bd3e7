package rtype

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"reflect"
	"slices"
	"strings"
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
	h := sha256.New()
	for _, c := range comps {
		fmt.Fprintf(h, "%q %v\n", c.key, c.deps)
	}
	return hex.EncodeToString(h.Sum(nil))
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
	var b strings.Builder
	var typ func(i int)
	typ = func(i int) {
		n := c.nodes[i]
		switch {
		case n.native != nil:
			// Identity of compiled types is their address.
			fmt.Fprintf(&b, "<%p>", toTyp(n.native))
		case n.owned():
			at := where[i]
			if at.comp == self {
				fmt.Fprintf(&b, "#%d", at.member)
				return
			}
			d := slices.Index(c.deps, at.comp)
			if d < 0 {
				d = len(c.deps)
				c.deps = append(c.deps, at.comp)
			}
			fmt.Fprintf(&b, "@%d.%d", d, at.member)
		default:
			c.describeParts(&b, n, typ)
		}
	}
	for _, i := range c.members {
		n := c.nodes[i]
		fmt.Fprintf(&b, "%q %q %q ", n.pkgPath, n.pkgName, n.name)
		if n.like != nil {
			fmt.Fprintf(&b, "like<%p>", toTyp(n.like))
		}
		c.describeParts(&b, n, typ)
		for _, m := range n.methods {
			fmt.Fprintf(&b, " %q.%s %v%v", m.pkgPath, m.name, m.pointer, m.path)
			typ(m.sig)
		}
		b.WriteByte('\n')
	}
	c.key = b.String()
}

func (c *template) describeParts(b *strings.Builder, n *node, typ func(int)) {
	fmt.Fprintf(b, "%d(%d,%d", n.kind, n.len, n.dir)
	for _, f := range n.fields {
		fmt.Fprintf(b, " %q.%s %q %v", f.pkgPath, f.name, f.tag, f.embedded)
		typ(f.typ)
	}
	if n.kind != reflect.Struct {
		n.eachPart(typ)
	}
	if n.kind == reflect.Func {
		fmt.Fprintf(b, " %d %v", len(n.params), n.variadic)
	}
	for _, m := range n.imethods {
		fmt.Fprintf(b, " %q.%s", m.pkgPath, m.name)
		typ(m.sig)
	}
	b.WriteByte(')')
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
