package main

import (
	"fmt"
	"os"
	"sync"
)

type job struct {
	id   int
	done chan<- int
}

func worker(jobs <-chan job, wg *sync.WaitGroup) {
	defer wg.Done()
	for j := range jobs {
		j.done <- j.id * j.id
	}
}

func main() {
	jobs, done := make(chan job), make(chan int, 3)
	var wg sync.WaitGroup
	wg.Add(2)
	for range 2 {
		go worker(jobs, &wg)
	}
	for i := range 3 {
		jobs <- job{i + 1, done}
	}
	close(jobs)
	wg.Wait()
	total := 0
	for range cap(done) {
		total += <-done
	}
	fmt.Println("total", total)
	quit := make(chan struct{})
	go func() {
		defer close(quit)
		fmt.Println("leaving from a goroutine")
		os.Exit(total)
	}()
	<-quit
	select {}
}

// Exit status: 14

// Output:
// total 14
// leaving from a goroutine
