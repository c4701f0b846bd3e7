package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/cipher"
	"crypto/hmac"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"hash"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"io/fs"
	"math/rand"
	randv2 "math/rand/v2"
	"strings"
	"testing/fstest"
	"testing/iotest"
	"testing/quick"
	"text/tabwriter"
	"time"
	"unicode"
)

type fnv32 struct {
	sum   uint32
	block [4]byte
}

func newFNV() hash.Hash { h := &fnv32{}; h.Reset(); return h }
func (f *fnv32) Write(p []byte) (int, error) {
	for _, b := range p {
		f.sum *= 16777619
		f.sum ^= uint32(b)
	}
	return len(p), nil
}
func (f *fnv32) Sum(b []byte) []byte { return binary.BigEndian.AppendUint32(b, f.sum) }
func (f *fnv32) Reset()              { f.sum = 2166136261 }
func (f *fnv32) Size() int           { return 4 }
func (f *fnv32) BlockSize() int      { return 64 }

type xorBlock byte

func (x xorBlock) BlockSize() int { return 8 }
func (x xorBlock) Encrypt(dst, src []byte) {
	for i := range 8 {
		dst[i] = src[(i+1)%8] ^ byte(x)
	}
}
func (x xorBlock) Decrypt(dst, src []byte) {
	var t [8]byte
	for i := range 8 {
		t[(i+1)%8] = src[i] ^ byte(x)
	}
	copy(dst, t[:])
}

type checker struct{ n int }

func (c checker) ColorModel() color.Model {
	return color.ModelFunc(func(c color.Color) color.Color { r, _, _, _ := c.RGBA(); return gray(r >> 8) })
}
func (c checker) Bounds() image.Rectangle { return image.Rect(0, 0, c.n, c.n) }
func (c checker) At(x, y int) color.Color {
	if (x+y)%2 == 0 {
		return gray(200)
	}
	return color.RGBA{255, 0, 0, 255}
}

type gray uint8

func (g gray) RGBA() (r, gr, b, a uint32) { v := uint32(g) * 0x101; return v, v, v, 0xffff }

type rot13 struct{ io.Reader }

func (r rot13) Read(p []byte) (n int, err error) {
	n, err = r.Reader.Read(p)
	for i, c := range p[:n] {
		switch {
		case 'a' <= c && c <= 'z':
			p[i] = 'a' + (c-'a'+13)%26
		case 'A' <= c && c <= 'Z':
			p[i] = 'A' + (c-'A'+13)%26
		}
	}
	return
}

type listFlag []string

func (l *listFlag) String() string { return strings.Join(*l, ",") }
func (l *listFlag) Set(s string) error {
	if s == "" {
		return errors.New("empty")
	}
	*l = append(*l, s)
	return nil
}
func (l *listFlag) Get() any { return []string(*l) }

type lcg uint64

func (l *lcg) Int63() int64   { return int64(l.Uint64() >> 1) }
func (l *lcg) Seed(s int64)   { *l = lcg(s) }
func (l *lcg) Uint64() uint64 { *l = *l*6364136223846793005 + 1442695040888963407; return uint64(*l) }

type Header struct {
	Magic [4]byte
	Ver   uint16
	_     [2]byte
	Flags Flags
	Pts   [2]struct{ X, Y int16 }
	F     float32
}
type Flags uint32

type memFS map[string]string

