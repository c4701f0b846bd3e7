package main

import (
	"fmt"
	"math/rand"
)

func main() {
	r := rand.New(rand.NewSource(42))
	fmt.Println(r.Intn(100), r.Intn(100), r.Float64() < 1)
	r2 := r.Perm(3)
	fmt.Println(len(r2))
}

// Output:
// 5 87 true
// 3
