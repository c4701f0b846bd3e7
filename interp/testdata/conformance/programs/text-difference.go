package main

import (
	"fmt"
	"slices"
	"strings"
)

type Kind byte

const (
	Same   Kind = ' '
	Insert Kind = '+'
	Delete Kind = '-'
)

type Edit[T any] struct {
	Kind Kind
	Item T
}

func (e Edit[T]) String() string { return fmt.Sprintf("%c%v", e.Kind, e.Item) }

func Diff[S ~[]T, T comparable](a, b S) []Edit[T] {
	lengths := make([][]int, len(a)+1)
	for i := range lengths {
		lengths[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				lengths[i][j] = lengths[i+1][j+1] + 1
			} else {
				lengths[i][j] = max(lengths[i+1][j], lengths[i][j+1])
			}
		}
	}
	var edits []Edit[T]
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			edits = append(edits, Edit[T]{Same, a[i]})
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && lengths[i+1][j] >= lengths[i][j+1]:
			edits = append(edits, Edit[T]{Delete, a[i]})
			i++
		default:
			edits = append(edits, Edit[T]{Insert, b[j]})
			j++
		}
	}
	return edits
}

type Hunk struct {
	oldStart, oldLen, newStart, newLen int
	lines                              []string
}

func (h Hunk) String() string {
	return fmt.Sprintf("@@ -%d,%d +%d,%d @@\n%s", h.oldStart, h.oldLen, h.newStart, h.newLen, strings.Join(h.lines, "\n"))
}

func Unified(a, b string, context int) (hunks []Hunk) {
	edits := Diff(strings.Split(a, "\n"), strings.Split(b, "\n"))
	near := func(i int) bool {
		lo, hi := max(0, i-context), min(len(edits), i+context+1)
		return slices.ContainsFunc(edits[lo:hi], func(e Edit[string]) bool { return e.Kind != Same })
	}
	oldLine, newLine := 1, 1
	var h *Hunk
	for i, e := range edits {
		if !near(i) {
			h = nil
		} else if h == nil {
			hunks = append(hunks, Hunk{oldStart: oldLine, newStart: newLine})
			h = &hunks[len(hunks)-1]
		}
		if e.Kind != Insert {
			oldLine++
		}
		if e.Kind != Delete {
			newLine++
		}
		if h == nil {
			continue
		}
		if e.Kind != Insert {
			h.oldLen++
		}
		if e.Kind != Delete {
			h.newLen++
		}
		h.lines = append(h.lines, e.String())
	}
	return
}

func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		prev := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := prev
			if x != y {
				cost = 1 + min(prev, row[j], row[j+1])
			}
			prev, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}

func suggest(word string, dict ...string) (best string, ok bool) {
	limit := len(word)/3 + 1
	for _, d := range dict {
		if n := distance([]rune(word), []rune(d)); n <= limit {
			best, ok, limit = d, true, n-1
		}
	}
	return
}

func main() {
	a := "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine"
	b := "one\n2\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten"
	for _, h := range Unified(a, b, 1) {
		fmt.Println(h)
	}
	fmt.Println(Diff([]rune("kitten"), []rune("sitting"))[:3], len(Unified(a, a, 3)))
	fmt.Println(Diff([]int{1, 2, 3}, []int{2, 3, 4}), Diff([]string(nil), nil) == nil)
	fmt.Println(distance([]rune("flaw"), []rune("lawn")), distance([]rune("größe"), []rune("grosse")), distance(nil, []rune("abc")))
	fmt.Println(suggest("comit", "commit", "status", "clone"))
	fmt.Println(suggest("xyz", "commit", "status"))
}

// Output:
// @@ -1,3 +1,3 @@
//  one
// -two
// +2
//  three
// @@ -9,1 +9,2 @@
//  nine
// +ten
// [-107 +115  105] 0
// [-1  2  3 +4] true
// 2 3 3
// commit true
//  false
