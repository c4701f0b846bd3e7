package main

import (
	"errors"
	"fmt"
	"strings"
)

type Number interface {
	~int | ~int32 | ~float64 | ~complex128
}

type Matrix[T Number] struct {
	rows, cols int
	data       []T
}

var ErrShape = errors.New("shapes do not match")

func From[T Number](rows ...[]T) Matrix[T] {
	m := Matrix[T]{rows: len(rows), cols: len(rows[0])}
	for _, r := range rows {
		m.data = append(m.data, r...)
	}
	return m
}

func Identity[T Number](n int) Matrix[T] {
	m := Matrix[T]{n, n, make([]T, n*n)}
	for i := range n {
		*m.At(i, i) = 1
	}
	return m
}

func (m Matrix[T]) At(r, c int) *T { return &m.data[r*m.cols+c] }

func (m Matrix[T]) Mul(o Matrix[T]) (Matrix[T], error) {
	if m.cols != o.rows {
		return Matrix[T]{}, fmt.Errorf("%dx%d by %dx%d: %w", m.rows, m.cols, o.rows, o.cols, ErrShape)
	}
	out := Matrix[T]{m.rows, o.cols, make([]T, m.rows*o.cols)}
	for i := range m.rows {
		for j := range o.cols {
			for k := range m.cols {
				*out.At(i, j) += *m.At(i, k) * *o.At(k, j)
			}
		}
	}
	return out, nil
}

func (m Matrix[T]) Pow(n int) Matrix[T] {
	result := Identity[T](m.rows)
	for ; n > 0; n /= 2 {
		if n%2 == 1 {
			result, _ = result.Mul(m)
		}
		m, _ = m.Mul(m)
	}
	return result
}

func (m Matrix[T]) Transpose() Matrix[T] {
	out := Matrix[T]{m.cols, m.rows, make([]T, len(m.data))}
	for i := range m.rows {
		for j := range m.cols {
			*out.At(j, i) = *m.At(i, j)
		}
	}
	return out
}

func (m Matrix[T]) String() string {
	var b strings.Builder
	for i := range m.rows {
		fmt.Fprintln(&b, m.data[i*m.cols:(i+1)*m.cols])
	}
	return strings.TrimSpace(b.String())
}

func MapTo[T, U Number](m Matrix[T], f func(T) U) Matrix[U] {
	out := Matrix[U]{m.rows, m.cols, make([]U, len(m.data))}
	for i, v := range m.data {
		out.data[i] = f(v)
	}
	return out
}

type Score int32

func main() {
	fib := From([]int{1, 1}, []int{1, 0})
	fmt.Println(fib.Pow(10))
	fmt.Println(fib.Pow(90).data[1])
	a := From([]float64{1, 2, 3}, []float64{4, 5, 6})
	fmt.Println(a.Transpose())
	p, err := a.Mul(a.Transpose())
	fmt.Println(p, err)
	_, err = a.Mul(a)
	fmt.Println(err, errors.Is(err, ErrShape))
	rot := From([]complex128{0, -1}, []complex128{1, 0})
	sq, _ := rot.Mul(rot)
	fmt.Println(sq)
	scores := MapTo(a, func(f float64) Score { return Score(f * 1.5) })
	fmt.Printf("%v %T\n", scores, scores)
	*scores.At(1, 2) -= 100
	fmt.Println(*scores.At(1, 2), []fmt.Stringer{scores, fib})
}

// Output:
// [89 55]
// [55 34]
// 2880067194370816120
// [1 4]
// [2 5]
// [3 6]
// [14 32]
// [32 77] <nil>
// 2x3 by 2x3: shapes do not match true
// [(-1+0i) (0+0i)]
// [(0+0i) (-1+0i)]
// [1 3 4]
// [6 7 9] main.Matrix[main.Score]
// -91 [[1 3 4]
// [6 7 -91] [1 1]
// [1 0]]
