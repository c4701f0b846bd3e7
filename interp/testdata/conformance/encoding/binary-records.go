package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

type Kind uint8

type Header struct {
	Magic [4]byte
	Kind  Kind
	_     [3]byte
	Size  uint32
	Rates [2]float32
	Flags struct {
		A, B bool
	}
}

type Record struct {
	ID   uint16
	Body []byte
}

func (r Record) MarshalBinary() ([]byte, error) {
	if len(r.Body) > 255 {
		return nil, errors.New("body too long")
	}
	b := binary.BigEndian.AppendUint16(nil, r.ID)
	b = append(b, byte(len(r.Body)))
	return append(b, r.Body...), nil
}

func (r *Record) UnmarshalBinary(b []byte) error {
	if len(b) < 3 || len(b) < 3+int(b[2]) {
		return fmt.Errorf("record of %d bytes: %w", len(b), io.ErrUnexpectedEOF)
	}
	r.ID = binary.BigEndian.Uint16(b)
	r.Body = bytes.Clone(b[3 : 3+int(b[2])])
	return nil
}

type writer struct {
	buf   bytes.Buffer
	order binary.AppendByteOrder
	err   error
}

func (w *writer) put(vs ...any) *writer {
	for _, v := range vs {
		switch v := v.(type) {
		case uint16:
			w.buf.Write(w.order.AppendUint16(nil, v))
		case uint32:
			w.buf.Write(w.order.AppendUint32(nil, v))
		case uint64:
			w.buf.Write(w.order.AppendUint64(nil, v))
		case string:
			w.buf.Write(binary.AppendUvarint(nil, uint64(len(v))))
			w.buf.WriteString(v)
		case int64:
			w.buf.Write(binary.AppendVarint(nil, v))
		default:
			w.err = errors.Join(w.err, fmt.Errorf("no encoding of %T", v))
		}
	}
	return w
}

func main() {
	h := Header{Magic: [4]byte([]byte("GOBX")), Kind: 7, Size: 1 << 20, Rates: [2]float32{1, -0.5}}
	h.Flags.B = true
	var b bytes.Buffer
	fmt.Println(binary.Write(&b, binary.LittleEndian, h), b.Len(), binary.Size(h))
	fmt.Printf("% x\n", b.Bytes())
	var back Header
	fmt.Println(binary.Read(bytes.NewReader(b.Bytes()), binary.LittleEndian, &back), back == h, string(back.Magic[:]))
	fmt.Println(binary.Read(bytes.NewReader(b.Bytes()[:5]), binary.BigEndian, &back), binary.Size(Record{}))
	fmt.Println(binary.Write(io.Discard, binary.BigEndian, Record{}))
	w := &writer{order: binary.BigEndian}
	w.put(uint16(1), uint32(2), uint64(3), "text", int64(-300), 5, Kind(1))
	fmt.Printf("% x %v\n", w.buf.Bytes(), w.err)
	r := bytes.NewReader(w.buf.Bytes()[14:])
	n, _ := binary.ReadUvarint(r)
	text := make([]byte, n)
	io.ReadFull(r, text)
	v, err := binary.ReadVarint(r)
	fmt.Println(n, string(text), v, err, binary.BigEndian, binary.LittleEndian.String())
	rec := Record{513, []byte("abc")}
	raw, err := rec.MarshalBinary()
	var rec2 Record
	fmt.Println(raw, err, rec2.UnmarshalBinary(raw), rec2.ID, string(rec2.Body))
	err = rec2.UnmarshalBinary(raw[:4])
	fmt.Println(err, errors.Is(err, io.ErrUnexpectedEOF))
	_, err = Record{Body: make([]byte, 300)}.MarshalBinary()
	fmt.Println(err)
	kinds := make([]Kind, 3)
	fmt.Println(binary.Read(bytes.NewReader([]byte{9, 8, 7}), binary.BigEndian, kinds), kinds)
	u, size := binary.Uvarint([]byte{0x80})
	fmt.Println(u, size, binary.PutUvarint(make([]byte, 10), 1<<63))
	out, err := binary.Append(nil, binary.BigEndian, []int16{1, -1})
	fmt.Println(out, err)
}

// Output:
// <nil> 22 22
// 47 4f 42 58 07 00 00 00 00 00 10 00 00 00 80 3f 00 00 00 bf 00 01
// <nil> true GOBX
// unexpected EOF -1
// binary.Write: some values are not fixed-sized in type main.Record
// 00 01 00 00 00 02 00 00 00 00 00 00 00 03 04 74 65 78 74 d7 04 no encoding of int
// no encoding of main.Kind
// 4 text -300 <nil> BigEndian LittleEndian
// [2 1 3 97 98 99] <nil> <nil> 513 abc
// record of 4 bytes: unexpected EOF true
// body too long
// <nil> [9 8 7]
// 0 0 10
// [0 1 255 255] <nil>
