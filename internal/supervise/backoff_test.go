package supervise

import (
	"slices"
	"testing"
	"time"
)

func TestBackoff(t *testing.T) {
	var b backoff
	var got []time.Duration
	for _, death := range []struct {
		lived   time.Duration
		removed bool
	}{
		{time.Hour, false}, {0, false}, {0, true}, {0, false}, {time.Second, false},
		{settled, false}, {0, true}, {0, false}, {time.Hour, true}, {0, false},
	} {
		got = append(got, b.next(death.lived, death.removed))
	}
	const ms = time.Millisecond
	if want := []time.Duration{0, 100 * ms, 0, 200 * ms, 400 * ms, 0, 0, 100 * ms, 0, 0}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for range 100 {
		if d := b.next(0, false); d > lastDelay {
			t.Fatal(d)
		}
	}
}
