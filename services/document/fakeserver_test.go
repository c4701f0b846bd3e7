package document_test

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// fakeServer speaks as much of MongoDB's wire protocol as the tests need: OP_MSG,
// OP_QUERY for the greeting, and the commands of [fakeServer.run] on collections
// in memory.
type fakeServer struct {
	listener net.Listener
	serving  sync.WaitGroup

	mu          sync.Mutex // guards what follows
	conns       map[net.Conn]struct{}
	collections map[string][]bson.D
	cursors     map[int64][]bson.D
	commands    []bson.D                 // all but greetings
	answer      func(command bson.D) any // a bson.D, hangUp, or nil for the usual answer
}

// hangUp closes the connection instead of answering.
type hangUp struct{}

const batch = 3 // documents of one answer, few so that cursors are read on

func newFakeServer(t testing.TB) *fakeServer {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &fakeServer{
		listener: listener, conns: map[net.Conn]struct{}{}, collections: map[string][]bson.D{}, cursors: map[int64][]bson.D{},
		answer: func(bson.D) any { return nil },
	}
	f.serving.Go(f.accept)
	t.Cleanup(f.stop)
	return f
}

func (f *fakeServer) stop() {
	f.listener.Close()
	f.mu.Lock()
	for conn := range f.conns {
		conn.Close()
	}
	f.mu.Unlock()
	f.serving.Wait()
}

func (f *fakeServer) accept() {
	for {
		conn, err := f.listener.Accept()
		if err != nil {
			return
		}
		f.mu.Lock()
		f.conns[conn] = struct{}{}
		f.mu.Unlock()
		f.serving.Go(func() { f.serve(conn) })
	}
}

const (
	opReply = 1
	opQuery = 2004
	opMsg   = 2013
)

func (f *fakeServer) serve(conn net.Conn) {
	defer conn.Close()
	for {
		var header [16]byte
		if _, err := io.ReadFull(conn, header[:]); err != nil {
			return
		}
		size, id, op := binary.LittleEndian.Uint32(header[:]), header[4:8], binary.LittleEndian.Uint32(header[12:])
		body := make([]byte, size-16)
		if _, err := io.ReadFull(conn, body); err != nil {
			return
		}
		command := parse(op, body)
		answer, ok := f.reply(command)
		if !ok {
			return
		}
		encoded, err := bson.Marshal(answer)
		if err != nil {
			panic(err)
		}
		var out []byte
		if op == opQuery {
			out = binary.LittleEndian.AppendUint32(out, 8)                     // flags
			out = append(out, make([]byte, 12)...)                             // cursor, start
			out = append(binary.LittleEndian.AppendUint32(out, 1), encoded...) // one document
			op = opReply
		} else {
			out = append(append(out, 0, 0, 0, 0, 0), encoded...)
		}
		message := binary.LittleEndian.AppendUint32(nil, uint32(len(out)+16))
		message = append(append(message, 0, 0, 0, 0), id...)
		message = append(binary.LittleEndian.AppendUint32(message, op), out...)
		if _, err := conn.Write(message); err != nil {
			return
		}
	}
}

// parse gives the command of a message; its document sequences become fields.
func parse(op uint32, body []byte) bson.D {
	var command bson.D
	unmarshal := func(data []byte, into *bson.D) {
		if err := bson.Unmarshal(data, into); err != nil {
			panic(err)
		}
	}
	if op == opQuery {
		rest := body[4:]
		rest = rest[slices.Index(rest, 0)+1+8:]
		unmarshal(rest, &command)
		return command
	}
	for rest := body[4:]; len(rest) > 0; {
		kind := rest[0]
		size := binary.LittleEndian.Uint32(rest[1:])
		section := rest[1 : 1+size]
		rest = rest[1+size:]
		if kind == 0 {
			unmarshal(section, &command)
			continue
		}
		end := 4 + slices.Index(section[4:], 0)
		name, documents := string(section[4:end]), bson.A{}
		for left := section[end+1:]; len(left) > 0; {
			n := binary.LittleEndian.Uint32(left)
			var d bson.D
			unmarshal(left[:n], &d)
			documents = append(documents, d)
			left = left[n:]
		}
		command = append(command, bson.E{Key: name, Value: documents})
	}
	return command
}

