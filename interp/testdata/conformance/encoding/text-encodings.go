package main

import (
	"bytes"
	"encoding/ascii85"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"io"
	"strings"
)

type chunked struct {
	io.Writer
	sizes []int
}

func (c *chunked) Write(p []byte) (int, error) {
	c.sizes = append(c.sizes, len(p))
	return c.Writer.Write(p)
}

type Codec interface {
	EncodeToString([]byte) string
	DecodeString(string) ([]byte, error)
}

type hexCodec struct{}

func (hexCodec) EncodeToString(b []byte) string { return hex.EncodeToString(b) }

func (hexCodec) DecodeString(s string) ([]byte, error) { return hex.DecodeString(s) }

type chain []Codec

func (c chain) EncodeToString(b []byte) string {
	for _, codec := range c {
		b = []byte(codec.EncodeToString(b))
	}
	return string(b)
}

func (c chain) DecodeString(s string) (b []byte, err error) {
	b = []byte(s)
	for i := len(c) - 1; i >= 0; i-- {
		if b, err = c[i].DecodeString(string(b)); err != nil {
			return nil, fmt.Errorf("codec %d: %w", i, err)
		}
	}
	return b, nil
}

func main() {
	data := []byte("hello, wörld?>")
	codecs := []Codec{base64.StdEncoding, base64.URLEncoding, base64.RawURLEncoding, base32.StdEncoding, base32.HexEncoding.WithPadding(base32.NoPadding), hexCodec{}, chain{hexCodec{}, base64.RawStdEncoding}}
	for _, c := range codecs {
		text := c.EncodeToString(data)
		back, err := c.DecodeString(text)
		fmt.Println(text, bytes.Equal(back, data), err)
	}
	_, err := chain{base64.StdEncoding, hexCodec{}}.DecodeString("abc")
	fmt.Println(err)
	_, err = chain{hexCodec{}, base64.StdEncoding}.DecodeString("!!!!")
	fmt.Println(err)
	var out strings.Builder
	cw := &chunked{Writer: &out}
	enc := base64.NewEncoder(base64.StdEncoding, cw)
	for _, part := range []string{"a", "bc", "defgh"} {
		io.WriteString(enc, part)
	}
	enc.Close()
	fmt.Println(out.String(), cw.sizes)
	dec := base64.NewDecoder(base64.StdEncoding, strings.NewReader("aGVs\nbG8s\r\nIHRoZXJl"))
	all, err := io.ReadAll(dec)
	fmt.Println(string(all), err)
	fmt.Print(hex.Dump([]byte("0123456789abcdefXYZ")))
	custom := base64.NewEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_").WithPadding('*')
	fmt.Println(custom.EncodeToString([]byte{0xfb, 0xff}), custom.EncodedLen(5), custom.DecodedLen(8))
	a85 := make([]byte, ascii85.MaxEncodedLen(len(data)))
	n := ascii85.Encode(a85, data)
	fmt.Println(string(a85[:n]))
	block := &pem.Block{Type: "TEST DATA", Headers: map[string]string{"Name": "x"}, Bytes: bytes.Repeat([]byte{7}, 60)}
	text := pem.EncodeToMemory(block)
	fmt.Print(string(text))
	back, rest := pem.Decode(append(text, "rest"...))
	fmt.Println(back.Type, back.Headers, len(back.Bytes), string(rest))
	b := make([]byte, 4)
	_, err = hex.Decode(b, []byte("0g"))
	fmt.Println(err, hex.AppendEncode(nil, []byte{1}), string(base64.StdEncoding.AppendEncode([]byte("x="), []byte("y"))))
}

// Output:
// aGVsbG8sIHfDtnJsZD8+ true <nil>
// aGVsbG8sIHfDtnJsZD8- true <nil>
// aGVsbG8sIHfDtnJsZD8- true <nil>
// NBSWY3DPFQQHPQ5WOJWGIPZ6 true <nil>
// D1IMOR3F5GG7FGTME9M68FPU true <nil>
// 68656c6c6f2c2077c3b6726c643f3e true <nil>
// Njg2NTZjNmM2ZjJjMjA3N2MzYjY3MjZjNjQzZjNl true <nil>
// codec 1: encoding/hex: odd length hex string
// codec 1: illegal base64 data at input byte 0
// YWJjZGVmZ2g= [4 4 4]
// hello, there <nil>
// 00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|
// 00000010  58 59 5a                                          |XYZ|
// -_8* 8 6
// BOu!rD_*#T_mXT%A3W6
// -----BEGIN TEST DATA-----
// Name: x
//
// BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH
// BwcHBwcHBwcHBwcH
// -----END TEST DATA-----
// TEST DATA map[Name:x] 60 rest
// encoding/hex: invalid byte: U+0067 'g' [48 49] x=eQ==
