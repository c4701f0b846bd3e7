package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/csv"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
)

type Address struct {
	City string `json:"city" xml:"city,attr"`
	Zip  string `json:"zip" xml:"zip"`
}

type Person struct {
	XMLName xml.Name `json:"-" xml:"person"`
	Name    string   `json:"name" xml:"name"`
	Age     *int     `json:"age" xml:"age,omitempty"`
	Emails  []string `json:"emails" xml:"emails>email"`
	Address `xml:"address"`
	Extra   map[string]any    `json:"extra" xml:"-"`
	Labels  map[string]string `json:"labels,omitempty" xml:"-"`
}

type header struct {
	Magic   [4]byte
	Version uint16
	Flags   uint16
	Length  int32
}

func main() {
	var p Person
	err := json.Unmarshal([]byte(`{"name":"Ada","age":36,"emails":["a@x","b@x"],"city":"London","zip":"N1","extra":{"n":1.5,"l":[true,null,"s"],"o":{"k":{}}},"NAME":"ignored case"}`), &p)
	fmt.Println(err, p.Name, *p.Age, p.Emails, p.City, p.Zip, p.Extra, p.Labels == nil)
	b, err := json.MarshalIndent(p, "", " ")
	fmt.Println(string(b), err)
	x, err := xml.Marshal(p)
	fmt.Println(string(x), err)
	var q Person
	fmt.Println(xml.Unmarshal(x, &q), q.Name, q.Emails, q.City, *q.Age)

	var buf bytes.Buffer
	fmt.Println(gob.NewEncoder(&buf).Encode(map[string]Address{"home": {"Paris", "75"}}))
	var back map[string]Address
	fmt.Println(gob.NewDecoder(&buf).Decode(&back), back)

	h := header{[4]byte{'G', 'O', '1', 0}, 2, 0x8001, -5}
	buf.Reset()
	fmt.Println(binary.Write(&buf, binary.BigEndian, h), hex.EncodeToString(buf.Bytes()))
	var h2 header
	fmt.Println(binary.Read(&buf, binary.BigEndian, &h2), h2 == h)

	r := csv.NewReader(strings.NewReader("a,\"b,c\",d\n1,2,3\n"))
	all, err := r.ReadAll()
	fmt.Println(len(all), all, err)
	fmt.Println(base64.URLEncoding.EncodeToString([]byte("hi?>")), json.Valid([]byte(`{"a":}`)))
	var anyv any
	dec := json.NewDecoder(strings.NewReader(`{"big": 12345678901234567890, "f": 1e2} [1]`))
	dec.UseNumber()
	for dec.More() {
		if err := dec.Decode(&anyv); err != nil {
			fmt.Println(err)
			break
		}
		fmt.Println(anyv)
	}
	var s struct {
		A int
		b int
		C []struct{ D string }
		E any
		F *struct{ G []int }
	}
	fmt.Println(json.Unmarshal([]byte(`{"a":1,"b":2,"C":[{"d":"x"}],"e":{"z":1},"F":{"G":[1,2]}}`), &s), s.A, s.b, s.C, s.E, s.F.G)
	fmt.Println(json.Unmarshal([]byte(`{"A":"x"}`), &s))
	fmt.Println(json.Unmarshal([]byte(`{"A":1`), &s))
}

// Output:
// <nil> ignored case 36 [a@x b@x] London N1 map[l:[true <nil> s] n:1.5 o:map[k:map[]]] true
// {
//  "name": "ignored case",
//  "age": 36,
//  "emails": [
//   "a@x",
//   "b@x"
//  ],
//  "city": "London",
//  "zip": "N1",
//  "extra": {
//   "l": [
//    true,
//    null,
//    "s"
//   ],
//   "n": 1.5,
//   "o": {
//    "k": {}
//   }
//  }
// } <nil>
// <person city="London"><name>ignored case</name><age>36</age><emails><email>a@x</email><email>b@x</email></emails><zip>N1</zip></person> <nil>
// <nil> ignored case [a@x b@x] London 36
// <nil>
// <nil> map[home:{Paris 75}]
// <nil> 474f310000028001fffffffb
// <nil> true
// 2 [[a b,c d] [1 2 3]] <nil>
// aGk_Pg== false
// map[big:12345678901234567890 f:1e2]
// [1]
// <nil> 1 0 [{x}] map[z:1] [1 2]
// json: cannot unmarshal string into Go struct field .A of type int
// unexpected end of JSON input
