package main

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"reflect"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"text/template"
	"time"
)

type Animal interface {
	Sound() string
	Name() string
}
type Walker interface{ Walk() string }
type WalkingAnimal interface {
	Animal
	Walker
}
type base struct{ name string }

func (b *base) Name() string    { return b.name }
func (b base) Sound() string    { return "..." }
func (b *base) Rename(n string) { b.name = n }

type Dog struct {
	*base
	Age int
}

func (d Dog) Sound() string { return "woof(" + d.base.Sound() + ")" }
func (d *Dog) Walk() string { d.Age++; return fmt.Sprint(d.name, " walks at ", d.Age) }

type Puppy struct {
	Dog
	Walker
	toys map[string]func() string
}

func (p Puppy) Walk() string { return "puppy " + p.Dog.Walk() }

type walkFunc func() string

func (f walkFunc) Walk() string { return f() }

// formatter, gostringer, scanner
type Temp float64

func (t Temp) Format(f fmt.State, verb rune) {
	w, wok := f.Width()
	p, pok := f.Precision()
	fmt.Fprintf(f, "[%c %d %t %d %t %t %t %g]", verb, w, wok, p, pok, f.Flag('+'), f.Flag('#'), float64(t))
}

type Secret string

func (Secret) GoString() string { return "Secret(***)" }
func (Secret) String() string   { return "***" }

type Point struct{ X, Y int }

func (p *Point) Scan(s fmt.ScanState, verb rune) error {
	_, err := fmt.Fscanf(s, "(%d,%d)", &p.X, &p.Y)
	return err
}

type Color uint8

const (
	Red Color = iota
	Green
	_
	Blue
)

func (c Color) String() string { return [...]string{"R", "G", "?", "B"}[c%4] }

const (
	KB = 1 << (10 * (iota + 1))
	MB
	GB
)
const (
	a, b = iota, iota * 10
	_, _
	c, d
)
const big = 1 << 100
const third = 1.0 / 3
const typed int8 = -big>>93 + 1
const (
	s1 = "abc"
	l1 = len(s1)
	r1 = 'x' + 1.0
	cx = 1 + 2i
)

type State func(*Machine) State
type Machine struct {
	in  []rune
	pos int
	out []string
}

func start(m *Machine) State {
	if m.pos >= len(m.in) {
		return nil
	}
	if m.in[m.pos] == '"' {
		return quoted
	}
	return word
}
func word(m *Machine) State {
	begin := m.pos
	for m.pos < len(m.in) && m.in[m.pos] != ' ' {
		m.pos++
	}
	m.out = append(m.out, string(m.in[begin:m.pos]))
	m.pos++
	return start
}
func quoted(m *Machine) State {
	m.pos++
	begin := m.pos
	for m.in[m.pos] != '"' {
		m.pos++
	}
	m.out = append(m.out, "<"+string(m.in[begin:m.pos])+">")
	m.pos += 2
	return start
}

// visitor
type Expr interface{ Accept(Visitor) any }
type Visitor interface {
	VisitNum(Num) any
	VisitBin(*Bin) any
}
type Num float64
type Bin struct {
	Op   byte
	L, R Expr
}

func (n Num) Accept(v Visitor) any  { return v.VisitNum(n) }
func (b *Bin) Accept(v Visitor) any { return v.VisitBin(b) }

type eval struct{ depth int }

func (eval) VisitNum(n Num) any { return float64(n) }
func (e *eval) VisitBin(b *Bin) any {
	e.depth++
	l, r := b.L.Accept(e).(float64), b.R.Accept(e).(float64)
	switch b.Op {
	case '+':
		return l + r
	case '*':
		return l * r
	}
	panic(fmt.Sprintf("op %c", b.Op))
}

type printer struct{ strings.Builder }

func (p *printer) VisitNum(n Num) any { fmt.Fprint(p, n); return nil }
func (p *printer) VisitBin(b *Bin) any {
	p.WriteByte('(')
	b.L.Accept(p)
	p.WriteByte(b.Op)
	b.R.Accept(p)
	p.WriteByte(')')
	return nil
}

