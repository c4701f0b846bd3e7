package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

type level int

func (l *level) UnmarshalYAML(n *yaml.Node) error {
	switch n.Value {
	case "low":
		*l = 1
	case "high":
		*l = 2
	default:
		return fmt.Errorf("line %d: unknown level %q", n.Line, n.Value)
	}
	return nil
}

func (l level) MarshalYAML() (any, error) { return map[level]string{1: "low", 2: "high"}[l], nil }

type base struct {
	ID   int    `yaml:"id"`
	Note string `yaml:",omitempty"`
}

type config struct {
	base    `yaml:",inline"`
	Name    string            `yaml:"name"`
	Tags    []string          `yaml:"tags,flow"`
	Env     map[string]string `yaml:"env"`
	Level   level             `yaml:"level"`
	Timeout time.Duration     `yaml:"timeout"`
	Ratio   *float64          `yaml:"ratio"`
	Any     any               `yaml:"any"`
	private int
	Skip    string `yaml:"-"`
}

const doc = `# a comment
id: 7
name: &n "a b"
tags: [x, 'y z', *n]
env:
  A: "1"
  B: |
    two
    lines
  C: >-
    folded
    text
level: high
timeout: 1m30s
ratio: 1.5
any:
  - 1
  - 2.5
  - true
  - null
  - 2020-01-02
  - {k: v, 3: 4}
  - !!str 12
  - 0x1F
  - .inf
`

func main() {
	var c config
	err := yaml.Unmarshal([]byte(doc), &c)
	fmt.Println(err, c.ID, c.Name, c.Tags, len(c.Env), c.Env["B"], c.Env["C"], c.Level, c.Timeout, *c.Ratio)
	fmt.Printf("%v\n", c.Any)
	out, err := yaml.Marshal(&c)
	fmt.Println(err)
	fmt.Print(string(out))

	var anything map[string]any
	fmt.Println(yaml.Unmarshal([]byte("a: {b: [1, 2]}\nc: !!binary aGVsbG8=\nd: {<<: {x: 1}, y: 2}\n"), &anything), anything)
	for _, bad := range []string{"a: [", "a:\n\tb: 1", "id: x", "level: mid", "tags: 3", "a: &x *x", "*nope"} {
		var c config
		err := yaml.Unmarshal([]byte(bad), &c)
		var typ *yaml.TypeError
		fmt.Println(err, errors.As(err, &typ))
	}
	dec := yaml.NewDecoder(strings.NewReader("name: one\n---\nname: two\nextra: 1\n"))
	dec.KnownFields(true)
	for {
		var c config
		err := dec.Decode(&c)
		fmt.Println(c.Name, err)
		if err == io.EOF || err != nil && c.Name == "two" {
			break
		}
	}
	var n yaml.Node
	fmt.Println(yaml.Unmarshal([]byte(doc), &n), n.Kind == yaml.DocumentNode, len(n.Content[0].Content), n.Content[0].HeadComment, n.Content[0].Content[0].Value)
	n.Content[0].Content[1].Value = "8"
	var buf bytes.Buffer
	enc := yaml.NewEncoder(&buf)
	enc.SetIndent(2)
	fmt.Println(enc.Encode(&n), enc.Close(), buf.String()[:40])
	out, err = yaml.Marshal(map[string]any{"z": []int{1, 2}, "a": "yes", "m": "multi\nline", "n": nil, "f": 1.0, "t": time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC), "s": "123", "e": ""})
	fmt.Print(string(out), err, "\n")
}
