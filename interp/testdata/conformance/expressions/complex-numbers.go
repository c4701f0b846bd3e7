package main

import (
	"fmt"
	"math"
	"math/cmplx"
)

type Signal complex64

func (s Signal) Power() float32 { return real(s)*real(s) + imag(s)*imag(s) }

func roots(a, b, c float64) (x1, x2 complex128) {
	d := cmplx.Sqrt(complex(b*b-4*a*c, 0))
	return (-complex(b, 0) + d) / complex(2*a, 0), (-complex(b, 0) - d) / complex(2*a, 0)
}

func escape(c complex128, limit int) int {
	z := 0i
	for i := range limit {
		if real(z)*real(z)+imag(z)*imag(z) > 4 {
			return i
		}
		z = z*z + c
	}
	return limit
}

func main() {
	z := 3 + 4i
	w := complex(1, -2)
	fmt.Println(z+w, z-w, z*w, z/w, -z)
	fmt.Println(real(z), imag(z), cmplx.Abs(z), cmplx.Conj(z), z == complex(3, 4), z != w)
	fmt.Printf("%v %.1f %g %T %T\n", z, z, w, z, complex64(z))
	fmt.Println(roots(1, -3, 2))
	fmt.Println(roots(1, 2, 5))
	z += 1
	z *= 2i
	z++
	fmt.Println(z)
	s := Signal(complex(float32(1.5), 2))
	fmt.Println(s, s.Power(), s*s, []Signal{1i, 2})
	m := map[complex128]string{1i: "i", -1: "minus one"}
	fmt.Println(m[1i*1i], m[cmplx.Sqrt(-1)])
	p, theta := cmplx.Polar(1i)
	fmt.Printf("%.3f %.3f %.3f\n", p, theta, math.Pi/2)
	for y := 1.0; y >= -1; y -= 0.5 {
		for x := -2.0; x <= 0.5; x += 0.25 {
			fmt.Print(string(".:-=+*#%@"[escape(complex(x, y), 16)/2]))
		}
		fmt.Println()
	}
	var zero complex128
	fmt.Println(cmplx.IsNaN(zero/zero), any(1i) == any(0+1i), [2]complex64{1: 2i})
}

// Output:
// (4+2i) (2+6i) (11-2i) (-1+2i) (-3-4i)
// 3 4 5 (3-4i) true true
// (3+4i) (3.0+4.0i) (1-2i) complex128 complex64
// (2+0i) (1-0i)
// (-1+2i) (-1-2i)
// (-7+8i)
// (1.5+2i) 6.25 (-1.75+6i) [(0+1i) (2+0i)]
// minus one i
// 1.000 1.571 1.571
// ..::::-=@-:
// .::--=@@@@-
// @@@@@@@@@@-
// .::--=@@@@-
// ..::::-=@-:
// true true [(0+0i) (0+2i)]
