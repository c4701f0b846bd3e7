package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
)

type Graph[N comparable] struct {
	edges map[N]map[N]int
}

var ErrCycle = errors.New("cycle")

type CycleError[N comparable] struct{ At N }

func (e *CycleError[N]) Error() string { return fmt.Sprintf("cycle at %v", e.At) }

func (e *CycleError[N]) Is(target error) bool { return target == ErrCycle }

func (g *Graph[N]) Edge(from, to N, weight int) *Graph[N] {
	if g.edges == nil {
		g.edges = make(map[N]map[N]int)
	}
	for _, n := range []N{from, to} {
		if g.edges[n] == nil {
			g.edges[n] = make(map[N]int)
		}
	}
	g.edges[from][to] = weight
	return g
}

func Nodes[N cmp.Ordered](g *Graph[N]) []N { return slices.Sorted(maps.Keys(g.edges)) }

func Topological[N cmp.Ordered](g *Graph[N]) ([]N, error) {
	const (
		unseen = iota
		open
		done
	)
	state := map[N]int{}
	var out []N
	var visit func(N) error
	visit = func(n N) error {
		switch state[n] {
		case open:
			return &CycleError[N]{n}
		case done:
			return nil
		}
		state[n] = open
		for _, next := range slices.Sorted(maps.Keys(g.edges[n])) {
			if err := visit(next); err != nil {
				return err
			}
		}
		state[n] = done
		out = append(out, n)
		return nil
	}
	for _, n := range Nodes(g) {
		if err := visit(n); err != nil {
			return nil, fmt.Errorf("sort %d nodes: %w", len(g.edges), err)
		}
	}
	slices.Reverse(out)
	return out, nil
}

func (g *Graph[N]) Shortest(from, to N) (path []N, cost int, ok bool) {
	dist := map[N]int{from: 0}
	prev := map[N]N{}
	visited := map[N]struct{}{}
	for {
		var best N
		found := false
		for n, d := range dist {
			if _, seen := visited[n]; !seen && (!found || d < dist[best]) {
				best, found = n, true
			}
		}
		if !found {
			return nil, 0, false
		}
		if best == to {
			break
		}
		visited[best] = struct{}{}
		for n, w := range g.edges[best] {
			if d, ok := dist[n]; !ok || dist[best]+w < d {
				dist[n], prev[n] = dist[best]+w, best
			}
		}
	}
	for n := to; ; n = prev[n] {
		path = append([]N{n}, path...)
		if n == from {
			return path, dist[to], true
		}
	}
}

type cell struct{ r, c int }

func main() {
	var g Graph[string]
	g.Edge("shirt", "tie", 1).Edge("tie", "jacket", 2).Edge("trousers", "shoes", 1).Edge("trousers", "belt", 5).Edge("belt", "jacket", 1)
	fmt.Println(Topological(&g))
	g.Edge("jacket", "trousers", 1)
	_, err := Topological(&g)
	var cycle *CycleError[string]
	fmt.Println(err, errors.Is(err, ErrCycle), errors.As(err, &cycle), cycle.At)
	fmt.Println(g.Shortest("shirt", "belt"))
	fmt.Println(g.Shortest("shoes", "tie"))
	var grid Graph[cell]
	for r := range 3 {
		for c := range 3 {
			if r < 2 {
				grid.Edge(cell{r, c}, cell{r + 1, c}, r+c+1)
			}
			if c < 2 {
				grid.Edge(cell{r, c}, cell{r, c + 1}, (r+1)*(c+1)*2)
			}
		}
	}
	_, cost, ok := grid.Shortest(cell{}, cell{2, 2})
	fmt.Println(cost, ok, len(grid.edges))
	ints := (&Graph[int]{}).Edge(3, 1, 0).Edge(2, 3, 0).Edge(5, 5, 0)
	_, err = Topological(ints)
	fmt.Println(err, errors.As(err, &cycle), Nodes(ints))
}

// Output:
// [trousers shoes shirt tie belt jacket] <nil>
// sort 6 nodes: cycle at belt true true belt
// [shirt tie jacket trousers belt] 9 true
// [] 0 false
// 13 true 9
// sort 4 nodes: cycle at 5 false [1 2 3 5]
