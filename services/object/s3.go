package object

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"gateway"
	"gateway/services"
	"gateway/services/internal/setup"
)

// S3 keeps objects in a bucket of a server that speaks the S3 protocol.
type S3 struct {
	client    minio.Core
	transport *http.Transport
	config    S3Config
	testing   bool // Ping makes no bucket
}

var _ Store = (*S3)(nil)

const (
	// attempts is how often the client tries a request that failed for a reason
	// that may pass, such as "slow down". It waits up to a second in between.
	attempts = 3
	// small is how much of a body of unknown size is read to see whether it fits
	// into one request.
	small = 512 << 10
	// partSize is the size of the requests that a larger one is split into. As S3
	// takes 10,000 of them, an object of unknown size may have up to 156 GiB.
	partSize = 16 << 20
	// maxCopy is the largest object that the protocol copies in one request.
	maxCopy = 5 << 30
)

// OpenS3 makes the client. It does not connect.
func OpenS3(config S3Config) (*S3, error) {
	transport, err := config.transport()
	if err != nil {
		return nil, err
	}
	lookup := minio.BucketLookupAuto
	if config.PathStyle {
		lookup = minio.BucketLookupPath
	}
	client, err := minio.NewCore(config.Endpoint, &minio.Options{
		Creds:        credentials.NewStaticV4(config.AccessKey, config.SecretKey, ""),
		Secure:       config.UseSSL,
		Transport:    transport,
		Region:       config.Region,
		BucketLookup: lookup,
		MaxRetries:   attempts,
	})
	if err != nil {
		return nil, services.BadField("endpoint", "%v", err)
	}
	return &S3{client: *client, transport: transport, config: config}, nil
}

func (c S3Config) transport() (*http.Transport, error) {
	tlsConfig, err := setup.TLS("", c.SSLRootCert, c.SSLSkipVerify)
	if err != nil {
		return nil, err
	}
	timeout := time.Duration(c.TimeoutSeconds) * time.Second
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: timeout, KeepAlive: 30 * time.Second}).DialContext,
		TLSClientConfig:       tlsConfig,
		TLSHandshakeTimeout:   timeout,
		MaxIdleConnsPerHost:   c.PoolSize,
		IdleConnTimeout:       90 * time.Second,
		ExpectContinueTimeout: time.Second,
		DisableCompression:    true, // objects are given as they are stored
	}, nil
}

// Put implements [Store]. A body of unknown size that is larger than 512 KiB is
// sent in parts of 16 MiB, of which one is in memory.
func (s *S3) Put(ctx context.Context, key string, body io.Reader, size int64, options PutOptions) (gateway.ObjectInfo, error) {
	if err := errors.Join(CheckKey(key), checkMetadata(options.Metadata)); err != nil {
		return gateway.ObjectInfo{}, err
	}
	if options.ContentType == "" {
		options.ContentType = contentType(key)
	}
	if size < 0 {
		start := make([]byte, small)
		n, err := io.ReadFull(body, start)
		switch {
		case err == io.EOF || err == io.ErrUnexpectedEOF:
			body, size = bytes.NewReader(start[:n]), int64(n)
		case err != nil:
			return gateway.ObjectInfo{}, err
		default:
			body = io.MultiReader(bytes.NewReader(start), body)
		}
	}
	put := minio.PutObjectOptions{ContentType: options.ContentType, UserMetadata: options.Metadata, PartSize: partSize}
	if options.IfAbsent {
		put.SetMatchETagExcept("*")
	}
	if options.IfMatch != "" {
		put.SetMatchETag(options.IfMatch)
	}
	info, err := s.client.Client.PutObject(ctx, s.config.Bucket, key, body, size, put)
	if err != nil {
		return gateway.ObjectInfo{}, s.failed(ctx, err, key)
	}
	return gateway.ObjectInfo{
		Key: key, Size: info.Size, ETag: info.ETag, LastModified: info.LastModified,
		ContentType: options.ContentType, Metadata: options.Metadata,
	}, nil
}

