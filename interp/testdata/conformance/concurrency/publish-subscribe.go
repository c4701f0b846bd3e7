package main

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

type Message struct {
	Topic string
	Body  any
}

type Broker struct {
	mu     sync.RWMutex
	subs   map[string]map[int]chan Message
	nextID int
	closed bool
	lost   int
}

func NewBroker() *Broker { return &Broker{subs: map[string]map[int]chan Message{}} }

func (b *Broker) Subscribe(topic string, buffer int) (<-chan Message, func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	ch := make(chan Message, buffer)
	if b.closed {
		close(ch)
		return ch, func() {}
	}
	if b.subs[topic] == nil {
		b.subs[topic] = map[int]chan Message{}
	}
	id := b.nextID
	b.nextID++
	b.subs[topic][id] = ch
	return ch, sync.OnceFunc(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		if c, ok := b.subs[topic][id]; ok {
			delete(b.subs[topic], id)
			close(c)
		}
	})
}

func matches(pattern, topic string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(topic, prefix)
	}
	return pattern == topic
}

func (b *Broker) Publish(topic string, body any) (delivered int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for pattern, subs := range b.subs {
		if !matches(pattern, topic) {
			continue
		}
		for _, ch := range subs {
			select {
			case ch <- Message{topic, body}:
				delivered++
			default:
				b.lost++
			}
		}
	}
	return
}

func (b *Broker) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, subs := range b.subs {
		for id, ch := range subs {
			delete(subs, id)
			close(ch)
		}
	}
	b.closed = true
}

type event struct{ kind string }

func (e event) String() string { return "event:" + e.kind }

func main() {
	b := NewBroker()
	orders, cancelOrders := b.Subscribe("order.*", 10)
	paid, _ := b.Subscribe("order.paid", 1)
	var wg sync.WaitGroup
	var all []string
	everything, _ := b.Subscribe("*", 100)
	wg.Go(func() {
		for m := range everything {
			all = append(all, fmt.Sprint(m.Topic, "=", m.Body))
		}
	})
	fmt.Println(b.Publish("order.new", 1), b.Publish("order.paid", event{"paid"}), b.Publish("user.new", "ann"))
	fmt.Println(b.Publish("order.paid", event{"lost"}), b.lost)
	cancelOrders()
	cancelOrders()
	fmt.Println(b.Publish("order.new", []int{2}))
	for m := range orders {
		fmt.Print(m, " ")
	}
	fmt.Println()
	m := <-paid
	if e, ok := m.Body.(event); ok {
		fmt.Println(e.kind, m.Topic)
	}
	b.Close()
	wg.Wait()
	slices.Sort(all)
	fmt.Println(all)
	late, _ := b.Subscribe("x", 0)
	_, open := <-late
	_, openPaid := <-paid
	fmt.Println(open, openPaid, b.Publish("x", nil))
}

// Output:
// 2 3 1
// 2 1
// 1
// {order.new 1} {order.paid event:paid} {order.paid event:lost}
// paid order.paid
// [order.new=1 order.new=[2] order.paid=event:lost order.paid=event:paid user.new=ann]
// false false 0
