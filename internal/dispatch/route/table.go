package route

import (
	"fmt"
	"maps"
	"slices"

	"gateway/internal/catalog"
)

// Table is an immutable set of routes. A nil Table has none. It is safe for concurrent use.
type Table[V any] struct {
	everywhere *node[V]            // routes of every host
	hosts      map[string]*node[V] // routes of one host
	size       int
}

// Route is a route of a table.
type Route[V any] struct {
	catalog.Route
	Value V

	params   []param // in the order of the pattern
	wildcard string  // name of the wildcard; empty without one
	depth    int     // how many segments the pattern has in front of its wildcard
}

type param struct {
	name  string
	index int // of its segment
}

// node is a place in the trie: what comes after a number of segments.
type node[V any] struct {
	owner    *token // the edit that may change this node; see Edit.own
	literals map[string]*node[V]
	param    *node[V]
	here     *methods[V] // routes that end here
	rest     *methods[V] // routes whose wildcard begins here
}

// methods are the routes of one shape. They are never changed, only replaced.
type methods[V any] struct {
	allowed methodSet
	any     *Route[V] // of catalog.AnyMethod
	list    []*Route[V]
}

// Len is the number of routes.
func (t *Table[V]) Len() int {
	if t == nil {
		return 0
	}
	return t.size
}

// ConflictError tells that a table has a route of the same host, method and shape already.
type ConflictError[V any] struct {
	Route    catalog.Route // the refused one
	Existing *Route[V]
}

func (e *ConflictError[V]) Error() string {
	return fmt.Sprintf("route %s conflicts with %s", e.Route, e.Existing.Route)
}

// token tells the nodes that an edit made from those it shares with tables.
type token struct{ _ byte }

// Edit makes a table out of another. It is for one goroutine, and of no use after Table.
type Edit[V any] struct {
	table Table[V]
	token *token
}

// Edit begins an edit. The table stays as it is.
func (t *Table[V]) Edit() *Edit[V] {
	e := &Edit[V]{token: new(token)}
	if t != nil {
		e.table = Table[V]{everywhere: t.everywhere, hosts: maps.Clone(t.hosts), size: t.size}
	}
	return e
}

// Table gives the edited table.
func (e *Edit[V]) Table() *Table[V] {
	e.token = nil // whatever is done by mistake now copies
	table := e.table
	return &table
}

// Add adds a route. A pattern that is not valid is a *catalog.Error, a route that is there already a *ConflictError;
// the edit is then as before.
func (e *Edit[V]) Add(r catalog.Route, value V) error {
	segments, err := catalog.ParsePath(r.Path)
	if err != nil {
		return err
	}
	if existing := e.table.find(r, segments); existing != nil {
		return &ConflictError[V]{Route: r, Existing: existing}
	}
	added := &Route[V]{Route: r, Value: value, depth: len(segments)}
	for i, s := range segments {
		switch s.Kind {
		case catalog.Param:
			added.params = append(added.params, param{s.Text, i})
		case catalog.Wildcard:
			added.wildcard, added.depth = s.Text, i
		}
	}
	e.setRoot(r.Domain, e.insert(e.table.root(r.Domain), segments, added))
	e.table.size++
	return nil
}

// Remove removes the route of this host, method and shape and gives it back; nil where there is none.
func (e *Edit[V]) Remove(r catalog.Route) *Route[V] {
	segments, err := catalog.ParsePath(r.Path)
	if err != nil {
		return nil
	}
	existing := e.table.find(r, segments)
	if existing == nil {
		return nil
	}
	e.setRoot(r.Domain, e.remove(e.table.root(r.Domain), segments, existing))
	e.table.size--
	return existing
}

// Find gives the route of this host, method and shape, nil where there is none.
func (t *Table[V]) Find(r catalog.Route) *Route[V] {
	segments, err := catalog.ParsePath(r.Path)
	if err != nil || t == nil {
		return nil
	}
	return t.find(r, segments)
}

