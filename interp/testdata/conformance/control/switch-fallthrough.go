package main

import "fmt"

func main() {
	for i := 0; i < 4; i++ {
		switch i {
		case 0:
			fmt.Print("a")
			fallthrough
		case 1:
			fmt.Print("b")
		case 2, 5:
			fmt.Print("c")
		default:
			fmt.Print("d")
		}
	}
	switch x := 5; {
	case x > 3:
		fmt.Println("big")
	default:
		fmt.Println("small")
	}
}

// Output:
// abbcdbig
