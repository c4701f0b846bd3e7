package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"
)

type codec struct {
	name string
	w    func(io.Writer) io.WriteCloser
	r    func(io.Reader) (io.ReadCloser, error)
}

type counter struct{ n int64 }

func (c *counter) Write(p []byte) (int, error) { c.n += int64(len(p)); return len(p), nil }

type lines struct {
	left int
	buf  bytes.Buffer
}

func (l *lines) Read(p []byte) (int, error) {
	if l.buf.Len() == 0 {
		if l.left == 0 {
			return 0, io.EOF
		}
		l.left--
		fmt.Fprintf(&l.buf, "line %d of text that repeats\n", l.left%3)
	}
	return l.buf.Read(p)
}

func main() {
	codecs := []codec{
		{"gzip", func(w io.Writer) io.WriteCloser {
			zw := gzip.NewWriter(w)
			zw.Name, zw.Comment, zw.ModTime = "f.txt", "a comment", time.Unix(1e9, 0)
			return zw
		}, func(r io.Reader) (io.ReadCloser, error) { return gzip.NewReader(r) }},
		{"zlib", func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }, zlib.NewReader},
		{"flate", func(w io.Writer) io.WriteCloser { fw, _ := flate.NewWriter(w, flate.BestCompression); return fw },
			func(r io.Reader) (io.ReadCloser, error) { return flate.NewReader(r), nil }},
	}
	for _, c := range codecs {
		var packed bytes.Buffer
		w := c.w(&packed)
		n, err := io.Copy(w, &lines{left: 1000})
		if err := w.Close(); err != nil {
			fmt.Println(err)
		}
		small := packed.Len() < int(n)/10
		r, err := c.r(&packed)
		if err != nil {
			fmt.Println(err)
			continue
		}
		if zr, ok := r.(*gzip.Reader); ok {
			fmt.Println(zr.Name, zr.Comment, zr.ModTime.UTC().Year())
		}
		var out counter
		m, err := io.Copy(&out, r)
		fmt.Println(c.name, n, small, m == n, out.n == n, err, r.Close())
	}
	_, err := gzip.NewReader(strings.NewReader("not gzip at all"))
	fmt.Println(err == gzip.ErrHeader, err)
	var buf bytes.Buffer
	zw := zip.NewWriter(&buf)
	for _, name := range []string{"b.txt", "dir/a.txt", "dir/c.md"} {
		w, _ := zw.Create(name)
		io.WriteString(w, strings.Repeat(name, 3))
	}
	zw.SetComment("archive")
	zw.Close()
	zr, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	fmt.Println(err, zr.Comment)
	fs.WalkDir(zr, ".", func(path string, d fs.DirEntry, err error) error {
		if d.IsDir() {
			fmt.Print(path, "/ ")
			return err
		}
		data, err := fs.ReadFile(zr, path)
		fmt.Print(path, ":", len(data), " ")
		return err
	})
	fmt.Println()
	buf.Reset()
	tw := tar.NewWriter(&buf)
	body := "tar body"
	tw.WriteHeader(&tar.Header{Name: "t.txt", Mode: 0o600, Size: int64(len(body)), ModTime: time.Unix(0, 0)})
	io.WriteString(tw, body)
	_, err = io.WriteString(tw, "more")
	fmt.Println(err)
	tw.Close()
	tr := tar.NewReader(&buf)
	for {
		h, err := tr.Next()
		if err != nil {
			fmt.Println(err)
			break
		}
		data, _ := io.ReadAll(tr)
		fmt.Println(h.Name, h.FileInfo().Mode(), string(data))
	}
}

// Output:
// f.txt a comment 2001
// gzip 28000 true true true <nil> <nil>
// zlib 28000 true true true <nil> <nil>
// flate 28000 true true true <nil> <nil>
// true gzip: invalid header
// <nil> archive
// ./ b.txt:15 dir/ dir/a.txt:27 dir/c.md:24
// archive/tar: write too long
// t.txt -rw------- tar body
// EOF
