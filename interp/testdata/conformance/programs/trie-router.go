package main

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
)

type Params map[string]string

type Handler func(*Context) error

type Context struct {
	Method, Path string
	Params       Params
	Values       map[any]any
	out          strings.Builder
	handlers     []Handler
	index        int
}

func (c *Context) Next() error {
	if c.index >= len(c.handlers) {
		return nil
	}
	h := c.handlers[c.index]
	c.index++
	return h(c)
}

func (c *Context) Writef(format string, args ...any) error {
	_, err := fmt.Fprintf(&c.out, format, args...)
	return err
}

type node struct {
	static   map[string]*node
	param    *node
	name     string
	wildcard *node
	handlers map[string][]Handler
}

type HTTPError struct {
	Status int
	Allow  []string
}

func (e *HTTPError) Error() string { return fmt.Sprintf("%d %v", e.Status, e.Allow) }

type Router struct {
	root       node
	prefix     string
	middleware []Handler
}

func (r *Router) Use(hs ...Handler) { r.middleware = append(r.middleware, hs...) }

func (r *Router) Group(prefix string, setup func(*Router)) {
	g := &Router{prefix: r.prefix + prefix, middleware: slices.Clone(r.middleware)}
	g.root.static = r.root.tree()
	setup(g)
}

func (n *node) tree() map[string]*node {
	if n.static == nil {
		n.static = map[string]*node{}
	}
	return n.static
}

func (r *Router) Handle(method, pattern string, h Handler) {
	n := &r.root
	for seg := range strings.SplitSeq(strings.Trim(r.prefix+pattern, "/"), "/") {
		next := func(p **node) *node {
			if *p == nil {
				*p = &node{}
			}
			return *p
		}
		switch {
		case strings.HasPrefix(seg, ":"):
			n = next(&n.param)
			n.name = seg[1:]
		case strings.HasPrefix(seg, "*"):
			n = next(&n.wildcard)
			n.name = seg[1:]
		default:
			kid := n.tree()[seg]
			n.static[seg] = next(&kid)
			n = kid
		}
	}
	if n.handlers == nil {
		n.handlers = map[string][]Handler{}
	}
	if _, dup := n.handlers[method]; dup {
		panic(fmt.Sprintf("%s %s%s is registered twice", method, r.prefix, pattern))
	}
	n.handlers[method] = append(slices.Clip(r.middleware), h)
}

func (n *node) match(segs []string, p Params) *node {
	if len(segs) == 0 {
		if n.handlers != nil {
			return n
		}
		return nil
	}
	if kid, ok := n.static[segs[0]]; ok {
		if found := kid.match(segs[1:], p); found != nil {
			return found
		}
	}
	if n.param != nil {
		if found := n.param.match(segs[1:], p); found != nil {
			p[n.param.name] = segs[0]
			return found
		}
	}
	if n.wildcard != nil {
		p[n.wildcard.name] = strings.Join(segs, "/")
		return n.wildcard
	}
	return nil
}

func (r *Router) Serve(method, path string) (string, error) {
	c := &Context{Method: method, Path: path, Params: Params{}, Values: map[any]any{}}
	n := r.root.match(strings.Split(strings.Trim(path, "/"), "/"), c.Params)
	if n == nil {
		return "", &HTTPError{Status: 404}
	}
	hs, ok := n.handlers[method]
	if !ok {
		e := &HTTPError{Status: 405}
		for m := range n.handlers {
			e.Allow = append(e.Allow, m)
		}
		sort.Strings(e.Allow)
		return "", e
	}
	c.handlers = hs
	err := c.Next()
	return c.out.String(), err
}

type userKey struct{}

func main() {
	var log []string
	r := &Router{}
	r.Use(func(c *Context) error {
		err := c.Next()
		log = append(log, fmt.Sprint(c.Method, c.Path, err != nil))
		return err
	})
	r.Handle("GET", "/", func(c *Context) error { return c.Writef("home") })
	r.Handle("GET", "/users/:id", func(c *Context) error { return c.Writef("user %s", c.Params["id"]) })
	r.Handle("PUT", "/users/:id", func(c *Context) error { return errors.New("read only") })
	r.Handle("GET", "/users/me", func(c *Context) error { return c.Writef("me") })
	r.Handle("GET", "/users/me/:tab/edit", func(c *Context) error { return c.Writef("%v", c.Params) })
	r.Handle("GET", "/files/*path", func(c *Context) error { return c.Writef("file %s", c.Params["path"]) })
	r.Group("/admin", func(g *Router) {
		g.Use(func(c *Context) error {
			if strings.HasSuffix(c.Path, "secret") {
				return &HTTPError{Status: 403}
			}
			c.Values[userKey{}] = "root"
			return c.Next()
		}, func(c *Context) error {
			c.Writef("[")
			defer c.Writef("]")
			return c.Next()
		})
		g.Handle("GET", "/:page", func(c *Context) error { return c.Writef("%s for %v", c.Params["page"], c.Values[userKey{}]) })
	})
	for _, line := range []string{"GET /", "GET /users/7", "GET /users/me", "GET /users/me/x/edit", "PUT /users/7", "DELETE /users/7", "GET /files/a/b", "GET /admin/stats", "GET /admin/secret", "GET /nope", "GET /users"} {
		method, path, _ := strings.Cut(line, " ")
		out, err := r.Serve(method, path)
		var he *HTTPError
		fmt.Printf("%s: %q %v %t\n", line, out, err, errors.As(err, &he))
	}
	fmt.Println(log)
	func() {
		defer func() { fmt.Println(recover()) }()
		r.Handle("GET", "/users/:other", nil)
	}()
}

// Output:
// GET /: "home" <nil> false
// GET /users/7: "user 7" <nil> false
// GET /users/me: "me" <nil> false
// GET /users/me/x/edit: "map[tab:x]" <nil> false
// PUT /users/7: "" read only false
// DELETE /users/7: "" 405 [GET PUT] true
// GET /files/a/b: "file a/b" <nil> false
// GET /admin/stats: "[stats for root]" <nil> false
// GET /admin/secret: "" 403 [] true
// GET /nope: "" 404 [] true
// GET /users: "" 404 [] true
// [GET/false GET/users/7false GET/users/mefalse GET/users/me/x/editfalse PUT/users/7true GET/files/a/bfalse GET/admin/statsfalse GET/admin/secrettrue]
// GET /users/:other is registered twice
