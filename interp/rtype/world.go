package rtype

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"unsafe"
)

// world is the one piece of package-level state here. It has to exist: the
// run time keeps types for good (in its table of interface tables, in caches
// of reflect and encoding/json, in headers of heap objects, in none of which
// the garbage collector sees them), so whatever was made must stay reachable
// and should be used again. Method slots are code addresses and as such
// belong to the process, too.
var world registry

// registry holds everything that lives as long as the process.
type registry struct {
	mu sync.Mutex // guards all below

	idle map[string][]*component // released components by key
	all  []*component            // keeps every component reachable
	ids  uint64                  // last id given to a component

	names      map[string]nameOff      // exported and unexported names by encoding
	structs    map[string]*typ         // inner struct types by structure
	interfaces map[string]reflect.Type // interface types over compiled types
	nextSlot   slot
}

// instantiate makes the set of types of a frozen table.
func (w *registry) instantiate(t *Table) (set *Types, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()

	b := newBuilder(w, t.nodes)
	defer func() {
		if r := recover(); r != nil {
			// reflect's constructors panic on types that are too large.
			set = nil
			if err, _ = r.(error); err == nil {
				err = fmt.Errorf("rtype: cannot make types: %v", r)
			}
		}
		if err != nil {
			w.putBack(b.comps)
		}
	}()
	for _, tmpl := range t.comps {
		key := b.instanceKey(tmpl)
		c := w.take(key)
		if c == nil {
			if c, err = b.build(tmpl, key); err != nil {
				return nil, err
			}
			w.all = append(w.all, c)
		}
		b.use(tmpl, c)
	}
	return b.set(t), nil
}

// take removes a released component with that key from the idle ones.
func (w *registry) take(key string) *component {
	list := w.idle[key]
	if len(list) == 0 {
		return nil
	}
	c := list[len(list)-1]
	w.idle[key] = list[:len(list)-1]
	return c
}

// putBack makes components available again. There is no bound because there
// is nothing to gain: what is dropped here would stay in memory all the same.
// The idle ones are never more than were in use at one time.
func (w *registry) putBack(comps []*component) {
	if w.idle == nil {
		w.idle = make(map[string][]*component)
	}
	for _, c := range comps {
		w.idle[c.key] = append(w.idle[c.key], c)
	}
}

// release puts the components of a set back.
func (w *registry) release(comps []*component) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.putBack(comps)
}

// newID returns a number that no other component has.
func (w *registry) newID() uint64 {
	w.ids++
	return w.ids
}

// takeSlots takes n slots and returns the first.
func (w *registry) takeSlots(n int) (slot, error) {
	const total = slotGroups * slotsPerGroup
	if total == 0 {
		return 0, fmt.Errorf("rtype: types with exported methods are not supported on this processor architecture")
	}
	if int(w.nextSlot)+n > total {
		return 0, fmt.Errorf("rtype: no method slots left: the process has %d for all methods of script types it ever made, and %d more are needed; a restart frees them", total, n)
	}
	first := w.nextSlot
	w.nextSlot += slot(n)
	for s := first; s < w.nextSlot; s++ {
		s.allocate()
	}
	return first, nil
}

// name returns the number of an encoded name, the same for equal names.
func (w *registry) name(name string, pkgPath string) nameOff {
	key := pkgPath + "\x00" + name
	if off, ok := w.names[key]; ok {
		return off
	}
	var pkg nameOff
	if pkgPath != "" {
		pkg = w.name(pkgPath, "")
	}
	off := nameOff(addReflectOff(unsafe.Pointer(encodeName(name, "", exported(name), false, pkg))))
	if w.names == nil {
		w.names = make(map[string]nameOff)
	}
	w.names[key] = off
	return off
}

// typeOffOf returns the number of t.
func typeOffOf(t *typ) typeOff { return typeOff(addReflectOff(unsafe.Pointer(t))) }

// interfaceOf returns the interface type with these methods, whose signatures
// sig gives and which are made of compiled types. Equal calls give one type.
// It is not the one that compiled code has for the same interface literal:
// there is no way to find that.
func (w *registry) interfaceOf(str string, methods []imethodNode, sig func(int) reflect.Type) reflect.Type {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.interfaceLocked(str, methods, sig)
}

func (w *registry) interfaceLocked(str string, methods []imethodNode, sig func(int) reflect.Type) reflect.Type {
	var key strings.Builder
	for _, m := range methods {
		fmt.Fprintf(&key, "%q.%s<%p>", m.pkgPath, m.name, toTyp(sig(m.sig)))
	}
	if t := w.interfaces[key.String()]; t != nil {
		return t
	}
	it := new(interfaceType)
	initInterface(it, len(methods))
	it.str = w.name(str, "")
	it.hash = hashString(str)
	fillInterface(w, it, methods, "", func(i int) *typ { return toTyp(sig(i)) })
	t := toReflect(&it.typ)
	if w.interfaces == nil {
		w.interfaces = make(map[string]reflect.Type)
	}
	w.interfaces[key.String()] = t
	return t
}
