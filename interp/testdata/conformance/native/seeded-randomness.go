package main

import (
	"fmt"
	"math/rand"
	randv2 "math/rand/v2"
	"slices"
	"strings"
)

type lcg struct{ state uint64 }

func (l *lcg) Uint64() uint64 {
	l.state = l.state*6364136223846793005 + 1442695040888963407
	return l.state ^ l.state>>33
}

type oldSource struct{ lcg }

func (o *oldSource) Int63() int64 { return int64(o.Uint64() >> 1) }

func (o *oldSource) Seed(seed int64) { o.state = uint64(seed) }

type Weighted[T any] struct {
	items  []T
	totals []int
}

func (w *Weighted[T]) Add(item T, weight int) *Weighted[T] {
	total := weight
	if n := len(w.totals); n > 0 {
		total += w.totals[n-1]
	}
	w.items = append(w.items, item)
	w.totals = append(w.totals, total)
	return w
}

func (w *Weighted[T]) Pick(r *randv2.Rand) T {
	n := r.IntN(w.totals[len(w.totals)-1])
	i, found := slices.BinarySearch(w.totals, n)
	if found {
		i++
	}
	return w.items[i]
}

type Deck []string

func (d Deck) Swap(i, j int) { d[i], d[j] = d[j], d[i] }

func maze(r *rand.Rand, w, h int) string {
	var b strings.Builder
	for range h {
		for range w {
			b.WriteByte(`/\`[r.Intn(2)])
		}
		b.WriteByte('|')
	}
	return b.String()
}

func main() {
	r := rand.New(rand.NewSource(42))
	fmt.Println(r.Intn(100), r.Int63(), r.Float64(), r.Perm(5), r.Int31n(10), r.Uint32())
	fmt.Println(maze(r, 8, 3))
	own := rand.New(&oldSource{})
	own.Seed(7)
	first := own.Int63()
	own.Seed(7)
	fmt.Println(own.Int63() == first, own.Intn(1000), own.NormFloat64() < 10)
	p := randv2.New(randv2.NewPCG(1, 2))
	fmt.Println(p.IntN(100), p.Uint64(), p.Float32(), p.Perm(4), p.Int64N(1e12), p.ExpFloat64() > 0)
	c := randv2.New(randv2.NewChaCha8([32]byte([]byte("chacha8 seed of 32 bytes exactly"))))
	fmt.Println(c.IntN(1000), c.Uint32N(50), c.Int())
	u := randv2.New(&lcg{3})
	d := Deck(strings.Split("abcdefgh", ""))
	u.Shuffle(len(d), d.Swap)
	fmt.Println(d, u.IntN(10), randv2.N[int64](1) == 0)
	w := new(Weighted[string]).Add("common", 8).Add("rare", 1).Add("never", 0).Add("some", 3)
	counts := map[string]int{}
	for range 1200 {
		counts[w.Pick(p)]++
	}
	fmt.Println(counts["never"], counts["common"] > counts["some"], counts["some"] > counts["rare"], counts["rare"] > 0)
	zipf := rand.NewZipf(r, 1.5, 2, 10)
	top := 0
	for range 100 {
		if zipf.Uint64() == 0 {
			top++
		}
	}
	fmt.Println(top > 20, rand.Intn(1), len(rand.Perm(3)))
	func() {
		defer func() { fmt.Println(recover()) }()
		r.Intn(0)
	}()
	b := make([]byte, 4)
	n, err := rand.New(rand.NewSource(1)).Read(b)
	fmt.Println(n, err, b)
}

// Output:
// 5 608747136543856411 0.604093851558642 [0 4 1 2 3] 8 2776165286
// \\\//\/\|\////\/\|/\\\//\/|
// true 231 true
// 76 11371241257079532652 0.8135684 [1 3 0 2] 499911755383 true
// 655 40 7264304015333608396
// [a d h g b e c f] 4 true
// 101 true true true
// true 0 3
// invalid argument to Intn
// 4 <nil> [82 253 252 7]
