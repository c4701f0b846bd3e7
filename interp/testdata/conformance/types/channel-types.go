package main

import "fmt"

type message struct {
	body  string
	reply chan<- message
}

type Inbox chan message

func (in Inbox) Ask(q string) string {
	reply := make(chan message, 1)
	in <- message{q, reply}
	return (<-reply).body
}

type pipeline <-chan int

func (p pipeline) Map(f func(int) int) pipeline {
	out := make(chan int)
	go func() {
		defer close(out)
		for v := range p {
			out <- f(v)
		}
	}()
	return out
}

func (p pipeline) Sum() (total int) {
	for v := range p {
		total += v
	}
	return
}

func count(n int) pipeline {
	c := make(chan int, n)
	for i := range n {
		c <- i + 1
	}
	close(c)
	return pipeline(c)
}

func serve(in <-chan message, done chan<- struct{}) {
	defer close(done)
	for m := range in {
		m.reply <- message{body: "re: " + m.body}
	}
}

func main() {
	in, done := make(Inbox), make(chan struct{})
	go serve(in, done)
	fmt.Println(in.Ask("one"), in.Ask("two"))
	close(in)
	<-done
	double := func(n int) int { return n * 2 }
	fmt.Println(count(5).Map(double).Map(double).Sum())
	chans := make(chan chan string, 2)
	for _, s := range []string{"first", "second"} {
		c := make(chan string, 1)
		c <- s
		chans <- c
	}
	fmt.Println(<-<-chans, len(chans), cap(chans), <-<-chans)
	funcs := make(chan func(int) int, 3)
	funcs <- double
	funcs <- func(n int) int { return n + 1 }
	close(funcs)
	v := 5
	for f := range funcs {
		v = f(v)
	}
	fmt.Println(v)
	errs := make(chan error, 2)
	errs <- nil
	errs <- fmt.Errorf("sent")
	fmt.Println(<-errs == nil, <-errs)
	var boxed any = in
	_, bidirectional := boxed.(Inbox)
	_, plain := boxed.(chan message)
	fmt.Println(bidirectional, plain)
	fmt.Printf("%T %T %T\n", in, (<-chan int)(nil), make(chan<- []string))
	arr := [2]chan int{make(chan int, 1), make(chan int, 1)}
	arr[1] <- 10
	arr[0] <- <-arr[1] + 1
	fmt.Println(<-arr[0], len(arr[1]))
	type token struct{}
	sem := make(chan token, 2)
	sem <- token{}
	fmt.Println(len(sem), cap(sem), <-sem)
	results := map[string]chan int{"a": make(chan int, 1)}
	results["a"] <- 3
	x, ok := <-results["a"]
	fmt.Println(x, ok)
	var send chan<- int = arr[0]
	send <- 1
	fmt.Println(len(send), (<-chan int)(arr[0]) == (<-chan int)(arr[0]))
}

// Output:
// re: one re: two
// 60
// first 1 2 second
// 11
// true sent
// true false
// main.Inbox <-chan int chan<- []string
// 11 0
// 1 2 {}
// 3 true
// 1 true
