package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
)

type Event interface{ Type() string }

type Opened struct {
	ID    string
	Owner string
}

type Deposited struct {
	ID     string
	Amount int
}

type Withdrawn struct {
	ID     string
	Amount int
	Fee    int `json:",omitempty"`
}

type Closed struct{ ID string }

func (Opened) Type() string { return "opened" }

func (Deposited) Type() string { return "deposited" }

func (Withdrawn) Type() string { return "withdrawn" }

func (*Closed) Type() string { return "closed" }

type Stored struct {
	Seq  int             `json:"seq"`
	Type string          `json:"type"`
	Data json.RawMessage `json:"data"`
}

var decoders = map[string]func(json.RawMessage) (Event, error){
	Opened{}.Type():       decode[Opened],
	Deposited{}.Type():    decode[Deposited],
	Withdrawn{}.Type():    decode[Withdrawn],
	(*Closed)(nil).Type(): decode[*Closed],
}

func decode[E Event](data json.RawMessage) (Event, error) {
	var e E
	err := json.Unmarshal(data, &e)
	return e, err
}

type Account struct {
	Owner   string
	Balance int
	Closed  bool
	Version int
}

type Bank struct {
	log      []Stored
	accounts map[string]*Account
	watchers []func(Event)
}

var (
	ErrClosed = errors.New("account is closed")
	ErrFunds  = errors.New("insufficient funds")
)

func (b *Bank) apply(e Event) {
	switch e := e.(type) {
	case Opened:
		b.accounts[e.ID] = &Account{Owner: e.Owner}
		defer b.touch(e.ID)
	case Deposited:
		b.touch(e.ID).Balance += e.Amount
	case Withdrawn:
		b.touch(e.ID).Balance -= e.Amount + e.Fee
	case *Closed:
		b.touch(e.ID).Closed = true
	default:
		panic(fmt.Sprintf("no way to apply %T", e))
	}
}

func (b *Bank) touch(id string) *Account {
	a := b.accounts[id]
	a.Version++
	return a
}

func (b *Bank) record(events ...Event) error {
	for _, e := range events {
		data, err := json.Marshal(e)
		if err != nil {
			return err
		}
		b.log = append(b.log, Stored{len(b.log) + 1, e.Type(), data})
		b.apply(e)
		for _, w := range b.watchers {
			w(e)
		}
	}
	return nil
}

func (b *Bank) account(id string) (*Account, error) {
	switch a, ok := b.accounts[id]; {
	case !ok:
		return nil, fmt.Errorf("no account %q", id)
	case a.Closed:
		return nil, fmt.Errorf("%s: %w", id, ErrClosed)
	default:
		return a, nil
	}
}

func (b *Bank) Transfer(from, to string, n int) error {
	src, err := b.account(from)
	if err != nil {
		return err
	}
	if _, err := b.account(to); err != nil {
		return fmt.Errorf("transfer to %w", err)
	}
	fee := n / 100
	if src.Balance < n+fee {
		return fmt.Errorf("%s has %d of %d: %w", from, src.Balance, n+fee, ErrFunds)
	}
	return b.record(Withdrawn{from, n, fee}, Deposited{to, n})
}

func Replay(log []Stored, until int) (*Bank, error) {
	b := &Bank{accounts: map[string]*Account{}}
	for _, s := range log {
		if s.Seq > until {
			break
		}
		d, ok := decoders[s.Type]
		if !ok {
			return nil, fmt.Errorf("event %d: unknown type %q", s.Seq, s.Type)
		}
		e, err := d(s.Data)
		if err != nil {
			return nil, fmt.Errorf("event %d: %w", s.Seq, err)
		}
		b.apply(e)
	}
	return b, nil
}

func (b *Bank) show() {
	for _, id := range slices.Sorted(maps.Keys(b.accounts)) {
		fmt.Printf("%s=%+v ", id, *b.accounts[id])
	}
	fmt.Println()
}

func main() {
	b := &Bank{accounts: map[string]*Account{}}
	total := map[string]int{}
	b.watchers = append(b.watchers, func(e Event) { total[e.Type()]++ })
	fmt.Println(b.record(Opened{"a", "ann"}, Opened{"b", "bob"}, Deposited{"a", 500}))
	fmt.Println(b.Transfer("a", "b", 300), b.Transfer("a", "b", 300), b.Transfer("x", "b", 1))
	fmt.Println(b.record(&Closed{"b"}), errors.Is(b.Transfer("a", "b", 1), ErrClosed), b.Transfer("a", "b", 1))
	b.show()
	text, _ := json.Marshal(b.log)
	fmt.Println(string(text), total)
	var log []Stored
	fmt.Println(json.Unmarshal(text, &log), len(log))
	for _, until := range []int{2, 4, 99} {
		old, err := Replay(log, until)
		if err == nil {
			old.show()
		}
	}
	log[1].Type = "renamed"
	_, err := Replay(log, 99)
	fmt.Println(err)
	log[1] = Stored{2, "deposited", json.RawMessage(`{"ID":1}`)}
	_, err = Replay(log, 99)
	fmt.Println(err)
}

// Output:
// <nil>
// <nil> a has 197 of 303: insufficient funds no account "x"
// <nil> true transfer to b: account is closed
// a={Owner:ann Balance:197 Closed:false Version:3} b={Owner:bob Balance:300 Closed:true Version:3}
// [{"seq":1,"type":"opened","data":{"ID":"a","Owner":"ann"}},{"seq":2,"type":"opened","data":{"ID":"b","Owner":"bob"}},{"seq":3,"type":"deposited","data":{"ID":"a","Amount":500}},{"seq":4,"type":"withdrawn","data":{"ID":"a","Amount":300,"Fee":3}},{"seq":5,"type":"deposited","data":{"ID":"b","Amount":300}},{"seq":6,"type":"closed","data":{"ID":"b"}}] map[closed:1 deposited:2 opened:2 withdrawn:1]
// <nil> 6
// a={Owner:ann Balance:0 Closed:false Version:1} b={Owner:bob Balance:0 Closed:false Version:1}
// a={Owner:ann Balance:197 Closed:false Version:3} b={Owner:bob Balance:0 Closed:false Version:1}
// a={Owner:ann Balance:197 Closed:false Version:3} b={Owner:bob Balance:300 Closed:true Version:3}
// event 2: unknown type "renamed"
// event 2: json: cannot unmarshal number into Go struct field Deposited.ID of type string
