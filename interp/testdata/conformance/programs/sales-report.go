package main

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

type Sale struct {
	Day     time.Time
	Region  string
	Product string
	Units   int
	Price   Cents
}

type Cents int

func (c Cents) String() string { return fmt.Sprintf("%d.%02d", int(c)/100, int(c)%100) }

func ParseCents(s string) (Cents, error) {
	f, err := strconv.ParseFloat(s, 64)
	return Cents(f*100 + 0.5), err
}

type Key interface{ comparable }

type Totals struct {
	Units   int
	Revenue Cents
	Best    *Sale
}

func (t *Totals) Add(s *Sale) {
	t.Units += s.Units
	t.Revenue += s.Price * Cents(s.Units)
	if t.Best == nil || s.Units > t.Best.Units {
		t.Best = s
	}
}

type Pivot[R, C Key] struct {
	cells map[R]map[C]*Totals
	rows  map[R]*Totals
	cols  map[C]*Totals
	all   Totals
}

func pick[K Key](m map[K]*Totals, k K) *Totals {
	t, ok := m[k]
	if !ok {
		t = &Totals{}
		m[k] = t
	}
	return t
}

func NewPivot[R, C Key](sales []*Sale, row func(*Sale) R, col func(*Sale) C) *Pivot[R, C] {
	p := &Pivot[R, C]{cells: map[R]map[C]*Totals{}, rows: map[R]*Totals{}, cols: map[C]*Totals{}}
	for _, s := range sales {
		r, c := row(s), col(s)
		if p.cells[r] == nil {
			p.cells[r] = map[C]*Totals{}
		}
		for _, t := range []*Totals{pick(p.cells[r], c), pick(p.rows, r), pick(p.cols, c), &p.all} {
			t.Add(s)
		}
	}
	return p
}

func (p *Pivot[R, C]) Print(w io.Writer, lessR func(a, b R) int, lessC func(a, b C) int) {
	rows := slices.SortedFunc(maps.Keys(p.rows), lessR)
	cols := slices.SortedFunc(maps.Keys(p.cols), lessC)
	fmt.Fprintf(w, "%-8s", "")
	for _, c := range cols {
		fmt.Fprintf(w, "%10v", c)
	}
	fmt.Fprintf(w, "%10s\n", "total")
	for _, r := range rows {
		fmt.Fprintf(w, "%-8v", r)
		for _, c := range cols {
			if t := p.cells[r][c]; t != nil {
				fmt.Fprintf(w, "%10v", t.Revenue)
			} else {
				fmt.Fprintf(w, "%10s", "-")
			}
		}
		fmt.Fprintf(w, "%10v\n", p.rows[r].Revenue)
	}
	fmt.Fprintf(w, "%d units, %v, best %s\n", p.all.Units, p.all.Revenue, p.all.Best.Product)
}

type column struct {
	name string
	set  func(*Sale, string) error
}

var columns = []column{
	{"day", func(s *Sale, v string) (err error) { s.Day, err = time.Parse(time.DateOnly, v); return }},
	{"region", func(s *Sale, v string) error { s.Region = v; return nil }},
	{"product", func(s *Sale, v string) error { s.Product = v; return nil }},
	{"units", func(s *Sale, v string) (err error) { s.Units, err = strconv.Atoi(v); return }},
	{"price", func(s *Sale, v string) (err error) { s.Price, err = ParseCents(v); return }},
}

func load(r io.Reader) (sales []*Sale, errs []error) {
	records, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, []error{err}
	}
next:
	for i, rec := range records[1:] {
		s := new(Sale)
		for j, c := range columns {
			if err := c.set(s, rec[j]); err != nil {
				errs = append(errs, fmt.Errorf("line %d, %s: %w", i+2, c.name, err))
				continue next
			}
		}
		sales = append(sales, s)
	}
	return
}

const data = `day,region,product,units,price
2024-01-05,north,cup,3,4.50
2024-01-20,south,cup,1,4.50
2024-02-11,north,plate,10,7.25
2024-02-30,north,plate,1,1
2024-02-12,west,bowl,x,1
2024-03-01,south,plate,2,6.999
2024-01-31,north,cup,4,4
`

func main() {
	sales, errs := load(strings.NewReader(data))
	for _, e := range errs {
		fmt.Println(e)
	}
	var out strings.Builder
	NewPivot(sales, func(s *Sale) string { return s.Region }, func(s *Sale) time.Month { return s.Day.Month() }).Print(&out, strings.Compare, cmp.Compare[time.Month])
	type half struct{ year, part int }
	NewPivot(sales, func(s *Sale) half { return half{s.Day.Year(), int(s.Day.Month()+1) / 2} }, func(s *Sale) bool { return s.Units > 2 }).Print(&out,
		func(a, b half) int { return cmp.Or(cmp.Compare(a.year, b.year), -cmp.Compare(a.part, b.part)) },
		func(a, b bool) int {
			if a == b {
				return 0
			} else if a {
				return 1
			}
			return -1
		})
	fmt.Print(out.String())
}

// Output:
// line 5, day: parsing time "2024-02-30": day out of range
// line 6, units: strconv.Atoi: parsing "x": invalid syntax
//            January  February     March     total
// north        29.50     72.50         -    102.00
// south         4.50         -     14.00     18.50
// 20 units, 120.50, best plate
//              false      true     total
// {2024     2       }     14.00         -     14.00
// {2024     1       }      4.50    102.00    106.50
// 20 units, 120.50, best plate
