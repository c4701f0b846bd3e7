package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

type Feed struct {
	XMLName xml.Name `xml:"feed"`
	Lang    string   `xml:"lang,attr"`
	Title   string   `xml:"head>title"`
	Authors []string `xml:"head>authors>name"`
	Entries []Entry  `xml:"entry"`
	Note    string   `xml:",comment"`
	Skipped string   `xml:"-"`
}

type Entry struct {
	ID      int     `xml:"id,attr"`
	Draft   *bool   `xml:"draft,attr,omitempty"`
	Level   Level   `xml:"level,attr"`
	Body    string  `xml:",chardata"`
	Tags    []Tag   `xml:"tag"`
	Price   float64 `xml:"price,omitempty"`
	Content inner   `xml:"content"`
}

type inner struct {
	Raw string `xml:",innerxml"`
}

type Tag struct {
	Name string
}

type Level int

var levels = []string{"low", "high"}

func (l Level) MarshalXMLAttr(name xml.Name) (xml.Attr, error) {
	return xml.Attr{Name: name, Value: levels[l]}, nil
}

func (l *Level) UnmarshalXMLAttr(a xml.Attr) error {
	for i, n := range levels {
		if n == a.Value {
			*l = Level(i)
			return nil
		}
	}
	return fmt.Errorf("level %q", a.Value)
}

func (t Tag) MarshalText() ([]byte, error) { return []byte("#" + t.Name), nil }

func (t *Tag) UnmarshalText(b []byte) error {
	t.Name = strings.TrimPrefix(string(b), "#")
	return nil
}

type Props map[string]string

func (p Props) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	start.Attr = append(start.Attr, xml.Attr{Name: xml.Name{Local: "count"}, Value: fmt.Sprint(len(p))})
	if err := e.EncodeToken(start); err != nil {
		return err
	}
	for _, k := range []string{"a", "b"} {
		if v, ok := p[k]; ok {
			if err := e.EncodeElement(v, xml.StartElement{Name: xml.Name{Local: k}}); err != nil {
				return err
			}
		}
	}
	return e.EncodeToken(start.End())
}

func (p *Props) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	*p = Props{}
	for {
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			var v string
			if err := d.DecodeElement(&v, &t); err != nil {
				return err
			}
			(*p)[t.Name.Local] = v
		case xml.EndElement:
			return nil
		}
	}
}

type Config struct {
	Props Props `xml:"props"`
	Any   []any `xml:"-"`
	Rest  []struct {
		XMLName xml.Name
		Value   string `xml:",chardata"`
	} `xml:",any"`
}

func main() {
	yes := true
	f := Feed{Lang: "en", Title: "A & B", Authors: []string{"x", "y"}, Note: " note ", Entries: []Entry{
		{ID: 1, Draft: &yes, Level: 1, Body: "<text>", Tags: []Tag{{"go"}, {"web"}}, Content: inner{"<b>raw</b>"}},
		{ID: 2, Price: 1.5},
	}}
	out, err := xml.MarshalIndent(f, "", " ")
	fmt.Println(string(out), err)
	var back Feed
	fmt.Println(xml.Unmarshal(out, &back), back.Title, back.Authors, back.Note, len(back.Entries))
	e := back.Entries[0]
	fmt.Println(e.ID, *e.Draft, e.Level, strings.TrimSpace(e.Body), e.Tags[1].Name, e.Content.Raw)
	err = xml.Unmarshal([]byte(`<feed><entry level="none"/></feed>`), &back)
	fmt.Println(err)
	out, err = xml.Marshal(Config{Props: Props{"b": "2", "a": "1", "c": "3"}})
	fmt.Println(string(out), err)
	var c Config
	err = xml.Unmarshal([]byte(`<Config><props><p>1</p><q>2</q></props><other>x</other><more>y</more></Config>`), &c)
	fmt.Println(c.Props, len(c.Rest), c.Rest[1].XMLName.Local, c.Rest[1].Value, err)
	fmt.Println(xml.Unmarshal([]byte(`<wrong/>`), &back))
	_, err = xml.Marshal(make(chan int))
	fmt.Println(err)
	d := xml.NewDecoder(strings.NewReader(`<?xml version="1.0"?><a x="1"><!-- c -->t<b/></a>`))
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		fmt.Printf("%T ", t)
	}
	fmt.Println()
}

// Output:
// <feed lang="en">
//  <head>
//   <title>A &amp; B</title>
//   <authors>
//    <name>x</name>
//    <name>y</name>
//   </authors>
//  </head>
//  <entry id="1" draft="true" level="high">&lt;text&gt;
//   <tag>#go</tag>
//   <tag>#web</tag>
//   <content><b>raw</b></content>
//  </entry>
//  <entry id="2" level="low">
//   <price>1.5</price>
//   <content></content>
//  </entry>
//  <!-- note -->
// </feed> <nil>
// <nil> A & B [x y]  note  2
// 1 true 1 <text> web <b>raw</b>
// level "none"
// <Config><props count="3"><a>1</a><b>2</b></props></Config> <nil>
// map[p:1 q:2] 2 more y <nil>
// expected element type <feed> but have <wrong>
// xml: unsupported type: chan int
// xml.ProcInst xml.StartElement xml.Comment xml.CharData xml.StartElement xml.EndElement xml.EndElement
