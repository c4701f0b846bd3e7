package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strconv"
	"strings"
)

type Row struct {
	ID     int     `csv:"id"`
	Name   string  `csv:"name"`
	Price  float64 `csv:"price"`
	Stock  *int    `csv:"stock"`
	Active bool    `csv:"active"`
	note   string
	Kind   Kind `csv:"kind"`
}

type Kind string

func (k *Kind) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		return errors.New("empty kind")
	}
	*k = Kind(strings.ToUpper(string(b)))
	return nil
}

func set(v reflect.Value, text string) error {
	if u, ok := v.Addr().Interface().(interface{ UnmarshalText([]byte) error }); ok {
		return u.UnmarshalText([]byte(text))
	}
	switch v.Kind() {
	case reflect.Int:
		n, err := strconv.Atoi(text)
		v.SetInt(int64(n))
		return err
	case reflect.Float64:
		f, err := strconv.ParseFloat(text, 64)
		v.SetFloat(f)
		return err
	case reflect.Bool:
		b, err := strconv.ParseBool(text)
		v.SetBool(b)
		return err
	case reflect.String:
		v.SetString(text)
		return nil
	case reflect.Pointer:
		if text == "" {
			v.SetZero()
			return nil
		}
		p := reflect.New(v.Type().Elem())
		if err := set(p.Elem(), text); err != nil {
			return err
		}
		v.Set(p)
		return nil
	}
	return fmt.Errorf("no way to read %v", v.Type())
}

func Read[T any](r io.Reader) (rows []T, err error) {
	cr := csv.NewReader(r)
	cr.Comment = '#'
	cr.TrimLeadingSpace = true
	header, err := cr.Read()
	if err != nil {
		return nil, err
	}
	fields := map[string]int{}
	t := reflect.TypeFor[T]()
	for i := range t.NumField() {
		if tag, ok := t.Field(i).Tag.Lookup("csv"); ok {
			fields[tag] = i
		}
	}
	for {
		rec, err := cr.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		var row T
		for i, cell := range rec {
			f, ok := fields[header[i]]
			if !ok {
				continue
			}
			if err := set(reflect.ValueOf(&row).Elem().Field(f), cell); err != nil {
				line, col := cr.FieldPos(i)
				return rows, fmt.Errorf("%d:%d %s: %w", line, col, t.Field(f).Name, err)
			}
		}
		rows = append(rows, row)
	}
}

func main() {
	const text = `id,name,price,stock,active,kind,other
# a comment
1,"Widget, ""large""",2.50,7,true,tool,x
2, spaced,0,,f,toy,
3,"two
lines",1e3,0,1,tool,z
`
	rows, err := Read[Row](strings.NewReader(text))
	fmt.Println(len(rows), err)
	for _, r := range rows {
		stock := "none"
		if r.Stock != nil {
			stock = fmt.Sprint(*r.Stock)
		}
		fmt.Printf("%d %q %v %s %t %s\n", r.ID, r.Name, r.Price, stock, r.Active, r.Kind)
	}
	for _, bad := range []string{"id,kind\n1,a\nx,b\n", "id,kind\n1,\n", "id,name\n1\n", "id\n\"1\n", "id\na\"b\n"} {
		_, err := Read[Row](strings.NewReader(bad))
		fmt.Println(err)
	}
	w := csv.NewWriter(os.Stdout)
	w.Comma = ';'
	w.Write([]string{"a", "b;c", `d"e`, "", " f", "g\nh"})
	w.WriteAll([][]string{{"1", "2"}, {""}})
	fmt.Println(w.Error(), w.Write([]string{"never flushed"}))
}

// Output:
// 3 <nil>
// 1 "Widget, \"large\"" 2.5 7 true TOOL
// 2 "spaced" 0 none false TOY
// 3 "two\nlines" 1000 0 true TOOL
// 3:1 ID: strconv.Atoi: parsing "x": invalid syntax
// 2:3 Kind: empty kind
// record on line 2: wrong number of fields
// parse error on line 2, column 4: extraneous or missing " in quoted-field
// parse error on line 2, column 2: bare " in non-quoted-field
// a;"b;c";"d""e";;" f";"g
// h"
// 1;2
//
// <nil> <nil>
