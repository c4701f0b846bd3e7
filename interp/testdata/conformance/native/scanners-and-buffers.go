package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/scanner"
	"unicode"
)

type slow struct {
	data string
	fail error
}

func (s *slow) Read(p []byte) (int, error) {
	if s.data == "" {
		if s.fail != nil {
			return 0, s.fail
		}
		return 0, io.EOF
	}
	p[0] = s.data[0]
	s.data = s.data[1:]
	return 1, nil
}

func split(sep string) bufio.SplitFunc {
	return func(data []byte, atEOF bool) (int, []byte, error) {
		if i := bytes.Index(data, []byte(sep)); i >= 0 {
			return i + len(sep), data[:i], nil
		}
		if atEOF && len(data) > 0 {
			return len(data), data, bufio.ErrFinalToken
		}
		return 0, nil, nil
	}
}

func numbers(data []byte, atEOF bool) (advance int, token []byte, err error) {
	advance, token, err = bufio.ScanWords(data, atEOF)
	if err == nil && token != nil {
		for _, c := range token {
			if !unicode.IsDigit(rune(c)) {
				return 0, nil, fmt.Errorf("%q is not a number", token)
			}
		}
	}
	return
}

func collect(s *bufio.Scanner) (out []string, err error) {
	for s.Scan() {
		out = append(out, s.Text())
	}
	return out, s.Err()
}

func scan(text string, f bufio.SplitFunc) *bufio.Scanner {
	s := bufio.NewScanner(&slow{data: text})
	s.Split(f)
	return s
}

func main() {
	for _, f := range []bufio.SplitFunc{bufio.ScanLines, bufio.ScanWords, bufio.ScanRunes, split("--"), split("\n")} {
		out, err := collect(scan("a b--ü\r\n\nc", f))
		fmt.Printf("%q %v\n", out, err)
	}
	fmt.Println(collect(scan("1 22 333", numbers)))
	fmt.Println(collect(scan("1 2x 3", numbers)))
	s := bufio.NewScanner(&slow{"one\ntwo", errors.New("cable unplugged")})
	fmt.Println(collect(s))
	s = bufio.NewScanner(strings.NewReader(strings.Repeat("x", 100) + "\nshort"))
	s.Buffer(make([]byte, 0, 10), 50)
	_, err := collect(s)
	fmt.Println(err, err == bufio.ErrTooLong)
	r := bufio.NewReaderSize(&slow{data: "héllo world\nline two\nrest"}, 16)
	peek, err := r.Peek(3)
	fmt.Printf("%q %v %d\n", peek, err, r.Buffered())
	ch, size, _ := r.ReadRune()
	ch2, size2, _ := r.ReadRune()
	fmt.Println(string(ch), size, string(ch2), size2, r.UnreadRune(), r.UnreadRune())
	line, err := r.ReadString('\n')
	fmt.Printf("%q %v\n", line, err)
	word, prefix, err := r.ReadLine()
	fmt.Println(string(word), prefix, err)
	n, _ := r.Discard(2)
	last, err := r.ReadBytes('!')
	fmt.Println(n, string(last), err)
	r.Reset(strings.NewReader("reset"))
	var out strings.Builder
	fmt.Println(r.WriteTo(&out))
	rw := bufio.NewReadWriter(bufio.NewReader(strings.NewReader("in")), bufio.NewWriter(&out))
	fmt.Fprintf(rw, "+%d", 5)
	b, _ := rw.ReadByte()
	rw.Flush()
	fmt.Println(out.String(), string(b))
	var buf bytes.Buffer
	buf.WriteString("abc def")
	buf.Truncate(6)
	head := string(buf.Next(4))
	buf.UnreadByte()
	fmt.Printf("%q %q %d %v\n", head, buf.String(), buf.Len(), buf.Cap() >= 3)
	var ts scanner.Scanner
	ts.Init(strings.NewReader("x := 3.14 // note\nif s == \"q\" { return 'c' }"))
	ts.Filename = "f"
	for tok := ts.Scan(); tok != scanner.EOF; tok = ts.Scan() {
		fmt.Print(ts.Position, " ", scanner.TokenString(tok), " ", ts.TokenText(), "; ")
	}
	fmt.Println()
}

// Output:
// ["a b--ü" "" "c"] <nil>
// ["a" "b--ü" "c"] <nil>
// ["a" " " "b" "-" "-" "ü" "\r" "\n" "\n" "c"] <nil>
// ["a b" "ü\r\n\nc"] <nil>
// ["a b--ü\r" "" "c"] <nil>
// [1 22 333] <nil>
// [1] "2x" is not a number
// [one two] cable unplugged
// bufio.Scanner: token too long true
// "hé" <nil> 3
// h 1 é 2 <nil> bufio: invalid use of UnreadRune
// "éllo world\n" <nil>
// line two false <nil>
// 2 st EOF
// 5 <nil>
// reset+5 i
// "abc " " de" 3 true
// f:1:1 Ident x; f:1:3 ":" :; f:1:4 "=" =; f:1:6 Float 3.14; f:2:1 Ident if; f:2:4 Ident s; f:2:6 "=" =; f:2:7 "=" =; f:2:9 String "q"; f:2:13 "{" {; f:2:15 Ident return; f:2:22 Char 'c'; f:2:26 "}" };
