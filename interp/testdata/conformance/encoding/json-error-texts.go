package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

type Address struct {
	Street string `json:"street"`
	Zip    int16  `json:"zip"`
}

type Person struct {
	Name      string             `json:"name"`
	Age       uint8              `json:"age"`
	Addresses []Address          `json:"addresses"`
	ByCity    map[string]Address `json:"by_city"`
	Active    bool               `json:"active"`
	Parent    *Person            `json:"parent"`
	Scores    [2]float32         `json:"scores"`
	When      Stamp              `json:"when"`
	Blob      []byte             `json:"blob"`
	Iface     fmt.Stringer       `json:"iface"`
}

type Stamp struct{ unix int64 }

var errStamp = errors.New("bad stamp")

func (s *Stamp) UnmarshalJSON(b []byte) error {
	if _, err := fmt.Sscanf(string(b), `"@%d"`, &s.unix); err != nil {
		return fmt.Errorf("%w: %s", errStamp, b)
	}
	return nil
}

func decode(text string) (p Person, err error) {
	err = json.Unmarshal([]byte(text), &p)
	return
}

func main() {
	for _, text := range []string{
		`{"name":5}`, `{"age":-1}`, `{"age":256}`, `{"age":1.5}`, `{"age":"1"}`,
		`{"addresses":{}}`, `{"addresses":[{"zip":40000}]}`, `{"by_city":{"x":{"street":true}}}`,
		`{"active":1}`, `{"parent":{"parent":{"name":[]}}}`, `{"scores":[1,"2"]}`, `{"when":"yesterday"}`,
		`{"blob":"%%%"}`, `{"iface":{}}`, `{"iface":null,"when":"@5"}`, `[]`, `"text"`, `null`,
		`{"name":"a"`, `{"name" "a"}`, `{name:"a"}`, `{"name":"a"} x`, `{"name":"\x"}`, "{\"name\":\"a\nb\"}",
		`{"age":01}`, `{"age":-}`, `{"active":tru}`, ` `, `{"a":[1,]}`, `nul`,
	} {
		p, err := decode(text)
		fmt.Printf("%-42s %v", strings.ReplaceAll(text, "\n", "\\n"), err)
		var te *json.UnmarshalTypeError
		var se *json.SyntaxError
		switch {
		case errors.As(err, &te):
			fmt.Printf(" [%s %q %v %d]", te.Struct, te.Field, te.Type, te.Offset)
		case errors.As(err, &se):
			fmt.Printf(" [offset %d]", se.Offset)
		case errors.Is(err, errStamp):
			fmt.Print(" [stamp]")
		case err == nil:
			fmt.Printf(" [%q %d]", p.Name, p.When.unix)
		}
		fmt.Println()
	}
	p, err := decode(`{"name":1,"age":7,"active":true,"addresses":[{"zip":"x","street":"kept"},{"zip":3}]}`)
	fmt.Println(err, p.Age, p.Active, p.Addresses)
	d := json.NewDecoder(strings.NewReader(`{"name":"a","nick":"b"}`))
	d.DisallowUnknownFields()
	fmt.Println(d.Decode(&p), p.Name)
	d = json.NewDecoder(strings.NewReader(`{"name":"a"} {"name":`))
	fmt.Println(d.Decode(&p), d.Decode(&p) == io.ErrUnexpectedEOF)
	var nilPerson *Person
	fmt.Println(json.Unmarshal([]byte(`{}`), nilPerson), json.Unmarshal([]byte(`{}`), nil), json.Unmarshal([]byte(`{}`), Person{}))
	deep := strings.Repeat(`[`, 10001)
	var v any
	fmt.Println(json.Unmarshal([]byte(deep), &v))
}

// Output:
// {"name":5}                                 json: cannot unmarshal number into Go struct field Person.name of type string [Person "name" string 9]
// {"age":-1}                                 json: cannot unmarshal number -1 into Go struct field Person.age of type uint8 [Person "age" uint8 9]
// {"age":256}                                json: cannot unmarshal number 256 into Go struct field Person.age of type uint8 [Person "age" uint8 10]
// {"age":1.5}                                json: cannot unmarshal number 1.5 into Go struct field Person.age of type uint8 [Person "age" uint8 10]
// {"age":"1"}                                json: cannot unmarshal string into Go struct field Person.age of type uint8 [Person "age" uint8 10]
// {"addresses":{}}                           json: cannot unmarshal object into Go struct field Person.addresses of type []main.Address [Person "addresses" []main.Address 14]
// {"addresses":[{"zip":40000}]}              json: cannot unmarshal number 40000 into Go struct field Address.addresses.zip of type int16 [Address "addresses.zip" int16 26]
// {"by_city":{"x":{"street":true}}}          json: cannot unmarshal bool into Go struct field Address.by_city.street of type string [Address "by_city.street" string 30]
// {"active":1}                               json: cannot unmarshal number into Go struct field Person.active of type bool [Person "active" bool 11]
// {"parent":{"parent":{"name":[]}}}          json: cannot unmarshal array into Go struct field Person.parent.parent.name of type string [Person "parent.parent.name" string 29]
// {"scores":[1,"2"]}                         json: cannot unmarshal string into Go struct field Person.scores of type float32 [Person "scores" float32 16]
// {"when":"yesterday"}                       bad stamp: "yesterday" [stamp]
// {"blob":"%%%"}                             illegal base64 data at input byte 0
// {"iface":{}}                               json: cannot unmarshal object into Go struct field Person.iface of type fmt.Stringer [Person "iface" fmt.Stringer 10]
// {"iface":null,"when":"@5"}                 <nil> ["" 5]
// []                                         json: cannot unmarshal array into Go value of type main.Person [ "" main.Person 1]
// "text"                                     json: cannot unmarshal string into Go value of type main.Person [ "" main.Person 6]
// null                                       <nil> ["" 0]
// {"name":"a"                                unexpected end of JSON input [offset 11]
// {"name" "a"}                               invalid character '"' after object key [offset 9]
// {name:"a"}                                 invalid character 'n' looking for beginning of object key string [offset 2]
// {"name":"a"} x                             invalid character 'x' after top-level value [offset 14]
// {"name":"\x"}                              invalid character 'x' in string escape code [offset 11]
// {"name":"a\nb"}                            invalid character '\n' in string literal [offset 11]
// {"age":01}                                 invalid character '1' after object key:value pair [offset 9]
// {"age":-}                                  invalid character '}' in numeric literal [offset 9]
// {"active":tru}                             invalid character '}' in literal true (expecting 'e') [offset 14]
//                                            unexpected end of JSON input [offset 1]
// {"a":[1,]}                                 invalid character ']' looking for beginning of value [offset 9]
// nul                                        invalid character ' ' in literal null (expecting 'l') [offset 3]
// json: cannot unmarshal number into Go struct field Person.name of type string 7 true [{kept 0} { 3}]
// json: unknown field "nick" a
// <nil> true
// json: Unmarshal(nil *main.Person) json: Unmarshal(nil) json: Unmarshal(non-pointer main.Person)
// invalid character '[' exceeded max depth
