package pack_test

import (
	"bytes"
	"testing"

	"gateway/symbols/internal/pack"
)

func encode(t *testing.T, members ...pack.Member) []byte {
	t.Helper()
	data, err := pack.Encode(members)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestRoundTrip(t *testing.T) {
	text := bytes.Repeat([]byte("text "), 1000)
	data := encode(t, pack.Member{Name: "a", Data: text, Needs: []string{"b"}}, pack.Member{Name: "b"})
	if len(data) > len(text)/2 {
		t.Errorf("%d bytes are packed into %d", len(text), len(data))
	}
	r, err := pack.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := r.Read("a"); err != nil || !bytes.Equal(got, text) {
		t.Errorf("a is %q, %v", got, err)
	}
	if got, err := r.Read("b"); err != nil || len(got) != 0 {
		t.Errorf("b is %q, %v", got, err)
	}
	if needs := r.Needs("a"); len(needs) != 1 || needs[0] != "b" {
		t.Errorf("a needs %q", needs)
	}
	if _, err := r.Read("c"); err == nil || r.Has("c") || !r.Has("b") {
		t.Errorf("c: %v", err)
	}
}

func TestDamaged(t *testing.T) {
	data := encode(t, pack.Member{Name: "a", Data: []byte("some text that is there")})
	for n := range len(data) {
		r, err := pack.Open(data[:n])
		if err == nil {
			_, err = r.Read("a")
		}
		if err == nil {
			t.Fatalf("no error with %d of %d bytes", n, len(data))
		}
	}
}

func TestEqual(t *testing.T) {
	open := func(members ...pack.Member) *pack.Reader {
		r, err := pack.Open(encode(t, members...))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	a := open(pack.Member{Name: "a", Data: []byte("x")})
	for _, test := range []struct {
		other *pack.Reader
		want  bool
	}{
		{open(pack.Member{Name: "a", Data: []byte("x")}), true},
		{open(pack.Member{Name: "a", Data: []byte("y")}), false},
		{open(pack.Member{Name: "b", Data: []byte("x")}), false},
		{open(pack.Member{Name: "a", Data: []byte("x"), Needs: []string{"b"}}), false},
		{open(pack.Member{Name: "a", Data: []byte("x")}, pack.Member{Name: "b"}), false},
	} {
		if got := pack.Equal(a, test.other); got != test.want {
			t.Errorf("got %v, want %v", got, test.want)
		}
	}
}
