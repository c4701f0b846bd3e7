package dispatch_test

import (
	"testing"

	"gateway/internal/catalog"
)

func TestAssist(t *testing.T) {
	w := newWorld(t)
	c, err := w.d.Complete(t.Context(), "new", "hel", 3)
	if err != nil || len(c.Items) != 1 || c.Items[0].Label != "hel at 3" {
		t.Errorf("got %+v, %v", c, err)
	}
	h, err := w.d.Hover(t.Context(), "new", "hel", 0)
	if err != nil || h == nil || h.Signature != "hel at 0" {
		t.Errorf("got %+v, %v", h, err)
	}
	if _, err := w.d.Complete(t.Context(), "new", "hel", 4); catalog.CodeOf(err) != catalog.CodeInvalid {
		t.Errorf("an offset outside of the code: %v", err)
	}
	if _, err := w.d.Hover(t.Context(), "new", "busy", 0); catalog.CodeOf(err) != catalog.CodeUnavailable {
		t.Errorf("code that takes too long: %v", err)
	}
}