// Find gives the route of this host, method and shape as edited so far, nil where there is none.
func (e *Edit[V]) Find(r catalog.Route) *Route[V] { return e.table.Find(r) }

func (t *Table[V]) find(r catalog.Route, segments []catalog.Segment) *Route[V] {
	n := t.root(r.Domain)
	for _, s := range segments {
		if n == nil {
			return nil
		}
		switch s.Kind {
		case catalog.Literal:
			n = n.literals[s.Text]
		case catalog.Param:
			n = n.param
		case catalog.Wildcard:
			return n.rest.of(r.Method)
		}
	}
	if n == nil {
		return nil
	}
	return n.here.of(r.Method)
}

func (t *Table[V]) root(domain string) *node[V] {
	if domain == catalog.AnyDomain {
		return t.everywhere
	}
	return t.hosts[domain]
}

func (e *Edit[V]) setRoot(domain string, n *node[V]) {
	switch {
	case domain == catalog.AnyDomain:
		e.table.everywhere = n
	case n == nil:
		delete(e.table.hosts, domain)
	default:
		if e.table.hosts == nil {
			e.table.hosts = make(map[string]*node[V])
		}
		e.table.hosts[domain] = n
	}
}

// own gives a node that this edit may change: n itself where the edit made it, a copy where tables may have it too.
func (e *Edit[V]) own(n *node[V]) *node[V] {
	switch {
	case n == nil:
		return &node[V]{owner: e.token}
	case n.owner == e.token && e.token != nil:
		return n
	}
	copied := *n
	copied.owner = e.token
	copied.literals = maps.Clone(n.literals)
	return &copied
}

func (e *Edit[V]) insert(n *node[V], segments []catalog.Segment, r *Route[V]) *node[V] {
	n = e.own(n)
	if len(segments) == 0 {
		n.here = n.here.with(r)
		return n
	}
	switch s := segments[0]; s.Kind {
	case catalog.Literal:
		if n.literals == nil {
			n.literals = make(map[string]*node[V])
		}
		n.literals[s.Text] = e.insert(n.literals[s.Text], segments[1:], r)
	case catalog.Param:
		n.param = e.insert(n.param, segments[1:], r)
	case catalog.Wildcard:
		n.rest = n.rest.with(r)
	}
	return n
}

// remove takes out a route that is there; nil when nothing is left of the node.
func (e *Edit[V]) remove(n *node[V], segments []catalog.Segment, r *Route[V]) *node[V] {
	n = e.own(n)
	if len(segments) == 0 {
		n.here = n.here.without(r)
	} else {
		switch s := segments[0]; s.Kind {
		case catalog.Literal:
			if child := e.remove(n.literals[s.Text], segments[1:], r); child != nil {
				n.literals[s.Text] = child
			} else {
				delete(n.literals, s.Text)
			}
		case catalog.Param:
			n.param = e.remove(n.param, segments[1:], r)
		case catalog.Wildcard:
			n.rest = n.rest.without(r)
		}
	}
	if len(n.literals) == 0 && n.param == nil && n.here == nil && n.rest == nil {
		return nil
	}
	return n
}

// of gives the route of exactly this method.
func (m *methods[V]) of(method string) *Route[V] {
	if m == nil {
		return nil
	}
	if method == catalog.AnyMethod {
		return m.any
	}
	for _, r := range m.list {
		if r.Method == method {
			return r
		}
	}
	return nil
}

func (m *methods[V]) with(r *Route[V]) *methods[V] {
	var next methods[V]
	if m != nil {
		next = *m
	}
	if r.Method == catalog.AnyMethod {
		next.any = r
	} else {
		next.list = append(slices.Clip(next.list), r)
	}
	next.allowed = next.allow()
	return &next
}

func (m *methods[V]) without(r *Route[V]) *methods[V] {
	next := methods[V]{any: m.any}
	if next.any == r {
		next.any = nil
	}
	for _, other := range m.list {
		if other != r {
			next.list = append(next.list, other)
		}
	}
	if next.any == nil && len(next.list) == 0 {
		return nil
	}
	next.allowed = next.allow()
	return &next
}
