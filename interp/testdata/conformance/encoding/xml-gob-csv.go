package main

import (
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"os"
	"strings"
)

type P struct {
	XMLName xml.Name `xml:"p"`
	N       string   `xml:"n,attr"`
	V       []int    `xml:"v"`
}

func main() {
	b, err := xml.Marshal(P{N: "a", V: []int{1, 2}})
	fmt.Println(string(b), err)
	var p P
	fmt.Println(xml.Unmarshal(b, &p), p.N, p.V)
	r, _ := csv.NewReader(strings.NewReader("a,b\n1,2\n")).ReadAll()
	fmt.Println(r)
	w := csv.NewWriter(os.Stdout)
	w.Write([]string{"x", "y z"})
	w.Flush()
}

// Output:
// <p n="a"><v>1</v><v>2</v></p> <nil>
// <nil> a [1 2]
// [[a b] [1 2]]
// x,y z
