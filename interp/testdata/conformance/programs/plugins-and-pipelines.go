package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

type Record map[string]any

type Plugin interface {
	Process(Record) ([]Record, error)
}

type Configurable interface{ Configure(json.RawMessage) error }

type Starter interface{ Start() error }

type Stopper interface{ Stop() }

type Factory func() Plugin

var registry = map[string]Factory{}

func Register(name string, f Factory) struct{} {
	if _, dup := registry[name]; dup {
		panic("plugin " + name + " is registered twice")
	}
	registry[name] = f
	return struct{}{}
}

type base struct {
	name    string
	seen    int
	stopped *[]string
}

func (b *base) note() { b.seen++ }

func (b *base) attach(name string, stopped *[]string) { b.name, b.stopped = name, stopped }

func (b *base) Stop() { *b.stopped = append(*b.stopped, fmt.Sprint(b.name, ":", b.seen)) }

type filter struct {
	base
	Field string `json:"field"`
	Want  any    `json:"equals"`
}

func (f *filter) Configure(raw json.RawMessage) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	return d.Decode(f)
}

func (f *filter) Process(r Record) ([]Record, error) {
	f.note()
	if r[f.Field] != f.Want {
		return nil, nil
	}
	return []Record{r}, nil
}

type splitter struct {
	base
	field, sep string
}

func (s *splitter) Configure(raw json.RawMessage) error {
	return json.Unmarshal(raw, &[]*string{&s.field, &s.sep})
}

func (s *splitter) Process(r Record) (out []Record, err error) {
	s.note()
	text, ok := r[s.field].(string)
	if !ok {
		return nil, fmt.Errorf("%s is %T", s.field, r[s.field])
	}
	for i, part := range strings.Split(text, s.sep) {
		c := maps.Clone(r)
		c[s.field], c["part"] = part, i
		out = append(out, c)
	}
	return
}

type PluginFunc func(Record) Record

func (f PluginFunc) Process(r Record) ([]Record, error) { return []Record{f(r)}, nil }

type checked struct {
	PluginFunc
	fail string
}

func (c *checked) Start() error {
	if c.fail != "" {
		return errors.New(c.fail)
	}
	return nil
}

func (c *checked) Configure(raw json.RawMessage) error { return json.Unmarshal(raw, &c.fail) }

var (
	_ = Register("filter", func() Plugin { return new(filter) })
	_ = Register("split", func() Plugin { return &splitter{sep: ","} })
	_ = Register("upper", func() Plugin {
		return PluginFunc(func(r Record) Record {
			for k, v := range r {
				if s, ok := v.(string); ok {
					r[k] = strings.ToUpper(s)
				}
			}
			return r
		})
	})
	_ = Register("check", func() Plugin { return &checked{PluginFunc: func(r Record) Record { return r }} })
)

type Step struct {
	Use  string          `json:"use"`
	With json.RawMessage `json:"with"`
}

type Pipeline struct {
	plugins []Plugin
	Stopped []string
}

func Build(config string) (p *Pipeline, err error) {
	var steps []Step
	if err := json.Unmarshal([]byte(config), &steps); err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	p = &Pipeline{}
	defer func() {
		if err != nil {
			p.Stop()
		}
	}()
	for i, s := range steps {
		f, ok := registry[s.Use]
		if !ok {
			return p, fmt.Errorf("step %d: no plugin %q, have %v", i, s.Use, slices.Sorted(maps.Keys(registry)))
		}
		plugin := f()
		if a, ok := plugin.(interface{ attach(string, *[]string) }); ok {
			a.attach(s.Use, &p.Stopped)
		}
		if c, ok := plugin.(Configurable); ok && s.With != nil {
			if err := c.Configure(s.With); err != nil {
				return p, fmt.Errorf("step %d: %s: %w", i, s.Use, err)
			}
		}
		if st, ok := plugin.(Starter); ok {
			if err := st.Start(); err != nil {
				return p, fmt.Errorf("start %s: %w", s.Use, err)
			}
		}
		p.plugins = append(p.plugins, plugin)
	}
	return p, nil
}

func (p *Pipeline) Stop() {
	for _, plugin := range slices.Backward(p.plugins) {
		if s, ok := plugin.(Stopper); ok {
			s.Stop()
		}
	}
}

func (p *Pipeline) Run(in ...Record) (out []Record, errs []error) {
	batch := in
	for _, plugin := range p.plugins {
		var next []Record
		for _, r := range batch {
			rs, err := plugin.Process(r)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			next = append(next, rs...)
		}
		batch = next
	}
	return batch, errs
}

func main() {
	p, err := Build(`[{"use":"filter","with":{"field":"kind","equals":"log"}},{"use":"split","with":["text"," "]},{"use":"upper"},{"use":"check"}]`)
	fmt.Println(err)
	out, errs := p.Run(Record{"kind": "log", "text": "a b"}, Record{"kind": "metric", "text": "x"}, Record{"kind": "log", "text": 5}, Record{"kind": "log"})
	fmt.Println(out, errs)
	p.Stop()
	fmt.Println(p.Stopped)
	for _, bad := range []string{`{`, `[{"use":"nope"}]`, `[{"use":"split"},{"use":"filter","with":{"x":1}}]`, `[{"use":"filter"},{"use":"check","with":"no licence"}]`, `[{"use":"split","with":[1]}]`} {
		p, err := Build(bad)
		if p != nil {
			fmt.Println(err, p.Stopped)
			continue
		}
		fmt.Println(err)
	}
	func() {
		defer func() { fmt.Println(recover()) }()
		Register("upper", nil)
	}()
}

// Output:
// <nil>
// [map[kind:LOG part:0 text:A] map[kind:LOG part:1 text:B]] [text is int text is <nil>]
// [split:3 filter:4]
// config: unexpected end of JSON input
// step 0: no plugin "nope", have [check filter split upper] []
// step 1: filter: json: unknown field "x" [split:0]
// start check: no licence [filter:0]
// step 0: split: json: cannot unmarshal number into Go value of type string []
// plugin upper is registered twice
