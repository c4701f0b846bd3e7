package main

import (
	"fmt"
	"math"
)

type Ratio float64

func (r Ratio) Percent() string { return fmt.Sprintf("%.1f%%", float64(r)*100) }

func classify(f float64) string {
	switch {
	case f != f:
		return "nan"
	case f > math.MaxFloat64:
		return "+inf"
	case f < -math.MaxFloat64:
		return "-inf"
	case f == 0 && math.Signbit(f):
		return "-0"
	case f == 0:
		return "0"
	}
	return "finite"
}

func main() {
	var zero float64
	values := []float64{1 / zero, -1 / zero, zero / zero, zero, -zero, 1 / math.Inf(-1), 5e-324 / (2 + zero), 1e308 * (10 + zero)}
	for _, v := range values {
		fmt.Print(classify(v), " ")
	}
	fmt.Println()
	fmt.Println(values)
	nan := math.NaN()
	fmt.Println(nan == nan, nan != nan, nan < 1, nan > 1, !(nan >= 1))
	m := map[float64]int{nan: 1}
	m[nan] = 2
	m[0] = 3
	m[math.Copysign(0, -1)] = 4
	_, ok := m[nan]
	fmt.Println(len(m), ok, m[0])
	clear(m)
	fmt.Println(len(m))
	fmt.Println(min(1, nan), max(nan, 2), min(0.0, math.Copysign(0, -1)), max(3, 2.5))
	var f32 float32 = 0.1
	fmt.Println(f32*3 == 0.3, float64(f32)*3 == 0.3, f32+f32+f32)
	a, b := 0.1, 0.2
	fmt.Println(a+b == 0.3, a+b, 0.1+0.2 == 0.3)
	fmt.Println(math.Round(2.5), math.RoundToEven(2.5), math.Trunc(-2.7), math.Floor(-2.7), math.Mod(-7, 3))
	fmt.Println(Ratio(0.1234).Percent(), Ratio(2)/3, Ratio(1)/Ratio(zero))
	fmt.Println(1e21, 1e20, 123456789.0, 1e-5, 0.0001, float32(3.4e38))
	fmt.Println(complex(zero, nan), complex(math.Inf(1), -1))
	fmt.Println(any(nan) == any(nan), [1]float64{nan} == [1]float64{nan}, struct{ f float64 }{0} == struct{ f float64 }{-zero})
}

// Output:
// +inf -inf nan 0 -0 -0 0 +inf
// [+Inf -Inf NaN 0 -0 -0 0 +Inf]
// false true false false true
// 3 false 4
// 0
// NaN NaN -0 3
// true false 0.3
// false 0.30000000000000004 true
// 3 2 -2 -3 -1
// 12.3% 0.6666666666666666 +Inf
// 1e+21 1e+20 1.23456789e+08 1e-05 0.0001 3.4e+38
// (0+NaNi) (+Inf-1i)
// false false true
