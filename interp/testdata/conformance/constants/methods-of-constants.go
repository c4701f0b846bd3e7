// Methods of constants of compiled types.
package main

import (
	"fmt"
	"log/slog"
	"net/http"
	"reflect"
	"time"
)

const half = time.Second / 2

func main() {
	fmt.Println(time.Second.String(), half.Seconds(), (90 * time.Minute).Round(time.Hour), time.March.String(), reflect.Int.String())
	f := half.Milliseconds
	fmt.Println(f(), time.Duration(0).String(), slog.LevelWarn.Level(), http.StatusText(404))
	defer fmt.Println(time.Sunday.String())
	defer func() { recover() }()
	defer time.Saturday.String()
	var d time.Duration = time.Minute
	fmt.Println(d.String(), time.Month(13).String())
	b, err := slog.LevelError.MarshalJSON()
	fmt.Println(string(b), err)
}

// Output:
// 1s 0.5 2h0m0s March int
// 500 0s WARN Not Found
// 1m0s %!Month(13)
// "ERROR" <nil>
// Sunday
