package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

type Temp struct {
	value float64
	unit  rune
}

func (t *Temp) Scan(s fmt.ScanState, verb rune) error {
	s.SkipSpace()
	tok, err := s.Token(false, func(r rune) bool { return strings.ContainsRune("+-.0123456789", r) })
	if err != nil {
		return err
	}
	if t.value, err = strconv.ParseFloat(string(tok), 64); err != nil {
		return fmt.Errorf("temperature: %w", err)
	}
	t.unit, _, err = s.ReadRune()
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	if t.unit != 'C' && t.unit != 'F' {
		return errors.New("unit is not C or F")
	}
	return err
}

type ID int

type Name string

type pair struct {
	key string
	val int
}

func parsePairs(in string) (out []pair, err error) {
	r := strings.NewReader(in)
	for {
		var p pair
		n, err := fmt.Fscanf(r, "%s %d\n", &p.key, &p.val)
		if err == io.EOF && n == 0 {
			return out, nil
		}
		if err != nil {
			return out, fmt.Errorf("after %d pairs: %w", len(out), err)
		}
		out = append(out, p)
	}
}

func main() {
	var a, b Temp
	n, err := fmt.Sscan("21.5C -4F", &a, &b)
	fmt.Println(n, err, a.value, string(a.unit), b.value, string(b.unit))
	n, err = fmt.Sscan("10C 7K", &a, &b)
	fmt.Println(n, err)
	n, err = fmt.Sscanf("at 3C", "at %v", &a)
	fmt.Println(n, err, a.value)
	var id ID
	var name Name
	var f float32
	var ok bool
	n, err = fmt.Sscanf("id=42 name=ann f=2.5 ok=true", "id=%d name=%s f=%g ok=%t", &id, &name, &f, &ok)
	fmt.Println(n, err, id, name, f, ok)
	var hex, oct, bin int
	var r rune
	var quoted string
	n, err = fmt.Sscanf(`ff 17 101 x "a b"`, "%x %o %b %c %q", &hex, &oct, &bin, &r, &quoted)
	fmt.Println(n, err, hex, oct, bin, string(r), quoted)
	n, err = fmt.Sscanf("12345", "%2d%3d", &hex, &oct)
	fmt.Println(n, hex, oct, err)
	n, err = fmt.Sscanln("1 2\n3", &hex, &oct, &bin)
	fmt.Println(n, err)
	n, err = fmt.Sscan("7 x", &hex, &oct)
	fmt.Println(n, err, hex)
	fmt.Println(parsePairs("a 1\nb 2\n"))
	fmt.Println(parsePairs("a 1\nb two\n"))
	var x, y int
	in := strings.NewReader("5 6 7 8")
	sum := 0
	for {
		if _, err := fmt.Fscan(in, &x, &y); err != nil {
			fmt.Println(err)
			break
		}
		sum += x * y
	}
	fmt.Println(sum)
	var p *pair = &pair{}
	_, err = fmt.Sscanf("k:5", "k:%d", &p.val)
	fmt.Println(p.val, err)
	_, err = fmt.Sscan("1", id)
	fmt.Println(err)
}

// Output:
// 2 <nil> 21.5 C -4 F
// 1 unit is not C or F
// 1 <nil> 3
// 4 <nil> 42 ann 2.5 true
// 5 <nil> 255 15 5 x a b
// 2 12 345 <nil>
// 2 unexpected newline
// 1 expected integer 7
// [{a 1} {b 2}] <nil>
// [{a 1}] after 1 pairs: expected integer
// EOF
// 86
// 5 <nil>
// type not a pointer: main.ID
