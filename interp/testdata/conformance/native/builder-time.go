package main

import (
	"fmt"
	"strings"
	"time"
)

func main() {
	var b strings.Builder
	for i := 0; i < 3; i++ {
		fmt.Fprintf(&b, "%d,", i)
	}
	b.WriteString("x")
	fmt.Println(b.String(), b.Len())
	t := time.Date(2024, time.March, 5, 1, 2, 3, 0, time.UTC)
	fmt.Println(t.Format(time.RFC3339), t.Format("Jan 2"), t.Add(36*time.Hour).Weekday(), t.Sub(t.Add(-time.Minute)))
	d, _ := time.ParseDuration("1h5m")
	fmt.Println(d, 2*time.Second+500*time.Millisecond, time.Duration(3)*time.Second)
}

// Output:
// 0,1,2,x 7
// 2024-03-05T01:02:03Z Mar 5 Wednesday 1m0s
// 1h5m0s 2.5s 3s
