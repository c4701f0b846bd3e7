package main

import (
	"bytes"
	"encoding"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/bits"
	"math/rand/v2"
	"net/netip"
	"os"
	"path"
	"reflect"
	"strconv"
	"strings"
	"testing/fstest"
	"text/scanner"
	"time"
	"unicode/utf8"
	"unique"
)

// --- money & enums with text marshalers as map keys, embedded pointers, any
type Level int8

func (l Level) MarshalText() ([]byte, error) { return []byte("L" + strconv.Itoa(int(l))), nil }
func (l *Level) UnmarshalText(b []byte) error {
	n, err := strconv.ParseInt(strings.TrimPrefix(string(b), "L"), 10, 8)
	if err != nil {
		return fmt.Errorf("level %q: %w", b, err)
	}
	*l = Level(n)
	return nil
}

var _ encoding.TextMarshaler = Level(0)
var _ encoding.TextUnmarshaler = (*Level)(nil)

type Union struct {
	Type  string
	Value any
}

func (u *Union) UnmarshalJSON(b []byte) error {
	var head struct {
		Type string          `json:"type"`
		Raw  json.RawMessage `json:"value"`
	}
	if err := json.Unmarshal(b, &head); err != nil {
		return err
	}
	mk, ok := map[string]func() any{
		"level": func() any { return new(Level) },
		"list":  func() any { return new([]Union) },
		"map":   func() any { return &map[Level]float64{} },
	}[head.Type]
	if !ok {
		return &UnknownType{head.Type, len(b)}
	}
	v := mk()
	if err := json.Unmarshal(head.Raw, v); err != nil {
		return err
	}
	u.Type, u.Value = head.Type, reflect.ValueOf(v).Elem().Interface()
	return nil
}

type UnknownType struct {
	Name string
	n    int
}

func (e *UnknownType) Error() string { return "unknown type " + e.Name }

type Page[T any] struct {
	Items []T            `json:"items"`
	Next  *string        `json:"next,omitempty"`
	Meta  map[string]any `json:"meta,omitzero"`
	Took  Millis         `json:"took"`
}
type Millis time.Duration

func (m Millis) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, `"%dms"`, time.Duration(m).Milliseconds()), nil
}
func (m Millis) IsZero() bool { return m == 0 }

type Node struct {
	Name string  `json:"name"`
	Kids []*Node `json:"kids,omitempty"`
	*Extra
}
type Extra struct {
	Note string `json:"note,omitempty"`
	Lv   Level  `json:"lv"`
}

// --- io
type rot13 struct{ io.Reader }

func (r rot13) Read(p []byte) (n int, err error) {
	n, err = r.Reader.Read(p)
	for i, b := range p[:n] {
		switch {
		case b >= 'a' && b <= 'z':
			p[i] = 'a' + (b-'a'+13)%26
		case 'A' <= b && b <= 'Z':
			p[i] = 'A' + (b-'A'+13)%26
		}
	}
	return
}

type countingWriter struct {
	io.Writer
	n int64
}

func (c *countingWriter) Write(p []byte) (int, error) {
	n, err := c.Writer.Write(p)
	c.n += int64(n)
	return n, err
}

type limitErr struct{ left int }

func (l *limitErr) Write(p []byte) (int, error) {
	if len(p) > l.left {
		n := l.left
		l.left = 0
		return n, io.ErrShortWrite
	}
	l.left -= len(p)
	return len(p), nil
}

type header struct {
	Magic [4]byte
	Ver   uint16
	Flags uint8
	_     uint8
	Size  int32
	F     float32
}

type bitset []uint64

func (b bitset) set(i int) bitset {
	for len(b) <= i/64 {
		b = append(b, 0)
	}
	b[i/64] |= 1 << (i % 64)
	return b
}
func (b bitset) all(yield func(int) bool) {
	for w, x := range b {
		for x != 0 {
			if !yield(w*64 + bits.TrailingZeros64(x)) {
				return
			}
			x &= x - 1
		}
	}
}

type temporary interface{ Temporary() bool }
type netErr struct{ error }

func (netErr) Temporary() bool        { return true }
func (n netErr) Is(target error) bool { return target == io.ErrUnexpectedEOF }
func (n netErr) As(target any) bool {
	if p, ok := target.(**fs.PathError); ok {
		*p = &fs.PathError{Op: "as", Path: "/x", Err: n.error}
		return true
	}
	return false
}

