package main

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"
	"unicode/utf8"
)

type level int

func (l *level) Set(s string) error { n, err := strconv.Atoi(s); *l = level(n); return err }

func main() {
	fmt.Println(strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		if r == 'x' {
			return -1
		}
		return r
	}, "HxELLO"), strings.FieldsFunc("a1b2c", unicode.IsDigit))
	r := strings.NewReplacer("<", "&lt;", ">", "&gt;")
	fmt.Println(r.Replace("<a>"), strings.Repeat("ab", 3), strings.EqualFold("Go", "GO"))
	before, after, ok := strings.Cut("k=v=w", "=")
	fmt.Println(before, after, ok, strings.TrimFunc("  x ", unicode.IsSpace), strings.IndexByte("abc", 'c'))
	for part := range strings.SplitSeq("a,b,c", ",") {
		fmt.Print(part, ";")
	}
	fmt.Println()
	var b strings.Builder
	for i := 3; i > 0; i-- {
		fmt.Fprintf(&b, "%d…", i)
	}
	b.WriteByte('!')
	fmt.Println(b.String(), b.Len(), utf8.RuneCountInString(b.String()))
	re := regexp.MustCompile(`(?P<key>\w+)=(?P<value>\d+)`)
	fmt.Println(re.FindAllStringSubmatch("a=1, b=22", -1), re.ReplaceAllString("a=1", "$value=$key"), re.ReplaceAllStringFunc("a=1 b=2", strings.ToUpper), re.SubexpNames())
	fmt.Println(strconv.Quote("a\n\"é"), strconv.FormatFloat(1.0/3, 'g', 4, 64), strconv.FormatInt(-255, 16))
	_, err := strconv.ParseInt("999999999999999999999", 10, 64)
	fmt.Println(err)
	var l level
	fmt.Println(l.Set("12"), l, l.Set("x"))
	x, _ := new(big.Int).SetString("123456789012345678901234567890", 10)
	fmt.Println(x.Mul(x, big.NewInt(2)), new(big.Rat).SetFrac64(1, 3).FloatString(5))
	fmt.Println(math.Sqrt(2), math.Floor(-1.5), math.Round(2.5), math.Trunc(-1.7), math.Hypot(3, 4), math.MaxUint32, math.IsNaN(math.Log(-1)))
	tw := tabwriter.NewWriter(&b, 0, 8, 1, '.', 0)
	fmt.Fprintln(tw, "a\tbbb\tc")
	tw.Flush()
	t := time.Date(2024, time.February, 29, 13, 4, 5, 6000000, time.UTC)
	fmt.Println(t.Format(time.RFC3339Nano), t.AddDate(1, 0, 0).Format("Mon Jan 2 2006"), t.Weekday(), t.YearDay(), t.Truncate(time.Hour).Format(time.Kitchen))
	d, _ := time.ParseDuration("1h15m30.5s")
	fmt.Println(d, d.Round(time.Minute), d.Seconds(), t.Add(d).Sub(t) == d, time.Duration(0), t.Month() == time.February)
	p, err := time.Parse("2006-01-02", "2024-13-01")
	fmt.Println(p.IsZero(), err)
}

// Output:
// hello [a b c]
// &lt;a&gt; ababab true
// k v=w true x 2
// a;b;c;
// 3…2…1…! 13 7
// [[a=1 a 1] [b=22 b 22]] 1=a A=1 B=2 [ key value]
// "a\n\"é" 0.3333 -ff
// strconv.ParseInt: parsing "999999999999999999999": value out of range
// <nil> 0 strconv.Atoi: parsing "x": invalid syntax
// 246913578024691357802469135780 0.33333
// 1.4142135623730951 -2 3 -1 5 4294967295 true
// 2024-02-29T13:04:05.006Z Sat Mar 1 2025 Thursday 60 1:00PM
// 1h15m30.5s 1h16m0s 4530.5 true 0s true
// true parsing time "2024-13-01": month out of range
