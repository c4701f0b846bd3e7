package main

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

type Rule func(v reflect.Value, arg string) error

type Validator struct {
	rules map[string]Rule
	cache map[reflect.Type][]fieldRules
}

type fieldRules struct {
	index int
	name  string
	rules []struct{ name, arg string }
}

type FieldError struct {
	Path string
	Rule string
	Err  error
}

func (e *FieldError) Error() string { return e.Path + " " + e.Err.Error() }

func (e *FieldError) Unwrap() error { return e.Err }

var ErrRequired = errors.New("is required")

type Checker interface{ Check() error }

func size(v reflect.Value) float64 {
	switch {
	case v.CanInt():
		return float64(v.Int())
	case v.CanUint():
		return float64(v.Uint())
	case v.CanFloat():
		return v.Float()
	}
	return float64(v.Len())
}

func New() *Validator {
	v := &Validator{cache: map[reflect.Type][]fieldRules{}}
	v.rules = map[string]Rule{
		"required": func(v reflect.Value, _ string) error {
			if v.IsZero() {
				return ErrRequired
			}
			return nil
		},
		"min": func(v reflect.Value, arg string) error {
			if n, _ := strconv.ParseFloat(arg, 64); size(v) < n {
				return fmt.Errorf("is below %s", arg)
			}
			return nil
		},
		"match": func(v reflect.Value, arg string) error {
			if !regexp.MustCompile(arg).MatchString(v.String()) {
				return fmt.Errorf("%q does not match %s", v.String(), arg)
			}
			return nil
		},
		"oneof": func(v reflect.Value, arg string) error {
			for _, o := range strings.Fields(arg) {
				if fmt.Sprint(v.Interface()) == o {
					return nil
				}
			}
			return fmt.Errorf("%v is none of %s", v.Interface(), arg)
		},
	}
	return v
}

func (val *Validator) fields(t reflect.Type) []fieldRules {
	if f, ok := val.cache[t]; ok {
		return f
	}
	var out []fieldRules
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() {
			continue
		}
		fr := fieldRules{index: i, name: strings.ToLower(f.Name)}
		for part := range strings.SplitSeq(f.Tag.Get("check"), ",") {
			if name, arg, _ := strings.Cut(part, "="); name != "" {
				fr.rules = append(fr.rules, struct{ name, arg string }{name, arg})
			}
		}
		out = append(out, fr)
	}
	val.cache[t] = out
	return out
}

func (val *Validator) Validate(x any) error { return errors.Join(val.walk("", reflect.ValueOf(x))...) }

func (val *Validator) walk(path string, v reflect.Value) (errs []error) {
	if v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return nil
		}
		return val.walk(path, v.Elem())
	}
	if c, ok := v.Interface().(Checker); ok {
		if err := c.Check(); err != nil {
			errs = append(errs, &FieldError{path, "check", err})
		}
	}
	switch v.Kind() {
	case reflect.Struct:
		for _, f := range val.fields(v.Type()) {
			fv, sub := v.Field(f.index), strings.TrimPrefix(path+"."+f.name, ".")
			for _, r := range f.rules {
				if err := val.rules[r.name](fv, r.arg); err != nil {
					errs = append(errs, &FieldError{sub, r.name, err})
				}
			}
			errs = append(errs, val.walk(sub, fv)...)
		}
	case reflect.Slice:
		for i := range v.Len() {
			errs = append(errs, val.walk(fmt.Sprintf("%s[%d]", path, i), v.Index(i))...)
		}
	}
	return
}

type Plan string

type Email string

func (e Email) Check() error {
	if e != "" && !strings.Contains(string(e), "@") {
		return fmt.Errorf("%s is no address", e)
	}
	return nil
}

type Line struct {
	SKU   string `check:"match=^[A-Z]{2}\\d+$"`
	Count uint8  `check:"min=1"`
}

type Order struct {
	Buyer  *Buyer `check:"required"`
	Lines  []Line `check:"min=1"`
	Plan   Plan   `check:"oneof=free pro"`
	Total  float64
	hidden string
}

type Buyer struct {
	Name  string `check:"required,min=2"`
	Email Email
	Other any
}

func main() {
	v := New()
	fmt.Println(v.Validate(Order{&Buyer{"ann", "a@b", nil}, []Line{{"AB1", 2}}, "pro", 0, ""}))
	err := v.Validate(&Order{Buyer: &Buyer{Email: "x", Other: Line{"AB2", 0}}, Lines: []Line{{"AB1", 1}, {"zz", 0}}, Plan: "gold"})
	fmt.Println(err)
	fmt.Println(errors.Is(err, ErrRequired), len(v.cache))
	err = v.Validate(Order{Plan: "free"})
	var fe *FieldError
	fmt.Println(errors.As(err, &fe), fe.Path, fe.Rule, fe.Err == ErrRequired)
	fmt.Println(v.Validate([]Email{"ok@x", "bad"}), v.Validate(5))
}

// Output:
// <nil>
// buyer.name is required
// buyer.name is below 2
// buyer.email x is no address
// buyer.other.count is below 1
// lines[1].sku "zz" does not match ^[A-Z]{2}\d+$
// lines[1].count is below 1
// plan gold is none of free pro
// true 3
// true buyer required true
// [1] bad is no address <nil>
