package main

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

type Ref string

type Cell struct {
	source string
	value  float64
	err    error
	deps   map[Ref]struct{}
}

type Sheet struct {
	cells   map[Ref]*Cell
	evals   int
	changed func(Ref, *Cell)
}

type CycleError []Ref

func (c CycleError) Error() string {
	parts := make([]string, len(c))
	for i, r := range c {
		parts[i] = string(r)
	}
	return "cycle " + strings.Join(parts, ">")
}

var (
	errDiv  = errors.New("#DIV/0")
	refExpr = regexp.MustCompile(`[A-Z]\d+`)
	sumExpr = regexp.MustCompile(`SUM\(([A-Z])(\d+):([A-Z])(\d+)\)`)
)

func (s *Sheet) Set(r Ref, source string) error {
	c := &Cell{source: source, deps: map[Ref]struct{}{}}
	if body, ok := strings.CutPrefix(source, "="); ok {
		for _, d := range refExpr.FindAllString(expand(body), -1) {
			c.deps[Ref(d)] = struct{}{}
		}
	}
	old := s.cells[r]
	s.cells[r] = c
	if cycle := s.cycle(r, nil); cycle != nil {
		if old == nil {
			delete(s.cells, r)
		} else {
			s.cells[r] = old
		}
		return fmt.Errorf("set %s: %w", r, cycle)
	}
	for _, d := range s.order(r) {
		s.eval(d)
	}
	return nil
}

func expand(body string) string {
	return sumExpr.ReplaceAllStringFunc(body, func(m string) string {
		g := sumExpr.FindStringSubmatch(m)
		lo, _ := strconv.Atoi(g[2])
		hi, _ := strconv.Atoi(g[4])
		var refs []string
		for col := g[1][0]; col <= g[3][0]; col++ {
			for row := lo; row <= hi; row++ {
				refs = append(refs, string(col)+strconv.Itoa(row))
			}
		}
		return "(" + strings.Join(refs, "+") + ")"
	})
}

func (s *Sheet) cycle(r Ref, path []Ref) error {
	if i := slices.Index(path, r); i >= 0 {
		return CycleError(append(path[i:], r))
	}
	c, ok := s.cells[r]
	if !ok {
		return nil
	}
	for _, d := range slices.Sorted(maps.Keys(c.deps)) {
		if err := s.cycle(d, append(path, r)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Sheet) order(start Ref) (out []Ref) {
	seen := map[Ref]bool{}
	var visit func(Ref)
	visit = func(r Ref) {
		if seen[r] {
			return
		}
		seen[r] = true
		for _, other := range slices.Backward(slices.Sorted(maps.Keys(s.cells))) {
			if _, ok := s.cells[other].deps[r]; ok {
				visit(other)
			}
		}
		out = append(out, r)
	}
	visit(start)
	slices.Reverse(out)
	return out
}

func (s *Sheet) eval(r Ref) {
	c := s.cells[r]
	s.evals++
	oldValue, oldErr := c.value, c.err
	if body, ok := strings.CutPrefix(c.source, "="); ok {
		p := &parser{s, strings.ReplaceAll(expand(body), " ", "")}
		c.value, c.err = p.sum()
	} else {
		c.value, c.err = strconv.ParseFloat(c.source, 64)
	}
	if s.changed != nil && (oldValue != c.value || oldErr != c.err) {
		s.changed(r, c)
	}
}

type parser struct {
	*Sheet
	rest string
}

func (p *parser) take(set string) byte {
	if p.rest == "" || !strings.Contains(set, p.rest[:1]) {
		return 0
	}
	op := p.rest[0]
	p.rest = p.rest[1:]
	return op
}

func (p *parser) sum() (float64, error) {
	v, err := p.product()
	for op := p.take("+-"); op != 0 && err == nil; op = p.take("+-") {
		var w float64
		if w, err = p.product(); op == '-' {
			w = -w
		}
		v += w
	}
	return v, err
}

func (p *parser) product() (float64, error) {
	v, err := p.atom()
	for op := p.take("*/"); op != 0 && err == nil; op = p.take("*/") {
		w, e := p.atom()
		switch err = e; {
		case op == '*':
			v *= w
		case w == 0 && err == nil:
			err = errDiv
		default:
			v /= w
		}
	}
	return v, err
}

func (p *parser) atom() (float64, error) {
	if p.take("(") != 0 {
		v, err := p.sum()
		if p.take(")") == 0 && err == nil {
			err = errors.New("#PAREN")
		}
		return v, err
	}
	if m := refExpr.FindStringIndex(p.rest); m != nil && m[0] == 0 {
		r := Ref(p.rest[:m[1]])
		p.rest = p.rest[m[1]:]
		if c, ok := p.cells[r]; ok {
			return c.value, c.err
		}
		return 0, nil
	}
	n := 0
	for n < len(p.rest) && strings.IndexByte("0123456789.", p.rest[n]) >= 0 {
		n++
	}
	v, err := strconv.ParseFloat(p.rest[:n], 64)
	p.rest = p.rest[n:]
	return v, err
}

func main() {
	var changes []string
	s := &Sheet{cells: map[Ref]*Cell{}}
	s.changed = func(r Ref, c *Cell) { changes = append(changes, fmt.Sprintf("%s=%v", r, c.value)) }
	steps := [][2]string{{"A1", "5"}, {"A2", "7.5"}, {"B1", "=A1*2+A2"}, {"B2", "=(B1 - 2.5)/A1"}, {"C1", "=SUM(A1:B2)"}, {"A1", "10"}, {"A1", "0"}, {"A1", "=C1"}, {"B2", "=B2"}, {"D1", "=1/0"}, {"A2", "x"}, {"A2", "1"}, {"B2", "=(1"}, {"B2", "4"}}
	for _, st := range steps {
		changes = nil
		err := s.Set(Ref(st[0]), st[1])
		var cycle CycleError
		fmt.Println(st, err, errors.As(err, &cycle), changes)
	}
	for _, r := range slices.Sorted(maps.Keys(s.cells)) {
		c := s.cells[r]
		fmt.Print(r, "=", c.value, " ", c.err, "; ")
	}
	fmt.Println(s.evals, errors.Is(s.cells["D1"].err, errDiv))
}

// Output:
// [A1 5] <nil> false [A1=5]
// [A2 7.5] <nil> false [A2=7.5]
// [B1 =A1*2+A2] <nil> false [B1=17.5]
// [B2 =(B1 - 2.5)/A1] <nil> false [B2=3]
// [C1 =SUM(A1:B2)] <nil> false [C1=33]
// [A1 10] <nil> false [A1=10 B1=27.5 B2=2.5 C1=47.5]
// [A1 0] <nil> false [B1=7.5 B2=5 C1=20]
// [A1 =C1] set A1: cycle A1>C1>A1 true []
// [B2 =B2] set B2: cycle B2>B2 true []
// [D1 =1/0] <nil> false [D1=1]
// [A2 x] <nil> false [A2=0 B1=0 B2=0 C1=0]
// [A2 1] <nil> false [A2=1 B1=1 B2=-1.5 C1=0.5]
// [B2 =(1] <nil> false [B2=1 C1=3]
// [B2 4] <nil> false [B2=4 C1=6]
// A1=0 <nil>; A2=1 <nil>; B1=1 <nil>; B2=4 <nil>; C1=6 <nil>; D1=1 #DIV/0; 26 true
