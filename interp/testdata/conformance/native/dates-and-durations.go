package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

type Date struct{ time.Time }

func NewDate(y int, m time.Month, d int) Date {
	return Date{time.Date(y, m, d, 0, 0, 0, 0, time.UTC)}
}

func (d Date) String() string { return d.Format(time.DateOnly) }

func (d Date) MarshalJSON() ([]byte, error) { return json.Marshal(d.String()) }

func (d *Date) UnmarshalJSON(b []byte) (err error) {
	var s string
	if err = json.Unmarshal(b, &s); err == nil {
		d.Time, err = time.Parse(time.DateOnly, s)
	}
	return
}

func (d Date) AddMonths(n int) Date {
	first := NewDate(d.Year(), d.Month()+time.Month(n), 1)
	last := first.AddDate(0, 1, -1).Day()
	return NewDate(first.Year(), first.Month(), min(d.Day(), last))
}

func workdays(from, to Date) (n int) {
	for d := from.Time; d.Before(to.Time); d = d.AddDate(0, 0, 1) {
		switch d.Weekday() {
		case time.Saturday, time.Sunday:
		default:
			n++
		}
	}
	return
}

func age(born, now Date) int {
	years := now.Year() - born.Year()
	if now.YearDay() < born.AddDate(years, 0, 0).YearDay() {
		years--
	}
	return years
}

type Span time.Duration

func (s Span) String() string {
	d := time.Duration(s)
	switch {
	case d >= 24*time.Hour:
		return fmt.Sprintf("%dd%v", d/(24*time.Hour), Span(d%(24*time.Hour)))
	case d >= time.Hour:
		return fmt.Sprintf("%dh", d/time.Hour)
	}
	return d.Round(time.Second).String()
}

func main() {
	jan31 := NewDate(2024, time.January, 31)
	fmt.Println(jan31.AddMonths(1), jan31.AddMonths(13), jan31.AddMonths(-2), Date{jan31.AddDate(0, 1, 0)})
	fmt.Println(workdays(NewDate(2024, 2, 1), NewDate(2024, 3, 1)), age(NewDate(2000, 2, 29), NewDate(2024, 2, 28)), age(NewDate(2000, 2, 29), NewDate(2024, 2, 29)))
	b, err := json.Marshal(map[string]any{"d": jan31, "list": []Date{jan31}, "p": &jan31})
	fmt.Println(string(b), err)
	var in struct{ From, To Date }
	fmt.Println(json.Unmarshal([]byte(`{"from":"2024-03-10","to":"2024-04-01"}`), &in), in.To.Sub(in.From.Time), in)
	fmt.Println(json.Unmarshal([]byte(`{"from":"10.3.2024"}`), &in))
	t := time.Date(2024, 12, 30, 15, 4, 5, 987654321, time.FixedZone("CET", 3600))
	for _, layout := range []string{time.RFC3339, time.RFC3339Nano, time.RFC1123Z, time.Kitchen, time.StampMicro, "Mon 02 Jan 06 15:04 MST", "2006-002", ".000 ,999 _2", "January, Monday PM pm Z07:00"} {
		fmt.Print(t.Format(layout), " | ")
	}
	fmt.Println()
	year, week := t.ISOWeek()
	fmt.Println(year, week, t.YearDay(), t.Unix(), t.UnixMilli(), t.UTC().Hour(), t.Month(), int(t.Month()), t.Weekday())
	fmt.Println(t.Truncate(time.Hour).Format(time.TimeOnly), t.Round(time.Minute).Format(time.TimeOnly), t.Equal(t.UTC()), t == t.UTC(), t.Compare(t.Add(1)))
	p, err := time.Parse("2 Jan 2006 15:04 -0700", "7 Mar 2024 08:30 -0500")
	fmt.Println(p.UTC(), err)
	_, err = time.Parse(time.RFC3339, "2024-02-30T00:00:00Z")
	fmt.Println(err)
	d, err := time.ParseDuration("1h15m30.918273645s")
	fmt.Println(d, err, d.Hours() > 1.25, d.Truncate(time.Minute), d.Round(time.Hour), d.Milliseconds(), -d, d.Abs() == d)
	fmt.Println(Span(50*time.Hour), Span(90*time.Second), Span(26*time.Hour+time.Minute), []Span{1})
	var zero time.Time
	fmt.Println(zero, zero.IsZero(), zero.Unix(), time.Unix(0, 0).UTC(), time.UnixMilli(1700000000000).UTC())
	dates := []Date{NewDate(2024, 5, 1), NewDate(2023, 1, 1), jan31}
	slices.SortFunc(dates, func(a, b Date) int { return a.Compare(b.Time) })
	fmt.Println(dates, time.Duration(1<<63-1), time.March+1, time.Weekday(3), time.Month(14))
}

// Output:
// 2024-02-29 2025-02-28 2023-11-30 2024-03-02
// 21 23 24
// {"d":"2024-01-31","list":["2024-01-31"],"p":"2024-01-31"} <nil>
// <nil> 528h0m0s {2024-03-10 2024-04-01}
// parsing time "10.3.2024" as "2006-01-02": cannot parse "10.3.2024" as "2006"
// 2024-12-30T15:04:05+01:00 | 2024-12-30T15:04:05.987654321+01:00 | Mon, 30 Dec 2024 15:04:05 +0100 | 3:04PM | Dec 30 15:04:05.987654 | Mon 30 Dec 24 15:04 CET | 2024-365 | .987 ,987 30 | December, Monday PM pm +01:00 |
// 2025 1 365 1735567445 1735567445987 14 December 12 Monday
// 15:00:00 15:04:00 true false -1
// 2024-03-07 13:30:00 +0000 UTC <nil>
// parsing time "2024-02-30T00:00:00Z": day out of range
// 1h15m30.918273645s <nil> true 1h15m0s 1h0m0s 4530918 -1h15m30.918273645s true
// 2d2h 1m30s 1d2h [0s]
// 0001-01-01 00:00:00 +0000 UTC true -62135596800 1970-01-01 00:00:00 +0000 UTC 2023-11-14 22:13:20 +0000 UTC
// [2023-01-01 2024-01-31 2024-05-01] 2562047h47m16.854775807s April Wednesday %!Month(14)
