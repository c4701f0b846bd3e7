package main

import (
	"fmt"
	"strings"
)

func main() {
	for p := range strings.SplitSeq("a,b,c", ",") {
		fmt.Print(" ", p)
	}
	fmt.Println()
}

// Output:
//  a b c
