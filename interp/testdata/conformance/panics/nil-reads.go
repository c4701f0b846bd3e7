package main

import (
	"errors"
	"fmt"
)

type T struct {
	n int
	s []int
	m map[string]int
	a [3]int
	e error
	f func() int
	i any
}

func try(name string, f func()) {
	defer func() {
		r := recover()
		if r == nil {
			fmt.Println(name, "DID NOT PANIC")
			return
		}
		fmt.Println(name, r)
	}()
	f()
}

func take(int)    {}
func takeAny(any) {}
func takeT(T)     {}
func many(...int) {}

var sink any
var g T

func ret(p *int) int             { return *p }
func retT(p *T) T                { return *p }
func ret2(p *int) (int, error)   { return *p, nil }
func retS(p *[]int) []int        { return *p }
func retAny(p *int) any          { return *p }
func retE(p *error) error        { return *p }
func retN(p *T) int              { return p.n }
func named(p *int) (r int)       { r = *p; return }
func deferred(p *int) (r int)    { defer func() {}(); return *p }
func errs(p *error) (int, error) { return 0, *p }

var _ = errors.New

func main() {
	var p *int
	var t *T
	var ps *[]int
	var pm *map[string]int
	var pa *[3]int
	var pi *any
	var pe *error
	var pf *func() int
	var pb *bool
	var pstr *string
	var pt **T
	m := map[string]int{}
	mt := map[string]T{}
	ma := map[string]any{}
	ms := map[string][]int{}
	s := []int{1}
	var arr [3]int
	try("map", func() { m["a"] = *p })
	try("mapT", func() { mt["a"] = *t })
	try("mapany", func() { ma["a"] = *p })
	try("mapany2", func() { ma["a"] = *pi })
	try("mapsl", func() { ms["a"] = *ps })
	try("mapfield", func() { m["a"] = t.n })
	try("mapfield2", func() { ms["a"] = t.s })
	try("maparr", func() { m["a"] = pa[1] })
	try("mapidx", func() { m["a"] = (*ps)[0] })
	try("mapmap", func() { m["a"] = (*pm)["x"] })
	try("key", func() { m[*pstr] = 1 })
	try("keyread", func() { _ = m[*pstr] })
	try("keydel", func() { delete(m, *pstr) })
	try("keyok", func() { _, ok := m[*pstr]; _ = ok })
	try("slice", func() { s[0] = *p })
	try("index", func() { s[*p] = 1 })
	try("arr", func() { arr[0] = *p })
	try("field", func() { g.n = *p })
	try("fieldany", func() { g.i = *p })
	try("fieldany2", func() { g.i = *pi })
	try("fielde", func() { g.e = *pe })
	try("var", func() { x := *p; _ = x })
	try("varT", func() { x := *t; _ = x })
	try("vars", func() { x := *ps; _ = x })
	try("varany", func() { var x any = *p; _ = x })
	try("varany2", func() { var x any = *pi; _ = x })
	try("vare", func() { x := *pe; _ = x })
	try("varf", func() { x := *pf; _ = x })
	try("blank", func() { _ = *p })
	try("blankT", func() { _ = *t })
	try("blankfield", func() { _ = t.n })
	try("sink", func() { sink = *p })
	try("sinkT", func() { sink = *t })
	try("sink2", func() { sink = *pi })
	try("arg", func() { take(*p) })
	try("argany", func() { takeAny(*p) })
	try("argT", func() { takeT(*t) })
	try("argany2", func() { takeAny(*pi) })
	try("argmany", func() { many(*p) })
	try("argmany2", func() { many(*ps...) })
	try("native", func() { fmt.Sprint(*p) })
	try("native2", func() { fmt.Sprint(*pi) })
	try("native3", func() { errors.Unwrap(*pe) })
	try("ret", func() { ret(p) })
	try("retT", func() { retT(t) })
	try("ret2", func() { ret2(p) })
	try("retS", func() { retS(ps) })
	try("retAny", func() { retAny(p) })
	try("retE", func() { retE(pe) })
	try("retN", func() { retN(t) })
	try("named", func() { named(p) })
	try("deferred", func() { deferred(p) })
	try("errs", func() { errs(pe) })
	try("append", func() { s = append(s, *p) })
	try("appendany", func() { sink = append([]any{}, *pi) })
	try("append2", func() { s = append(*ps, 1) })
	try("append3", func() { s = append(s, *ps...) })
	try("lit", func() { s = []int{*p} })
	try("litT", func() { g = T{n: *p} })
	try("litTs", func() { g = T{s: *ps} })
	try("litTi", func() { g = T{i: *pi} })
	try("litm", func() { m = map[string]int{"a": *p} })
	try("litmk", func() { m = map[string]int{*pstr: 1} })
	try("litarr", func() { arr = [3]int{*p} })
	try("litp", func() { sink = &T{n: *p} })
	try("len", func() { sink = len(*ps) })
	try("lenm", func() { sink = len(*pm) })
	try("lens", func() { sink = len(*pstr) })
	try("cap", func() { sink = cap(*ps) })
	try("range", func() {
		for range *ps {
		}
	})
	try("rangev", func() {
		for _, v := range *ps {
			_ = v
		}
	})
	try("rangem", func() {
		for range *pm {
		}
	})
	try("ranges", func() {
		for range *pstr {
		}
	})
	try("rangea", func() {
		for _, v := range pa {
			_ = v
		}
	})
	try("rangeaa", func() {
		for _, v := range *pa {
			_ = v
		}
	})
	try("if", func() {
		if *pb {
		}
	})
	try("ifnot", func() {
		if !*pb {
		}
	})
	try("and", func() { sink = *pb && true })
	try("and2", func() { sink = len(s) > 0 && *pb })
	try("for", func() {
		for *pb {
		}
	})
	try("switch", func() {
		switch *p {
		case 1:
		}
	})
	try("typeswitch", func() {
		switch (*pi).(type) {
		case int:
		}
	})
	try("assert", func() { _ = (*pi).(int) })
	try("assertok", func() { _, ok := (*pi).(int); _ = ok })
	try("call", func() { (*pf)() })
	try("callfield", func() { t.f() })
	try("defer", func() { defer (*pf)() })
	try("go", func() { go t.f() })
	try("deferarg", func() { defer take(*p) })
	try("binary", func() { sink = *p + 1 })
	try("binary2", func() { sink = 1 + *p })
	try("eq", func() { sink = *p == 1 })
	try("eqT", func() { sink = *pi == nil })
	try("eqS", func() { sink = *ps == nil })
	try("eqE", func() { sink = *pe != nil })
	try("unary", func() { sink = -*p })
	try("conv", func() { sink = float64(*p) })
	try("convs", func() { sink = []byte(*pstr) })
	try("conva", func() { sink = any(*p) })
	try("slicing", func() { sink = (*ps)[:0] })
	try("slicinga", func() { sink = pa[:1] })
	try("slicingb", func() { sink = s[*p:] })
	try("addr", func() { sink = &t.n })
	try("addrT", func() { sink = &(*t) })
	try("addri", func() { sink = &pa[0] })
	try("pp", func() { sink = (*pt).n })
	try("inc", func() { *p++ })
	try("incf", func() { t.n++ })
	try("incm", func() { t.m["a"]++ })
	try("incm2", func() { (*pm)["a"]++ })
	try("op", func() { *p += 1 })
	try("op2", func() { s[0] += *p })
	try("opm", func() { m["a"] += *p })
	try("set", func() { *p = 1 })
	try("setT", func() { *t = T{} })
	try("seti", func() { *pi = 1 })
	try("sets", func() { *ps = nil })
	try("setf", func() { t.n = 1 })
	try("seta", func() { pa[0] = 1 })
	try("setm", func() { (*pm)["a"] = 1 })
	try("par", func() { s[0], g.n = *p, 1 })
	try("send", func() { c := make(chan int, 1); c <- *p })
	try("select", func() {
		c := make(chan int, 1)
		select {
		case c <- *p:
		}
	})
	try("copy", func() { copy(*ps, s) })
	try("copy2", func() { copy(s, *ps) })
	try("delete", func() { delete(*pm, "a") })
	try("clear", func() { clear(*pm) })
	try("min", func() { sink = min(*p, 1) })
	try("make", func() { sink = make([]int, *p) })
	try("shift", func() { sink = 1 << *p })
	try("panic", func() { panic(*pe) })
	fmt.Println(len(m), len(mt), len(ma), len(ms))
}

