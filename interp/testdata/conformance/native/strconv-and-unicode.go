package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

type Amount int64

func ParseAmount(s string) (Amount, error) {
	whole, frac, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("amount %s: %w", strconv.Quote(s), err)
	}
	frac = (frac + "00")[:2]
	c, err := strconv.ParseUint(frac, 10, 8)
	if err != nil {
		return 0, fmt.Errorf("amount %s: %w", strconv.Quote(s), err)
	}
	return Amount(n*100 + int64(c)), nil
}

func category(r rune) string {
	for _, c := range []struct {
		name string
		is   func(rune) bool
	}{{"upper", unicode.IsUpper}, {"lower", unicode.IsLower}, {"digit", unicode.IsDigit}, {"space", unicode.IsSpace}, {"punct", unicode.IsPunct}, {"symbol", unicode.IsSymbol}, {"letter", unicode.IsLetter}, {"control", unicode.IsControl}} {
		if c.is(r) {
			return c.name
		}
	}
	return "other"
}

func main() {
	for _, s := range []string{"12.5", "7", "-3.07", "x", "1.x", "99999999999999999999"} {
		fmt.Println(ParseAmount(s))
	}
	fmt.Println(strconv.Itoa(-45), strconv.FormatInt(-255, 16), strconv.FormatUint(1<<63, 36), strconv.AppendInt([]byte("n="), 5, 2))
	for _, s := range []string{"0x1f", "0b101", "0o17", "1_000", "017", "+5"} {
		n, err := strconv.ParseInt(s, 0, 16)
		fmt.Print(n, " ", err, "; ")
	}
	fmt.Println()
	for _, f := range []float64{1.5, 1e21, 0.000001, 100, 1.0 / 3} {
		fmt.Print(strconv.FormatFloat(f, 'g', -1, 64), " ", strconv.FormatFloat(f, 'f', 3, 64), " ", strconv.FormatFloat(f, 'e', 2, 32), "; ")
	}
	fmt.Println()
	for _, s := range []string{"1e400", "nan", "-Inf", "0x1p-2", "1_0.5", "."} {
		f, err := strconv.ParseFloat(s, 64)
		fmt.Print(f, " ", err, "; ")
	}
	fmt.Println()
	fmt.Println(strconv.Quote("tab\t\"é\x00\u2028"), strconv.QuoteToASCII("é世"), strconv.QuoteRune('☺'), strconv.CanBackquote("a`b"))
	fmt.Println(strconv.Unquote(`"a\tb\u00e9"`))
	fmt.Println(strconv.Unquote("`raw\\n`"))
	fmt.Println(strconv.Unquote(`'ab'`))
	b, err := strconv.ParseBool("T")
	fmt.Println(b, err, strconv.FormatBool(false))
	for _, r := range "Aa1 .+世\t" {
		fmt.Print(category(r), " ")
	}
	fmt.Println(unicode.Is(unicode.Han, '世'), unicode.In('я', unicode.Latin, unicode.Cyrillic), string(unicode.ToUpper('ß')), string(unicode.ToTitle('ǆ')), unicode.SimpleFold('K'))
	s := "aé世😀\xff"
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		fmt.Printf("%U/%d ", r, size)
		i += size
	}
	fmt.Println(utf8.ValidString(s), utf8.RuneLen('世'), utf8.RuneCountInString(s), utf8.FullRune([]byte{0xe4}))
	r, size := utf8.DecodeLastRuneInString("x😀")
	fmt.Println(string(r), size, utf8.AppendRune(nil, 'é'), utf8.RuneError, utf8.ValidRune(0xD800))
	u := utf16.Encode([]rune("a😀"))
	fmt.Printf("%x %s %v\n", u, string(utf16.Decode(u)), utf16.IsSurrogate(rune(u[1])))
}

// Output:
// 1250 <nil>
// 700 <nil>
// -293 <nil>
// 0 amount "x": strconv.ParseInt: parsing "x": invalid syntax
// 0 amount "1.x": strconv.ParseUint: parsing "x0": invalid syntax
// 0 amount "99999999999999999999": strconv.ParseInt: parsing "99999999999999999999": value out of range
// -45 -ff 1y2p0ij32e8e8 [110 61 49 48 49]
// 31 <nil>; 5 <nil>; 15 <nil>; 1000 <nil>; 15 <nil>; 5 <nil>;
// 1.5 1.500 1.50e+00; 1e+21 1000000000000000000000.000 1.00e+21; 1e-06 0.000 1.00e-06; 100 100.000 1.00e+02; 0.3333333333333333 0.333 3.33e-01;
// +Inf strconv.ParseFloat: parsing "1e400": value out of range; NaN <nil>; -Inf <nil>; 0.25 <nil>; 10.5 <nil>; 0 strconv.ParseFloat: parsing ".": invalid syntax;
// "tab\t\"é\x00\u2028" "\u00e9\u4e16" '☺' false
// a	bé <nil>
// raw\n <nil>
//  invalid syntax
// true <nil> false
// upper lower digit space punct symbol letter space true true ß ǅ 107
// U+0061/1 U+00E9/2 U+4E16/3 U+1F600/4 U+FFFD/1 false 3 5 false
// 😀 4 [195 169] 65533 false
// [61 d83d de00] a😀 true
