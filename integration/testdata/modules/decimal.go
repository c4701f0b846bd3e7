package main

import (
	"encoding/json"
	"fmt"
	"math/big"

	"github.com/shopspring/decimal"
)

type line struct {
	Price decimal.Decimal     `json:"price"`
	Tax   decimal.NullDecimal `json:"tax"`
}

func main() {
	a, b := decimal.RequireFromString("136.02"), decimal.NewFromFloat(0.1)
	fmt.Println(a.Add(b), a.Sub(b), a.Mul(b), a.Div(decimal.NewFromInt(3)), a.Mod(decimal.NewFromInt(7)), a.Neg(), a.Abs())
	fmt.Println(a.Round(1), a.RoundBank(0), a.RoundCeil(0), a.RoundFloor(-1), a.RoundUp(1), a.RoundDown(1), a.Truncate(1), a.StringFixed(4), a.StringFixedBank(1), a.StringFixedCash(5))
	fmt.Println(decimal.NewFromFloat(1).Div(decimal.NewFromFloat(3)).StringFixed(10), decimal.NewFromFloat32(2.5), decimal.New(123, -5), decimal.NewFromBigInt(big.NewInt(99), 3))
	for _, s := range []string{"1.5", "-0.00", "1e10", "1E-7", ".5", "abc", "1.2.3", "", "1,000"} {
		d, err := decimal.NewFromString(s)
		fmt.Println(s, d, err, d.IsZero(), d.Sign(), d.Exponent(), d.NumDigits())
	}
	fmt.Println(a.Cmp(b), a.Equal(decimal.RequireFromString("136.020")), a.GreaterThan(b), a.LessThanOrEqual(b), decimal.Max(a, b), decimal.Min(a, b), decimal.Sum(a, b, a), decimal.Avg(a, b))
	q, r := a.QuoRem(b, 2)
	fmt.Println(q, r, a.DivRound(b, 3), a.Pow(decimal.NewFromInt(3)), a.IntPart(), a.InexactFloat64(), a.BigInt(), a.Rat())
	f, exact := b.Float64()
	fmt.Println(f, exact)
	data, err := json.Marshal(line{Price: a})
	fmt.Println(string(data), err)
	var l line
	fmt.Println(json.Unmarshal([]byte(`{"price": 12.340, "tax": "0.19"}`), &l), l.Price, l.Tax.Valid, l.Tax.Decimal)
	fmt.Println(json.Unmarshal([]byte(`{"price": "x"}`), &l))
	decimal.MarshalJSONWithoutQuotes = true
	data, _ = json.Marshal(l)
	fmt.Println(string(data))
	decimal.MarshalJSONWithoutQuotes = false
	var s decimal.Decimal
	fmt.Println(s.Scan("3.3"), s, s.Scan(int64(7)), s, s.Scan(2.5), s)
	v, err := s.Value()
	fmt.Println(v, err)
	text, _ := a.MarshalText()
	bin, _ := a.MarshalBinary()
	var back decimal.Decimal
	fmt.Println(string(text), back.UnmarshalBinary(bin), back)
	fmt.Printf("%v %s %T\n", a, a, a)
	fmt.Println(decimal.NewFromFloat(0.5).Sin().Round(10), decimal.NewFromFloat(0.5).Atan().Round(10))
	e, err := decimal.NewFromFloat(1).ExpTaylor(20)
	fmt.Println(e, err)
	ln, err := decimal.NewFromFloat(10).Ln(20)
	fmt.Println(ln, err)
	defer func() { fmt.Println(recover()) }()
	a.Div(decimal.Zero)
}
