package program

const imports = `
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"time"
`

// prelude is what every program ends with.
const prelude = `
var fuel = 1000

// tick is at the beginning of every function and loop, so that everything ends.
func tick() {
	fuel--
	if fuel < 0 {
		panic("out of fuel")
	}
}

// traced are the numbers of the expressions evaluated since the last print.
var traced []int

func tr[T any](n int, v T) T {
	if len(traced) < 40 {
		traced = append(traced, n)
	}
	return v
}

func p(label string, args ...any) {
	fmt.Print(label)
	for _, a := range args {
		fmt.Printf(" %v", a)
	}
	fmt.Println(" ", traced)
	traced = traced[:0]
}

func pf(label, verb string, arg any) {
	fmt.Printf(label+" "+verb, arg)
	fmt.Println(" ", traced)
	traced = traced[:0]
}

// try runs a block; it ends with its panic.
func try(label string, f func()) {
	fuel = 300
	defer func() {
		if r := recover(); r != nil {
			if e, ok := r.(error); ok {
				fmt.Printf("%s panics: %T %v\n", label, r, e)
			} else {
				fmt.Printf("%s panics: %T %v\n", label, r, r)
			}
		}
		traced = traced[:0]
	}()
	f()
}

type number interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~float32 | ~float64
}

func id[T any](v T) T { return v }

func as[T any](x any) T { v, _ := x.(T); return v }

func pickOne[T any](c bool, a, b T) T {
	if c {
		return a
	}
	return b
}

func addUp[T number](xs ...T) (sum T) {
	for _, x := range xs {
		sum += x
	}
	return
}

func ix(i, n int) int {
	if n == 0 {
		return 0
	}
	return int(uint(i) % uint(n))
}

func at[S ~[]E, E any](s S, i int) (zero E) {
	if len(s) == 0 {
		return
	}
	return s[ix(i, len(s))]
}

func nz[T any](v *T) *T {
	if v == nil {
		return new(T)
	}
	return v
}

func lim[S ~[]E, E any](s S) S {
	if len(s) > 12 {
		return s[:12]
	}
	return s
}

func cut[S ~string](s S) S {
	if len(s) > 24 {
		return s[:24]
	}
	return s
}

func sub[S ~string](s S, i, j int) S {
	a, b := ix(i, len(s)+1), ix(j, len(s)+1)
	return s[min(a, b):max(a, b)]
}

func part[S ~[]E, E any](s S, i, j int) S {
	a, b := ix(i, len(s)+1), ix(j, len(s)+1)
	return s[min(a, b):max(a, b)]
}

func transform[T, U any](s []T, f func(T) U) []U {
	r := make([]U, 0, len(s))
	for _, x := range s {
		r = append(r, f(x))
	}
	return r
}

func each[E any](s []E) iter.Seq2[int, E] {
	return func(yield func(int, E) bool) {
		for i, x := range s {
			if !yield(i, x) {
				return
			}
		}
	}
}

func sorted[M ~map[K]V, K comparable, V any](m M) []string {
	var r []string
	for k, v := range m {
		r = append(r, fmt.Sprintf("%v=%v", k, v))
	}
	sort.Strings(r)
	return r
}

func equal(a, b any) (r string) {
	defer func() {
		if e := recover(); e != nil {
			r = fmt.Sprint(e)
		}
	}()
	return fmt.Sprint(a == b)
}

func clamp[F ~float32 | ~float64](f F) F {
	if f != f {
		return 0
	}
	return min(max(f, -100), 100)
}

var _ = errors.New
var _ sync.Mutex
var _ atomic.Int64
var _ time.Duration
var _ context.Context
var _ = json.Marshal
var _ = strings.ToUpper
var _ = maps.Keys[map[int]int]
var _ = slices.Sort[[]int]
`