func retry(attempts int, f func(int) error) (err error) {
	var errs []error
	for i := range attempts {
		if err = f(i); err == nil {
			return nil
		}
		errs = append(errs, fmt.Errorf("attempt %d: %w", i+1, err))
		var t temporary
		if !errors.As(err, &t) || !t.Temporary() {
			break
		}
	}
	return errors.Join(errs...)
}

func main() {
	var u Union
	err := json.Unmarshal([]byte(`{"type":"list","value":[{"type":"level","value":"L3"},{"type":"map","value":{"L1":1.5,"L-2":2}}]}`), &u)
	fmt.Printf("%v %+v %T\n", err, u, u.Value)
	err = json.Unmarshal([]byte(`{"type":"list","value":[{"type":"nope"}]}`), &u)
	var ut *UnknownType
	fmt.Println(err, errors.As(err, &ut), ut.n)
	err = json.Unmarshal([]byte(`{"type":"level","value":"L999"}`), &u)
	fmt.Println(err, errors.Is(err, strconv.ErrRange))
	next := "n"
	b, err := json.Marshal([]any{Page[Level]{Items: []Level{1, 2}, Took: Millis(1500 * time.Millisecond)}, &Page[map[Level]*Node]{Next: &next, Items: []map[Level]*Node{{1: {Name: "x", Extra: &Extra{"e", 4}}, 2: nil}}, Meta: map[string]any{}}})
	fmt.Println(string(b), err)
	var page Page[map[Level]*Node]
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	tok, _ := dec.Token()
	fmt.Println(tok, dec.More())
	var first Page[Level]
	fmt.Println(dec.Decode(&first))
	fmt.Println(first.Items)
	fmt.Println(json.Unmarshal([]byte(`{"items":[{"L1":{"name":"k","note":"deep","lv":"L9","kids":[{"name":"z"}]}}]}`), &page), page.Items[0][1].Note, page.Items[0][1].Lv, page.Items[0][1].Kids[0].Extra == nil)
	var loose map[string]any
	json.Unmarshal([]byte(`{"a":1e400}`), &loose)
	fmt.Println(loose, json.Valid([]byte(`{"a":}`)))
	var sb strings.Builder
	json.HTMLEscape((*bytes.Buffer)(bytes.NewBuffer(nil)), []byte("<"))
	enc := json.NewEncoder(&sb)
	enc.SetEscapeHTML(false)
	enc.SetIndent(">", "  ")
	enc.Encode(map[string]any{"z": "<&>", "a": []int(nil), "n": nil, "f": 1e21, "i": int64(1) << 60, "b": []byte{1, 2}, "t": time.Unix(0, 0).UTC()})
	fmt.Print(sb.String())

	cw := &countingWriter{Writer: os.Stdout}
	n, err := io.Copy(cw, rot13{io.MultiReader(strings.NewReader("Uryyb "), strings.NewReader("Jbeyq\n"))})
	fmt.Println(n, err, cw.n)
	n, err = io.Copy(io.MultiWriter(&limitErr{3}, io.Discard), strings.NewReader("hello"))
	fmt.Println(n, err)
	var hd bytes.Buffer
	binary.Write(&hd, binary.BigEndian, header{[4]byte{'G', 'o'}, 2, 3, 0, -1, 1.5})
	fmt.Println(hd.Bytes(), base64.StdEncoding.EncodeToString(hd.Bytes()))
	var back header
	fmt.Println(binary.Read(&hd, binary.BigEndian, &back), back, binary.Size(back))
	for i := range (bitset{}).set(3).set(70).set(129).all {
		fmt.Print(i, " ")
	}
	fmt.Println(bits.OnesCount(255), bits.Reverse8(1), bits.Len(1023))
	err = retry(3, func(i int) error {
		if i == 2 {
			return errors.New("final")
		}
		return fmt.Errorf("net: %w", netErr{io.EOF})
	})
	var pe *fs.PathError
	fmt.Println(err, errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.As(err, &pe), pe)
	fsys := fstest.MapFS{"a/b.txt": {Data: []byte("hi")}, "a/c/d.txt": {Data: []byte("deep")}}
	fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if d.IsDir() && d.Name() == "c" {
			return fs.SkipDir
		}
		fmt.Print(p, " ", path.Base(p), "; ")
		return err
	})
	_, err = fsys.Open("nope")
	fmt.Println(err, errors.Is(err, fs.ErrNotExist), errors.As(err, &pe))
	r := rand.New(rand.NewPCG(1, 2))
	fmt.Println(r.IntN(100), r.Perm(5), r.Float64() < 1)
	r.Shuffle(3, func(i, j int) { fmt.Print(i, j, " ") })
	ap, err := netip.ParseAddrPort("[::1]:80")
	fmt.Println(ap.Addr().Is6(), ap.Port(), err, netip.MustParsePrefix("10.0.0.0/8").Contains(netip.MustParseAddr("10.2.3.4")))
	var sc scanner.Scanner
	sc.Init(strings.NewReader("x := 3.5 + \"s\" // c"))
	for t := sc.Scan(); t != scanner.EOF; t = sc.Scan() {
		fmt.Print(scanner.TokenString(t), ":", sc.TokenText(), " ")
	}
	fmt.Println(utf8.RuneCountInString("héé"), utf8.ValidString("\xff"), strconv.Quote("a\x00é\u2028"), strconv.QuoteToASCII("é"))
	h1, h2 := unique.Make("a"+next), unique.Make("an")
	fmt.Println(h1 == h2, h1.Value())
	rv := reflect.ValueOf(map[Level][]string{1: {"a"}, 2: nil})
	keys := rv.MapKeys()
	fmt.Println(len(keys), rv.MapIndex(reflect.ValueOf(Level(1))), rv.Type(), rv.Type().Elem().Kind())
	fn := reflect.MakeFunc(reflect.TypeOf(func(Level, ...string) string { return "" }), func(in []reflect.Value) []reflect.Value {
		return []reflect.Value{reflect.ValueOf(fmt.Sprint(in[0], in[1].Len()))}
	}).Interface().(func(Level, ...string) string)
	fmt.Println(fn(3, "a", "b"))
	type cfg struct {
		Host string `env:"HOST" default:"local"`
		Port int    `env:"PORT" default:"80"`
		On   bool
	}
	var c cfg
	cv := reflect.ValueOf(&c).Elem()
	for i := range cv.NumField() {
		f := cv.Type().Field(i)
		d, ok := f.Tag.Lookup("default")
		if !ok {
			continue
		}
		switch cv.Field(i).Kind() {
		case reflect.String:
			cv.Field(i).SetString(d)
		case reflect.Int:
			x, _ := strconv.Atoi(d)
			cv.Field(i).SetInt(int64(x))
		}
	}
	fmt.Printf("%+v\n", c)
	st := reflect.StructOf([]reflect.StructField{{Name: "A", Type: reflect.TypeOf(Level(0)), Tag: `json:"a"`}})
	sv := reflect.New(st).Elem()
	sv.Field(0).SetInt(5)
	b, _ = json.Marshal(sv.Interface())
	fmt.Println(string(b), st)
}

