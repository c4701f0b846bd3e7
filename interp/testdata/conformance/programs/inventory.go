package main

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sort"
	"strings"
	"time"
)

// A small inventory/reporting domain with generic repositories, specs and aggregates.
type Entity[ID comparable] interface {
	Key() ID
	comparable
}
type SKU string
type Item struct {
	SKU   SKU
	Name  string
	Price Cents
	At    time.Time
}
type Cents int64

func (c Cents) String() string        { return fmt.Sprintf("$%d.%02d", c/100, c%100) }
func (i Item) Key() SKU               { return i.SKU }
func (i Item) WithPrice(c Cents) Item { i.Price = c; return i }

type Repo[ID cmp.Ordered, E Entity[ID]] struct {
	byID    map[ID]E
	hooks   []func(op string, e E) error
	indexes map[string]func(E) string
}

type Option[ID cmp.Ordered, E Entity[ID]] func(*Repo[ID, E])

func WithIndex[ID cmp.Ordered, E Entity[ID]](name string, f func(E) string) Option[ID, E] {
	return func(r *Repo[ID, E]) {
		if r.indexes == nil {
			r.indexes = make(map[string]func(E) string)
		}
		r.indexes[name] = f
	}
}
func OnChange[ID cmp.Ordered, E Entity[ID]](f func(string, E) error) Option[ID, E] {
	return func(r *Repo[ID, E]) { r.hooks = append(r.hooks, f) }
}
func New[ID cmp.Ordered, E Entity[ID]](opts ...Option[ID, E]) *Repo[ID, E] {
	r := &Repo[ID, E]{byID: map[ID]E{}}
	for _, o := range opts {
		o(r)
	}
	return r
}
func (r *Repo[ID, E]) Save(es ...E) (err error) {
	var done []E
	defer func() {
		if err != nil {
			for _, e := range slices.Backward(done) {
				delete(r.byID, e.Key())
			}
			err = fmt.Errorf("save %d/%d: %w", len(done), len(es), err)
		}
	}()
	for _, e := range es {
		for _, h := range r.hooks {
			if err := h("save", e); err != nil {
				return err
			}
		}
		r.byID[e.Key()] = e
		done = append(done, e)
	}
	return nil
}
func (r *Repo[ID, E]) All() iter.Seq2[ID, E] {
	return func(yield func(ID, E) bool) {
		for _, id := range slices.Sorted(maps.Keys(r.byID)) {
			if !yield(id, r.byID[id]) {
				return
			}
		}
	}
}

type Spec[E any] func(E) bool

func (s Spec[E]) And(o Spec[E]) Spec[E] { return func(e E) bool { return s(e) && o(e) } }
func (s Spec[E]) Not() Spec[E]          { return func(e E) bool { return !s(e) } }
func Where[K, E any](seq iter.Seq2[K, E], s Spec[E]) iter.Seq[E] {
	return func(yield func(E) bool) {
		for _, e := range seq {
			if s(e) && !yield(e) {
				return
			}
		}
	}
}
func GroupBy[K comparable, E any](seq iter.Seq[E], key func(E) K) map[K][]E {
	out := make(map[K][]E)
	for e := range seq {
		k := key(e)
		out[k] = append(out[k], e)
	}
	return out
}

type Agg[E, A any] struct {
	Init func() A
	Step func(A, E) A
	Done func(A) any
}

func Fold[E, A any](seq iter.Seq[E], a Agg[E, A]) any {
	acc := a.Init()
	for e := range seq {
		acc = a.Step(acc, e)
	}
	if a.Done == nil {
		return acc
	}
	return a.Done(acc)
}

func SumOf[E any, N ~int | ~int64 | ~float64](f func(E) N) Agg[E, N] {
	return Agg[E, N]{Init: func() (n N) { return }, Step: func(n N, e E) N { return n + f(e) }}
}
func Avg[E any](f func(E) float64) Agg[E, struct {
	n int
	s float64
}] {
	type acc = struct {
		n int
		s float64
	}
	return Agg[E, acc]{
		Init: func() acc { return acc{} },
		Step: func(a acc, e E) acc { a.n++; a.s += f(e); return a },
		Done: func(a acc) any { return fmt.Sprintf("%.2f", a.s/float64(max(a.n, 1))) },
	}
}

type byName []Item

