package main

import (
	"fmt"
	"io"
	"math/big"
	"strings"
)

type Money struct {
	cents int64
	unit  string
}

func (m Money) Format(s fmt.State, verb rune) {
	switch verb {
	case 'v', 's':
		sign := ""
		if m.cents < 0 {
			sign = "-"
		} else if s.Flag('+') {
			sign = "+"
		}
		abs := max(m.cents, -m.cents)
		text := fmt.Sprintf("%s%d.%02d", sign, abs/100, abs%100)
		if s.Flag('#') {
			text = fmt.Sprintf("Money{%d}", m.cents)
		} else if verb == 'v' {
			text += " " + m.unit
		}
		if w, ok := s.Width(); ok {
			pad := strings.Repeat(".", max(0, w-len(text)))
			if s.Flag('-') {
				text += pad
			} else {
				text = pad + text
			}
		}
		io.WriteString(s, text)
	case 'd':
		fmt.Fprintf(s, "%d", m.cents)
	default:
		w, hasW := s.Width()
		p, hasP := s.Precision()
		fmt.Fprintf(s, "%%!%c(Money w=%d,%t p=%d,%t %s)", verb, w, hasW, p, hasP, fmt.FormatString(s, verb))
	}
}

type secret string

func (secret) String() string { return "****" }

func (s secret) GoString() string { return fmt.Sprintf("secret(%d)", len(s)) }

type matrix [][]float64

func (m matrix) Format(s fmt.State, verb rune) {
	for i, row := range m {
		if i > 0 {
			io.WriteString(s, "/")
		}
		for j, v := range row {
			if j > 0 {
				io.WriteString(s, " ")
			}
			fmt.Fprintf(s, fmt.FormatString(s, verb), v)
		}
	}
}

type wallet struct {
	Total Money
	Key   secret
	Ptr   *Money
	err   error
}

func main() {
	m := Money{123456, "EUR"}
	fmt.Printf("%v|%s|%+v|%#v|%d|%12v|%-14s|%q|%8.3x\n", m, m, m, m, m, m, m, m, m)
	fmt.Println(m, Money{-5, "USD"}, []Money{{1, "A"}, {200, "B"}}, map[string]Money{"k": m})
	w := wallet{m, "hunter2", &m, nil}
	fmt.Printf("%v\n%+v\n", w.Total, w.Key)
	fmt.Printf("%v %#v %s %x %q %d\n", w.Key, w.Key, w.Key, w.Key, w.Key, w.Key)
	fmt.Printf("%#v\n", []secret{"a", "bcd"})
	fmt.Printf("%#v\n", map[string]any{"k": secret("x"), "m": Money{7, "C"}})
	fmt.Printf("%.1f|%6.2f|%g|%+.0f\n", matrix{{1, 2.25}, {3, 4}}, matrix{{1}}, matrix{{0.5}}, matrix{{-1, 1}})
	fmt.Printf("%v %v\n", &m, struct{ M Money }{m})
	fmt.Printf("%[2]v %[1]d %[2]*[3]v\n", m, 9, m)
	fmt.Println(fmt.Sprint(m, m), fmt.Sprintln(secret("p")) == "****\n", fmt.Errorf("%w: %v", fmt.Errorf("inner"), m))
	fmt.Printf("%s %10d|%x\n", big.NewInt(12345), big.NewInt(77), big.NewInt(255))
	fmt.Printf("%v %v\n", any(m), [2]any{m, secret("z")})
}

// Output:
// 1234.56 EUR|1234.56|+1234.56 EUR|Money{123456}|123456|.1234.56 EUR|1234.56.......|%!q(Money w=0,false p=0,false %q)|%!x(Money w=8,true p=3,true %8.3x)
// 1234.56 EUR -0.05 USD [0.01 A 2.00 B] map[k:1234.56 EUR]
// 1234.56 EUR
// ****
// **** secret(7) **** 2a2a2a2a "****" %!d(main.secret=hunter2)
// []main.secret{secret(1), secret(3)}
// map[string]interface {}{"k":secret(1), "m":Money{7}}
// 1.0 2.2/3.0 4.0|  1.00|0.5|-1 +1
// 1234.56 EUR {1234.56 EUR}
// 9 123456 1234.56 EUR
// 1234.56 EUR 1234.56 EUR true inner: 1234.56 EUR
// 12345         77|ff
// 1234.56 EUR [1234.56 EUR ****]
