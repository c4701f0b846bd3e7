package main

import (
	"fmt"
	"os"
	"text/template"
)

type I struct{ N string }

func (i I) Up() string { return "UP" + i.N }
func main() {
	t := template.Must(template.New("x").Parse("{{.Up}}\n"))
	if err := t.Execute(os.Stdout, I{"a"}); err != nil {
		fmt.Println("ERR", err)
	}
}

// Output:
// UPa
