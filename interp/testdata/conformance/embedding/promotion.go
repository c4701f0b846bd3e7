package main

import (
	"encoding/json"
	"fmt"
	"sync"
	"time"
)

type Timestamps struct {
	Created time.Time `json:"created"`
	updates int
}

func (t *Timestamps) Touch()          { t.updates++ }
func (t Timestamps) Updates() int     { return t.updates }
func (t Timestamps) Describe() string { return fmt.Sprint("updated ", t.updates) }

type Named struct{ Name string }

func (n Named) Describe() string { return "named " + n.Name }

type Document struct {
	Timestamps
	*Named
	mu   sync.Mutex
	Body string
}

func (d *Document) Describe() string { return d.Named.Describe() + ", " + d.Timestamps.Describe() }

type Describer interface{ Describe() string }

type Wrapper struct{ Describer }

func main() {
	d := &Document{Named: &Named{"spec"}, Body: "text"}
	d.Touch()
	d.Timestamps.Touch()
	d.Name = "SPEC"
	fmt.Println(d.Updates(), d.Name, d.Describe())
	d.mu.Lock()
	d.mu.Unlock()
	w := Wrapper{d}
	fmt.Println(w.Describe(), Wrapper{*d.Named}.Describe())
	touch, updates := d.Touch, d.Updates
	touch()
	fmt.Println(d.updates, updates())
	out, err := json.Marshal(struct {
		*Named
		Timestamps
		Extra int `json:"extra,omitempty"`
	}{d.Named, d.Timestamps, 0})
	fmt.Println(string(out), err)
}

// Output:
// 2 SPEC named SPEC, updated 2
// named SPEC, updated 2 named SPEC
// 3 2
// {"Name":"SPEC","created":"0001-01-01T00:00:00Z"} <nil>
