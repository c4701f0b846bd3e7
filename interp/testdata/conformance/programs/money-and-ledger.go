package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

type Currency string

var digits = map[Currency]int{"EUR": 2, "JPY": 0, "KWD": 3}

type Money struct {
	units    int64
	currency Currency
}

type MismatchError struct{ A, B Currency }

func (m MismatchError) Error() string { return fmt.Sprintf("%s is not %s", m.B, m.A) }

func Parse(s string) (m Money, err error) {
	amount, cur, ok := strings.Cut(s, " ")
	d, known := digits[Currency(cur)]
	if !ok || !known {
		return m, fmt.Errorf("money %q: no currency", s)
	}
	whole, frac, _ := strings.Cut(strings.ReplaceAll(amount, ",", ""), ".")
	if len(frac) > d {
		return m, fmt.Errorf("money %q: more than %d decimals", s, d)
	}
	n, err := strconv.ParseInt(whole+frac+strings.Repeat("0", d-len(frac)), 10, 64)
	if err != nil {
		return m, fmt.Errorf("money %q: %w", s, errors.Unwrap(err))
	}
	return Money{n, Currency(cur)}, nil
}

func M(s string) Money {
	m, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return m
}

func (m Money) String() string {
	d := digits[m.currency]
	text := fmt.Sprintf("%0*d", d+1, max(m.units, -m.units))
	whole, frac := text[:len(text)-d], text[len(text)-d:]
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if frac != "" {
		whole += "." + frac
	}
	if m.units < 0 {
		whole = "-" + whole
	}
	return whole + " " + string(m.currency)
}

func (m Money) Plus(n Money) (Money, error) {
	if m.currency != n.currency {
		return m, MismatchError{m.currency, n.currency}
	}
	return Money{m.units + n.units, m.currency}, nil
}

func (m Money) Neg() Money { m.units = -m.units; return m }

func (m Money) Percent(bp int64) Money {
	n := m.units * bp
	half := int64(5000)
	if n < 0 {
		half = -half
	}
	return Money{(n + half) / 10000, m.currency}
}

func (m Money) Split(ratios ...int64) []Money {
	var total int64
	for _, r := range ratios {
		total += r
	}
	out := make([]Money, len(ratios))
	rest := m.units
	for i, r := range ratios {
		out[i] = Money{m.units * r / total, m.currency}
		rest -= out[i].units
	}
	for i := range out {
		if rest == 0 {
			break
		}
		step := max(-1, min(1, rest))
		out[i].units += step
		rest -= step
	}
	return out
}

func (m Money) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

func (m *Money) UnmarshalText(b []byte) (err error) { *m, err = Parse(string(b)); return }

type Entry struct {
	Account string `json:"account"`
	Amount  Money  `json:"amount"`
}

type Posting struct {
	Memo    string  `json:"memo"`
	Entries []Entry `json:"entries"`
}

type Ledger struct {
	balances map[string]map[Currency]int64
	postings []Posting
}

var ErrUnbalanced = errors.New("posting does not balance")

func (l *Ledger) Post(p Posting) error {
	sums := map[Currency]int64{}
	for _, e := range p.Entries {
		sums[e.Amount.currency] += e.Amount.units
	}
	for cur, sum := range sums {
		if sum != 0 {
			return fmt.Errorf("%s: %w by %v", p.Memo, ErrUnbalanced, Money{sum, cur})
		}
	}
	if l.balances == nil {
		l.balances = map[string]map[Currency]int64{}
	}
	for _, e := range p.Entries {
		acc := l.balances[e.Account]
		if acc == nil {
			acc = map[Currency]int64{}
			l.balances[e.Account] = acc
		}
		if acc[e.Amount.currency] += e.Amount.units; acc[e.Amount.currency] == 0 {
			delete(acc, e.Amount.currency)
		}
	}
	l.postings = append(l.postings, p)
	return nil
}

func (l *Ledger) Report(yield func(string, []Money) bool) {
	for _, name := range slices.Sorted(maps.Keys(l.balances)) {
		var ms []Money
		for _, cur := range slices.Sorted(maps.Keys(l.balances[name])) {
			ms = append(ms, Money{l.balances[name][cur], cur})
		}
		if !yield(name, ms) {
			return
		}
	}
}

func main() {
	for _, s := range []string{"1,234.5 EUR", "-0.05 EUR", "1000000 JPY", "1.5 JPY", "2.125 KWD", "x EUR", "5", "5 USD", "99999999999999999999 JPY"} {
		m, err := Parse(s)
		fmt.Println(m, err)
	}
	price := M("99.99 EUR")
	sum, err := price.Plus(M("1 JPY"))
	var mm MismatchError
	fmt.Println(sum, err, errors.As(err, &mm), mm.B, price == M("99.99 EUR"))
	fmt.Println(price.Percent(1950), price.Neg().Percent(1950), M("100 EUR").Split(1, 1, 1), M("-0.05 EUR").Split(3, 7), M("10 JPY").Split(50, 50))
	var p Posting
	fmt.Println(json.Unmarshal([]byte(`{"memo":"sale","entries":[{"account":"cash","amount":"119.00 EUR"},{"account":"sales","amount":"-100.00 EUR"},{"account":"tax","amount":"-19 EUR"}]}`), &p))
	var l Ledger
	fmt.Println(l.Post(p), l.Post(Posting{"bad", []Entry{{"cash", M("1 EUR")}}}))
	fmt.Println(l.Post(Posting{"exchange", []Entry{{"cash", M("-119 EUR")}, {"bank", M("119 EUR")}, {"cash", M("500 JPY")}, {"fx", M("-500 JPY")}}}))
	for name, ms := range l.Report {
		fmt.Println(name, ms)
		if name == "sales" {
			break
		}
	}
	out, err := json.Marshal(l.postings[0])
	fmt.Println(string(out), err, json.Unmarshal([]byte(`{"entries":[{"amount":"1.234 EUR"}]}`), &p))
}

// Output:
// 1,234.50 EUR <nil>
// -0.05 EUR <nil>
// 1,000,000 JPY <nil>
// 0  money "1.5 JPY": more than 0 decimals
// 2.125 KWD <nil>
// 0  money "x EUR": invalid syntax
// 0  money "5": no currency
// 0  money "5 USD": no currency
// 0  money "99999999999999999999 JPY": value out of range
// 99.99 EUR JPY is not EUR true JPY true
// 19.50 EUR -19.50 EUR [33.34 EUR 33.33 EUR 33.33 EUR] [-0.02 EUR -0.03 EUR] [5 JPY 5 JPY]
// <nil>
// <nil> bad: posting does not balance by 1.00 EUR
// <nil>
// bank [119.00 EUR]
// cash [500 JPY]
// fx [-500 JPY]
// sales [-100.00 EUR]
// {"memo":"sale","entries":[{"account":"cash","amount":"119.00 EUR"},{"account":"sales","amount":"-100.00 EUR"},{"account":"tax","amount":"-19.00 EUR"}]} <nil> money "1.234 EUR": more than 2 decimals
