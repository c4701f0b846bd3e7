package bundle

import (
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"gateway/internal/catalog"
	"gateway/internal/openapi"
)

// manifest is what a file bundle.yaml says.
type manifest struct {
	name         string
	dependencies map[string]string
	routes       []route
}

// route says which handler answers a route.
type route struct {
	method, path, handler string
	line, column          int
}

// readManifest reads a manifest.
func readManifest(file string, content []byte) (manifest, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(content, &document); err != nil {
		if broken, ok := errors.AsType[*yaml.LoadError](err); ok {
			return manifest{}, refuse(file, broken.Mark.Line, broken.Mark.Column, "", "the file is not YAML: %s", broken.Message)
		}
		return manifest{}, refuse(file, 0, 0, "", "the file is not YAML: %v", err)
	}
	r := manifestReader{file: file}
	var m manifest
	if len(document.Content) > 0 {
		r.read(document.Content[0], &m)
	}
	if len(r.problems) > 0 {
		return m, &openapi.Error{Problems: r.problems}
	}
	return m, nil
}

// manifestReader reads one manifest.
type manifestReader struct {
	file     string
	problems []openapi.Problem
}

func (r *manifestReader) refuse(at *yaml.Node, hint, format string, args ...any) {
	const most = 100
	if len(r.problems) < most {
		r.problems = append(r.problems, refuse(r.file, at.Line, at.Column, hint, format, args...).Problems...)
	}
}

func (r *manifestReader) read(n *yaml.Node, m *manifest) {
	r.fields(n, "the manifest", map[string]func(*yaml.Node){
		"bundle": func(n *yaml.Node) {
			r.fields(n, "bundle", map[string]func(*yaml.Node){
				"name":    func(n *yaml.Node) { m.name = r.text(n, "name") },
				"version": func(n *yaml.Node) { r.text(n, "version") },
			})
		},
		"dependencies": func(n *yaml.Node) { m.dependencies = r.dependencies(n) },
		"routes":       func(n *yaml.Node) { m.routes = r.routes(n) },
	})
}

// fields hands the values of an object to those that read them.
func (r *manifestReader) fields(n *yaml.Node, what string, known map[string]func(*yaml.Node)) {
	n = target(n)
	if n.ShortTag() == "!!null" {
		return
	}
	if n.Kind != yaml.MappingNode {
		r.refuse(n, "", "%s must be an object", what)
		return
	}
	seen := make(map[string]bool)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := target(n.Content[i])
		read := known[key.Value]
		switch {
		case key.Kind != yaml.ScalarNode || read == nil:
			r.refuse(key, "", "%s has no field %q", what, catalog.Clip(key.Value))
		case seen[key.Value]:
			r.refuse(key, "", "%s is there twice", key.Value)
		default:
			seen[key.Value] = true
			read(n.Content[i+1])
		}
	}
}

// target is the value that an alias stands for.
func target(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

func (r *manifestReader) text(n *yaml.Node, what string) string {
	n = target(n)
	if n.Kind != yaml.ScalarNode || n.ShortTag() == "!!null" {
		r.refuse(n, "", "%s must be text", what)
		return ""
	}
	return strings.TrimSpace(n.Value)
}

// dependencies reads Go modules: a version, or an object of a version and a hash.
func (r *manifestReader) dependencies(n *yaml.Node) map[string]string {
	const example = `write github.com/google/uuid: v1.6.0`
	n = target(n)
	if n.ShortTag() == "!!null" {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		r.refuse(n, example, "dependencies must be an object of module path to version")
		return nil
	}
	found := make(map[string]string)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := target(n.Content[i]), target(n.Content[i+1])
		if _, twice := found[key.Value]; twice {
			r.refuse(key, "", "module %s is there twice", catalog.Clip(key.Value))
		}
		version, sum := value.Value, ""
		if value.Kind == yaml.MappingNode {
			version = ""
			r.fields(value, "a Go module", map[string]func(*yaml.Node){
				"version": func(n *yaml.Node) { version = r.text(n, "version") },
				"sum":     func(n *yaml.Node) { sum = " " + r.text(n, "sum") },
			})
		}
		module := catalog.Version{Code: "x", Dependencies: map[string]string{key.Value: version}}
		if err := module.Validate(); err != nil {
			known := err.(*catalog.Error) // as of all validation
			r.refuse(key, example, "%s", known.Message)
			continue
		}
		found[key.Value] = version + sum
	}
	if len(found) > catalog.MaxDependencies {
		r.refuse(n, "", "there are more than %d dependencies", catalog.MaxDependencies)
	}
	return found
}

// routes reads which handlers answer which routes.
func (r *manifestReader) routes(n *yaml.Node) []route {
	n = target(n)
	if n.ShortTag() == "!!null" {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		r.refuse(n, "", "routes must be a list")
		return nil
	}
	if len(n.Content) > openapi.MaxOperations {
		r.refuse(n, "", "there are more than %d routes", openapi.MaxOperations)
		return nil
	}
	var found []route
	for _, item := range n.Content {
		one := route{line: item.Line, column: item.Column}
		before := len(r.problems)
		r.fields(item, "a route", map[string]func(*yaml.Node){
			"method":  func(n *yaml.Node) { one.method = strings.ToUpper(r.text(n, "method")) },
			"path":    func(n *yaml.Node) { one.path = r.text(n, "path") },
			"handler": func(n *yaml.Node) { one.handler = r.text(n, "handler") },
		})
		if len(r.problems) > before {
			continue
		}
		if why := one.wrong(); why != "" {
			r.refuse(item, "a route has method, path and handler", "%s", why)
			continue
		}
		found = append(found, one)
	}
	return found
}

// wrong says why a route cannot be one; "" where it can.
func (o *route) wrong() string {
	if o.method == "" || o.path == "" || o.handler == "" {
		return "the route lacks something"
	}
	e := catalog.Endpoint{Name: "x", Method: o.method, Path: o.path}
	e.Normalize()
	if err := e.Validate(); err != nil {
		return fmt.Sprintf("route %s %s: %s", catalog.Clip(o.method), catalog.Clip(o.path), err.(*catalog.Error).Message)
	}
	o.method, o.path = e.Method, e.Path
	return ""
}