func (f *fakeServer) reply(command bson.D) (bson.D, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	name := command[0].Key
	if name != "hello" && !strings.EqualFold(name, "isMaster") {
		f.commands = append(f.commands, command)
		switch answer := f.answer(command).(type) {
		case bson.D:
			return answer, true
		case hangUp:
			return nil, false
		}
	}
	return append(f.run(name, command), bson.E{Key: "ok", Value: 1}), true
}

// run carries out a command. f.mu is held.
func (f *fakeServer) run(name string, command bson.D) bson.D {
	collection, _ := command[0].Value.(string)
	switch name {
	case "hello", "isMaster", "ismaster":
		return bson.D{
			{Key: "isWritablePrimary", Value: true}, {Key: "ismaster", Value: true}, {Key: "helloOk", Value: true},
			{Key: "maxBsonObjectSize", Value: 16 << 20}, {Key: "maxMessageSizeBytes", Value: 48_000_000}, {Key: "maxWriteBatchSize", Value: 100_000},
			{Key: "logicalSessionTimeoutMinutes", Value: 30}, {Key: "minWireVersion", Value: 0}, {Key: "maxWireVersion", Value: 21},
		}
	case "find":
		conditions, _ := get(command, "filter").(bson.D)
		return f.cursor(collection, query(f.collections[collection], conditions, command))
	case "getMore":
		id, _ := command[0].Value.(int64)
		return f.cursorPage(get(command, "collection").(string), id, f.cursors[id], "nextBatch")
	case "aggregate":
		return f.cursor(collection, aggregate(f.collections[collection], get(command, "pipeline").(bson.A)))
	case "insert":
		return f.insert(collection, get(command, "documents").(bson.A))
	case "update":
		return f.update(collection, get(command, "updates").(bson.A)[0].(bson.D))
	case "delete":
		return f.remove(collection, get(command, "deletes").(bson.A)[0].(bson.D))
	default: // ping, endSessions, killCursors
		return nil
	}
}

func (f *fakeServer) insert(collection string, documents bson.A) bson.D {
	n := 0
	for i, v := range documents {
		d := v.(bson.D)
		for _, other := range f.collections[collection] {
			if reflect.DeepEqual(get(other, "_id"), get(d, "_id")) {
				return bson.D{{Key: "n", Value: n}, {Key: "writeErrors", Value: bson.A{bson.D{
					{Key: "index", Value: i}, {Key: "code", Value: 11000}, {Key: "errmsg", Value: "E11000 duplicate key error"},
				}}}}
			}
		}
		f.collections[collection] = append(f.collections[collection], d)
		n++
	}
	return bson.D{{Key: "n", Value: n}}
}

func (f *fakeServer) update(collection string, update bson.D) bson.D {
	n := 0
	for i, d := range f.collections[collection] {
		if !matches(d, get(update, "q").(bson.D)) {
			continue
		}
		n++
		for _, operator := range get(update, "u").(bson.D) {
			for _, e := range operator.Value.(bson.D) {
				value := e.Value
				if operator.Key == "$inc" {
					old, _ := get(d, e.Key).(int64)
					value = old + e.Value.(int64)
				}
				d = set(d, e.Key, value)
			}
		}
		f.collections[collection][i] = d
	}
	return bson.D{{Key: "n", Value: n}, {Key: "nModified", Value: n}}
}

func (f *fakeServer) remove(collection string, remove bson.D) bson.D {
	before := len(f.collections[collection])
	f.collections[collection] = slices.DeleteFunc(f.collections[collection], func(d bson.D) bool { return matches(d, get(remove, "q").(bson.D)) })
	return bson.D{{Key: "n", Value: before - len(f.collections[collection])}}
}

func (f *fakeServer) cursor(collection string, found []bson.D) bson.D {
	return f.cursorPage(collection, int64(len(f.cursors)+1), found, "firstBatch")
}

