package main

import (
	"fmt"
	"time"
)

const T = 5 * time.Second
const (
	F = 1.0 / 3
	S = "a" + "b"
	R = 'a' + 1
)

func main() {
	fmt.Println(T, T.Seconds(), F, S, R, len(S))
	var f float32 = 1 / 3.0
	fmt.Println(f)
	var d time.Duration = 3
	fmt.Println(d * time.Millisecond)
	n := 4
	fmt.Println(time.Duration(n)*time.Hour, 7/2, 7/2.0)
}

// Output:
// 5s 5 0.3333333333333333 ab 98 2
// 0.33333334
// 3ms
// 4h0m0s 3 3.5
