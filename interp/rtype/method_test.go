package rtype_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
)

func TestMethodsAreCalledByCompiledCode(t *testing.T) {
	s := check(t, `package handler
		type T struct { n int; S string "json:\"s,omitempty\"" }
		func (t T) String() string { return "" }
		func (t *T) Set(n int) {}
	`).add("T", "*T").instantiate()
	s.bind("T", "String", func() string { return "" }, func(args []reflect.Value) []reflect.Value {
		return values(fmt.Sprintf("T#%d", args[0].Field(0).Int()))
	})
	s.bind("T", "*Set", func(int) {}, func(args []reflect.Value) []reflect.Value {
		args[0].Elem().Field(0).Set(args[1])
		return nil
	})
	v := s.new("T")
	v.Elem().Field(0).SetInt(7)
	v.Elem().Field(1).SetString("hey")
	x, p := s.box("T", v.Elem()), s.box("*T", v)
	if got, want := fmt.Sprintf("%v %v %T %T %v", x, p, x, p, []any{x, p}), "T#7 T#7 handler.T *handler.T [T#7 T#7]"; got != want {
		t.Errorf("fmt gives %q, want %q", got, want)
	}
	p.(interface{ Set(int) }).Set(8)
	if got := v.Elem().Field(0).Int(); got != 8 {
		t.Errorf("Set through the interface left %d in the variable, want 8", got)
	}
	if got := reflect.TypeOf(x).Method(0).Func.Call([]reflect.Value{reflect.ValueOf(x)})[0].String(); got != "T#7" {
		t.Errorf("reflect.Method.Func gives %q", got)
	}
	if b, err := json.Marshal(x); string(b) != `{"s":"hey"}` || err != nil {
		t.Errorf("json gives %s, %v", b, err)
	}
}
