package rtype

import (
	"errors"
	"fmt"
	"reflect"
	"sync"
	"unsafe"
)

// checkLayout compares the structures copied from the run time with compiled
// types of the running program, once. It takes some microseconds and turns
// what would be memory corruption into an error.
var checkLayout = sync.OnceValue(func() error {
	for _, check := range []func() error{checkHeader, checkStruct, checkMethods, checkComposites, checkInterfaces} {
		if err := check(); err != nil {
			return fmt.Errorf("rtype: the Go run time differs from the one this program was written for: %w", err)
		}
	}
	return nil
})

// probe is a compiled type with something of everything.
type probe struct {
	A int32
	b string `tag:"x"`
	c *probe
}

func (p probe) Get() string   { return p.b }
func (p *probe) set(c *probe) { p.c = c }
func (p *probe) used() *probe { p.set(p); return p.c }

var _ = (*probe).used

func checkHeader() error {
	for _, v := range []any{true, int16(0), 0.5, "", []byte(nil), [3]*int{}, probe{}, &probe{}, map[string]int(nil), func() {}, make(chan int)} {
		t, rt := typeWord(v), reflect.TypeOf(v)
		direct := rt.Kind() == reflect.Pointer || rt.Kind() == reflect.Map || rt.Kind() == reflect.Func || rt.Kind() == reflect.Chan
		switch {
		case toTyp(rt) != t, toReflect(t) != rt:
			return fmt.Errorf("reflect.Type of %v is not its type word", rt)
		case t.size != rt.Size(), int(t.align) != rt.Align(), int(t.fieldAlign) != rt.FieldAlign(), reflect.Kind(t.kind) != rt.Kind():
			return fmt.Errorf("header of %v", rt)
		case (t.equal != nil) != rt.Comparable():
			return fmt.Errorf("equality of %v", rt)
		case (t.flag&flagNamed != 0) != (rt.Name() != ""), (t.flag&flagDirectIface != 0) != direct:
			return fmt.Errorf("flags of %v", rt)
		}
	}
	return nil
}

func checkStruct() error {
	rt := reflect.TypeFor[probe]()
	st := (*structType)(unsafe.Pointer(toTyp(rt)))
	if len(st.fields) != rt.NumField() || decodeName(st.pkgPath) != rt.Field(1).PkgPath {
		return errors.New("struct type")
	}
	for i, f := range st.fields {
		rf := rt.Field(i)
		if decodeName(f.name) != rf.Name || f.typ != toTyp(rf.Type) || f.offset != rf.Offset {
			return fmt.Errorf("struct field %s", rf.Name)
		}
		if (*f.name&nameExported != 0) != rf.IsExported() || (*f.name&nameTag != 0) != (rf.Tag != "") {
			return fmt.Errorf("name of struct field %s", rf.Name)
		}
	}
	if st.ptrBytes != st.size || st.gcData == nil || !maskBit(&st.typ, 1) || maskBit(&st.typ, 0) || maskBit(&st.typ, 2) || !maskBit(&st.typ, 3) {
		return errors.New("pointer mask")
	}
	return nil
}

func checkMethods() error {
	// The method set of *probe, as the compiler writes it.
	p := (*struct {
		ptrType
		u uncommonType
	})(unsafe.Pointer(toTyp(reflect.TypeFor[*probe]())))
	if p.elem != toTyp(reflect.TypeFor[probe]()) || p.flag&flagUncommon == 0 {
		return errors.New("pointer type")
	}
	if p.u.xcount != 1 || p.u.mcount < p.u.xcount || p.u.moff < uint32(unsafe.Sizeof(p.u)) {
		return errors.New("method table")
	}
	return nil
}

func checkComposites() error {
	array := (*arrayType)(unsafe.Pointer(toTyp(reflect.TypeFor[[3]probe]())))
	slice := (*sliceType)(unsafe.Pointer(toTyp(reflect.TypeFor[[]probe]())))
	channel := (*chanType)(unsafe.Pointer(toTyp(reflect.TypeFor[<-chan probe]())))
	elem := toTyp(reflect.TypeFor[probe]())
	if array.elem != elem || array.len != 3 || array.slice != &slice.typ || slice.elem != elem ||
		channel.elem != elem || channel.dir != int(reflect.RecvDir) {
		return errors.New("array, slice or channel type")
	}
	rf := reflect.TypeFor[func(int, ...string) error]()
	fn := (*funcType)(unsafe.Pointer(toTyp(rf)))
	args := unsafe.Slice((**typ)(unsafe.Add(unsafe.Pointer(fn), unsafe.Sizeof(*fn))), 3)
	if fn.flag&flagUncommon != 0 || fn.inCount != 2 || fn.outCount != 1|1<<15 || args[1] != toTyp(rf.In(1)) || args[2] != toTyp(rf.Out(0)) {
		return errors.New("func type")
	}
	m := (*mapType)(unsafe.Pointer(toTyp(reflect.TypeFor[map[string]probe]())))
	key := "key"
	if m.key != toTyp(reflect.TypeFor[string]()) || m.elem != elem || m.hasher == nil || m.groupSize != m.group.size ||
		m.slotSize != m.elemOff+elem.size || m.hasher(unsafe.Pointer(&key), 1) == m.hasher(unsafe.Pointer(&key), 2) {
		return errors.New("map type")
	}
	return nil
}

func checkInterfaces() error {
	rt := reflect.TypeFor[interface {
		Get() string
		set(*probe)
	}]()
	it := (*interfaceType)(unsafe.Pointer(toTyp(rt)))
	if len(it.methods) != rt.NumMethod() || it.pkgPath != nil {
		return errors.New("interface type")
	}
	var v error = &unboundError{}
	tab := (*iface)(unsafe.Pointer(&v)).tab
	if tab.typ != toTyp(reflect.TypeFor[*unboundError]()) || &tab.inter.typ != toTyp(reflect.TypeFor[error]()) || tab.fun[0] == 0 {
		return errors.New("interface table")
	}
	failed := assertionError(toTyp(reflect.TypeFor[any]()), toTyp(reflect.TypeFor[string]()), toTyp(reflect.TypeFor[int]()), "")
	if failed.Error() != "interface conversion: interface {} is string, not int" {
		return errors.New("type assertion error")
	}
	return nil
}
