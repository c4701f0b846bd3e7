package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

type key struct{}

func main() {
	ctx := context.WithValue(context.Background(), key{}, "v")
	fmt.Println(ctx.Value(key{}))
	c, cancel := context.WithTimeout(ctx, 5*time.Millisecond)
	defer cancel()
	select {
	case <-c.Done():
		fmt.Println(c.Err(), errors.Is(c.Err(), context.DeadlineExceeded))
	case <-time.After(2 * time.Second):
		fmt.Println("late")
	}
}

// Output:
// v
// context deadline exceeded true
