package rtype

import (
	"reflect"
	"testing"
)

// Every slot that is still free is called once: its code must find the closure
// that belongs to it and pass arguments and results through.
func TestSlotCode(t *testing.T) {
	world.mu.Lock()
	defer world.mu.Unlock()
	var got int
	body := closureOf(reflect.ValueOf(func(a int, b string, c float64) (int, string) {
		got++
		return a + int(c), b
	}))
	other := closureOf(reflect.ValueOf(func(int, string, float64) (int, string) { return -1, "wrong slot" }))
	ft := reflect.TypeFor[func(int, string, float64) (int, string)]()
	const total = slot(slotGroups * slotsPerGroup)
	for s := world.nextSlot; s < total; s++ {
		s.allocate()
		s.set(other)
	}
	for s := world.nextSlot; s < total; s++ {
		s.set(body)
		fn := funcAt(ft, s.code()).Interface().(func(int, string, float64) (int, string))
		if a, b := fn(int(s), "b", 1); a != int(s)+1 || b != "b" {
			t.Fatalf("slot %d returns %d, %q", s, a, b)
		}
		s.set(other)
	}
	if want := int(total - world.nextSlot); got != want || want == 0 {
		t.Errorf("%d calls reached the closure, want %d", got, want)
	}
}

func TestSlotsRunOut(t *testing.T) {
	const total = slotGroups * slotsPerGroup
	w := registry{nextSlot: total - 3}
	if _, err := w.takeSlots(4); err == nil {
		t.Error("4 of 3 slots could be taken")
	}
	if first, err := w.takeSlots(3); err != nil || first != total-3 {
		t.Errorf("the last 3 slots: %d, %v", first, err)
	}
	_, err := w.takeSlots(1)
	if err == nil || err.Error() == "" {
		t.Errorf("one more slot: %v", err)
	}
}