func (f *fakeServer) cursorPage(collection string, id int64, left []bson.D, page string) bson.D {
	n := min(batch, len(left))
	f.cursors[id] = left[n:]
	next := id
	if n == len(left) {
		next = 0
	}
	documents := bson.A{}
	for _, d := range left[:n] {
		documents = append(documents, d)
	}
	return bson.D{{Key: "cursor", Value: bson.D{{Key: "id", Value: next}, {Key: "ns", Value: "test." + collection}, {Key: page, Value: documents}}}}
}

func get(d bson.D, key string) any {
	for _, e := range d {
		if e.Key == key {
			return e.Value
		}
	}
	return nil
}

func set(d bson.D, key string, value any) bson.D {
	for i, e := range d {
		if e.Key == key {
			d[i].Value = value
			return d
		}
	}
	return append(d, bson.E{Key: key, Value: value})
}

func query(documents []bson.D, conditions, o bson.D) []bson.D {
	var found []bson.D
	for _, d := range documents {
		if matches(d, conditions) {
			found = append(found, d)
		}
	}
	if sort, ok := get(o, "sort").(bson.D); ok {
		sortBy(found, sort)
	}
	if skip, ok := get(o, "skip").(int64); ok {
		found = found[min(int(skip), len(found)):]
	}
	if limit, ok := get(o, "limit").(int64); ok {
		found = found[:min(int(limit), len(found))]
	}
	if fields, ok := get(o, "projection").(bson.D); ok {
		for i, d := range found {
			var some bson.D
			for _, e := range d {
				if e.Key == "_id" || get(fields, e.Key) != nil {
					some = append(some, e)
				}
			}
			found[i] = some
		}
	}
	return found
}

func sortBy(documents []bson.D, sort bson.D) {
	slices.SortStableFunc(documents, func(a, b bson.D) int {
		for _, e := range sort {
			direction := 1
			if fmt.Sprint(e.Value) == "-1" {
				direction = -1
			}
			if c := compare(get(a, e.Key), get(b, e.Key)); c != 0 {
				return c * direction
			}
		}
		return 0
	})
}

func aggregate(documents []bson.D, pipeline bson.A) []bson.D {
	for _, v := range pipeline {
		stage := v.(bson.D)[0]
		switch stage.Key {
		case "$match":
			documents = query(documents, stage.Value.(bson.D), nil)
		case "$sort":
			documents = slices.Clone(documents)
			sortBy(documents, stage.Value.(bson.D))
		case "$limit":
			documents = documents[:min(len(documents), int(stage.Value.(int64)))]
		case "$count":
			documents = []bson.D{{{Key: stage.Value.(string), Value: int32(len(documents))}}}
		default:
			panic("no stage " + stage.Key)
		}
	}
	return documents
}

func matches(d, conditions bson.D) bool {
	for _, c := range conditions {
		if c.Key == "$or" {
			if !slices.ContainsFunc(c.Value.(bson.A), func(v any) bool { return matches(d, v.(bson.D)) }) {
				return false
			}
			continue
		}
		value := get(d, c.Key)
		operators, ok := c.Value.(bson.D)
		if !ok || len(operators) == 0 || operators[0].Key[0] != '$' {
			operators = bson.D{{Key: "$eq", Value: c.Value}}
		}
		for _, o := range operators {
			if !holds(value, o) {
				return false
			}
		}
	}
	return true
}

func holds(value any, o bson.E) bool {
	among := func() bool {
		return slices.ContainsFunc(o.Value.(bson.A), func(v any) bool { return reflect.DeepEqual(v, value) })
	}
	switch o.Key {
	case "$eq":
		return reflect.DeepEqual(value, o.Value)
	case "$exists":
		return (value != nil) == o.Value.(bool)
	case "$in":
		return among()
	case "$nin":
		return !among()
	case "$gte":
		return value != nil && compare(value, o.Value) >= 0
	case "$lt":
		return value != nil && compare(value, o.Value) < 0
	default:
		panic("no operator " + o.Key)
	}
}

func compare(a, b any) int {
	if x, ok := a.(int64); ok {
		if y, ok := b.(int64); ok {
			return int(min(1, max(-1, x-y)))
		}
	}
	return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
}
