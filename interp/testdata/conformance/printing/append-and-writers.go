package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
)

type indenter struct {
	w      io.Writer
	prefix string
	midway bool
}

func (in *indenter) Write(p []byte) (n int, err error) {
	for _, line := range bytes.SplitAfter(p, []byte("\n")) {
		if len(line) == 0 {
			continue
		}
		if !in.midway {
			if _, err := io.WriteString(in.w, in.prefix); err != nil {
				return n, err
			}
		}
		k, err := in.w.Write(line)
		n += k
		if err != nil {
			return n, err
		}
		in.midway = line[len(line)-1] != '\n'
	}
	return n, nil
}

type limited struct {
	strings.Builder
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	if len(p) > l.left {
		return 0, fmt.Errorf("%d bytes over: %w", len(p)-l.left, io.ErrShortWrite)
	}
	l.left -= len(p)
	return l.Builder.Write(p)
}

type point struct{ x, y int }

func (p point) AppendText(b []byte) ([]byte, error) { return fmt.Appendf(b, "%d;%d", p.x, p.y), nil }

func (p point) WriteTo(w io.Writer) (int64, error) {
	n, err := fmt.Fprintf(w, "(%d, %d)", p.x, p.y)
	return int64(n), err
}

func main() {
	out := &indenter{w: os.Stdout, prefix: "| "}
	fmt.Fprintln(out, "first\nsecond")
	fmt.Fprint(out, "no", "end", 1, 2, "of", "line")
	fmt.Fprintf(out, " %v\n", []point{{1, 2}})
	inner := &indenter{w: out, prefix: "- "}
	fmt.Fprintln(inner, "nested")
	l := &limited{left: 10}
	n, err := fmt.Fprint(l, "12345")
	fmt.Println(n, err)
	n, err = fmt.Fprintf(l, "%s", strings.Repeat("x", 8))
	fmt.Println(n, err, errors.Is(err, io.ErrShortWrite), l.String(), l.Len())
	b := fmt.Append([]byte("> "), 1, 2, "a", 'b', nil)
	b = fmt.Appendf(b, "[%03d]", 7)
	b = fmt.Appendln(b, "x", 1.5)
	b, _ = point{3, 4}.AppendText(b)
	fmt.Printf("%q\n", b)
	point{5, 6}.WriteTo(out)
	fmt.Fprintln(out)
	tw := tabwriter.NewWriter(out, 0, 8, 2, ' ', tabwriter.AlignRight|tabwriter.Debug)
	fmt.Fprintln(tw, "name\tqty\tprice\t")
	for i, row := range []struct {
		name  string
		price float64
	}{{"apple", 1.25}, {"watermelon", 13}} {
		fmt.Fprintf(tw, "%s\t%d\t%.2f\t\n", row.name, i+1, row.price)
	}
	tw.Flush()
	tw = tabwriter.NewWriter(os.Stdout, 6, 4, 1, '.', 0)
	fmt.Fprint(tw, "a\tb\tc\nlonger cell\tx\ty\n")
	tw.Flush()
	fmt.Println(fmt.Sprint(), fmt.Sprint("a", 1, 2, "b", "c", 3.0, nil, nil), fmt.Sprintln("a", "b") == "a b\n")
}

// Output:
// | first
// | second
// | noend1 2ofline [{1 2}]
// | - nested
// 5 <nil>
// 0 3 bytes over: short write true 12345 5
// "> 1 2a98 <nil>[007]x 1.5\n3;4"
// | (5, 6)
// |         name|  qty|  price|
// |        apple|    1|   1.25|
// |   watermelon|    2|  13.00|
// a...........b.....c
// longer cell.x.....y
//  a1 2bc3 <nil> <nil> true