type Event struct {
	ID   int            `json:"id"`
	When *time.Time     `json:"when,omitempty"`
	Data any            `json:"data"`
	Opts map[Color]bool `json:"opts,omitzero"`
	Inner
	*Deep `json:"deep,omitempty"`
	Iface Animal `json:"-"`
	Dur   time.Duration
	F     float32 `json:",string"`
	B     []byte
	A     [2]*int
}
type Inner struct {
	Common string
	ID     string
}
type Deep struct{ Common string }

func (c Color) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

type counter struct {
	mu sync.Mutex
	m  map[string]int
	n  atomic.Int64
}

func (c *counter) inc(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[k]++
	c.n.Add(1)
}

type byLen []string

func (b byLen) Len() int           { return len(b) }
func (b byLen) Less(i, j int) bool { return len(b[i]) < len(b[j]) }
func (b byLen) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

type upper struct{ r io.Reader }

func (u upper) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	copy(p, bytes.ToUpper(p[:n]))
	return n, err
}

func main() {
	p := Puppy{Dog: Dog{&base{"rex"}, 1}, Walker: walkFunc(func() string { return "func" })}
	p.toys = map[string]func() string{"sound": p.Sound, "name": p.Name, "walk": p.Walker.Walk, "w": p.Walk}
	p.Rename("max")
	var wa WalkingAnimal = p
	fmt.Println(wa.Sound(), wa.Name(), wa.Walk(), p.Age, p.toys["sound"](), p.toys["name"](), p.toys["walk"](), p.toys["w"](), p.Dog.Age)
	var an Animal = wa
	_, isW := an.(Walker)
	_, isD := an.(Dog)
	fmt.Println(isW, isD, an.(Puppy).Age)
	an = &p.Dog
	fmt.Println(an.(Walker).Walk(), p.Age, Dog.Sound(p.Dog), (*Dog).Walk(&p.Dog), Animal.Name(an))
	fmt.Printf("%v|%+8.3f|%#x|%s\n", Temp(1.5), Temp(2), Temp(3), []Temp{4})
	fmt.Printf("%v %s %#v %+v %#v %q %x\n", Secret("x"), Secret("x"), Secret("x"), struct{ S Secret }{"y"}, struct{ S Secret }{"y"}, Secret("z"), Secret("z"))
	var pt Point
	n, err := fmt.Sscan("(3,4) rest", &pt)
	fmt.Println(n, err, pt)
	var w1 string
	var i1 int
	n, err = fmt.Sscanf("go 1x", "%s %d", &w1, &i1)
	fmt.Println(n, err, w1, i1)
	fmt.Println(KB, MB, GB, a, b, c, d, big>>98, third, typed, l1, r1, cx, Red, Blue, []Color{Green, 2})
	fmt.Printf("%T %T %T %d %x %v %08b %+d %e %6.2f|%-5s|%5s|%t %p %U %c %q\n", r1, cx, third, Blue, Blue, &pt, 5, 3, 12345.678, math.Pi, "a", "b", true, nil, '⌘', 'x', 'y')
	fmt.Printf("%d %s %!|%z %d\n", "s", 5, 1, 2)
	fmt.Printf("%[2]d %[1]d %d %v\n", 1, 2, map[string]int{"b": 1, "a": 2})
	fmt.Printf("%v %+v %#v\n", struct {
		A *int
		B []string
		C map[int]bool
		D any
		E error
		F func()
	}{}, Inner{"x", "y"}, Event{Opts: map[Color]bool{Red: true}}.Inner)
	m := &Machine{in: []rune(`go "é x" end`)}
	for s := State(start); s != nil; {
		s = s(m)
	}
	fmt.Printf("%q\n", m.out)
	e := &Bin{'+', Num(1), &Bin{'*', Num(2), Num(3.5)}}
	ev, pr := &eval{}, &printer{}
	fmt.Println(e.Accept(ev), ev.depth)
	e.Accept(pr)
	fmt.Println(pr.String(), pr.Len())
	k := 5
	when := time.Date(2020, 1, 2, 3, 4, 5, 6, time.FixedZone("X", 3600))
	evt := Event{ID: 1, When: &when, Data: []any{1, "x", nil, Blue, map[string]any{"z": 1.5}}, Opts: map[Color]bool{Blue: true, Red: false},
		Inner: Inner{"c", "id"}, Deep: &Deep{"deep"}, Iface: p, Dur: time.Second, F: 1.5, B: []byte("hi"), A: [2]*int{&k, nil}}
	js, err := json.Marshal(evt)
	fmt.Println(string(js), err)
	var back Event
	err = json.Unmarshal(js, &back)
	fmt.Println(err)
	js2, err := json.Marshal(Event{})
	fmt.Println(string(js2), err)
	var anyv any
	json.Unmarshal([]byte(`{"a":[1,{"b":null}],"c":1e3}`), &anyv)
	fmt.Println(anyv, reflect.TypeOf(anyv), reflect.DeepEqual(anyv, map[string]any{"a": []any{1.0, map[string]any{"b": nil}}, "c": 1000.0}))
	_, err = json.Marshal(map[string]any{"f": func() {}})
	fmt.Println(err)
	_, err = json.Marshal(math.NaN())
	fmt.Println(err)
	err = json.Unmarshal([]byte(`{"id":"x"}`), &back)
	fmt.Printf("%v %T\n", err, err)
	err = json.Unmarshal([]byte(`{"id":1`), &back)
	fmt.Printf("%v %T\n", err, err)
	cn := &counter{m: map[string]int{}}
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Add(1)
		go func() { defer wg.Done(); cn.inc(fmt.Sprint(i % 3)) }()
	}
	wg.Wait()
	fmt.Println(cn.m, cn.n.Load())
	words := byLen{"ccc", "a", "bb", "dddd"}
	sort.Sort(sort.Reverse(words))
	fmt.Println(words, sort.IsSorted(words))
	out, err := io.ReadAll(io.TeeReader(io.LimitReader(upper{strings.NewReader("hello world")}, 7), io.Discard))
	fmt.Println(string(out), err)
	pr1, pw1 := io.Pipe()
	go func() { fmt.Fprint(pw1, "piped"); pw1.CloseWithError(io.ErrClosedPipe) }()
	out, err = io.ReadAll(pr1)
	fmt.Println(string(out), err)
	var buf bytes.Buffer
	err = gob.NewEncoder(&buf).Encode(map[string]Inner{"a": {"1", "2"}})
	var gm map[string]Inner
	fmt.Println(err, gob.NewDecoder(&buf).Decode(&gm), gm)
	tmpl := template.Must(template.New("").Parse(`{{range .}}{{.Name}}:{{.Sound}}{{if .Walk}} {{.Walk | printf "%q"}}{{end}};{{end}}` + "\n"))
	fmt.Println(tmpl.Execute(&buf, []WalkingAnimal{p}), buf.String())
	mm := maps.Collect(maps.All(map[string]Color{"x": Blue}))
	mm["y"] = Red
	keys := slices.Sorted(maps.Keys(mm))
	fmt.Println(keys, mm, slices.MaxFunc(keys, strings.Compare), slices.Repeat(keys, 2), slices.Concat(keys, []string{"q"}))
	rt := reflect.TypeOf(evt)
	for i := range rt.NumField() {
		f := rt.Field(i)
		fmt.Print(f.Name, " ", f.Type, " ", f.Tag.Get("json"), " ", f.Anonymous, "; ")
	}
	fmt.Println(rt.NumMethod(), reflect.TypeOf(&p).NumMethod(), rt)
	for i := range reflect.TypeOf(p).NumMethod() {
		fmt.Print(reflect.TypeOf(p).Method(i).Name, " ")
	}
	rv := reflect.ValueOf(&evt).Elem()
	rv.FieldByName("ID").SetInt(42)
	fmt.Println(evt.ID, rv.FieldByName("Common").IsValid(), reflect.ValueOf(p).MethodByName("Sound").Call(nil)[0])
	var nilAnimal Animal
	var nilDog *Dog
	fmt.Println(nilAnimal == nil, an == nil, func() Animal { return nilDog }() == nil, any(nilDog) == any((*Dog)(nil)))
	type local struct{ Color }
	fmt.Println(local{Blue}, fmt.Sprintf("%v %+v %T", &local{Green}, local{Red}, local{}))
	x := []any{1, int8(1), 1.0, "1", 'a', nil, Blue, Inner{}, [1]int{1}, struct{}{}, &k == &k}
	for i, v := range x {
		for j, u := range x {
			if i < j && v == u {
				fmt.Println("equal", i, j)
			}
		}
		switch v := v.(type) {
		case int, int8:
			fmt.Printf("%T ", v)
		case nil:
			fmt.Print("nil ", v == nil, " ")
		case Color:
			fmt.Print(v+1, " ")
		case interface{ String() string }:
			fmt.Print("stringer ")
		case [1]int:
			v[0]++
			fmt.Print(v, x[i], " ")
		default:
			fmt.Printf("%T ", v)
		}
	}
	fmt.Println()
}