func (b byName) Len() int           { return len(b) }
func (b byName) Less(i, j int) bool { return b[i].Name < b[j].Name }
func (b byName) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

type table struct {
	strings.Builder
	widths []int
}

func (t *table) row(cells ...any) *table {
	for i, c := range cells {
		w := 8
		if i < len(t.widths) {
			w = t.widths[i]
		}
		switch c := c.(type) {
		case Cents, int, int64, float64:
			fmt.Fprintf(t, "%*v|", w, c)
		case fmt.Stringer:
			fmt.Fprintf(t, "%-*s|", w, c)
		default:
			fmt.Fprintf(t, "%-*v|", w, c)
		}
	}
	t.WriteByte('\n')
	return t
}

func main() {
	base := time.Date(2024, time.March, 30, 22, 0, 0, 0, time.UTC)
	var ops []string
	repo := New(
		OnChange[SKU](func(op string, i Item) error {
			ops = append(ops, op+":"+string(i.SKU))
			if i.Price < 0 {
				return fmt.Errorf("price %v of %q", i.Price, i.Name)
			}
			return nil
		}),
		WithIndex[SKU]("letter", func(i Item) string { return i.Name[:1] }),
	)
	fmt.Println(repo.Save(Item{"c", "cup", 250, base}, Item{"a", "apple", 99, base.AddDate(0, 0, 1)}, Item{"b", "bread", 349, base.Add(36 * time.Hour)}))
	fmt.Println(repo.Save(Item{"x", "x", 1, base}, Item{"y", "why", -5, base}))
	fmt.Println(ops, len(repo.byID))
	cheap := Spec[Item](func(i Item) bool { return i.Price < 300 })
	early := Spec[Item](func(i Item) bool { return i.At.Before(base.Add(time.Hour)) })
	for i := range Where(repo.All(), cheap.And(early.Not())) {
		fmt.Println(i)
	}
	groups := GroupBy(Where(repo.All(), cheap.Not().Not()), repo.indexes["letter"])
	for _, k := range slices.Sorted(maps.Keys(groups)) {
		fmt.Println(k, groups[k])
	}
	all := Where(repo.All(), func(Item) bool { return true })
	fmt.Println(Fold(all, SumOf(func(i Item) Cents { return i.Price })), Fold(all, Avg(func(i Item) float64 { return float64(i.Price) })),
		Fold(all, SumOf(func(i Item) float64 { return .5 })))
	items := slices.Collect(all)
	sort.Sort(sort.Reverse(byName(items)))
	t := &table{widths: []int{4, 8, 10}}
	for _, i := range items {
		t.row(i.SKU, i.Name, i.Price.String(), i.Price, i.At.Weekday(), i.At.Format("Jan _2"))
	}
	fmt.Print(t)
	cp := items[0].WithPrice(1)
	fmt.Println(cp.Price, items[0].Price, cp == items[0], cp == items[0].WithPrice(1))
	months := map[time.Month]Cents{}
	for _, i := range repo.byID {
		months[i.At.Month()] += i.Price
	}
	fmt.Println(months)
	next, stop := iter.Pull2(repo.All())
	defer stop()
	for {
		k, v, ok := next()
		if !ok {
			break
		}
		fmt.Print(k, v.Price, " ")
	}
	fmt.Println()
	min := slices.MinFunc(items, func(a, b Item) int { return cmp.Compare(a.Price, b.Price) })
	fmt.Printf("%+v %T\n", min, repo)
}

// Output:
// <nil>
// save 1/2: price $0.-5 of "why"
// [save:c save:a save:b save:x save:y] 3
// {a apple $0.99 2024-03-31 22:00:00 +0000 UTC}
// a [{a apple $0.99 2024-03-31 22:00:00 +0000 UTC}]
// c [{c cup $2.50 2024-03-30 22:00:00 +0000 UTC}]
// $6.98 232.67 1.5
// c   |cup     |$2.50     |   $2.50|Saturday|Mar 30  |
// b   |bread   |$3.49     |   $3.49|Monday  |Apr  1  |
// a   |apple   |$0.99     |   $0.99|Sunday  |Mar 31  |
// $0.01 $2.50 false true
// map[March:$3.49 April:$3.49]
// a$0.99 b$3.49 c$2.50
// {SKU:a Name:apple Price:$0.99 At:2024-03-31 22:00:00 +0000 UTC} *main.Repo[main.SKU,main.Item]
