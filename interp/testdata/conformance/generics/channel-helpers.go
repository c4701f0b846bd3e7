package main

import (
	"context"
	"fmt"
	"sort"
	"sync"
)

func Generate[T any](ctx context.Context, vs ...T) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for _, v := range vs {
			select {
			case out <- v:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func Map[T, U any](in <-chan T, f func(T) U) <-chan U {
	out := make(chan U)
	go func() {
		defer close(out)
		for v := range in {
			out <- f(v)
		}
	}()
	return out
}

func Merge[T any](ins ...<-chan T) <-chan T {
	out := make(chan T)
	var wg sync.WaitGroup
	for _, in := range ins {
		wg.Go(func() {
			for v := range in {
				out <- v
			}
		})
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}

func Collect[T any](in <-chan T) (out []T) {
	for v := range in {
		out = append(out, v)
	}
	return
}

type result[T any] struct {
	value T
	err   error
}

type Future[T any] struct {
	done chan struct{}
	res  result[T]
}

func Async[T any](f func() (T, error)) *Future[T] {
	fut := &Future[T]{done: make(chan struct{})}
	go func() {
		defer close(fut.done)
		defer func() {
			if e := recover(); e != nil {
				fut.res.err = fmt.Errorf("panicked: %v", e)
			}
		}()
		fut.res.value, fut.res.err = f()
	}()
	return fut
}

func (f *Future[T]) Await() (T, error) {
	<-f.done
	return f.res.value, f.res.err
}

func ParallelMap[T, U any](in []T, workers int, f func(T) (U, error)) ([]U, error) {
	out := make([]U, len(in))
	jobs, errs := make(chan int), make(chan error, len(in))
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i := range jobs {
				v, err := f(in[i])
				if err != nil {
					errs <- fmt.Errorf("item %d: %w", i, err)
				}
				out[i] = v
			}
		})
	}
	for i := range in {
		jobs <- i
	}
	close(jobs)
	wg.Wait()
	close(errs)
	return out, <-errs
}

type celsius float64

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	temps := Map(Generate(ctx, celsius(20), 25.5, 30), func(c celsius) string { return fmt.Sprintf("%.1fC", float64(c)) })
	fmt.Println(Collect(temps))
	all := Collect(Merge(Generate(ctx, 1, 2, 3), Generate(ctx, 10, 20), Map(Generate(ctx, "a", "bb"), func(s string) int { return -len(s) })))
	sort.Ints(all)
	fmt.Println(all)
	endless := Generate(ctx, make([]struct{}, 1000)...)
	<-endless
	cancel()
	rest := len(Collect(endless))
	fmt.Println(rest < 999)
	f := Async(func() (map[string]int, error) { return map[string]int{"a": 1}, nil })
	fmt.Println(f.Await())
	fmt.Println(Async(func() (int, error) { return 0, context.Canceled }).Await())
	fmt.Println(Async(func() (s []int, err error) { return s[3:4], nil }).Await())
	fmt.Println(ParallelMap([]int{1, 2, 3, 4}, 3, func(n int) (celsius, error) { return celsius(n) / 2, nil }))
	_, err := ParallelMap([]string{"x", "", "y"}, 2, func(s string) (byte, error) {
		if s == "" {
			return 0, fmt.Errorf("empty")
		}
		return s[0], nil
	})
	fmt.Println(err)
}

// Output:
// [20.0C 25.5C 30.0C]
// [-2 -1 1 2 3 10 20]
// true
// map[a:1] <nil>
// 0 context canceled
// [] panicked: runtime error: slice bounds out of range [:4] with capacity 0
// [0.5 1 1.5 2] <nil>
// item 1: empty