// Output:
// <nil> {Type:list Value:[{Type:level Value:3} {Type:map Value:map[-2:2 1:1.5]}]} []main.Union
// unknown type nope true 15
// level "L999": strconv.ParseInt: parsing "999": value out of range true
// [{"items":["L1","L2"],"took":"1500ms"},{"items":[{"L1":{"name":"x","note":"e","lv":"L4"},"L2":null}],"next":"n","meta":{},"took":"0ms"}] <nil>
// [ true
// json: cannot unmarshal string into Go struct field Page[main.Level].took of type main.Millis
// [1 2]
// <nil> deep 9 true
// map[a:<nil>] false
// {
// >  "a": null,
// >  "b": "AQI=",
// >  "f": 1e+21,
// >  "i": 1152921504606846976,
// >  "n": null,
// >  "t": "1970-01-01T00:00:00Z",
// >  "z": "<&>"
// >}
// Hello World
// 12 <nil> 12
// 3 short write
// [71 111 0 0 0 2 3 0 255 255 255 255 63 192 0 0] R28AAAACAwD/////P8AAAA==
// <nil> {[71 111 0 0] 2 3 0 -1 1.5} 16
// 3 70 129 8 128 10
// attempt 1: net: EOF
// attempt 2: net: EOF
// attempt 3: final true false true as /x: EOF
// . .; a a; a/b.txt b.txt; open nope: file does not exist true true
// 76 [1 4 2 0 3] true
// 2 1 1 0 true 80 <nil> true
// Ident:x ":":: "=":= Float:3.5 "+":+ String:"s" 3 false "a\x00é\u2028" "\u00e9"
// true an
// 2 [a] map[main.Level][]string slice
// 3 2
// {Host:local Port:80 On:false}
// {"a":"L5"} struct { A main.Level "json:\"a\"" }
