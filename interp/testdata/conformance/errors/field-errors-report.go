package main

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
)

type Path []any

func (p Path) String() string {
	var b strings.Builder
	for _, e := range p {
		switch e := e.(type) {
		case int:
			fmt.Fprintf(&b, "[%d]", e)
		case string:
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(e)
		}
	}
	return b.String()
}

type Problem struct {
	Path Path
	Err  error
}

func (p Problem) Error() string { return fmt.Sprintf("%v: %v", p.Path, p.Err) }

func (p Problem) Unwrap() error { return p.Err }

type Report struct{ problems []Problem }

func (r *Report) At(path ...any) *Scope { return &Scope{r, path} }

type Scope struct {
	report *Report
	path   Path
}

func (s *Scope) Sub(path ...any) *Scope {
	return &Scope{s.report, append(s.path[:len(s.path):len(s.path)], path...)}
}

func (s *Scope) Fail(err error) { s.report.problems = append(s.report.problems, Problem{s.path, err}) }

func (s *Scope) Check(ok bool, format string, args ...any) bool {
	if !ok {
		s.Fail(fmt.Errorf(format, args...))
	}
	return ok
}

func (r *Report) Err() error {
	if len(r.problems) == 0 {
		return nil
	}
	return r
}

func (r *Report) Error() string {
	return fmt.Sprintf("%d problems, first: %v", len(r.problems), r.problems[0])
}

func (r *Report) Unwrap() []error {
	var errs []error
	for _, p := range r.problems {
		errs = append(errs, p)
	}
	return errs
}

func (r *Report) Sorted() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		sorted := slices.SortedFunc(slices.Values(r.problems), func(a, b Problem) int {
			return cmp.Compare(a.Path.String(), b.Path.String())
		})
		for _, p := range sorted {
			if !yield(p.Path.String(), p.Err) {
				return
			}
		}
	}
}

type Item struct {
	SKU   string
	Count int
}

type Order struct {
	ID    string
	Items []Item
	Notes map[string]string
}

var errSKU = errors.New("unknown article")

func (it Item) validate(s *Scope) {
	s.Sub("count").Check(it.Count > 0, "must be positive, not %d", it.Count)
	if !strings.HasPrefix(it.SKU, "A") {
		s.Sub("sku").Fail(fmt.Errorf("%q: %w", it.SKU, errSKU))
	}
}

func (o Order) Validate() error {
	var r Report
	root := r.At("order")
	root.Sub("id").Check(len(o.ID) >= 3, "%q is too short", o.ID)
	if items := root.Sub("items"); items.Check(o.Items != nil, "is missing") {
		for i, it := range o.Items {
			it.validate(items.Sub(i))
		}
	}
	return r.Err()
}

func main() {
	fmt.Println(Order{ID: "abc", Items: []Item{{"A1", 1}}}.Validate())
	err := Order{ID: "x", Items: []Item{{"A1", 0}, {"B2", -3}}}.Validate()
	fmt.Println(err)
	var r *Report
	if errors.As(err, &r) {
		for path, err := range r.Sorted() {
			fmt.Println(" ", path, "->", err)
		}
	}
	var p Problem
	fmt.Println(errors.Is(err, errSKU), errors.As(err, &p), p.Path)
	fmt.Println(Order{ID: "long"}.Validate(), Path{"a", 0, 1, "b"}, Path(nil).String() == "")
}

// Output:
// <nil>
// 4 problems, first: order.id: "x" is too short
//   order.id -> "x" is too short
//   order.items[0].count -> must be positive, not 0
//   order.items[1].count -> must be positive, not -3
//   order.items[1].sku -> "B2": unknown article
// true true order.id
// 1 problems, first: order.items: is missing a[0][1].b true
