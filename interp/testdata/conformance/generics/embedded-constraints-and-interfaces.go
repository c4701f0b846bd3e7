package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

type Source[T any] interface{ Next() (T, error) }

type Sink[T any] interface{ Put(T) error }

type Duplex[In, Out any] interface {
	Source[In]
	Sink[Out]
	io.Closer
}

type Stage[In, Out any] interface{ Process(In) (Out, bool) }

type StageFunc[In, Out any] func(In) (Out, bool)

func (f StageFunc[In, Out]) Process(v In) (Out, bool) { return f(v) }

type sliceSource[T any] struct {
	items []T
	pos   int
}

func (s *sliceSource[T]) Next() (v T, err error) {
	if s.pos == len(s.items) {
		return v, io.EOF
	}
	s.pos++
	return s.items[s.pos-1], nil
}

type sliceSink[T any] struct {
	items []T
	limit int
}

var errFull = errors.New("sink is full")

func (s *sliceSink[T]) Put(v T) error {
	if len(s.items) == s.limit {
		return errFull
	}
	s.items = append(s.items, v)
	return nil
}

type staged[In, Out any] struct {
	Source[In]
	stage Stage[In, Out]
}

func (s staged[In, Out]) Next() (out Out, err error) {
	for {
		in, err := s.Source.Next()
		if err != nil {
			return out, err
		}
		if v, ok := s.stage.Process(in); ok {
			return v, nil
		}
	}
}

func Copy[T any](dst Sink[T], src Source[T]) (n int, err error) {
	for {
		v, err := src.Next()
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		if err := dst.Put(v); err != nil {
			return n, fmt.Errorf("after %d: %w", n, err)
		}
		n++
	}
}

type loopback[T any] struct {
	sliceSource[T]
	*sliceSink[T]
	closed bool
}

func (l *loopback[T]) Close() error {
	l.closed = true
	l.sliceSource.items = l.sliceSink.items
	return nil
}

func Connect[T any, D Duplex[T, T]](d D, vs ...T) ([]T, error) {
	for _, v := range vs {
		if err := d.Put(v); err != nil {
			return nil, err
		}
	}
	if err := d.Close(); err != nil {
		return nil, err
	}
	out := &sliceSink[T]{limit: 100}
	_, err := Copy[T](out, d)
	return out.items, err
}

func main() {
	src := &sliceSource[int]{items: []int{1, 2, 3, 4, 5}}
	evens := staged[int, string]{src, StageFunc[int, string](func(n int) (string, bool) { return strings.Repeat("o", n), n%2 == 0 })}
	dst := &sliceSink[string]{limit: 10}
	fmt.Println(Copy[string](dst, evens))
	fmt.Println(dst.items)
	_, err := Copy(Sink[string](&sliceSink[string]{limit: 1}), Source[string](&sliceSource[string]{items: dst.items}))
	fmt.Println(err, errors.Is(err, errFull))
	l := &loopback[float64]{sliceSink: &sliceSink[float64]{limit: 2}}
	fmt.Println(Connect(l, 1.5, 2.5))
	fmt.Println(l.closed, l.pos, l.limit)
	fmt.Println(Connect(l, 3.5))
	var d Duplex[float64, float64] = l
	_, isSource := d.(Source[float64])
	_, isOther := any(d).(Source[int])
	_, isCloser := any(d).(io.Closer)
	fmt.Println(isSource, isOther, isCloser)
	fmt.Printf("%T %T\n", evens, d)
}

// Output:
// 2 <nil>
// [oo oooo]
// after 1: sink is full true
// [1.5 2.5] <nil>
// true 2 2
// [] sink is full
// true false true
// main.staged[int,string] *main.loopback[float64]
