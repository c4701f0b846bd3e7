package main

import (
	"fmt"
	"reflect"
	"runtime"
)

func name(f any) string { return runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name() }
func where() string {
	pc, _, line, _ := runtime.Caller(1)
	return fmt.Sprint(runtime.FuncForPC(pc).Name(), ":", line)
}

var one = func() string { return where() }
var table = map[string]func() string{
	"a": func() string { return where() },
	"b": func() string {
		return func() string {
			return where()
		}()
	},
}
var started = where()

var (
	x = 1
	f = func() int { return x }
)

func main() {
	fmt.Println(name(one), name(table["a"]), name(table["b"]), name(f))
	fmt.Println(one(), table["a"](), table["b"](), started)
}

// Output:
// main.init.func1 main.init.func2 main.init.func3 main.init.func4
// main.init.func1:15 main.init.func2:17 main.init.func3.1:20 main.init:24
