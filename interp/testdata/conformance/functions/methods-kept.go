package main

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
)

var kept []func() string

// keep hands out methods bound to what its variables hold; they outlive the call.
func keep(name string) {
	b := bytes.NewBufferString(name)
	kept = append(kept, b.String)
	b = bytes.NewBufferString("another " + name)
	fmt.Println(b.String(), b.Len())
}

func size(text string) int {
	r := strings.NewReader(text)
	return r.Len() + int(r.Size())
}

func launch(wg *sync.WaitGroup, names ...string) {
	for _, n := range names {
		wg.Add(1)
		go wg.Done()
		b := bytes.NewBufferString(n)
		kept = append(kept, b.String)
	}
}

func late(b *bytes.Buffer) string {
	defer b.Reset()
	b.WriteString(", written")
	return b.String()
}

type holder struct{ *bytes.Buffer }

func hold(text string) holder {
	b := bytes.NewBufferString(text)
	h := holder{b}
	b = nil
	return h
}

func chain(b *strings.Builder) *strings.Builder {
	b.WriteString("x")
	return b
}

func grow(n int) (string, int) {
	b := new(strings.Builder)
	for range n {
		chain(chain(b)).WriteByte('-')
	}
	return b.String(), b.Len()
}

func main() {
	for _, n := range []string{"one", "two", "three"} {
		keep(n)
	}
	var wg sync.WaitGroup
	launch(&wg, "four", "five")
	wg.Wait()
	for _, f := range kept {
		fmt.Println(f())
	}
	fmt.Println(size("abc"), size("abcdef"))
	b := bytes.NewBufferString("text")
	fmt.Println(late(b), b.Len())
	first, second := hold("first"), hold("second")
	fmt.Println(first.String(), second.String(), first.Len())
	fmt.Println(grow(2))
	fmt.Println(grow(3))
}

// Output:
// another one 11
// another two 11
// another three 13
// one
// two
// three
// four
// five
// 6 12
// text, written 0
// first second 5
// xx-xx- 6
// xx-xx-xx- 9
