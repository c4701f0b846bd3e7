package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

type rot13 struct{ r io.Reader }

func (r rot13) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	for i, c := range p[:n] {
		switch {
		case c >= 'a' && c <= 'z':
			p[i] = 'a' + (c-'a'+13)%26
		case c >= 'A' && c <= 'Z':
			p[i] = 'A' + (c-'A'+13)%26
		}
	}
	return n, err
}

type countWriter struct {
	n     int
	lines []string
}

func (c *countWriter) Write(p []byte) (int, error) {
	c.n += len(p)
	c.lines = append(c.lines, string(p))
	return len(p), nil
}

type limited struct{ left int }

var errFull = errors.New("full")

func (l *limited) Write(p []byte) (int, error) {
	if len(p) > l.left {
		n := l.left
		l.left = 0
		return n, errFull
	}
	l.left -= len(p)
	return len(p), nil
}

func main() {
	var cw countWriter
	n, err := io.Copy(&cw, rot13{strings.NewReader("Uryyb, jbeyq!")})
	fmt.Println(n, err, cw.n, cw.lines)
	fmt.Fprintf(io.MultiWriter(&cw, io.Discard), "%d", 42)
	fmt.Println(cw.lines)
	_, err = io.Copy(&limited{3}, strings.NewReader("abcdef"))
	fmt.Println(err, errors.Is(err, errFull))
	sc := bufio.NewScanner(rot13{strings.NewReader("bar gjb\nguerr")})
	sc.Split(bufio.ScanWords)
	for sc.Scan() {
		fmt.Print(sc.Text(), ";")
	}
	fmt.Println()
	pr, pw := io.Pipe()
	go func() {
		fmt.Fprint(pw, "through the pipe")
		pw.CloseWithError(errFull)
	}()
	b, err := io.ReadAll(pr)
	fmt.Println(string(b), err)
	tee := io.TeeReader(io.LimitReader(strings.NewReader("0123456789"), 4), &cw)
	io.Copy(io.Discard, tee)
	fmt.Println(cw.lines[len(cw.lines)-1])
	var buf bytes.Buffer
	w := bufio.NewWriter(&buf)
	fmt.Fprint(w, "buffered")
	fmt.Println(buf.Len())
	w.Flush()
	fmt.Println(buf.String())
	sr := io.NewSectionReader(strings.NewReader("section"), 2, 3)
	b, _ = io.ReadAll(sr)
	fmt.Println(string(b))
}

// Output:
// 13 <nil> 13 [Hello, world!]
// [Hello, world! 42]
// full true
// one;two;three;
// through the pipe full
// 0123
// 0
// buffered
// cti
