package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

type Op struct {
	Op    string `json:"op"`
	Path  string `json:"path"`
	Value any    `json:"value,omitempty"`
	old   any
}

func (o Op) String() string {
	switch o.Op {
	case "replace":
		return fmt.Sprintf("~ %s: %v -> %v", o.Path, o.old, o.Value)
	case "add":
		return fmt.Sprintf("+ %s: %v", o.Path, o.Value)
	}
	return "- " + o.Path
}

type Patch []Op

func escape(s string) string { return strings.NewReplacer("~", "~0", "/", "~1").Replace(s) }

func unescape(s string) string { return strings.NewReplacer("~1", "/", "~0", "~").Replace(s) }

func Diff(a, b any) (p Patch) {
	p.diff("", a, b)
	return
}

func (p *Patch) add(op, path string, old, value any) { *p = append(*p, Op{op, path, value, old}) }

func (p *Patch) diff(path string, a, b any) {
	switch a := a.(type) {
	case map[string]any:
		if b, ok := b.(map[string]any); ok {
			keys := maps.Clone(a)
			maps.Copy(keys, b)
			for _, k := range slices.Sorted(maps.Keys(keys)) {
				sub := path + "/" + escape(k)
				va, inA := a[k]
				vb, inB := b[k]
				switch {
				case !inA:
					p.add("add", sub, nil, vb)
				case !inB:
					p.add("remove", sub, va, nil)
				default:
					p.diff(sub, va, vb)
				}
			}
			return
		}
	case []any:
		if b, ok := b.([]any); ok {
			common := min(len(a), len(b))
			for i := range common {
				p.diff(path+"/"+strconv.Itoa(i), a[i], b[i])
			}
			for i := len(a) - 1; i >= common; i-- {
				p.add("remove", path+"/"+strconv.Itoa(i), a[i], nil)
			}
			for _, v := range b[common:] {
				p.add("add", path+"/-", nil, v)
			}
			return
		}
	}
	if !reflect.DeepEqual(a, b) {
		p.add("replace", path, a, b)
	}
}

func apply(doc any, path []string, o Op) (any, error) {
	if len(path) == 0 {
		return o.Value, nil
	}
	k := unescape(path[0])
	switch d := doc.(type) {
	case map[string]any:
		if len(path) == 1 && o.Op == "remove" {
			delete(d, k)
			return d, nil
		}
		v, err := apply(d[k], path[1:], o)
		if err == nil {
			d[k] = v
		}
		return d, err
	case []any:
		if k == "-" {
			return append(d, o.Value), nil
		}
		i, err := strconv.Atoi(k)
		if err != nil || i >= len(d) {
			return nil, fmt.Errorf("%s: bad index %q", o.Path, k)
		}
		if len(path) == 1 && o.Op == "remove" {
			return slices.Delete(d, i, i+1), nil
		}
		d[i], err = apply(d[i], path[1:], o)
		return d, err
	}
	return nil, fmt.Errorf("%s: nothing inside %T", o.Path, doc)
}

func (p Patch) Apply(doc any) (_ any, err error) {
	for _, o := range p {
		if doc, err = apply(doc, strings.Split(o.Path, "/")[1:], o); err != nil {
			return nil, err
		}
	}
	return doc, nil
}

func parse(text string) (v any) {
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		panic(err)
	}
	return v
}

func main() {
	const a = `{"name":"svc","ports":[80,443,8080],"env":{"A":"1","b/c":true},"old":null,"nested":{"list":[{"id":1},{"id":2}]}}`
	const b = `{"name":"svc2","ports":[80,444],"env":{"A":"1","b/c":false,"~":[]},"nested":{"list":[{"id":1,"x":{}},{"id":2},3]},"kind":{"t":1}}`
	p := Diff(parse(a), parse(b))
	for _, o := range p {
		fmt.Println(o)
	}
	text, err := json.Marshal(p)
	fmt.Println(string(text), err)
	var back Patch
	fmt.Println(json.Unmarshal(text, &back), len(back))
	doc, err := back.Apply(parse(a))
	fmt.Println(err, reflect.DeepEqual(doc, parse(b)), Diff(doc, parse(b)) == nil)
	fmt.Println(Diff(parse(`[1,{"a":[]}]`), parse(`{"0":1}`)), Diff(1.0, "1"), Diff(nil, nil), Diff(parse(`[]`), parse(`[[]]`)))
	for _, bad := range []string{"/ports/9", "/ports/x/y", "/name/deep/er", "/none/a"} {
		_, err := Patch{{Op: "replace", Path: bad, Value: 1}}.Apply(parse(a))
		fmt.Println(err)
	}
}

// Output:
// ~ /env/b~1c: true -> false
// + /env/~0: []
// + /kind: map[t:1]
// ~ /name: svc -> svc2
// + /nested/list/0/x: map[]
// + /nested/list/-: 3
// - /old
// ~ /ports/1: 443 -> 444
// - /ports/2
// [{"op":"replace","path":"/env/b~1c","value":false},{"op":"add","path":"/env/~0","value":[]},{"op":"add","path":"/kind","value":{"t":1}},{"op":"replace","path":"/name","value":"svc2"},{"op":"add","path":"/nested/list/0/x","value":{}},{"op":"add","path":"/nested/list/-","value":3},{"op":"remove","path":"/old"},{"op":"replace","path":"/ports/1","value":444},{"op":"remove","path":"/ports/2"}] <nil>
// <nil> 9
// <nil> true true
// [~ : [1 map[a:[]]] -> map[0:1]] [~ : 1 -> 1] [] [+ /-: []]
// /ports/9: bad index "9"
// /ports/x/y: bad index "x"
// /name/deep/er: nothing inside string
// /none/a: nothing inside <nil>
