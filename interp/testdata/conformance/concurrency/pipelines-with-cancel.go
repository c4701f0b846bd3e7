package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

type doc struct {
	name  string
	words map[string]int
}

type stageError struct {
	stage string
	item  string
	err   error
}

func (e *stageError) Error() string { return e.stage + " " + e.item + ": " + e.err.Error() }

func (e *stageError) Unwrap() error { return e.err }

var errEmpty = errors.New("empty document")

type group struct {
	ctx    context.Context
	cancel context.CancelCauseFunc
	wg     sync.WaitGroup
}

func newGroup(parent context.Context) *group {
	ctx, cancel := context.WithCancelCause(parent)
	return &group{ctx: ctx, cancel: cancel}
}

func (g *group) run(f func(context.Context) error) {
	g.wg.Go(func() {
		if err := f(g.ctx); err != nil {
			g.cancel(err)
		}
	})
}

func (g *group) wait() error {
	g.wg.Wait()
	defer g.cancel(nil)
	return context.Cause(g.ctx)
}

func send[T any](ctx context.Context, out chan<- T, v T) error {
	select {
	case out <- v:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func index(parent context.Context, texts map[string]string, workers int) (map[string][]string, error) {
	g := newGroup(parent)
	names, docs := make(chan string), make(chan doc)
	g.run(func(ctx context.Context) error {
		defer close(names)
		keys := make([]string, 0, len(texts))
		for k := range texts {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			if err := send(ctx, names, k); err != nil {
				return err
			}
		}
		return nil
	})
	var counting sync.WaitGroup
	counting.Add(workers)
	for range workers {
		g.run(func(ctx context.Context) error {
			defer counting.Done()
			for name := range names {
				d := doc{name, map[string]int{}}
				for _, w := range strings.Fields(texts[name]) {
					d.words[strings.ToLower(w)]++
				}
				if len(d.words) == 0 {
					return &stageError{"count", name, errEmpty}
				}
				if err := send(ctx, docs, d); err != nil {
					return err
				}
			}
			return nil
		})
	}
	go func() {
		counting.Wait()
		close(docs)
	}()
	result := map[string][]string{}
	g.run(func(context.Context) error {
		for d := range docs {
			for w := range d.words {
				result[w] = append(result[w], d.name)
			}
		}
		return nil
	})
	if err := g.wait(); err != nil {
		return nil, err
	}
	for _, names := range result {
		slices.Sort(names)
	}
	return result, nil
}

func main() {
	texts := map[string]string{"a": "The cat", "b": "the dog and the cat", "c": "A bird"}
	fmt.Println(index(context.Background(), texts, 2))
	texts["bb"] = "   "
	_, err := index(context.Background(), texts, 1)
	var se *stageError
	fmt.Println(err, errors.Is(err, errEmpty), errors.As(err, &se), se.item)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = index(ctx, texts, 3)
	fmt.Println(errors.Is(err, context.Canceled))
}

// Output:
// map[a:[c] and:[b] bird:[c] cat:[a b] dog:[b] the:[a b]] <nil>
// count bb: empty document true true bb
// true
