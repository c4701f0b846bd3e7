package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

type Event struct {
	Type string  `json:"type"`
	N    int     `json:"n,omitempty"`
	HTML string  `json:"html,omitempty"`
	Kids []Event `json:"kids,omitempty"`
}

type slow struct {
	text string
	step int
}

func (s *slow) Read(p []byte) (int, error) {
	if s.text == "" {
		return 0, io.EOF
	}
	n := copy(p, s.text[:min(s.step, len(s.text))])
	s.text = s.text[n:]
	return n, nil
}

func tokens(text string) (out []string, err error) {
	d := json.NewDecoder(&slow{text, 3})
	for {
		t, err := d.Token()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		more := ""
		if d.More() {
			more = "+"
		}
		out = append(out, fmt.Sprintf("%T:%v%s", t, t, more))
	}
}

func items(r io.Reader, each func(Event) error) error {
	d := json.NewDecoder(r)
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return errors.Join(fmt.Errorf("begin: got %v", t), err)
	}
	for d.More() {
		var e Event
		at := d.InputOffset()
		if err := d.Decode(&e); err != nil {
			return fmt.Errorf("item at %d: %w", at, err)
		}
		if err := each(e); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

func main() {
	fmt.Println(tokens(`{"a":[1,"x",null,true],"b":{}} 5`))
	fmt.Println(tokens(`[1,}`))
	var seen []string
	collect := func(e Event) error {
		seen = append(seen, fmt.Sprint(e.Type, len(e.Kids)))
		return nil
	}
	fmt.Println(items(&slow{`[{"type":"a"},{"type":"b","kids":[{"type":"c"},{}]}]`, 5}, collect), seen)
	fmt.Println(items(strings.NewReader(`[{"type":"a"},{"type":5}]`), collect))
	fmt.Println(items(strings.NewReader(`{"type":"a"}`), collect))
	fmt.Println(items(strings.NewReader(`[{}`), collect))
	var b bytes.Buffer
	e := json.NewEncoder(io.MultiWriter(&b, os.Stdout))
	e.Encode(Event{Type: "plain", HTML: "<b>&</b>\u2028"})
	e.SetEscapeHTML(false)
	e.SetIndent("> ", "  ")
	e.Encode(Event{Type: "nested", HTML: "<i>", Kids: []Event{{Type: "kid", N: 1}, {}}})
	e.SetIndent("", "")
	e.Encode([]any{map[string]any{"z": 1, "a": []int{}}, struct{}{}, nil})
	fmt.Println(e.Encode(make(chan int)), b.Len())
	d := json.NewDecoder(&b)
	var first Event
	fmt.Println(d.Decode(&first), first)
	rest, _ := io.ReadAll(d.Buffered())
	fmt.Println(len(rest) > 0, strings.HasPrefix(string(rest), "\n> {") || strings.HasPrefix(string(rest), "\n{"))
	var out bytes.Buffer
	fmt.Println(json.Indent(&out, []byte(`{"a":[1,{"b":[]},2],"c":{}}`), ".", "\t"))
	fmt.Println(out.String())
	out.Reset()
	fmt.Println(json.Compact(&out, []byte(" { \"a\" : [ 1 , 2 ] } ")), out.String())
	out.Reset()
	json.HTMLEscape(&out, []byte(`{"x":"<script>&"}`))
	fmt.Println(out.String(), json.Valid([]byte(`{"a":1}`)), json.Valid([]byte(`{a:1}`)))
	indented, err := json.MarshalIndent(map[string]Event{"k": {Type: "t"}}, "", " ")
	fmt.Println(string(indented), err)
}

// Output:
// [json.Delim:{+ string:a+ json.Delim:[+ float64:1+ string:x+ <nil>:<nil>+ bool:true json.Delim:]+ string:b+ json.Delim:{ json.Delim:} json.Delim:}+ float64:5] <nil>
// [json.Delim:[+ float64:1+] invalid character '}' looking for beginning of value
// <nil> [a0 b2]
// item at 13: json: cannot unmarshal number into Go struct field Event.type of type string
// begin: got {
// EOF
// {"type":"plain","html":"\u003cb\u003e\u0026\u003c/b\u003e\u2028"}
// {
// >   "type": "nested",
// >   "html": "<i>",
// >   "kids": [
// >     {
// >       "type": "kid",
// >       "n": 1
// >     },
// >     {
// >       "type": ""
// >     }
// >   ]
// > }
// [{"a":[],"z":1},{},null]
// json: unsupported type: chan int 248
// <nil> {plain 0 <b>&</b>  []}
// true true
// <nil>
// {
// .	"a": [
// .		1,
// .		{
// .			"b": []
// .		},
// .		2
// .	],
// .	"c": {}
// .}
// <nil> {"a":[1,2]}
// {"x":"\u003cscript\u003e\u0026"} true false
// {
//  "k": {
//   "type": "t"
//  }
// } <nil>