// Open implements [Store].
func (s *S3) Open(ctx context.Context, key string) (io.ReadCloser, gateway.ObjectInfo, error) {
	if err := CheckKey(key); err != nil {
		return nil, gateway.ObjectInfo{}, err
	}
	body, info, _, err := s.client.GetObject(ctx, s.config.Bucket, key, minio.GetObjectOptions{})
	if err != nil {
		return nil, gateway.ObjectInfo{}, s.failed(ctx, err, key)
	}
	return &download{ReadCloser: body, ctx: ctx, store: s, key: key}, describe(info), nil
}

// download gives the errors of a response body as those of the store.
type download struct {
	io.ReadCloser
	ctx   context.Context
	store *S3
	key   string
}

func (s *download) Read(p []byte) (int, error) {
	n, err := s.ReadCloser.Read(p)
	if err != nil && err != io.EOF {
		err = s.store.failed(s.ctx, err, s.key)
	}
	return n, err
}

// Stat implements [Store].
func (s *S3) Stat(ctx context.Context, key string) (gateway.ObjectInfo, error) {
	if err := CheckKey(key); err != nil {
		return gateway.ObjectInfo{}, err
	}
	info, err := s.client.StatObject(ctx, s.config.Bucket, key, minio.StatObjectOptions{})
	if err != nil {
		return gateway.ObjectInfo{}, s.failed(ctx, err, key)
	}
	return describe(info), nil
}

func describe(info minio.ObjectInfo) gateway.ObjectInfo {
	described := gateway.ObjectInfo{
		Key: info.Key, Size: info.Size, ETag: info.ETag, LastModified: info.LastModified.UTC(), ContentType: info.ContentType,
	}
	for name, value := range info.UserMetadata {
		if described.Metadata == nil {
			described.Metadata = map[string]string{}
		}
		described.Metadata[strings.ToLower(name)] = value
	}
	return described
}

// List implements [Store].
func (s *S3) List(ctx context.Context, prefix string) ([]gateway.ObjectInfo, error) {
	if err := CheckPrefix(prefix); err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop() // ends the client's goroutine where the loop is left early
	objects := []gateway.ObjectInfo{}
	for info := range s.client.Client.ListObjects(ctx, s.config.Bucket, minio.ListObjectsOptions{Prefix: prefix, Recursive: true}) {
		if info.Err != nil {
			return nil, s.failed(ctx, info.Err, prefix)
		}
		if strings.HasSuffix(info.Key, "/") {
			continue // the mark of a folder
		}
		if len(objects) == maxList {
			return nil, tooMany(prefix)
		}
		objects = append(objects, gateway.ObjectInfo{Key: info.Key, Size: info.Size, LastModified: info.LastModified.UTC()})
	}
	if err := ctx.Err(); err != nil {
		return nil, err // the client ends its list early and says nothing
	}
	sortByKey(objects) // some servers have an order of their own
	return objects, nil
}

