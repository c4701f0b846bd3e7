package main

import (
	"fmt"
	"regexp"
)

var re = regexp.MustCompile(`(\w+)@(\w+)\.com`)

func main() {
	fmt.Println(re.FindStringSubmatch("bob@x.com"), re.ReplaceAllString("a@b.com", "$2"), re.ReplaceAllStringFunc("a@b.com", func(s string) string { return "<" + s + ">" }))
}

// Output:
// [bob@x.com bob x] b <a@b.com>
