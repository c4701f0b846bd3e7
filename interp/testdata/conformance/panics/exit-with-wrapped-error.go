package main

import (
	"errors"
	"fmt"
)

var errConfig = errors.New("configuration is broken")

type stage struct {
	name string
	next *stage
}

func (s *stage) run(depth int) {
	defer func() {
		fmt.Printf("%*sleaving %s\n", depth*2, "", s.name)
	}()
	if s.next == nil {
		panic(fmt.Errorf("stage %s: %w", s.name, errConfig))
	}
	defer func() {
		v := recover()
		fmt.Printf("%*s%s saw %v\n", depth*2, "", s.name, v)
		if err, ok := v.(error); ok && depth > 0 {
			panic(fmt.Errorf("%s: %w", s.name, err))
		}
		panic(v)
	}()
	s.next.run(depth + 1)
}

func main() {
	defer fmt.Println("the last words")
	s := &stage{"start", &stage{"middle", &stage{name: "end"}}}
	s.run(0)
}

// Exit status: 2

// Output:
//     leaving end
//   middle saw stage end: configuration is broken
//   leaving middle
// start saw middle: stage end: configuration is broken
// leaving start
// the last words
