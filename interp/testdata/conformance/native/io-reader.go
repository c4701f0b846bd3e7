package main

import (
	"bufio"
	"fmt"
	"io"
)

type R struct{ n int }

func (r *R) Read(p []byte) (int, error) {
	if r.n == 0 {
		return 0, io.EOF
	}
	r.n--
	p[0] = 'x'
	return 1, nil
}

type W struct{ n int }

func (w *W) Write(p []byte) (int, error) { w.n += len(p); return len(p), nil }
func main() {
	b, err := io.ReadAll(bufio.NewReader(&R{5}))
	fmt.Println(string(b), err)
	w := &W{}
	fmt.Fprintf(w, "hello")
	io.Copy(w, &R{3})
	fmt.Println(w.n)
}

// Output:
// xxxxx <nil>
// 8
