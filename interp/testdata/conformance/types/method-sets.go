package main

import "fmt"

type Reader interface{ Read() string }

type Writer interface{ Write(string) }

type ReadWriter interface {
	Reader
	Writer
}

type Buffer struct{ data []string }

func (b *Buffer) Write(s string) { b.data = append(b.data, s) }

func (b Buffer) Read() string { return fmt.Sprint(b.data) }

type ByValue struct{ Buffer }

type ByPointer struct{ *Buffer }

type ByInterface struct{ ReadWriter }

func can(v any) string {
	_, r := v.(Reader)
	_, w := v.(Writer)
	_, rw := v.(ReadWriter)
	_, ptr := v.(interface{ Reset() })
	return fmt.Sprintln(fmt.Sprintf("%T", v), r, w, rw, ptr)
}

func (b *ByValue) Reset() { b.data = nil }

type Counter int

func (c *Counter) Write(s string) { *c += Counter(len(s)) }

type Chatty func(string)

func (c Chatty) Write(s string) { c(s) }

func main() {
	b := Buffer{}
	fmt.Print(can(b), can(&b), can(ByValue{b}), can(&ByValue{b}), can(ByPointer{&b}), can(&ByPointer{&b}), can(ByInterface{&b}))
	b.Write("addressable")
	(&b).Write("explicit")
	bs := []Buffer{{}, {}}
	bs[1].Write("element")
	fmt.Println(b.Read(), bs[1].Read(), bs[0].Read())
	m := map[string]*Buffer{"k": {}}
	m["k"].Write("through map")
	fmt.Println(m["k"].Read(), Buffer{[]string{"literal"}}.Read())
	var rw ReadWriter = &b
	var r Reader = rw
	r.(Writer).Write("asserted")
	fmt.Println(rw.Read(), r == Reader(&b))
	snapshot := Reader(b)
	b.Write("later")
	fmt.Println(len(snapshot.(Buffer).data), len(b.data))
	p := ByPointer{&b}
	q := p
	q.Write("shared")
	v := ByValue{b}
	u := v
	u.Write("own")
	fmt.Println(len(p.data), len(v.data), len(u.data))
	var c Counter
	writers := []Writer{&c, p, &v, ByInterface{&u}, Chatty(func(s string) { fmt.Println("chatty", s) })}
	for i, w := range writers {
		w.Write(fmt.Sprint("to ", i))
	}
	fmt.Println(c, len(p.data), len(v.data), len(u.data))
	_, ok := any(c).(Writer)
	fmt.Println(ok, can(nil) == fmt.Sprintln("<nil>", false, false, false, false))
	f := Writer.Write
	f(&c, "xyz")
	fmt.Println(c)
}

// Output:
// main.Buffer true false false false
// *main.Buffer true true true false
// main.ByValue true false false false
// *main.ByValue true true true true
// main.ByPointer true true true false
// *main.ByPointer true true true false
// main.ByInterface true true true false
// [addressable explicit] [element] []
// [through map] [literal]
// [addressable explicit asserted] true
// 3 4
// 5 5 6
// chatty to 4
// 4 6 6 7
// false true
// 7
