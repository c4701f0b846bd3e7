package main

import "fmt"

type Celsius float64

type Bits uint8

type Word string

type Flag bool

type Bytes []byte

type Vec [3]int

func main() {
	show := func(format string, args ...any) { fmt.Printf("|"+format+"|\n", args...) }
	show("%5d|%-5d|%05d|%+d|% d|%x|%X|%#x|%o|%#o|%b|%c|%q|%U", 42, 42, 42, 42, 42, 42, 42, 42, 42, 42, 42, 42, 42, 42)
	show("%8.3f|%-8.2f|%08.1f|%+.0f|%e|%G|%6.1f%%", Celsius(21.55), Celsius(21.55), Celsius(-21.55), Celsius(21.5), Celsius(12345.678), Celsius(1e-10), Celsius(99.5))
	show("%08b|%3d|%#02x|%o", Bits(13), Bits(13), Bits(13), Bits(13))
	show("%8s|%-8s|%.2s|%q|%x|% X|%#q|%8.3q", Word("gopher"), Word("gopher"), Word("gopher"), Word("go\n"), Word("hi"), Word("hi"), Word("raw"), Word("abcdef"))
	show("%t|%6t|%v|%-7v|", Flag(true), Flag(false), Flag(true), Flag(false))
	show("%s|%x|%X|% x|%#x|%q|%v|%d", Bytes("abc"), Bytes("abc"), Bytes("xyz"), Bytes{1, 2}, Bytes{255}, Bytes("q"), Bytes("v"), Bytes("d"))
	show("%d|%3d|%x|%v|%03d", Vec{1, 20, 300}, Vec{1, 2, 3}, Vec{10, 11, 12}, Vec{}, []int{1, 2})
	show("%*d|%-*d|%.*f|%[1]*[2]d|%[5]d", 6, 42, 6, 42, 2, 3.14159)
	show("%6.2f|%5v|%v", []float64{1, 2.345}, []Celsius{1.5, 22.25}, map[Word]Celsius{"b": 2, "a": 1})
	show("%10v|%-10v|%10v", []Word{"a", "bb"}, struct{ A, B Bits }{1, 2}, map[string]int{"k": 1})
	show("%q|%q|%+q|%#q", []Word{"x", "y z"}, 'é', "é", 'x')
	show("%v|%.3v|%10.4v|%g|%g|%v", 3.0, 3.14159, 3.14159, 1e6, 1e21, float32(0.1))
	show("%v|%.1f|%8.2f|%+v", 1+2i, 1.25+2i, complex64(3-4i), -1i)
	show("%5t|%p|%v|%s", true, nil, nil, []string{})
	show("%x|%X|%x|%x", "hello", []string{"ab", "c"}, 3.5, -255)
	show("%s|%v|%d", &[]Word{"p"}, &Vec{1}, &struct{ N Bits }{7})
	show("%3c|%-3c|%03d|%+05d|%-05d|%x", 'é', '世', -5, 7, 7, Word("é"))
	show("%6d|%-6d|%06d|%v", []Bits{1, 2}, Bits(200), -42, [][]Bits{{1}, nil, {2, 3}})
	fmt.Printf("%s\n", fmt.Sprintf("%[2]s %[1]s %[2]q", "one", "two"))
}

// Output:
// |   42|42   |00042|+42| 42|2a|2A|0x2a|52|052|101010|*|'*'|U+002A|
// |  21.550|21.55   |-00021.6|+22|1.234568e+04|1E-10|  99.5%|
// |00001101| 13|0x0d|15|
// |  gopher|gopher  |go|"go\n"|6869|68 69|`raw`|   "abc"|
// |true| false|true|false  ||
// |abc|616263|78797A|01 02|0xff|"q"|[118]|[100]|
// |[1 20 300]|[  1   2   3]|[a b c]|[0 0 0]|[001 002]|
// |    42|42    |3.14|    42|2|
// |[  1.00   2.35]|[  1.5 22.25]|map[a:1 b:2]|
// |[         a         bb]|{1          2         }|map[         k:         1]|
// |["x" "y z"]|'é'|"\u00e9"|'x'|
// |3|3.14|     3.142|1e+06|1e+21|0.1|
// |(1+2i)|(1.2+2.0i)|(    3.00   -4.00i)|(0-1i)|
// | true|%!p(<nil>)|<nil>|[]|
// |68656c6c6f|[6162 63]|0x1.cp+01|-ff|
// |&[p]|&[1 0 0]|&{7}|
// |  é|世  |-05|+0007|7    |c3a9|
// |[     1      2]|200   |-00042|[[1] [] [2 3]]|
// two one "two"
