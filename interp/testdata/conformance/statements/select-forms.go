package main

import "fmt"

type event struct {
	name string
	n    int
}

type hub struct {
	in    chan event
	out   chan string
	quit  chan struct{}
	state map[string]int
	last  [2]event
	ok    bool
}

func (h *hub) step(send string) string {
	var out chan string
	if send != "" {
		out = h.out
	}
	select {
	case h.last[1], h.ok = <-h.in:
		h.state[h.last[1].name] += h.last[1].n
		return fmt.Sprint("received ", h.last[1], h.ok)
	case out <- send:
		return "sent " + send
	case <-h.quit:
		return "quit"
	default:
		return "idle"
	}
}

func order(log *[]string, ch chan int, name string) chan int {
	*log = append(*log, name)
	return ch
}

func value(log *[]string, v int) int {
	*log = append(*log, fmt.Sprint("value ", v))
	return v
}

func main() {
	h := &hub{in: make(chan event, 1), out: make(chan string, 1), quit: make(chan struct{}), state: map[string]int{}}
	fmt.Println(h.step(""))
	h.in <- event{"a", 3}
	fmt.Println(h.step(""))
	fmt.Println(h.step("hello"))
	fmt.Println(h.step("full"))
	close(h.in)
	fmt.Println(h.step(""))
	h.in = nil
	close(h.quit)
	fmt.Println(h.step(""), h.state, <-h.out)
	var log []string
	a, b := make(chan int, 1), make(chan int)
	select {
	case <-order(&log, b, "first"):
	case order(&log, a, "second") <- value(&log, 5):
		log = append(log, "chosen")
	case x := <-order(&log, nil, "third"):
		fmt.Println(x)
	}
	fmt.Println(log)
	results := map[string]int{}
	select {
	case results["got"] = <-a:
	}
	fmt.Println(results)
	done := make(chan bool)
	go func() {
		defer close(done)
		for {
			select {
			case v, more := <-b:
				if !more {
					return
				}
				if v%2 == 0 {
					break
				}
				results["odd"] += v
			}
		}
	}()
	for i := range 6 {
		b <- i
	}
	close(b)
	<-done
	fmt.Println(results)
	var e any
	errs := make(chan error, 1)
	errs <- fmt.Errorf("broken")
	select {
	case e = <-errs:
		fmt.Println(e)
	}
	counts := [2]int{}
	x, y := make(chan int), make(chan int)
	close(x)
	close(y)
	for range 1000 {
		select {
		case <-x:
			counts[0]++
		case <-y:
			counts[1]++
		}
	}
	fmt.Println(counts[0] > 300, counts[1] > 300, counts[0]+counts[1])
	select {
	default:
	}
}

// Output:
// idle
// received {a 3} true
// sent hello
// idle
// received { 0} false
// quit map[:0 a:3] hello
// [first second value 5 third chosen]
// map[got:5]
// map[got:5 odd:9]
// broken
// true true 1000