// Output:
// map runtime error: invalid memory address or nil pointer dereference
// mapT runtime error: invalid memory address or nil pointer dereference
// mapany runtime error: invalid memory address or nil pointer dereference
// mapany2 runtime error: invalid memory address or nil pointer dereference
// mapsl runtime error: invalid memory address or nil pointer dereference
// mapfield runtime error: invalid memory address or nil pointer dereference
// mapfield2 runtime error: invalid memory address or nil pointer dereference
// maparr runtime error: invalid memory address or nil pointer dereference
// mapidx runtime error: invalid memory address or nil pointer dereference
// mapmap runtime error: invalid memory address or nil pointer dereference
// key runtime error: invalid memory address or nil pointer dereference
// keyread runtime error: invalid memory address or nil pointer dereference
// keydel runtime error: invalid memory address or nil pointer dereference
// keyok runtime error: invalid memory address or nil pointer dereference
// slice runtime error: invalid memory address or nil pointer dereference
// index runtime error: invalid memory address or nil pointer dereference
// arr runtime error: invalid memory address or nil pointer dereference
// field runtime error: invalid memory address or nil pointer dereference
// fieldany runtime error: invalid memory address or nil pointer dereference
// fieldany2 runtime error: invalid memory address or nil pointer dereference
// fielde runtime error: invalid memory address or nil pointer dereference
// var runtime error: invalid memory address or nil pointer dereference
// varT runtime error: invalid memory address or nil pointer dereference
// vars runtime error: invalid memory address or nil pointer dereference
// varany runtime error: invalid memory address or nil pointer dereference
// varany2 runtime error: invalid memory address or nil pointer dereference
// vare runtime error: invalid memory address or nil pointer dereference
// varf runtime error: invalid memory address or nil pointer dereference
// blank runtime error: invalid memory address or nil pointer dereference
// blankT runtime error: invalid memory address or nil pointer dereference
// blankfield runtime error: invalid memory address or nil pointer dereference
// sink runtime error: invalid memory address or nil pointer dereference
// sinkT runtime error: invalid memory address or nil pointer dereference
// sink2 runtime error: invalid memory address or nil pointer dereference
// arg runtime error: invalid memory address or nil pointer dereference
// argany runtime error: invalid memory address or nil pointer dereference
// argT runtime error: invalid memory address or nil pointer dereference
// argany2 runtime error: invalid memory address or nil pointer dereference
// argmany runtime error: invalid memory address or nil pointer dereference
// argmany2 runtime error: invalid memory address or nil pointer dereference
// native runtime error: invalid memory address or nil pointer dereference
// native2 runtime error: invalid memory address or nil pointer dereference
// native3 runtime error: invalid memory address or nil pointer dereference
// ret runtime error: invalid memory address or nil pointer dereference
// retT runtime error: invalid memory address or nil pointer dereference
// ret2 runtime error: invalid memory address or nil pointer dereference
// retS runtime error: invalid memory address or nil pointer dereference
// retAny runtime error: invalid memory address or nil pointer dereference
// retE runtime error: invalid memory address or nil pointer dereference
// retN runtime error: invalid memory address or nil pointer dereference
// named runtime error: invalid memory address or nil pointer dereference
// deferred runtime error: invalid memory address or nil pointer dereference
// errs runtime error: invalid memory address or nil pointer dereference
// append runtime error: invalid memory address or nil pointer dereference
// appendany runtime error: invalid memory address or nil pointer dereference
// append2 runtime error: invalid memory address or nil pointer dereference
// append3 runtime error: invalid memory address or nil pointer dereference
// lit runtime error: invalid memory address or nil pointer dereference
// litT runtime error: invalid memory address or nil pointer dereference
// litTs runtime error: invalid memory address or nil pointer dereference
// litTi runtime error: invalid memory address or nil pointer dereference
// litm runtime error: invalid memory address or nil pointer dereference
// litmk runtime error: invalid memory address or nil pointer dereference
// litarr runtime error: invalid memory address or nil pointer dereference
// litp runtime error: invalid memory address or nil pointer dereference
// len runtime error: invalid memory address or nil pointer dereference
// lenm runtime error: invalid memory address or nil pointer dereference
// lens runtime error: invalid memory address or nil pointer dereference
// cap runtime error: invalid memory address or nil pointer dereference
// range runtime error: invalid memory address or nil pointer dereference
// rangev runtime error: invalid memory address or nil pointer dereference
// rangem runtime error: invalid memory address or nil pointer dereference
// ranges runtime error: invalid memory address or nil pointer dereference
// rangea runtime error: invalid memory address or nil pointer dereference
// rangeaa runtime error: invalid memory address or nil pointer dereference
// if runtime error: invalid memory address or nil pointer dereference
// ifnot runtime error: invalid memory address or nil pointer dereference
// and runtime error: invalid memory address or nil pointer dereference
// and2 runtime error: invalid memory address or nil pointer dereference
// for runtime error: invalid memory address or nil pointer dereference
// switch runtime error: invalid memory address or nil pointer dereference
// typeswitch runtime error: invalid memory address or nil pointer dereference
// assert runtime error: invalid memory address or nil pointer dereference
// assertok runtime error: invalid memory address or nil pointer dereference
// call runtime error: invalid memory address or nil pointer dereference
// callfield runtime error: invalid memory address or nil pointer dereference
// defer runtime error: invalid memory address or nil pointer dereference
// go runtime error: invalid memory address or nil pointer dereference
// deferarg runtime error: invalid memory address or nil pointer dereference
// binary runtime error: invalid memory address or nil pointer dereference
// binary2 runtime error: invalid memory address or nil pointer dereference
// eq runtime error: invalid memory address or nil pointer dereference
// eqT runtime error: invalid memory address or nil pointer dereference
// eqS runtime error: invalid memory address or nil pointer dereference
// eqE runtime error: invalid memory address or nil pointer dereference
// unary runtime error: invalid memory address or nil pointer dereference
// conv runtime error: invalid memory address or nil pointer dereference
// convs runtime error: invalid memory address or nil pointer dereference
// conva runtime error: invalid memory address or nil pointer dereference
// slicing runtime error: invalid memory address or nil pointer dereference
// slicinga runtime error: invalid memory address or nil pointer dereference
// slicingb runtime error: invalid memory address or nil pointer dereference
// addr runtime error: invalid memory address or nil pointer dereference
// addrT runtime error: invalid memory address or nil pointer dereference
// addri runtime error: invalid memory address or nil pointer dereference
// pp runtime error: invalid memory address or nil pointer dereference
// inc runtime error: invalid memory address or nil pointer dereference
// incf runtime error: invalid memory address or nil pointer dereference
// incm runtime error: invalid memory address or nil pointer dereference
// incm2 runtime error: invalid memory address or nil pointer dereference
// op runtime error: invalid memory address or nil pointer dereference
// op2 runtime error: invalid memory address or nil pointer dereference
// opm runtime error: invalid memory address or nil pointer dereference
// set runtime error: invalid memory address or nil pointer dereference
// setT runtime error: invalid memory address or nil pointer dereference
// seti runtime error: invalid memory address or nil pointer dereference
// sets runtime error: invalid memory address or nil pointer dereference
// setf runtime error: invalid memory address or nil pointer dereference
// seta runtime error: invalid memory address or nil pointer dereference
// setm runtime error: invalid memory address or nil pointer dereference
// par runtime error: invalid memory address or nil pointer dereference
// send runtime error: invalid memory address or nil pointer dereference
// select runtime error: invalid memory address or nil pointer dereference
// copy runtime error: invalid memory address or nil pointer dereference
// copy2 runtime error: invalid memory address or nil pointer dereference
// delete runtime error: invalid memory address or nil pointer dereference
// clear runtime error: invalid memory address or nil pointer dereference
// min runtime error: invalid memory address or nil pointer dereference
// make runtime error: invalid memory address or nil pointer dereference
// shift runtime error: invalid memory address or nil pointer dereference
// panic runtime error: invalid memory address or nil pointer dereference
// 0 0 0 0
