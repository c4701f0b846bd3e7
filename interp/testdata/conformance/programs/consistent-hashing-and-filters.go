package main

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"sort"
	"strings"
)

type Hash func(string) uint64

func fnvHash(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	sum := h.Sum64()
	return sum ^ sum>>29*0xbf58476d1ce4e5b9
}

type Ring struct {
	hash     Hash
	replicas int
	points   []uint64
	owners   map[uint64]string
}

func (r *Ring) Add(nodes ...string) *Ring {
	if r.owners == nil {
		r.owners = make(map[uint64]string)
	}
	for _, n := range nodes {
		for i := range r.replicas {
			p := r.hash(fmt.Sprint(n, "#", i))
			r.owners[p] = n
			r.points = append(r.points, p)
		}
	}
	slices.Sort(r.points)
	return r
}

func (r *Ring) Remove(node string) {
	r.points = slices.DeleteFunc(r.points, func(p uint64) bool {
		if r.owners[p] != node {
			return false
		}
		delete(r.owners, p)
		return true
	})
}

func (r *Ring) Owners(key string, n int) (out []string) {
	h := r.hash(key)
	start := sort.Search(len(r.points), func(i int) bool { return r.points[i] >= h })
	for i := range r.points {
		owner := r.owners[r.points[(start+i)%len(r.points)]]
		if !slices.Contains(out, owner) {
			if out = append(out, owner); len(out) == n {
				break
			}
		}
	}
	return
}

type Bloom struct {
	bits   []uint64
	hashes int
	n      int
}

func NewBloom(bits, hashes int) *Bloom { return &Bloom{make([]uint64, (bits+63)/64), hashes, 0} }

func (b *Bloom) positions(s string) func(func(int) bool) {
	return func(yield func(int) bool) {
		h := fnvHash(s)
		lo, hi := uint32(h), uint32(h>>32)
		for i := range b.hashes {
			if !yield(int((lo + uint32(i)*hi) % uint32(len(b.bits)*64))) {
				return
			}
		}
	}
}

func (b *Bloom) Add(s string) {
	b.n++
	for p := range b.positions(s) {
		b.bits[p/64] |= 1 << (p % 64)
	}
}

func (b *Bloom) Has(s string) bool {
	for p := range b.positions(s) {
		if b.bits[p/64]&(1<<(p%64)) == 0 {
			return false
		}
	}
	return true
}

type Digest [sha256.Size]byte

func (d Digest) String() string { return hex.EncodeToString(d[:4]) }

type Merkle struct{ levels [][]Digest }

var errProof = errors.New("proof does not match")

func join(a, b Digest) Digest { return sha256.Sum256(append(a[:], b[:]...)) }

func NewMerkle(leaves ...string) *Merkle {
	level := make([]Digest, len(leaves))
	for i, l := range leaves {
		level[i] = sha256.Sum256([]byte(l))
	}
	m := &Merkle{[][]Digest{level}}
	for len(level) > 1 {
		var next []Digest
		for pair := range slices.Chunk(level, 2) {
			next = append(next, join(pair[0], pair[len(pair)-1]))
		}
		m.levels = append(m.levels, next)
		level = next
	}
	return m
}

func (m *Merkle) Root() Digest { return m.levels[len(m.levels)-1][0] }

func (m *Merkle) Proof(i int) (proof []Digest) {
	for _, level := range m.levels[:len(m.levels)-1] {
		proof = append(proof, level[min(i^1, len(level)-1)])
		i /= 2
	}
	return
}

func Verify(root Digest, leaf string, i int, proof []Digest) error {
	d := Digest(sha256.Sum256([]byte(leaf)))
	for _, p := range proof {
		if i%2 == 0 {
			d = join(d, p)
		} else {
			d = join(p, d)
		}
		i /= 2
	}
	if d != root {
		return fmt.Errorf("leaf %q: %w", leaf, errProof)
	}
	return nil
}

func main() {
	r := (&Ring{hash: fnvHash, replicas: 40}).Add("a", "b", "c")
	before := map[string]string{}
	counts := map[string]int{}
	for i := range 600 {
		key := fmt.Sprint("user:", i)
		before[key] = r.Owners(key, 1)[0]
		counts[before[key]]++
	}
	fmt.Println(counts["a"]+counts["b"]+counts["c"], len(r.Owners("x", 2)), len(r.Owners("x", 9)))
	r.Remove("b")
	moved, wrong := 0, 0
	for key, owner := range before {
		now := r.Owners(key, 1)[0]
		if now != owner {
			moved++
			if owner != "b" {
				wrong++
			}
		}
	}
	fmt.Println(moved == counts["b"], wrong, len(r.points))
	b := NewBloom(2048, 5)
	for i := range 100 {
		b.Add(fmt.Sprint("in", i))
	}
	missed, falsePositives := 0, 0
	for i := range 100 {
		if !b.Has(fmt.Sprint("in", i)) {
			missed++
		}
		if b.Has(fmt.Sprint("out", i)) {
			falsePositives++
		}
	}
	fmt.Println(missed, falsePositives < 5, b.n)
	leaves := strings.Fields("alpha beta gamma delta epsilon")
	m := NewMerkle(leaves...)
	fmt.Println(m.Root(), len(m.levels), m.Proof(2))
	for i, l := range leaves {
		fmt.Print(Verify(m.Root(), l, i, m.Proof(i)), " ")
	}
	err := Verify(m.Root(), "beta", 0, m.Proof(0))
	fmt.Println(err, errors.Is(err, errProof), binary.BigEndian.Uint32(m.levels[0][0][:]))
}

// Output:
// 600 2 3
// true 0 80
// 0 true 100
// d43b9671 4 [4f4a9410 8450e9a9 a9f98d53]
// <nil> <nil> <nil> <nil> <nil> leaf "beta": proof does not match true 2396255917
