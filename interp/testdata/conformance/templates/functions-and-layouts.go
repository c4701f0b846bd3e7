package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"text/template"
)

type Page struct {
	Title string
	Menu  []Link
	Data  map[string]any
	Theme *Theme
}

type Link struct{ Text, URL string }

type Theme struct{ colors map[string]string }

func (t *Theme) Color(name string) (string, error) {
	if t == nil {
		return "default", nil
	}
	if c, ok := t.colors[name]; ok {
		return c, nil
	}
	return "", fmt.Errorf("theme has no %q", name)
}

type Node struct {
	Name string
	Kids []Node
}

var errStop = errors.New("stopped")

func funcs() template.FuncMap {
	return template.FuncMap{
		"upper": strings.ToUpper,
		"join":  strings.Join,
		"add": func(ns ...int) (sum int) {
			for _, n := range ns {
				sum += n
			}
			return
		},
		"dict": func(kv ...any) (map[string]any, error) {
			if len(kv)%2 != 0 {
				return nil, fmt.Errorf("dict: %d values", len(kv))
			}
			m := map[string]any{}
			for i := 0; i < len(kv); i += 2 {
				m[kv[i].(string)] = kv[i+1]
			}
			return m, nil
		},
		"link": func(l Link) string { return l.Text + "<" + l.URL + ">" },
		"stop": func(bool) (string, error) { return "", errStop },
		"default": func(def, v any) any {
			if v == nil || v == "" {
				return def
			}
			return v
		},
		"panics": func() string { panic("in a function") },
	}
}

const layout = `{{define "layout"}}== {{block "title" .}}{{.Title}}{{end}} ==
{{template "menu" .Menu}}
{{template "body" .}}
{{end}}{{define "menu"}}{{range $i, $l := .}}{{if $i}} | {{end}}{{link $l}}{{end}}{{end}}`

func main() {
	base := template.Must(template.New("base").Funcs(funcs()).Parse(layout))
	pages := map[string]string{
		"home":  `{{define "body"}}Hello {{.Data.name | default "guest" | upper}} {{add 1 2 (add 3 4)}} {{.Theme.Color "bg"}}{{end}}`,
		"about": `{{define "title"}}About: {{.Title}}{{end}}{{define "body"}}{{with dict "a" 1 "b" .Title}}{{.a}}{{.b}}{{end}}{{end}}`,
		"bad":   `{{define "body"}}{{stop true}}{{end}}`,
	}
	p := Page{Title: "T", Menu: []Link{{"Home", "/"}, {"About", "/about"}}, Data: map[string]any{}}
	for _, name := range []string{"home", "about", "bad"} {
		t := template.Must(template.Must(base.Clone()).Parse(pages[name]))
		err := t.ExecuteTemplate(os.Stdout, "layout", p)
		fmt.Println(err, errors.Is(err, errStop))
	}
	fmt.Println(base.ExecuteTemplate(os.Stdout, "body", p))
	p.Theme = &Theme{map[string]string{"fg": "black"}}
	t := template.Must(template.New("t").Funcs(funcs()).Delims("<%", "%>").Parse(`<% .Theme.Color "fg" %> {{kept}} <% .Theme.Color "bg" %>`))
	fmt.Println(t.Execute(os.Stdout, p))
	tree := template.Must(template.New("tree").Parse(`{{define "node"}}({{.Name}}{{range .Kids}} {{template "node" .}}{{end}}){{end}}{{template "node" .}}`))
	fmt.Println(tree.Execute(os.Stdout, Node{"a", []Node{{"b", nil}, {"c", []Node{{Name: "d"}}}}}))
	for _, opt := range []string{"missingkey=default", "missingkey=zero", "missingkey=error"} {
		t := template.Must(template.New("m").Option(opt).Parse("[{{.x}}]"))
		fmt.Println(t.Execute(os.Stdout, map[string]int{}))
	}
	t = template.Must(template.New("p").Funcs(funcs()).Parse("{{panics}}"))
	fmt.Println(t.Execute(os.Stdout, nil))
	fmt.Println(base.DefinedTemplates() != "", base.Lookup("menu") != nil, base.Lookup("none") == nil, tree.Name())
	func() {
		defer func() { fmt.Println(recover()) }()
		template.Must(template.New("x").Parse("{{"))
	}()
}

// Output:
// == T ==
// Home</> | About</about>
// Hello GUEST 10 default
// <nil> false
// == About: T ==
// Home</> | About</about>
// 1T
// <nil> false
// == T ==
// Home</> | About</about>
// template: base:1:19: executing "body" at <stop true>: error calling stop: stopped true
// template: no template "body" associated with template "base"
// black {{kept}} template: t:1:42: executing "t" at <.Theme.Color>: error calling Color: theme has no "bg"
// (a (b) (c (d)))<nil>
// [<no value>]<nil>
// [0]<nil>
// [template: m:1:3: executing "m" at <.x>: map has no entry for key "x"
// template: p:1:2: executing "p" at <panics>: error calling panics: in a function
// true true true tree
// template: x:1: unclosed action
