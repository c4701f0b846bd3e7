package main

import (
	"os"
	"text/template"
)

type I struct {
	N string
	P float64
}

func (i I) Up() string { return "UP" + i.N }
func main() {
	t := template.Must(template.New("x").Funcs(template.FuncMap{"dbl": func(f float64) float64 { return f * 2 }}).Parse("{{range .}}{{.N}} {{printf \"%.1f\" (dbl .P)}};{{end}}\n"))
	t.Execute(os.Stdout, []I{{"a", 1}, {"b", 2}})
}

// Output:
// a 2.0;b 4.0;
