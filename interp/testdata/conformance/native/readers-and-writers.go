package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

type Pattern struct {
	text string
	left int
}

func (p *Pattern) Read(b []byte) (n int, err error) {
	for n < len(b) && p.left > 0 {
		b[n] = p.text[p.left%len(p.text)]
		p.left--
		n++
	}
	if n == 0 {
		err = io.EOF
	}
	return
}

type fast struct {
	calls []string
	data  bytes.Buffer
}

func (f *fast) Write(p []byte) (int, error) {
	f.calls = append(f.calls, fmt.Sprint("write ", len(p)))
	return f.data.Write(p)
}

func (f *fast) ReadFrom(r io.Reader) (int64, error) {
	f.calls = append(f.calls, "read from")
	return f.data.ReadFrom(r)
}

func (f *fast) WriteString(s string) (int, error) {
	f.calls = append(f.calls, "write string")
	return f.data.WriteString(s)
}

type source string

func (s source) Read([]byte) (int, error) { return 0, errors.New("Read is not used") }

func (s source) WriteTo(w io.Writer) (int64, error) {
	n, err := io.WriteString(w, string(s))
	return int64(n), err
}

type mem struct {
	data []byte
	pos  int64
}

func (m *mem) Read(p []byte) (int, error) {
	if m.pos >= int64(len(m.data)) {
		return 0, io.EOF
	}
	n := copy(p, m.data[m.pos:])
	m.pos += int64(n)
	return n, nil
}

func (m *mem) Seek(off int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		off += m.pos
	case io.SeekEnd:
		off += int64(len(m.data))
	}
	if off < 0 {
		return 0, fmt.Errorf("seek to %d", off)
	}
	m.pos = off
	return off, nil
}

func (m *mem) ReadAt(p []byte, off int64) (int, error) {
	n := copy(p, m.data[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (m *mem) ReadByte() (byte, error) {
	var b [1]byte
	_, err := m.Read(b[:])
	return b[0], err
}

type badWriter struct{ n int }

func (b badWriter) Write(p []byte) (int, error) { return min(b.n, len(p)), nil }

type closer struct {
	io.Reader
	closed *bool
}

func (c closer) Close() error { *c.closed = true; return nil }

func main() {
	all, err := io.ReadAll(&Pattern{"abc", 7})
	fmt.Println(string(all), err)
	f := &fast{}
	fmt.Println(io.Copy(f, struct{ io.Reader }{strings.NewReader("plain")}))
	fmt.Println(io.Copy(f, source("writes itself")))
	fmt.Println(io.CopyN(f, &Pattern{"x", 100}, 3))
	fmt.Println(io.Copy(struct{ io.Writer }{f}, io.LimitReader(&Pattern{"y", 9}, 4)))
	fmt.Println(f.calls, f.data.String())
	m := &mem{data: []byte("0123456789")}
	fmt.Println(m.Seek(-3, io.SeekEnd))
	rest, _ := io.ReadAll(m)
	_, err = m.Seek(-1, io.SeekStart)
	fmt.Println(string(rest), err)
	sec := io.NewSectionReader(m, 2, 5)
	part := make([]byte, 3)
	n, err := sec.ReadAt(part, 3)
	fmt.Println(n, err, string(part[:n]), sec.Size())
	m.Seek(0, io.SeekStart)
	var br io.ByteReader = m
	b1, _ := br.ReadByte()
	b2, _ := br.ReadByte()
	fmt.Println(string(b1), string(b2), m.pos)
	_, err = io.Copy(badWriter{2}, strings.NewReader("abcdef"))
	fmt.Println(err, err == io.ErrShortWrite)
	bw := bufio.NewWriterSize(badWriter{5}, 16)
	bw.WriteString("buffered text")
	fmt.Println(bw.Flush(), bw.Buffered(), bw.Available())
	var log bytes.Buffer
	tee := io.TeeReader(io.MultiReader(&Pattern{"m", 2}, source(""), strings.NewReader("!")), &log)
	_, err = io.ReadAll(tee)
	fmt.Println(log.String(), err)
	closed := false
	var rc io.ReadCloser = closer{&Pattern{"z", 1}, &closed}
	nop := io.NopCloser(rc)
	nop.Close()
	fmt.Print(closed, " ")
	rc.Close()
	fmt.Println(closed)
	pr, pw := io.Pipe()
	go func() {
		for _, w := range []string{"over", " the ", "pipe"} {
			io.WriteString(pw, w)
		}
		pw.CloseWithError(errors.New("writer is done"))
	}()
	text, err := io.ReadAll(pr)
	fmt.Println(string(text), err)
	_, err = pw.Write(nil)
	fmt.Println(err)
}

// Output:
// bacbacb <nil>
// 5 <nil>
// 13 <nil>
// 3 <nil>
// 4 <nil>
// [read from write string read from write 4] plainwrites itselfxxxyyyy
// 7 <nil>
// 789 seek to -1
// 2 EOF 56 5
// 0 1 2
// short write true
// short write 8 8
// mm Read is not used
// false true
// over the pipe writer is done
// io: read/write on closed pipe
