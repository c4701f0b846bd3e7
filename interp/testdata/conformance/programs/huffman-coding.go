package main

import (
	"container/heap"
	"errors"
	"fmt"
	"sort"
	"strings"
)

type node interface{ weight() int }

type leaf struct {
	r rune
	n int
}

type branch struct {
	kids  [2]node
	total int
	first rune
}

func (l leaf) weight() int { return l.n }

func (b *branch) weight() int { return b.total }

func least(n node) rune {
	switch n := n.(type) {
	case leaf:
		return n.r
	case *branch:
		return n.first
	}
	panic("unknown node")
}

type queue []node

func (q queue) Len() int { return len(q) }

func (q queue) Less(i, j int) bool {
	if a, b := q[i].weight(), q[j].weight(); a != b {
		return a < b
	}
	return least(q[i]) < least(q[j])
}

func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

func (q *queue) Push(x any) { *q = append(*q, x.(node)) }

func (q *queue) Pop() (x any) {
	last := len(*q) - 1
	x, *q = (*q)[last], (*q)[:last]
	return
}

type Bits struct {
	data []byte
	n    int
}

func (b *Bits) Append(code string) {
	for _, c := range code {
		if b.n%8 == 0 {
			b.data = append(b.data, 0)
		}
		if c == '1' {
			b.data[b.n/8] |= 0x80 >> (b.n % 8)
		}
		b.n++
	}
}

func (b Bits) At(i int) int { return int(b.data[i/8]>>(7-i%8)) & 1 }

type Coder struct {
	root  node
	codes map[rune]string
}

var errTruncated = errors.New("bits end inside a code")

func New(sample string) *Coder {
	counts := map[rune]int{}
	for _, r := range sample {
		counts[r]++
	}
	q := make(queue, 0, len(counts))
	for r, n := range counts {
		q = append(q, leaf{r, n})
	}
	heap.Init(&q)
	for q.Len() > 1 {
		a, b := heap.Pop(&q).(node), heap.Pop(&q).(node)
		heap.Push(&q, &branch{[2]node{a, b}, a.weight() + b.weight(), min(least(a), least(b))})
	}
	c := &Coder{q[0], map[rune]string{}}
	c.assign(q[0], "")
	return c
}

func (c *Coder) assign(n node, prefix string) {
	switch n := n.(type) {
	case leaf:
		c.codes[n.r] = prefix
	case *branch:
		for i, kid := range n.kids {
			c.assign(kid, prefix+string('0'+rune(i)))
		}
	}
}

func (c *Coder) Encode(s string) (b Bits, err error) {
	for i, r := range s {
		code, ok := c.codes[r]
		if !ok {
			return b, fmt.Errorf("no code for %q at %d", r, i)
		}
		b.Append(code)
	}
	return b, nil
}

func (c *Coder) Decode(b Bits) (string, error) {
	var out strings.Builder
	at := c.root
	for i := range b.n {
		at = at.(*branch).kids[b.At(i)]
		if l, ok := at.(leaf); ok {
			out.WriteRune(l.r)
			at = c.root
		}
	}
	if at != c.root {
		return out.String(), errTruncated
	}
	return out.String(), nil
}

func main() {
	const text = "she sells sea shells by the sea shore — ✓✓"
	c := New(text)
	b, err := c.Encode(text)
	fmt.Println(b.n, len(b.data), len(text)*8, err)
	back, err := c.Decode(b)
	fmt.Println(back == text, err)
	var runes []rune
	for r := range c.codes {
		runes = append(runes, r)
	}
	sort.Slice(runes, func(i, j int) bool {
		a, b := c.codes[runes[i]], c.codes[runes[j]]
		return len(a) < len(b) || len(a) == len(b) && a < b
	})
	for _, r := range runes[:6] {
		fmt.Printf("%q=%s ", r, c.codes[r])
	}
	fmt.Printf("\n%08b\n", b.data[:4])
	b.n -= 2
	back, err = c.Decode(b)
	fmt.Println(strings.HasPrefix(text, back), errors.Is(err, errTruncated))
	_, err = c.Encode("xyz")
	fmt.Println(err)
}

// Output:
// 137 18 384 <nil>
// true <nil>
// 's'=00 ' '=01 'e'=110 '✓'=1010 'h'=1110 'l'=1111
// [00111011 00100110 11111111 00010011]
// true true
// no code for 'x' at 0
