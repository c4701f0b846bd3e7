package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"
)

type Claims struct {
	Subject string         `json:"sub"`
	Expires Unix           `json:"exp"`
	Roles   []string       `json:"roles,omitempty"`
	Extra   map[string]any `json:"-"`
}

type Unix struct{ time.Time }

func (u Unix) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, "%d", u.Unix()), nil }

func (u *Unix) UnmarshalJSON(b []byte) error {
	var n int64
	if err := json.Unmarshal(b, &n); err != nil {
		return err
	}
	u.Time = time.Unix(n, 0).UTC()
	return nil
}

func (c Claims) MarshalJSON() ([]byte, error) {
	type plain Claims
	b, err := json.Marshal(plain(c))
	if err != nil || len(c.Extra) == 0 {
		return b, err
	}
	extra, err := json.Marshal(c.Extra)
	if err != nil {
		return nil, err
	}
	return append(append(b[:len(b)-1], ','), extra[1:]...), nil
}

func (c *Claims) UnmarshalJSON(b []byte) error {
	type plain Claims
	if err := json.Unmarshal(b, (*plain)(c)); err != nil {
		return err
	}
	if err := json.Unmarshal(b, &c.Extra); err != nil {
		return err
	}
	for _, known := range []string{"sub", "exp", "roles"} {
		delete(c.Extra, known)
	}
	return nil
}

var (
	ErrFormat    = errors.New("malformed token")
	ErrSignature = errors.New("bad signature")
	ErrExpired   = errors.New("token expired")
	b64          = base64.RawURLEncoding
)

type Signer struct {
	key []byte
	now func() time.Time
}

func (s Signer) mac(text string) []byte {
	m := hmac.New(sha256.New, s.key)
	m.Write([]byte(text))
	return m.Sum(nil)
}

func (s Signer) Sign(c Claims) (string, error) {
	head, _ := json.Marshal(map[string]string{"typ": "JWT", "alg": "HS256"})
	body, err := json.Marshal(c)
	if err != nil {
		return "", fmt.Errorf("sign: %w", err)
	}
	text := b64.EncodeToString(head) + "." + b64.EncodeToString(body)
	return text + "." + b64.EncodeToString(s.mac(text)), nil
}

func (s Signer) Verify(token string) (c Claims, err error) {
	i := strings.LastIndexByte(token, '.')
	if i < 0 {
		return c, ErrFormat
	}
	sig, err := b64.DecodeString(token[i+1:])
	if err != nil {
		return c, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	if !hmac.Equal(sig, s.mac(token[:i])) {
		return c, ErrSignature
	}
	_, body, _ := strings.Cut(token[:i], ".")
	raw, err := b64.DecodeString(body)
	if err == nil {
		err = json.Unmarshal(raw, &c)
	}
	if err == nil && !c.Expires.After(s.now()) {
		err = fmt.Errorf("%w %v ago", ErrExpired, s.now().Sub(c.Expires.Time))
	}
	return c, err
}

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

func encode62(n uint64) (s string) {
	for ; n > 0 || s == ""; n /= 62 {
		s = alphabet[n%62:][:1] + s
	}
	return
}

func decode62(s string) (n uint64, err error) {
	for i := range len(s) {
		d := strings.IndexByte(alphabet, s[i])
		if d < 0 {
			return 0, fmt.Errorf("%q at %d", s[i], i)
		}
		n = n*62 + uint64(d)
	}
	return n, nil
}

type ULID [16]byte

func NewULID(t time.Time, entropy [10]byte) (id ULID) {
	ms := t.UnixMilli()
	for i := 5; i >= 0; i-- {
		id[i] = byte(ms)
		ms >>= 8
	}
	copy(id[6:], entropy[:])
	return
}

func (id ULID) String() string {
	const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	n := new(big.Int).SetBytes(id[:])
	out := make([]byte, 26)
	for i := 25; i >= 0; i-- {
		out[i] = crockford[new(big.Int).And(n, big.NewInt(31)).Int64()]
		n.Rsh(n, 5)
	}
	return string(out)
}

func (id ULID) Time() time.Time {
	var ms int64
	for _, b := range id[:6] {
		ms = ms<<8 | int64(b)
	}
	return time.UnixMilli(ms).UTC()
}

func main() {
	now := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	s := Signer{[]byte("k"), func() time.Time { return now }}
	token, err := s.Sign(Claims{"ann", Unix{now.Add(time.Hour)}, []string{"admin"}, map[string]any{"org": 7}})
	fmt.Println(token, err)
	c, err := s.Verify(token)
	fmt.Printf("%+v %v\n", c, err)
	for _, bad := range []string{"x", "a.b.!", token[:len(token)-2] + "AA", strings.Replace(token, ".", ".e", 1)} {
		_, err := s.Verify(bad)
		fmt.Println(err, errors.Is(err, ErrFormat), errors.Is(err, ErrSignature))
	}
	now = now.Add(90 * time.Minute)
	_, err = s.Verify(token)
	fmt.Println(err, errors.Is(err, ErrExpired))
	_, err = s.Sign(Claims{Extra: map[string]any{"f": func() {}}})
	fmt.Println(err)
	for _, n := range []uint64{0, 61, 62, 123456789, 1<<64 - 1} {
		text := encode62(n)
		back, err := decode62(text)
		fmt.Print(text, " ", back == n, " ", err, "; ")
	}
	_, err = decode62("a-b")
	fmt.Println(err)
	id := NewULID(now, [10]byte{0: 1, 9: 255})
	later := NewULID(now.Add(time.Millisecond), [10]byte{})
	fmt.Println(id, id.Time().Equal(now), later.String() > id.String(), id == NewULID(now, [10]byte{0: 1, 9: 255}))
}

// Output:
// eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbm4iLCJleHAiOjE3MTQ1Njg0MDAsInJvbGVzIjpbImFkbWluIl0sIm9yZyI6N30.XqZOxvww4gmOuAWmwILuFYkREI21c1HAyGNUVbAvT50 <nil>
// {Subject:ann Expires:2024-05-01 13:00:00 +0000 UTC Roles:[admin] Extra:map[org:7]} <nil>
// malformed token true false
// malformed token: illegal base64 data at input byte 0 true false
// bad signature false true
// bad signature false true
// token expired 30m0s ago true
// sign: json: error calling MarshalJSON for type main.Claims: json: unsupported type: func()
// 0 true <nil>; z true <nil>; 10 true <nil>; 8M0kX true <nil>; LygHa16AHYF true <nil>; '-' at 1
// 01HWT5J0Y0040000000000007Z true true true
