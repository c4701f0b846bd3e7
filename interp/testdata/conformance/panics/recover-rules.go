package main

import (
	"errors"
	"fmt"
)

func helper() any { return recover() }

func notDirect() (r any) {
	defer func() {
		r = recover()
	}()
	defer func() {
		func() {
			if x := recover(); x != nil {
				fmt.Println("nested function recovered", x)
			}
		}()
	}()
	panic("p")
}

func direct() (r any) {
	defer func() { r = recover() }()
	defer helper()
	panic("stopped by helper")
}

func repanic() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("final: %v", r)
		}
	}()
	defer func() { panic("second") }()
	panic("first")
}

func results() (a int, b string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = r.(error)
			b = "changed"
		}
	}()
	a = 1
	panic(errors.New("e"))
}

func loop() (n int) {
	for i := range 5 {
		func() {
			defer func() {
				if recover() != nil {
					n++
				}
			}()
			if i%2 == 0 {
				panic(i)
			}
		}()
	}
	return
}

func cleanup() (log []string) {
	defer func() { log = append(log, "outer") }()
	defer func() {
		defer func() { log = append(log, fmt.Sprint("recovered ", recover())) }()
		panic("in defer")
	}()
	return []string{"returned"}
}

func main() {
	fmt.Println(recover(), helper())
	fmt.Println(notDirect())
	fmt.Println(direct())
	fmt.Println(repanic())
	fmt.Println(results())
	fmt.Println(loop())
	fmt.Println(cleanup())
}

// Output:
// <nil> <nil>
// p
// <nil>
// final: second
// 1 changed e
// 3
// [returned recovered in defer outer]
