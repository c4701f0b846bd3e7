package main

import (
	"fmt"
	"sync"
)

func main() { f := sync.OnceValue(func() int { fmt.Println("init"); return 4 }); fmt.Println(f(), f()) }

// Output:
// init
// 4 4
