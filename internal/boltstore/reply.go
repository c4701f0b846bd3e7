package boltstore

import (
	"context"
	"encoding/binary"
	"time"

	"gateway/internal/catalog"
)

// droppedReplies is how many expired replies one SaveReply drops at most. More than one, so that their number falls.
const droppedReplies = 8

// Reply returns the reply saved under an idempotency key.
func (s *Store) Reply(ctx context.Context, key string) (r catalog.Reply, err error) {
	err = s.view(ctx, func(t *tx) error {
		var ok bool
		r, ok, err = load[catalog.Reply](t, bucketReply, []byte(key))
		if err == nil && (!ok || !r.ExpiresAt.After(s.now())) {
			r, err = catalog.Reply{}, &catalog.Error{Code: catalog.CodeNotFound, Message: "there is no reply for this key"}
		}
		return err
	})
	return r, err
}

// SaveReply saves a reply until it expires.
func (s *Store) SaveReply(ctx context.Context, r catalog.Reply) error {
	if r.Key == "" || len(r.Key) > maxReplyKey {
		return &catalog.Error{Code: catalog.CodeInvalid, Field: "key", Message: "the key of a reply has 1 to 1024 bytes"}
	}
	r.ExpiresAt = r.ExpiresAt.UTC()
	return s.update(ctx, func(t *tx) error { return t.saveReply(r) })
}

// maxReplyKey bounds the keys of replies, in bytes.
const maxReplyKey = 1024

func (t *tx) saveReply(r catalog.Reply) error {
	key := []byte(r.Key)
	old, ok, err := load[catalog.Reply](t, bucketReply, key)
	if err != nil {
		return err
	}
	if ok {
		if old.ExpiresAt.After(t.now()) {
			return &catalog.Error{Code: catalog.CodeAlreadyExists, Field: "key", Message: "the key already has a reply"}
		}
		if err := t.delete(bucketReplyExpiry, expiryKey(old.ExpiresAt, key)); err != nil {
			return err
		}
	}
	if err := t.dropReplies(); err != nil {
		return err
	}
	if err := t.put(bucketReplyExpiry, expiryKey(r.ExpiresAt, key), nil); err != nil {
		return err
	}
	return t.save(bucketReply, key, r)
}

// dropReplies drops some replies that have expired, the oldest first.
func (t *tx) dropReplies() error {
	now := expiryKey(t.now(), nil)
	var expired [][]byte
	c := t.Bucket(bucketReplyExpiry).Cursor()
	for k, _ := c.First(); k != nil && string(k[:len(now)]) < string(now) && len(expired) < droppedReplies; k, _ = c.Next() {
		expired = append(expired, k)
	}
	for _, k := range expired {
		if err := t.delete(bucketReply, k[len(now):]); err != nil {
			return err
		}
		if err := t.delete(bucketReplyExpiry, k); err != nil {
			return err
		}
	}
	return nil
}

// expiryKey is the time in seconds big-endian, then the reply's key, so that replies lie in the order they expire.
func expiryKey(at time.Time, key []byte) []byte {
	return append(binary.BigEndian.AppendUint64(nil, uint64(at.Unix())), key...)
}