// Output:
// woof(...) max puppy max walks at 2 1 woof(...) max func puppy max walks at 2 1
// true false 1
// max walks at 2 3 woof(...) max walks at 3 max
// [v 0 false 0 false false false 1.5]|[f 8 true 3 true true false 2]|[x 0 false 0 false false true 3]|[[s 0 false 0 false false false 4]]
// *** *** Secret(***) {S:***} struct { S main.Secret }{S:Secret(***)} "***" 2a2a2a
// 1 <nil> {3 4}
// 2 <nil> go 1
// 1024 1048576 1073741824 0 0 2 20 4 0.3333333333333333 -127 3 121 (1+2i) R B [G ?]
// float64 complex128 float64 3 42 &{3 4} 00000101 +3 1.234568e+04   3.14|a    |    b|true %!p(<nil>) U+2318 x 'y'
// %!d(string=s) %!s(int=5) %!!(int=1)|%!z(int=2) %!d(MISSING)
// 2 1 2 map[a:2 b:1]
// {<nil> [] map[] <nil> <nil> <nil>} {Common:x ID:y} main.Inner{Common:"", ID:""}
// ["go" "<é x>" "end"]
// 8 2
// (1+(2*3.5)) 11
// {"id":1,"when":"2020-01-02T03:04:05.000000006+01:00","data":[1,"x",null,"B",{"z":1.5}],"opts":{"B":true,"R":false},"Common":"c","ID":"id","deep":{"Common":"deep"},"Dur":1000000000,"F":"1.5","B":"aGk=","A":[5,null]} <nil>
// json: cannot unmarshal number B into Go struct field Event.opts of type main.Color
// {"id":0,"data":null,"Common":"","ID":"","Dur":0,"F":"0","B":null,"A":[null,null]} <nil>
// map[a:[1 map[b:<nil>]] c:1000] map[string]interface {} true
// json: unsupported type: func()
// json: unsupported value: NaN
// json: cannot unmarshal string into Go struct field Event.id of type int *json.UnmarshalTypeError
// unexpected end of JSON input *json.SyntaxError
// map[0:7 1:7 2:6] 20
// [dddd ccc bb a] false
// HELLO W <nil>
// piped io: read/write on closed pipe
// <nil> <nil> map[a:{1 2}]
// <nil> max:woof(...) "puppy max walks at 4";
//
// [x y] map[x:B y:R] y [x y x y] [x y q]
// ID int id false; When *time.Time when,omitempty false; Data interface {} data false; Opts map[main.Color]bool opts,omitzero false; Inner main.Inner  true; Deep *main.Deep deep,omitempty true; Iface main.Animal - false; Dur time.Duration  false; F float32 ,string false; B []uint8  false; A [2]*int  false; 0 4 main.Event
// Name Rename Sound Walk 42 false woof(...)
// true false false true
// B G R main.local
// int int8 float64 string int32 nil true R main.Inner [2] [1] struct {} bool
