package main

import (
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"strings"
)

type Address struct {
	Street string
	Zip    int
}

type Person struct {
	Name    string
	Age     uint8
	Home    *Address
	Tags    []string
	Scores  map[string]float64
	private int
	Friends []*Person
	Any     any
	Temp    Celsius
	When    Stamp
}

type Celsius float64

type Stamp struct{ text string }

func (s Stamp) GobEncode() ([]byte, error) { return []byte("@" + s.text), nil }

func (s *Stamp) GobDecode(b []byte) error {
	if !bytes.HasPrefix(b, []byte("@")) {
		return errors.New("no stamp")
	}
	s.text = string(b[1:])
	return nil
}

type Shape interface{ Area() int }

type Square struct{ Side int }

func (s Square) Area() int { return s.Side * s.Side }

type Slim struct {
	Name  string
	Extra int
}

type Wrong struct{ Name int }

func main() {
	gob.Register(Square{})
	gob.Register(map[string]Celsius{})
	var b bytes.Buffer
	enc := gob.NewEncoder(&b)
	ann := &Person{Name: "ann", Age: 30, Home: &Address{"Main", 1}, Tags: []string{"a"}, Scores: map[string]float64{"x": 1.5}, private: 9, Any: Square{3}, Temp: 21.5, When: Stamp{"now"}}
	bob := Person{Name: "bob", Friends: []*Person{ann}, Any: map[string]Celsius{"k": 2}}
	fmt.Println(enc.Encode(ann), enc.Encode(bob))
	dec := gob.NewDecoder(&b)
	var p, q Person
	fmt.Println(dec.Decode(&p), dec.Decode(&q))
	fmt.Println(p.Name, p.Age, *p.Home, p.Tags, p.Scores, p.private, p.Any.(Shape).Area(), p.Temp, p.When.text)
	fmt.Println(q.Name, q.Friends[0].Name, q.Friends[0] == ann, q.Any, q.Home == nil)
	roundtrip := func(in, out any) error {
		var b bytes.Buffer
		if err := gob.NewEncoder(&b).Encode(in); err != nil {
			return err
		}
		return gob.NewDecoder(&b).Decode(out)
	}
	var s Slim
	fmt.Println(roundtrip(Person{Name: "slim", Age: 1}, &s), s)
	err := roundtrip(Slim{Name: "x"}, &Wrong{})
	fmt.Println(err != nil, strings.Contains(err.Error(), "Name"))
	shapes := []Shape{Square{1}, Square{2}}
	var back []Shape
	fmt.Println(roundtrip(shapes, &back), back, back[1].Area())
	var m map[Address][]int
	fmt.Println(roundtrip(map[Address][]int{{"s", 1}: {1, 2}}, &m), m)
	fmt.Println(roundtrip(struct{ private int }{1}, &s))
	fmt.Println(roundtrip(make(chan int), &s))
	var c Celsius
	fmt.Println(roundtrip(Celsius(1.25), &c), c)
	var pp **int
	n := 7
	fmt.Println(roundtrip(&n, &pp), **pp)
}

// Output:
// <nil> <nil>
// <nil> <nil>
// ann 30 {Main 1} [a] map[x:1.5] 0 9 21.5 now
// bob ann false map[k:2] true
// <nil> {slim 0}
// true true
// <nil> [{1} {2}] 4
// <nil> map[{s 1}:[1 2]]
// gob: type struct { private int } has no exported fields
// gob NewTypeObject can't handle type: chan int
// <nil> 1.25
// <nil> 7