func (m memFS) Open(name string) (fs.File, error) {
	if s, ok := m[name]; ok {
		return &memFile{name: name, Reader: strings.NewReader(s), size: int64(len(s))}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

type memFile struct {
	*strings.Reader
	name string
	size int64
}

func (f *memFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *memFile) Close() error               { return nil }
func (f *memFile) Name() string               { return f.name }
func (f *memFile) Size() int64                { return f.size }
func (f *memFile) Mode() fs.FileMode          { return 0o644 }
func (f *memFile) ModTime() time.Time         { return time.Unix(0, 0).UTC() }
func (f *memFile) IsDir() bool                { return false }
func (f *memFile) Sys() any                   { return nil }

func main() {
	h := newFNV()
	fmt.Fprintf(h, "hello %d", 5)
	fmt.Println(hex.EncodeToString(h.Sum([]byte{1})), h.Size())
	mac := hmac.New(newFNV, []byte("key"))
	io.WriteString(mac, "data")
	fmt.Printf("%x\n", mac.Sum(nil))
	iv := []byte("12345678")
	buf := []byte("sixteen byte msg")
	cipher.NewCBCEncrypter(xorBlock(7), iv).CryptBlocks(buf, buf)
	fmt.Printf("%x\n", buf)
	cipher.NewCBCDecrypter(xorBlock(7), iv).CryptBlocks(buf, buf)
	fmt.Println(string(buf))
	st := cipher.NewCTR(xorBlock(9), iv)
	sr := cipher.StreamReader{S: st, R: strings.NewReader("stream me please")}
	b, _ := io.ReadAll(sr)
	fmt.Printf("%x\n", b)
	img := image.NewRGBA(image.Rect(0, 0, 3, 3))
	draw.Draw(img, img.Bounds(), checker{3}, image.Point{}, draw.Src)
	fmt.Println(img.Pix[:12], img.At(1, 0))
	var pb bytes.Buffer
	fmt.Println(png.Encode(&pb, checker{4}), crc32.ChecksumIEEE(pb.Bytes()) != 0)
	dec, format, err := image.Decode(&pb)
	fmt.Println(dec.Bounds(), format, err, dec.At(0, 0), checker{1}.ColorModel().Convert(color.White))
	b, err = io.ReadAll(rot13{iotest.OneByteReader(strings.NewReader("Uryyb, Jbeyq"))})
	fmt.Println(string(b), err)
	var zb bytes.Buffer
	zw := gzip.NewWriter(&zb)
	io.Copy(zw, rot13{strings.NewReader(strings.Repeat("abc", 100))})
	zw.Close()
	zr, _ := gzip.NewReader(&zb)
	b, _ = io.ReadAll(io.LimitReader(zr, 10))
	fmt.Println(string(b))
	fset := flag.NewFlagSet("prog", flag.ContinueOnError)
	var eb strings.Builder
	fset.SetOutput(&eb)
	var lf listFlag
	fset.Var(&lf, "l", "list `items` of things")
	d := fset.Duration("d", time.Second, "a duration")
	fset.Func("f", "func flag", func(s string) error { return fmt.Errorf("never %q", s) })
	fmt.Println(fset.Parse([]string{"-l", "a", "-l=b", "-d", "2m", "rest", "-x"}), lf, *d, fset.Args())
	fmt.Println(fset.Parse([]string{"-l", ""}))
	fmt.Println(fset.Parse([]string{"-f", "q"}))
	fset.VisitAll(func(f *flag.Flag) { fmt.Println(f.Name, f.DefValue, f.Value) })
	fmt.Println(eb.String())
	r := rand.New(new(lcg))
	fmt.Println(r.Intn(100), r.Perm(5), r.Float64() < 1, r.NormFloat64() < 10)
	r2 := randv2.New(new(lcg))
	fmt.Println(r2.IntN(1000), r2.Perm(4))
	r2.Shuffle(3, func(i, j int) { fmt.Print("swap", i, j, " ") })
	fmt.Println()
	var hd Header
	in := Header{Magic: [4]byte{'G', 'O', 0, 1}, Ver: 3, Flags: 0xdeadbeef, F: 1.5}
	in.Pts[1].Y = -2
	var bb bytes.Buffer
	fmt.Println(binary.Write(&bb, binary.LittleEndian, in), binary.Size(in), hex.EncodeToString(bb.Bytes()))
	fmt.Println(binary.Read(iotest.HalfReader(&bb), binary.LittleEndian, &hd), hd, hd == in)
	fmt.Println(binary.Read(strings.NewReader("ab"), binary.BigEndian, &hd))
	fmt.Println(binary.Write(&bb, binary.BigEndian, struct{ A int }{1}))
	m := memFS{"a.txt": "alpha", "b.txt": "beta"}
	b, err = fs.ReadFile(m, "a.txt")
	fmt.Println(string(b), err)
	_, err = fs.Stat(m, "zz")
	fmt.Println(err, errors.Is(err, fs.ErrNotExist))
	fi, _ := fs.Stat(m, "b.txt")
	fmt.Println(fs.FormatFileInfo(fi))
	mf := fstest.MapFS{"d/x": {Data: []byte("1")}, "d/y/z": {Data: []byte("2")}}
	fs.WalkDir(mf, ".", func(p string, d fs.DirEntry, err error) error {
		fmt.Print(p, " ", d.IsDir(), "; ")
		if p == "d/y" {
			return fs.SkipDir
		}
		return err
	})
	fmt.Println()
	err = quick.Check(func(a, b uint8) bool { return a+b == b+a }, nil)
	fmt.Println(err)
	err = quick.Check(func(x Flags, s string) bool { return len(s) >= 0 && x^x == 0 }, &quick.Config{MaxCount: 20})
	fmt.Println(err)
	var ce *quick.CheckError
	err = quick.Check(func(a int8) bool { return a == 0 && a == 1 }, nil)
	fmt.Println(errors.As(err, &ce), ce.Count)
	tw := tabwriter.NewWriter(upper{&eb}, 0, 8, 1, '.', tabwriter.AlignRight|tabwriter.Debug)
	eb.Reset()
	fmt.Fprintln(tw, "a\tbbb\tc")
	fmt.Fprintln(tw, "aaa\tb\tc")
	tw.Flush()
	fmt.Print(eb.String())
	sc := bufio.NewScanner(strings.NewReader("k1=v1;k2=v2;;last"))
	sc.Split(func(data []byte, atEOF bool) (int, []byte, error) {
		if i := bytes.IndexByte(data, ';'); i >= 0 {
			if i == 0 {
				return 1, nil, nil
			}
			return i + 1, data[:i], nil
		}
		if atEOF && len(data) > 0 {
			return len(data), data, bufio.ErrFinalToken
		}
		return 0, nil, nil
	})
	for sc.Scan() {
		fmt.Printf("%q ", sc.Text())
	}
	fmt.Println(sc.Err())
	fmt.Println(strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, "a1b2ç3"), strings.FieldsFunc("a-b_c", func(r rune) bool { return r == '-' || r == '_' }))
	pr, pw := io.Pipe()
	go func() {
		defer pw.CloseWithError(fmt.Errorf("pipe done: %w", fs.ErrClosed))
		fmt.Fprint(upper{pw}, "through the pipe")
	}()
	b, err = io.ReadAll(io.TeeReader(pr, io.MultiWriter(io.Discard, h)))
	fmt.Println(string(b), err, errors.Is(err, fs.ErrClosed))
	sec := io.NewSectionReader(m2("0123456789"), 2, 5)
	b, err = io.ReadAll(sec)
	fmt.Println(string(b), err)
}

type m2 string

func (m m2) ReadAt(p []byte, off int64) (int, error) {
	n := copy(p, m[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

type upper struct{ io.Writer }

func (u upper) Write(p []byte) (int, error) { return u.Writer.Write(bytes.ToUpper(p)) }

// Output:
// 01739166ea 4
// f2c22c89
// 5c4c4757545e1f5b32343573346b3b35
// mixteen nyte msg
// 484e4f595e5311555e1a4d505a5f435d
// [200 200 200 255 255 0 0 255 200 200 200 255] {255 0 0 255}
// <nil> true
// (0,0)-(4,4) png <nil> {51400 51400 51400 65535} 255
// Hello, World <nil>
// nopnopnopn
// <nil> [a b] 2m0s [rest -x]
// invalid value "" for flag -l: empty
// invalid value "q" for flag -f: never "q"
// d 1s 2m0s
// f
// l  a,b
// invalid value "" for flag -l: empty
// Usage of prog:
//   -d duration
//     	a duration (default 1s)
//   -f value
//     	func flag
//   -l items
//     	list items of things
// invalid value "q" for flag -f: never "q"
// Usage of prog:
//   -d duration
//     	a duration (default 1s)
//   -f value
//     	func flag
//   -l items
//     	list items of things
//
// 7 [0 4 1 2 3] true true
// 78 [3 0 1 2]
// swap2 1 swap1 0
// <nil> 24 474f000103000000efbeadde000000000000feff0000c03f
// <nil> {[71 79 0 1] 3 [0 0] 3735928559 [{0 0} {0 -2}] 1.5} true
// unexpected EOF
// binary.Write: some values are not fixed-sized in type struct { A int }
// alpha <nil>
// open zz: file does not exist true
// -rw-r--r-- 4 1970-01-01 00:00:00 b.txt
// . true; d true; d/x false; d/y true;
// <nil>
// <nil>
// true 1
// ...A|.BBB|C
// .AAA|...B|C
// "k1=v1" "k2=v2" "last" <nil>
// ABÇ [a b c]
// THROUGH THE PIPE pipe done: file already closed true
// 23456 <nil>
