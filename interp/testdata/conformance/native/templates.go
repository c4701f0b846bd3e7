package main

import (
	"fmt"
	"html/template"
	"strings"
	texttemplate "text/template"
)

type Price int

func (p Price) String() string { return fmt.Sprintf("$%d.%02d", int(p)/100, int(p)%100) }

type Item struct {
	Name   string
	Price  Price
	Tags   []string
	Meta   map[string]int
	secret string
}

func (i Item) Upper() string       { return strings.ToUpper(i.Name) }
func (i Item) Has(tag string) bool { return strings.Contains(strings.Join(i.Tags, ","), tag) }
func (i *Item) Total(n int) (Price, error) {
	if n < 0 {
		return 0, fmt.Errorf("negative")
	}
	return i.Price * Price(n), nil
}

func main() {
	items := []*Item{{Name: "<Axe>", Price: 1250, Tags: []string{"tool", "sharp"}, Meta: map[string]int{"b": 2, "a": 1}}, {Name: "Ball"}}
	t := texttemplate.Must(texttemplate.New("t").Funcs(texttemplate.FuncMap{"join": strings.Join}).Parse(
		`{{range $i, $x := .}}{{$i}} {{.Name}} {{.Price}} {{.Upper}} {{.Has "sharp"}} {{join .Tags "+"}}{{range $k, $v := .Meta}} {{$k}}={{$v}}{{end}} {{.Total 2}}
{{end}}`))
	var b strings.Builder
	fmt.Println(t.Execute(&b, items))
	fmt.Print(b.String())
	b.Reset()
	h := template.Must(template.New("h").Parse(`<p title="{{.Name}}">{{.Name}} {{.Price}}</p>`))
	fmt.Println(h.Execute(&b, items[0]))
	fmt.Println(b.String())
	b.Reset()
	fmt.Println(texttemplate.Must(texttemplate.New("e").Parse(`{{.Total -1}}`)).Execute(&b, items[0]))
}

// Output:
// <nil>
// 0 <Axe> $12.50 <AXE> true tool+sharp a=1 b=2 $25.00
// 1 Ball $0.00 BALL false  $0.00
// <nil>
// <p title="&lt;Axe&gt;">&lt;Axe&gt; $12.50</p>
// template: e:1:2: executing "e" at <.Total>: error calling Total: negative
