package gateway

import "context"

// Services finds the handles of the services an endpoint may use. A gateway
// implements it; every handle it gives works under ctx. An unknown name is
// [ErrServiceNotFound].
type Services interface {
	Database(ctx context.Context, name string) (Database, error)
	Cache(ctx context.Context, name string) (Cache, error)
	Storage(ctx context.Context, name string) (Storage, error)
	Files(ctx context.Context, name string) (Files, error)
	Email(ctx context.Context, name string) (Email, error)
	Documents(ctx context.Context, name string) (Documents, error)
	Records(ctx context.Context, name, collection string) (Records, error)
}

// Database is the handle of a SQL service: sqlite, postgres or mysql. Where no
// such service is bound or configured under name, every operation of the handle
// fails with [ErrServiceNotFound]; the same holds for the other handles.
func (c *Context) Database(name string) Database {
	return handle(c, Services.Database, name, func(err error) Database { return noDatabase{err} })
}

// Cache is the handle of a key-value service: memory, redis or memcached.
func (c *Context) Cache(name string) Cache {
	return handle(c, Services.Cache, name, func(err error) Cache { return noCache{err} })
}

// Storage is the handle of an object storage service: local, minio or s3.
func (c *Context) Storage(name string) Storage {
	return handle(c, Services.Storage, name, func(err error) Storage { return noStorage{err} })
}

// Files is the handle of a file transfer service: FTP, FTPS or SFTP.
func (c *Context) Files(name string) Files {
	return handle(c, Services.Files, name, func(err error) Files { return noFiles{err} })
}

// Email is the handle of a mail service: SMTP or the outbox folder.
func (c *Context) Email(name string) Email {
	return handle(c, Services.Email, name, func(err error) Email { return noEmail{err} })
}

// Documents is the handle of a document database: mongodb.
func (c *Context) Documents(name string) Documents {
	return handle(c, Services.Documents, name, func(err error) Documents { return noDocuments{err} })
}

// Records is one interface to JSON records over any database, object storage or
// file transfer service. collection is a table of a database, and a key prefix or
// folder elsewhere.
func (c *Context) Records(name, collection string) Records {
	find := func(s Services, ctx context.Context, name string) (Records, error) {
		return s.Records(ctx, name, collection)
	}
	return handle(c, find, name, func(err error) Records { return noRecords{err} })
}

// handle finds a handle, or makes one whose operations all fail with the reason.
func handle[H any](c *Context, find func(Services, context.Context, string) (H, error), name string, missing func(error) H) H {
	if c.env.Services == nil {
		return missing(ErrServiceNotFound.Newf("service %q not found: no services are configured", name))
	}
	h, err := find(c.env.Services, c.ctx, name)
	if err != nil {
		return missing(err)
	}
	return h
}
