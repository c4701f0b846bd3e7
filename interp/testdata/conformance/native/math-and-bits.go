package main

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"strings"
)

type Fixed int64

const one Fixed = 1 << 16

func FromFloat(f float64) Fixed { return Fixed(math.Round(f * float64(one))) }

func (f Fixed) Mul(g Fixed) Fixed {
	hi, lo := bits.Mul64(uint64(max(f, -f)), uint64(max(g, -g)))
	v := Fixed(hi<<48 | lo>>16)
	if (f < 0) != (g < 0) {
		return -v
	}
	return v
}

func (f Fixed) String() string { return fmt.Sprintf("%.4f", float64(f)/float64(one)) }

type Rational struct{ *big.Rat }

func R(a, b int64) Rational { return Rational{big.NewRat(a, b)} }

func (r Rational) Plus(o Rational) Rational { return Rational{new(big.Rat).Add(r.Rat, o.Rat)} }

func harmonic(n int64) Rational {
	sum := R(0, 1)
	for i := int64(1); i <= n; i++ {
		sum = sum.Plus(R(1, i))
	}
	return sum
}

func fibonacci(n int) *big.Int {
	a, b := big.NewInt(0), big.NewInt(1)
	for range n {
		a.Add(a, b)
		a, b = b, a
	}
	return a
}

func stats(xs ...float64) (mean, dev float64) {
	for _, x := range xs {
		mean += x
	}
	mean /= float64(len(xs))
	for _, x := range xs {
		dev += math.Pow(x-mean, 2)
	}
	return mean, math.Sqrt(dev / float64(len(xs)))
}

func pi(digits int) string {
	unity := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits+10)), nil)
	arctan := func(x int64) *big.Int {
		total, term := new(big.Int), new(big.Int).Div(unity, big.NewInt(x))
		for n, sign := int64(1), int64(1); term.Sign() != 0; n, sign = n+2, -sign {
			part := new(big.Int).Div(term, big.NewInt(n*sign))
			if sign < 0 {
				part = new(big.Int).Neg(new(big.Int).Div(term, big.NewInt(n)))
			}
			total.Add(total, part)
			term.Div(term, big.NewInt(x*x))
		}
		return total
	}
	p := new(big.Int).Sub(new(big.Int).Mul(big.NewInt(16), arctan(5)), new(big.Int).Mul(big.NewInt(4), arctan(239)))
	return p.String()[:digits]
}

func main() {
	a, b := FromFloat(3.25), FromFloat(-1.5)
	fmt.Println(a, b, a.Mul(b), (a + b).Mul(a), []Fixed{one, one / 3})
	fmt.Println(harmonic(10), harmonic(4).FloatString(5), R(6, -4).Cmp(R(-3, 2).Rat), R(1, 3).Plus(R(2, 3)).IsInt())
	fmt.Println(fibonacci(150), fibonacci(10).Int64(), fibonacci(90).IsInt64(), fibonacci(100).BitLen())
	fmt.Println(pi(40))
	fmt.Println(stats(2, 4, 4, 4, 5, 5, 7, 9))
	n, ok := new(big.Int).SetString("123456789012345678901234567890", 10)
	q, m := new(big.Int).DivMod(n, big.NewInt(97), new(big.Int))
	fmt.Println(ok, q, m, n.Text(36), new(big.Int).GCD(nil, nil, big.NewInt(48), big.NewInt(36)), new(big.Int).ModInverse(big.NewInt(3), big.NewInt(11)))
	fmt.Printf("%x %s %v %d\n", n, new(big.Int).Sqrt(n), big.NewInt(97).ProbablyPrime(10), new(big.Int).Lsh(big.NewInt(1), 70))
	f := new(big.Float).SetPrec(100).Quo(big.NewFloat(1), big.NewFloat(3))
	fmt.Println(f.Text('g', 25), f.Prec())
	fmt.Println(bits.OnesCount(255), bits.LeadingZeros32(1), bits.TrailingZeros(8), bits.Len(1023), bits.Reverse8(0b1101), bits.RotateLeft8(0x81, 1), bits.ReverseBytes16(0x1234))
	sum, carry := bits.Add64(math.MaxUint64, 1, 0)
	fmt.Println(sum, carry, math.Hypot(3, 4), math.Cbrt(27), math.Log2(8), math.Log10(0.001), math.Exp(0), math.Gamma(5))
	fmt.Println(math.Floor(-1.5), math.Ceil(-1.5), math.IsInf(math.Log(0), -1), math.Signbit(math.Copysign(0, -1)), math.MaxInt8, math.Float64bits(1.5), math.Float32frombits(0x40490fdb))
	frac, exp := math.Frexp(10)
	ip, fp := math.Modf(-3.75)
	fmt.Println(frac, exp, ip, fp, math.Remainder(7, 4), math.Dim(3, 5), math.Atan2(1, 1)*4 == math.Pi)
	fmt.Println(strings.Repeat("-", int(math.Min(5, 9))), fmt.Sprintf("%.3f %.3f", math.Sin(math.Pi/6), math.Tanh(0.5)))
}

// Output:
// 3.2500 -1.5000 -4.8750 5.6875 [1.0000 0.3333]
// 7381/2520 2.08333 0 true
// 9969216677189303386214405760200 55 true 69
// 3141592653589793238462643383279502884197
// 5 2
// true 1272750402189130710322005854 52 byw97um9s91dlz68tsi 12 4
// 18ee90ff6c373e0ee4e3f0ad2 351364182882014 true 1180591620717411303424
// 0.3333333333333333333333333 100
// 8 31 3 10 176 3 13330
// 0 1 5 3 3 -3 1 24
// -2 -1 true true 127 4609434218613702656 3.1415927
// 0.625 4 -3 -0.75 -1 0 true
// ----- 0.500 0.462
