package main

import (
	"container/heap"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

type field uint64

type Schedule struct{ minute, hour, day, month, weekday field }

func (f field) has(n int) bool { return f&(1<<n) != 0 }

func parseField(s string, lo, hi int) (f field, err error) {
	for part := range strings.SplitSeq(s, ",") {
		rng, stepText, hasStep := strings.Cut(part, "/")
		from, to, step := lo, hi, 1
		if hasStep {
			if step, err = strconv.Atoi(stepText); err != nil || step < 1 {
				return 0, fmt.Errorf("bad step %q", stepText)
			}
		}
		if rng != "*" {
			a, b, isRange := strings.Cut(rng, "-")
			if from, err = strconv.Atoi(a); err != nil {
				return 0, fmt.Errorf("bad number %q", a)
			}
			switch {
			case isRange:
				if to, err = strconv.Atoi(b); err != nil {
					return 0, fmt.Errorf("bad number %q", b)
				}
			case !hasStep:
				to = from
			}
		}
		if from < lo || to > hi || from > to {
			return 0, fmt.Errorf("%q is outside %d-%d", part, lo, hi)
		}
		for i := from; i <= to; i += step {
			f |= 1 << i
		}
	}
	return f, nil
}

func Parse(spec string) (s Schedule, err error) {
	parts := strings.Fields(spec)
	if len(parts) != 5 {
		return s, fmt.Errorf("%d fields instead of 5", len(parts))
	}
	bounds := [5]struct {
		name   string
		dst    *field
		lo, hi int
	}{{"minute", &s.minute, 0, 59}, {"hour", &s.hour, 0, 23}, {"day", &s.day, 1, 31}, {"month", &s.month, 1, 12}, {"weekday", &s.weekday, 0, 6}}
	var errs []error
	for i, b := range bounds {
		f, err := parseField(parts[i], b.lo, b.hi)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", b.name, err))
		}
		*b.dst = f
	}
	return s, errors.Join(errs...)
}

func (s Schedule) Next(t time.Time) (time.Time, bool) {
	t = t.Truncate(time.Minute).Add(time.Minute)
	limit := t.AddDate(5, 0, 0)
	for t.Before(limit) {
		switch {
		case !s.month.has(int(t.Month())):
			t = time.Date(t.Year(), t.Month()+1, 1, 0, 0, 0, 0, t.Location())
		case !s.day.has(t.Day()) || !s.weekday.has(int(t.Weekday())):
			t = time.Date(t.Year(), t.Month(), t.Day()+1, 0, 0, 0, 0, t.Location())
		case !s.hour.has(t.Hour()):
			t = t.Truncate(time.Hour).Add(time.Hour)
		case !s.minute.has(t.Minute()):
			t = t.Add(time.Minute)
		default:
			return t, true
		}
	}
	return time.Time{}, false
}

type job struct {
	name  string
	next  time.Time
	sched Schedule
	run   func(time.Time) error
	fails int
}

type agenda []*job

func (a agenda) Len() int { return len(a) }

func (a agenda) Less(i, j int) bool {
	if !a[i].next.Equal(a[j].next) {
		return a[i].next.Before(a[j].next)
	}
	return a[i].name < a[j].name
}

func (a agenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }

func (a *agenda) Push(x any) { *a = append(*a, x.(*job)) }

func (a *agenda) Pop() any {
	old := *a
	j := old[len(old)-1]
	*a = slices.Delete(old, len(old)-1, len(old))
	return j
}

type Scheduler struct {
	agenda
	now time.Time
}

func (s *Scheduler) Add(name, spec string, run func(time.Time) error) error {
	sched, err := Parse(spec)
	if err != nil {
		return fmt.Errorf("job %s: %w", name, err)
	}
	next, ok := sched.Next(s.now)
	if !ok {
		return fmt.Errorf("job %s never runs", name)
	}
	heap.Push(&s.agenda, &job{name: name, next: next, sched: sched, run: run})
	return nil
}

func (s *Scheduler) RunUntil(end time.Time) {
	for s.Len() > 0 && !s.agenda[0].next.After(end) {
		j := s.agenda[0]
		s.now = j.next
		if err := j.run(s.now); err != nil {
			if j.fails++; j.fails == 2 {
				fmt.Println("  dropped", j.name, err)
				heap.Pop(&s.agenda)
				continue
			}
		}
		j.next, _ = j.sched.Next(s.now)
		heap.Fix(&s.agenda, 0)
	}
	s.now = end
}

func main() {
	start := time.Date(2024, 2, 28, 22, 50, 30, 0, time.UTC)
	s := &Scheduler{now: start}
	say := func(name string) func(time.Time) error {
		return func(t time.Time) error {
			fmt.Println(" ", t.Format("Mon 02 15:04"), name)
			return nil
		}
	}
	fmt.Println(s.Add("half-hour", "*/30 22-23,0 * * *", say("half-hour")), s.Add("leap", "0 12 29 2 *", say("leap")), s.Add("monday", "15 9 * * 1", say("monday")))
	fmt.Println(s.Add("failing", "0 * * * *", func(t time.Time) error { return fmt.Errorf("failed at %d", t.Hour()) }))
	s.RunUntil(start.Add(14 * time.Hour))
	fmt.Println(s.Len(), s.agenda[0].name, s.now.Format(time.DateTime))
	s.RunUntil(time.Date(2024, 3, 1, 0, 10, 0, 0, time.UTC))
	for _, bad := range []string{"* * * *", "61 * * * *", "*/0 * * * *", "a 24 0 * 9", "5-1 * * * *"} {
		fmt.Printf("%q\n", fmt.Sprint(s.Add("bad", bad, nil)))
	}
	fmt.Println(s.Add("never", "0 0 30 2 *", nil))
}

// Output:
// <nil> <nil> <nil>
// <nil>
//   Wed 28 23:00 half-hour
//   Wed 28 23:30 half-hour
//   dropped failing failed at 0
//   Thu 29 00:00 half-hour
//   Thu 29 00:30 half-hour
//   Thu 29 12:00 leap
// 3 half-hour 2024-02-29 12:50:30
//   Thu 29 22:00 half-hour
//   Thu 29 22:30 half-hour
//   Thu 29 23:00 half-hour
//   Thu 29 23:30 half-hour
//   Fri 01 00:00 half-hour
// "job bad: 4 fields instead of 5"
// "job bad: minute: \"61\" is outside 0-59"
// "job bad: minute: bad step \"0\""
// "job bad: minute: bad number \"a\"\nhour: \"24\" is outside 0-23\nday: \"0\" is outside 1-31\nweekday: \"9\" is outside 0-6"
// "job bad: minute: \"5-1\" is outside 0-59"
// job never never runs
