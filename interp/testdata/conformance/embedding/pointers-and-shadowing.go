package main

import "fmt"

type Logger struct{ prefix string }

func (l *Logger) Log(s string)       { fmt.Println(l.prefix + s) }
func (l Logger) Prefix() string      { return l.prefix }
func (l *Logger) SetPrefix(p string) { l.prefix = p }

type Base struct {
	*Logger
	ID int
}

func (b Base) Describe() string { return fmt.Sprint("base ", b.ID) }
func (b *Base) Next()           { b.ID++ }

type Service struct {
	Base
	ID   string
	deps []*Service
}

func (s Service) Describe() string { return "service " + s.ID + " of " + s.Base.Describe() }

type Deep struct{ *Service }

type Named interface{ Describe() string }
type Stepper interface{ Next() }

type Proxy struct {
	Named
	count int
}

func (p *Proxy) Describe() string { p.count++; return fmt.Sprint(p.count, ":", p.Named.Describe()) }

func main() {
	s := Service{Base: Base{&Logger{"> "}, 1}, ID: "svc"}
	s.Log("hello")
	s.SetPrefix("# ")
	s.Log(s.Describe())
	s.Next()
	s.Base.Next()
	fmt.Println(s.ID, s.Base.ID, s.Prefix())
	d := Deep{&s}
	d.Next()
	fmt.Println(d.Base.ID, s.Base.ID, d.Describe(), d.Service.Base.Logger.prefix)
	var n Named = d
	p := &Proxy{Named: n}
	p.Describe()
	fmt.Println(p.Describe())
	if st, ok := n.(Stepper); ok {
		st.Next()
	}
	fmt.Println(s.Base.ID)
	_, ok := Named(s).(Stepper)
	_, okp := Named(&s).(Stepper)
	fmt.Println(ok, okp)
	f := d.Service.Log
	d.Service.Logger = &Logger{"! "}
	f("bound before")
	g := (*Base).Next
	g(&s.Base)
	fmt.Println(s.Base.ID)
	anon := struct {
		Base
		Extra string
	}{s.Base, "x"}
	anon.Next()
	fmt.Println(anon.ID, s.Base.ID, anon.Describe())
}

// Output:
// > hello
// # service svc of base 1
// svc 3 #
// 4 4 service svc of base 4 #
// 2:service svc of base 4
// 5
// false true
// # bound before
// 6
// 7 6 base 7
