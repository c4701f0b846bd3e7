package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
)

type Table struct {
	cols []string
	rows [][]any
	err  error
}

type Row struct {
	table *Table
	index int
}

func (t *Table) Rows() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for i := range t.rows {
			if len(t.rows[i]) != len(t.cols) {
				t.err = fmt.Errorf("row %d has %d of %d columns", i, len(t.rows[i]), len(t.cols))
				return
			}
			if !yield(Row{t, i}) {
				return
			}
		}
	}
}

func (t *Table) Err() error { return t.err }

func (r Row) Cells() iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		for j, c := range r.table.cols {
			if !yield(c, r.table.rows[r.index][j]) {
				break
			}
		}
	}
}

type Paged[T any] struct {
	fetch func(page int) ([]T, bool, error)
	calls int
}

func (p *Paged[T]) All() iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for page := 0; ; page++ {
			p.calls++
			items, more, err := p.fetch(page)
			if err != nil {
				var zero T
				yield(zero, fmt.Errorf("page %d: %w", page, err))
				return
			}
			for _, it := range items {
				if !yield(it, nil) {
					return
				}
			}
			if !more {
				return
			}
		}
	}
}

type Tree struct {
	left, right *Tree
	key         string
}

func (t *Tree) Walk(yield func(string) bool) { t.walk(yield) }

func (t *Tree) walk(yield func(string) bool) bool {
	return t == nil || t.left.walk(yield) && yield(t.key) && t.right.walk(yield)
}

func Scan(r io.Reader) iter.Seq2[int, string] {
	sc := bufio.NewScanner(r)
	return func(yield func(int, string) bool) {
		for n := 1; sc.Scan(); n++ {
			if !yield(n, sc.Text()) {
				return
			}
		}
	}
}

func main() {
	t := &Table{cols: []string{"id", "name"}, rows: [][]any{{1, "ann"}, {2, nil}, {3}}}
	for row := range t.Rows() {
		for col, v := range row.Cells() {
			if v == nil {
				fmt.Print(col, " is missing")
				break
			}
			fmt.Print(col, "=", v, " ")
		}
		fmt.Println()
	}
	fmt.Println(t.Err())
	data := []string{"a", "b", "c", "d", "e"}
	p := &Paged[string]{fetch: func(page int) ([]string, bool, error) {
		if page == 2 {
			return nil, false, errors.New("gateway timeout")
		}
		return data[page*2 : page*2+2], true, nil
	}}
	for v, err := range p.All() {
		if err != nil {
			fmt.Println("error:", err)
			continue
		}
		fmt.Print(v, " ")
	}
	for v := range p.All() {
		fmt.Println(v, p.calls)
		break
	}
	root := &Tree{&Tree{nil, &Tree{key: "b"}, "a"}, &Tree{key: "d"}, "c"}
	for k := range root.Walk {
		fmt.Print(k, " ")
		if k == "c" {
			break
		}
	}
	fmt.Println()
	lines := Scan(strings.NewReader("x\ny\nz"))
	for n, l := range lines {
		fmt.Println(n, l)
		if n == 2 {
			break
		}
	}
	for n, l := range lines {
		fmt.Println(n, l, "the scanner goes on")
	}
}

// Output:
// id=1 name=ann
// id=2 name is missing
// row 2 has 1 of 2 columns
// a b c d error: page 2: gateway timeout
// a 4
// a b c
// 1 x
// 2 y
// 1 z the scanner goes on
