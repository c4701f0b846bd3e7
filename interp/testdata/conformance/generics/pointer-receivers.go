package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

type Settable[T any] interface {
	*T
	Set(string) error
}

type Validator interface{ Validate() error }

type Port int

func (p *Port) Set(s string) error {
	n, err := strconv.Atoi(s)
	if err != nil {
		return fmt.Errorf("port: %w", err)
	}
	*p = Port(n)
	return nil
}

func (p *Port) Validate() error {
	if *p <= 0 || *p > 65535 {
		return fmt.Errorf("port %d out of range", *p)
	}
	return nil
}

type Flags struct{ set map[string]bool }

func (f *Flags) Set(s string) error {
	if f.set == nil {
		f.set = map[string]bool{}
	}
	for _, part := range strings.Split(s, ",") {
		f.set[part] = true
	}
	return nil
}

func Parse[T any, P Settable[T]](inputs ...string) (T, error) {
	var v T
	for _, in := range inputs {
		if err := P(&v).Set(in); err != nil {
			return v, err
		}
	}
	if c, ok := any(&v).(Validator); ok {
		return v, c.Validate()
	}
	return v, nil
}

func Decode[T any, P interface {
	*T
	Validator
}](body string) (P, error) {
	p := P(new(T))
	if err := json.Unmarshal([]byte(body), p); err != nil {
		return nil, err
	}
	return p, p.Validate()
}

type Signup struct {
	Email string `json:"email"`
	Age   int    `json:"age"`
}

func (s *Signup) Validate() error {
	s.Email = strings.ToLower(s.Email)
	if !strings.Contains(s.Email, "@") {
		return fmt.Errorf("email %q is not valid", s.Email)
	}
	return nil
}

type Pool[T any, P interface {
	*T
	Reset()
}] struct {
	free    []P
	created int
}

func (p *Pool[T, P]) Get() P {
	if n := len(p.free); n > 0 {
		v := p.free[n-1]
		p.free = p.free[:n-1]
		return v
	}
	p.created++
	return new(T)
}

func (p *Pool[T, P]) Put(v P) {
	v.Reset()
	p.free = append(p.free, v)
}

type scratch struct{ lines []string }

func (s *scratch) Reset() { s.lines = s.lines[:0] }

func main() {
	fmt.Println(Parse[Port]("80", "443"))
	fmt.Println(Parse[Port]("99999"))
	_, err := Parse[Port]("x")
	fmt.Println(err)
	f, err := Parse[Flags]("a,b", "c")
	fmt.Println(len(f.set), f.set["b"], err)
	s, err := Decode[Signup](`{"email":"A@B.c","age":3}`)
	fmt.Printf("%+v %v\n", *s, err)
	_, err = Decode[Signup](`{"email":"nobody"}`)
	fmt.Println(err)
	s, err = Decode[Signup](`{"age":"x"}`)
	fmt.Println(s == nil, err)
	var pool Pool[scratch, *scratch]
	a := pool.Get()
	a.lines = append(a.lines, "x")
	pool.Put(a)
	b, c := pool.Get(), pool.Get()
	fmt.Println(a == b, b == c, len(b.lines), cap(b.lines) > 0, pool.created)
}

// Output:
// 443 <nil>
// 99999 port 99999 out of range
// port: strconv.Atoi: parsing "x": invalid syntax
// 3 true <nil>
// {Email:a@b.c Age:3} <nil>
// email "nobody" is not valid
// true json: cannot unmarshal string into Go struct field Signup.age of type int
// true false 0 true 2
