package main

import (
	"fmt"
	"io"
	"strings"
)

type cr struct {
	io.Reader
	n int
}

func (c *cr) Read(p []byte) (int, error) { n, err := c.Reader.Read(p); c.n += n; return n, err }
func main() {
	c := &cr{Reader: strings.NewReader("hello world")}
	b, _ := io.ReadAll(c)
	fmt.Println(string(b), c.n)
}

// Output:
// hello world 11