// Delete implements [Store]. The protocol does not tell whether an object was
// there, so that is asked before: two deletions at once may both say yes.
func (s *S3) Delete(ctx context.Context, key string) (bool, error) {
	_, err := s.Stat(ctx, key)
	if errors.Is(err, gateway.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if err := s.client.Client.RemoveObject(ctx, s.config.Bucket, key, minio.RemoveObjectOptions{}); err != nil {
		return false, s.failed(ctx, err, key)
	}
	return true, nil
}

// Copy implements [Store]. The server does it.
func (s *S3) Copy(ctx context.Context, from, to string) error {
	if err := CheckKey(to); err != nil {
		return err
	}
	info, err := s.Stat(ctx, from)
	if err != nil || from == to {
		return err
	}
	source := minio.CopySrcOptions{Bucket: s.config.Bucket, Object: from}
	target := minio.CopyDestOptions{Bucket: s.config.Bucket, Object: to}
	if info.Size <= maxCopy {
		_, err = s.client.Client.CopyObject(ctx, target, source)
	} else {
		_, err = s.client.ComposeObject(ctx, target, source)
	}
	return s.failed(ctx, err, from)
}

// PresignedURL implements [Store]. The server itself serves the URL.
func (s *S3) PresignedURL(ctx context.Context, key string, expires time.Duration) (string, error) {
	if err := CheckKey(key); err != nil {
		return "", err
	}
	if err := checkExpiry(expires); err != nil {
		return "", err
	}
	signed, err := s.client.PresignedGetObject(ctx, s.config.Bucket, key, expires, nil)
	if err != nil {
		return "", s.failed(ctx, err, key)
	}
	return signed.String(), nil
}

// Ping implements [services.Driver]: it looks for the bucket and makes it where
// it does not exist and the configuration says so, unless this is only a test.
func (s *S3) Ping(ctx context.Context) error {
	exists, err := s.client.BucketExists(ctx, s.config.Bucket)
	switch {
	case err != nil:
		return s.failed(ctx, err, "")
	case exists:
		return nil
	case !s.config.CreateBucket:
		return gateway.ErrStorage.Newf("bucket %q does not exist", s.config.Bucket)
	}
	if s.testing {
		return s.listable(ctx)
	}
	err = s.client.MakeBucket(ctx, s.config.Bucket, minio.MakeBucketOptions{Region: s.config.Region})
	if code := minio.ToErrorResponse(err).Code; code == minio.BucketAlreadyOwnedByYou {
		return nil // made by another gateway in between
	}
	return s.failed(ctx, err, "")
}

// listable reports what stands against using a bucket that does not exist yet. The
// answer to the question whether it exists has no reason in it: some servers say
// no to whoever they do not know.
func (s *S3) listable(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	first := <-s.client.Client.ListObjects(ctx, s.config.Bucket, minio.ListObjectsOptions{MaxKeys: 1})
	if minio.ToErrorResponse(first.Err).Code == minio.NoSuchBucket {
		return nil
	}
	return s.failed(ctx, first.Err, "")
}

// Close implements [services.Driver].
func (s *S3) Close() error {
	s.transport.CloseIdleConnections()
	return nil
}

// failed gives the error of the SDK for one of the server or the connection.
func (s *S3) failed(ctx context.Context, err error, key string) error {
	if err == nil {
		return nil
	}
	var known *gateway.Error
	if errors.As(err, &known) {
		return known // of a body that is not what it was said to be
	}
	if ended := ctx.Err(); ended != nil {
		return ended
	}
	var response minio.ErrorResponse
	if errors.As(err, &response) {
		return s.refused(response, key)
	}
	var dial *net.OpError
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case errors.As(err, &dial) && dial.Op == "dial", errors.As(err, &certificate), errors.As(err, &record):
		return services.Unreachable(err)
	default:
		// The client waits between its attempts and has no other errors than
		// those of the connection; what it finds wrong with its arguments is
		// a response too.
		return services.Lost(err)
	}
}

// refused gives the error for what the server, or the client for it, has said.
func (s *S3) refused(response minio.ErrorResponse, key string) error {
	said := fmt.Errorf("%s: %s", response.Code, response.Error())
	switch response.Code {
	case minio.NoSuchKey:
		return notFound(key)
	case minio.NoSuchBucket:
		return gateway.ErrStorage.Wrap(said, fmt.Sprintf("bucket %q does not exist", s.config.Bucket))
	case minio.PreconditionFailed, "ConditionalRequestConflict", "OperationAborted":
		return gateway.ErrConflict.Wrap(said, fmt.Sprintf("object %q exists or has changed", key))
	case minio.AccessDenied, minio.InvalidAccessKeyID, minio.SignatureDoesNotMatch, "AuthorizationHeaderMalformed":
		return gateway.ErrStorage.Wrap(said, "the server refused access")
	case minio.EntityTooLarge:
		return gateway.ErrPayloadTooLarge.Wrap(said, "the object is too large for the server")
	case "SlowDown", "ServiceUnavailable", "RequestTimeout":
		return gateway.ErrServiceUnavailable.Wrap(said, "the server is overloaded")
	}
	switch {
	case response.StatusCode == http.StatusNotFound && key != "":
		return notFound(key)
	case response.StatusCode == http.StatusPreconditionFailed:
		return gateway.ErrConflict.Wrap(said, fmt.Sprintf("object %q exists or has changed", key))
	case response.StatusCode == http.StatusForbidden:
		return gateway.ErrStorage.Wrap(said, "the server refused access")
	case response.StatusCode == http.StatusServiceUnavailable:
		return gateway.ErrServiceUnavailable.Wrap(said, "the server is overloaded")
	}
	return said
}
