package document

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/topology"

	"gateway"
	"gateway/services"
	"gateway/services/internal/setup"
)

const (
	// maxDocuments and maxBytes bound the memory of one answer.
	maxDocuments = 100_000
	maxBytes     = 256 << 20
	// selectionLimit is how long an operation waits for a server that is away. It is
	// short because the actor waits too, for all operations together.
	selectionLimit = 2 * time.Second
)

// Mongo is a MongoDB database.
type Mongo struct {
	client   *mongo.Client
	database *mongo.Database
}

var _ services.Driver = (*Mongo)(nil)

// OpenMongo makes the client. It connects in the background.
func OpenMongo(config Config) (*Mongo, error) {
	prepared, err := config.options()
	if err != nil {
		return nil, err
	}
	return open(prepared, config.Database)
}

func open(prepared *options.ClientOptions, database string) (*Mongo, error) {
	client, err := mongo.Connect(prepared)
	if err != nil {
		return nil, fmt.Errorf("make the client: %w", err)
	}
	return &Mongo{client: client, database: client.Database(database)}, nil
}

// options makes the client's options. A URI says more than the other fields, which
// then only add what it leaves out.
func (c Config) options() (*options.ClientOptions, error) {
	o := options.Client()
	if c.URI != "" {
		if o.ApplyURI(c.URI); o.Validate() != nil {
			// The client's own words repeat the URI with its password.
			return nil, services.BadField("uri", "is not a MongoDB connection string that can be used")
		}
	} else {
		o.SetHosts(c.addresses())
		if c.ReplicaSet != "" {
			o.SetReplicaSet(c.ReplicaSet)
		} else if len(c.addresses()) == 1 {
			o.SetDirect(true)
		}
	}
	if c.Username != "" {
		o.SetAuth(options.Credential{Username: c.Username, Password: c.Password, PasswordSet: true, AuthSource: c.AuthSource})
	}
	if c.UseSSL {
		tlsConfig, err := setup.TLS("", c.SSLRootCert, c.SSLSkipVerify)
		if err != nil {
			return nil, err
		}
		o.SetTLSConfig(tlsConfig)
	}
	o.SetAppName("gateway")
	o.SetMaxPoolSize(uint64(c.PoolSize))
	o.SetConnectTimeout(time.Duration(c.TimeoutSeconds) * time.Second)
	o.SetServerSelectionTimeout(selectionLimit)
	if err := o.Validate(); err != nil {
		return nil, fmt.Errorf("options of the client: %w", err)
	}
	return o, nil
}

func (m *Mongo) find(ctx context.Context, collection string, filter bson.D, find gateway.FindOptions) ([]gateway.Document, error) {
	o := options.Find()
	if find.Limit > 0 {
		o.SetLimit(find.Limit)
	}
	if find.Skip > 0 {
		o.SetSkip(find.Skip)
	}
	if len(find.Sort) > 0 {
		sort := bson.D{}
		for _, field := range find.Sort {
			name, descending := strings.CutPrefix(field, "-")
			direction := 1
			if descending {
				direction = -1
			}
			sort = append(sort, bson.E{Key: name, Value: direction})
		}
		o.SetSort(sort)
	}
	if len(find.Fields) > 0 {
		fields := bson.D{}
		for _, field := range find.Fields {
			fields = append(fields, bson.E{Key: field, Value: 1})
		}
		o.SetProjection(fields)
	}
	cursor, err := m.database.Collection(collection).Find(ctx, filter, o)
	if err != nil {
		return nil, failed(ctx, err)
	}
	return collect(ctx, cursor)
}

// collect reads all documents of a cursor.
func collect(ctx context.Context, cursor *mongo.Cursor) ([]gateway.Document, error) {
	defer cursor.Close(context.WithoutCancel(ctx))
	documents := []gateway.Document{}
	size := 0
	for cursor.Next(ctx) {
		if size += len(cursor.Current); size > maxBytes || len(documents) == maxDocuments {
			return nil, gateway.ErrPayloadTooLarge.Newf("more than %d documents or %d MiB: ask for less at a time", maxDocuments, maxBytes>>20)
		}
		var d bson.D
		if err := cursor.Decode(&d); err != nil {
			return nil, fmt.Errorf("decode a document: %w", err)
		}
		documents = append(documents, decodeDocument(d))
	}
	return documents, failed(ctx, cursor.Err())
}

func (m *Mongo) findOne(ctx context.Context, collection string, filter bson.D) (gateway.Document, error) {
	var d bson.D
	err := m.database.Collection(collection).FindOne(ctx, filter).Decode(&d)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return nil, gateway.ErrNotFound.Newf("no document of %s matches", collection)
	}
	if err != nil {
		return nil, failed(ctx, err)
	}
	return decodeDocument(d), nil
}

func (m *Mongo) insert(ctx context.Context, collection string, documents []any) ([]any, error) {
	result, err := m.database.Collection(collection).InsertMany(ctx, documents)
	if err != nil {
		return nil, failed(ctx, err)
	}
	ids := make([]any, len(result.InsertedIDs))
	for i, id := range result.InsertedIDs {
		ids[i] = decode(id)
	}
	return ids, nil
}

func (m *Mongo) update(ctx context.Context, collection string, filter bson.D, update any) (int64, error) {
	result, err := m.database.Collection(collection).UpdateMany(ctx, filter, update)
	if err != nil {
		return 0, failed(ctx, err)
	}
	return result.MatchedCount, nil
}

func (m *Mongo) remove(ctx context.Context, collection string, filter bson.D) (int64, error) {
	result, err := m.database.Collection(collection).DeleteMany(ctx, filter)
	if err != nil {
		return 0, failed(ctx, err)
	}
	return result.DeletedCount, nil
}

func (m *Mongo) aggregate(ctx context.Context, collection string, pipeline bson.A) ([]gateway.Document, error) {
	cursor, err := m.database.Collection(collection).Aggregate(ctx, pipeline)
	if err != nil {
		return nil, failed(ctx, err)
	}
	return collect(ctx, cursor)
}

// Ping implements [services.Driver].
func (m *Mongo) Ping(ctx context.Context) error {
	return failed(ctx, m.client.Ping(ctx, readpref.Nearest()))
}

// Close implements [services.Driver].
func (m *Mongo) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return m.client.Disconnect(ctx)
}

// failed gives the error of the SDK for one of the client.
func failed(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	var selection topology.ServerSelectionError
	if errors.As(err, &selection) && !errors.Is(ctx.Err(), context.Canceled) {
		return services.Unreachable(err) // also where ctx ended during the wait
	}
	if ended := ctx.Err(); ended != nil {
		return ended
	}
	var command mongo.CommandError
	switch {
	case mongo.IsDuplicateKeyError(err):
		return gateway.ErrConflict.Wrap(err, "a document with this key exists")
	case mongo.IsNetworkError(err):
		return services.Lost(err)
	case errors.As(err, &command) && command.Code == codeUnauthorized, errors.As(err, &command) && command.Code == codeAuthentication:
		return gateway.ErrDatabase.Wrap(err, "the document database refused access")
	default:
		return err
	}
}

// Codes of the server's errors.
const (
	codeUnauthorized   = 13
	codeAuthentication = 18
)
